"""Results as people read them in a terminal, a pipe or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.model.finding import FAIL, PASS, UNDECIDED
from nianbao.outputs.labels import cell_labels, place
from nianbao.outputs.phrases import join, say
from nianbao.outputs.summary import RULE_CRASHED, summarise
from nianbao.outputs.trouble import trouble
from nianbao.outputs.wrapping import hang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from nianbao.messages import Text
    from nianbao.model.finding import Checked, Finding, Problem, Result
    from nianbao.model.report import Report

_WIDEST = 120
_MOST_SKIPPED = 3


def render_result(result: Result, console: Console, *, lang: str = "zh") -> None:
    """Print the result of a run.

    Args:
        result: The result.
        console: Where to print; its width and colours are kept to.
        lang: ``zh`` or ``en``.
    """
    width = min(console.width, _WIDEST)
    for checked in result.reports:
        _print(console, _report(checked, width, lang))
    _print(console, (line for problem in result.problems for line in _problem(problem, width, lang)))
    if result.skipped:
        names = join([clean(path) for path in result.skipped[:_MOST_SKIPPED]], lang)
        skipped = say("skipped", lang, count=len(result.skipped), names=names)
        _print(console, hang(skipped, "", width=width, style="dim"))
    _print(console, hang(_summary(result, lang), "", width=width, style="bold"))


def _print(console: Console, lines: Iterator[Line] | list[Line]) -> None:
    for line in lines:
        # Without colours rich still writes bold and underline; who sets NO_COLOR wants plain text.
        console.print(Line(line.plain) if console.no_color else line, soft_wrap=True, highlight=False)


def _report(checked: Checked, width: int, lang: str) -> Iterator[Line]:
    if checked.report is not None:
        yield from _head(checked, checked.report, width, lang)
        for finding in checked.findings:
            if finding.outcome == FAIL:
                yield Line()
                yield from trouble(finding, checked, width=width, lang=lang)
        yield from _undecided(checked, width, lang)
        yield from _evidence(checked, width, lang)
    for problem in checked.problems:
        yield from _problem(problem, width, lang)
    if checked.report is not None:
        yield Line()


def _head(checked: Checked, report: Report, width: int, lang: str) -> Iterator[Line]:
    """Say which report this is, and how much of it was read and holds."""
    issuer = clean(report.issuer.name) if report.issuer else say("unknown-issuer", lang)
    year = say("year", lang, year=report.year) if report.year else say("unknown-year", lang)
    yield from hang(clean(checked.path), "", width=width, style="bold")
    facts = [issuer, year, say("form", lang, form=report.form.id)]
    facts.append(say("cells-read", lang, read=len(report.cells), expected=len(report.cells) + len(report.unread)))
    held, of = checked.equations
    if of:
        facts.append(say("equations-hold", lang, held=held, of=of))
    if checked.prior is not None:
        facts.append(say("prior", lang, path=clean(checked.prior.name)))
    yield from hang(" · ".join(facts), "  ", width=width, style="dim")
    for note in report.notes:
        yield from hang(say("note", lang, note=clean(note.get(lang))), "  ", width=width, style="dim")


def _undecided(checked: Checked, width: int, lang: str) -> Iterator[Line]:
    """Say each reason once, with the rules that it keeps from being judged."""
    reasons: dict[Text, list[Finding]] = {}
    for finding in checked.findings:
        if finding.outcome == UNDECIDED and finding.reason is not None:
            reasons.setdefault(finding.reason, []).append(finding)
    if reasons:
        yield Line()
    for reason, findings in reasons.items():
        codes = join(list(dict.fromkeys(finding.rule for finding in findings)), lang)
        yield from hang(
            say("undecided", lang, codes=codes, reason=clean(reason.get(lang))), "  ", width=width, style="dim"
        )
    if checked.report is not None and checked.report.unread:
        yield from _unread(checked.report, width, lang, said=frozenset(reasons))


def _unread(report: Report, width: int, lang: str, *, said: frozenset[Text]) -> Iterator[Line]:
    """Say why cells were not read, where that has not been said of the rules that need them."""
    reasons: dict[Text, list[str]] = {}
    for key, reason in report.unread.items():
        if reason not in said:
            reasons.setdefault(reason, []).append(key)
    for reason, keys in reasons.items():
        cells = cell_labels(report.form, keys[:1] if len(keys) > 1 else keys, lang=lang)
        if len(keys) > 1:
            cells = f"{cells} {say('and-more', lang, count=len(keys))}"
        text = say("unread", lang, cells=cells, reason=clean(reason.get(lang)))
        yield from hang(text, "  ", width=width, style="dim")


def _evidence(checked: Checked, width: int, lang: str) -> Iterator[Line]:
    found = [finding for finding in checked.findings if finding.outcome == PASS]
    if found:
        yield Line()
    for finding in found:
        text = f"✓ {finding.rule} {clean(finding.texts.get(lang))}  {place(checked.path, finding.location, lang=lang)}"
        yield from hang(text, "  ", width=width, lead=1, style="green")


def _problem(problem: Problem, width: int, lang: str) -> Iterator[Line]:
    phrase = "broken-rule" if problem.code == RULE_CRASHED else "unreadable"
    text = say(phrase, lang, path=clean(problem.path), reason=clean(problem.text.get(lang)))
    yield from hang(text, "", width=width, style="bold red", lead=len(text.partition(" ")[0]))


def _summary(result: Result, lang: str) -> str:
    counts = summarise(result)
    broken = say("broken-rules", lang, count=counts.broken_rules) if counts.broken_rules else ""
    return say("summary", lang, **counts._asdict()) + broken
