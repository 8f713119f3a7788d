"""Results as people read them in a terminal, a pipe or a log."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.model.outcome import PASS, UNDECIDED
from nianbao.outputs.output import FULL, QUIET, Verbosity
from nianbao.outputs.terminal.frame import Frame
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording.components import Explained, Plain, parts_of
from nianbao.outputs.wording.labels import cell_labels, place
from nianbao.outputs.wording.phrases import join, say
from nianbao.outputs.wording.selecting import left_out
from nianbao.outputs.wording.summary import RULE_CRASHED, causes, faulty, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from nianbao.messages import Text
    from nianbao.model.finding import Finding
    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.result import Checked, Result

_WIDEST = 120
_MOST_SKIPPED = 3
_USUAL = Verbosity()


def render_result(result: Result, console: Console, *, lang: str = "zh", manner: Verbosity = _USUAL) -> None:
    """Print the result of a run.

    Args:
        result: The result.
        console: Where to print; its width and colours are kept to.
        lang: ``zh`` or ``en``.
        manner: How much is told.
    """
    width = min(console.width, _WIDEST)
    for checked in result.reports:
        if manner.detail == QUIET:
            _print(console, _briefly(checked, width, lang))
        else:
            _print(console, _report(Frame(checked, width, lang, manner.detail == FULL)))
    _print(console, (line for problem in result.problems for line in _problem(problem, width, lang)))
    if manner.statistics:
        from nianbao.outputs.wording.statistics import statistics  # noqa: PLC0415 - only where it is asked for

        if manner.detail == QUIET:
            _print(console, [Line()])
        _print(console, statistics(result, width=width, lang=lang))
    _print(console, _end(result, manner, width, lang))


def _print(console: Console, lines: Iterable[Line]) -> None:
    for line in lines:
        # Without colours rich still writes bold and underline; who sets NO_COLOR wants plain text.
        console.print(Line(line.plain) if console.no_color else line, soft_wrap=True, highlight=False)


def _briefly(checked: Checked, width: int, lang: str) -> Iterator[Line]:
    from nianbao.outputs.terminal.quiet import quiet_lines  # noqa: PLC0415 - only where it is asked for

    yield from (Line(line) for line in quiet_lines(checked, lang=lang))
    for problem in checked.problems:
        yield from _problem(problem, width, lang)


def _report(frame: Frame) -> Iterator[Line]:
    checked, width, lang = frame.checked, frame.width, frame.lang
    if checked.report is not None:
        yield from _head(checked, checked.report, width, lang)
        for note, parts in groupby(parts_of(checked), _note):
            yield from _parts(list(parts), note, frame)
        if checked.following:
            from nianbao.outputs.terminal.following import following  # noqa: PLC0415 - few reports have blanks

            yield from following(frame)
        yield from _undecided(frame)
        yield from _evidence(checked, width, lang)
    for problem in checked.problems:
        yield from _problem(problem, width, lang)
    if checked.report is not None:
        yield Line()


def _note(part: Explained | Plain) -> Text | None:
    """Return why no cause was found for findings that share figures."""
    return part.component.note if isinstance(part, Plain) and part.component is not None else None


def _parts(parts: Sequence[Explained | Plain], note: Text | None, frame: Frame) -> Iterator[Line]:
    """Give a block for findings that share a cause, else one for each, and once why nothing more is known of them."""
    from nianbao.outputs.terminal.explained import codes, explained  # noqa: PLC0415 - a clean report needs nothing of it
    from nianbao.outputs.terminal.trouble import trouble  # noqa: PLC0415 - the same

    for part in parts:
        if isinstance(part, Explained):
            yield Line()
            yield from explained(part, frame)
            continue
        for finding in part.findings:
            yield Line()
            yield from trouble(finding, frame)
    if note is not None:
        yield Line()
        told = codes([finding for part in parts for finding in part.findings])
        text = say("unexplained", frame.lang, codes=told, note=clean(note.get(frame.lang)))
        yield from hang(text, "  ", width=frame.width)


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


def _undecided(frame: Frame) -> Iterator[Line]:
    """Say each reason once, with the rules that it keeps from being judged."""
    checked, width, lang = frame.checked, frame.width, frame.lang
    reasons: dict[Text, list[Finding]] = {}
    for finding in checked.findings:
        if finding.outcome == UNDECIDED and finding.reason is not None:
            reasons.setdefault(finding.reason, []).append(finding)
    if reasons:
        yield Line()
    for reason, findings in reasons.items():
        told = join(list(dict.fromkeys(finding.rule for finding in findings)), lang)
        text = say("undecided", lang, codes=told, reason=clean(reason.get(lang)))
        yield from hang(text, "  ", width=width, style="dim")
        if frame.full and checked.report is not None:
            yield from _cells_of(findings, checked.report, frame)
    if checked.report is not None and checked.report.unread:
        yield from _unread(checked.report, width, lang, said=frozenset(reasons))


def _cells_of(findings: Sequence[Finding], report: Report, frame: Frame) -> Iterator[Line]:
    """Name the cells that keep rules from being judged: those without a figure, else all that take part."""
    cells = {one.key: one for finding in findings for one in finding.cells if one.source is None}
    keys = [key for key, one in cells.items() if one.value is None] or list(cells)
    if keys:
        named = cell_labels(report.form, keys, lang=frame.lang, most=len(keys))
        yield from hang(say("cells", frame.lang, cells=named), "    ", width=frame.width, style="dim")


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


def _end(result: Result, manner: Verbosity, width: int, lang: str) -> Iterator[Line]:
    """Give what was passed over, what is not shown, and the figures of the whole run."""
    if result.skipped:
        names = join([clean(path) for path in result.skipped[:_MOST_SKIPPED]], lang)
        skipped = say("skipped", lang, count=len(result.skipped), names=names)
        yield from hang(skipped, "", width=width, style="dim")
    whole = manner.whole or result
    hidden = left_out(whole, result, lang=lang)
    if hidden:
        yield from hang(hidden, "", width=width, style="dim")
    yield from hang(_summary(whole, lang), "", width=width, style="bold")


def _summary(result: Result, lang: str) -> str:
    counts = summarise(result)
    many, wrong, found = counts.reports > 1, faulty(result), causes(result)
    phrase = "summary-causes" if found.errors == counts.error else "summary-some-causes"
    told = {
        "faulty": say("summary-faulty", lang, count=wrong) if many and wrong else "",
        "causes": say(phrase, lang, part=found.errors, count=found.slips) if found.slips else "",
    }
    broken = say("broken-rules", lang, count=counts.broken_rules) if counts.broken_rules else ""
    return say("summary", lang, **counts._asdict(), **told) + broken
