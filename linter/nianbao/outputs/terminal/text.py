"""Results for people, on a terminal, in a pipe or in a log."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.messages import NotRead, Text, clean
from nianbao.model.outcome import PASS, UNDECIDED
from nianbao.model.problem import RULE_CRASHED
from nianbao.model.result import RunInfo
from nianbao.model.rule import INFO
from nianbao.outputs.output import FULL, QUIET
from nianbao.outputs.terminal.frame import Frame
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.components import Explained, Plain, parts_of, reasons_told
from nianbao.outputs.wording.labels import cell_labels
from nianbao.outputs.wording.selecting import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.model.finding import Finding
    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.output import Verbosity
    from nianbao.outputs.terminal.printing import Printer
    from nianbao.outputs.terminal.statistics import RuleCounts
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

_MAX_WIDTH = 120
_MAX_SKIPPED = 3
_MAX_REASONS = 3  # why rules could not be judged, for the same rules


class TextWriter:
    """Prints a run report by report.

    Args:
        printer: Prints lines; its width is respected.
        voice: The language.
        verbosity: The level of detail.
    """

    def __init__(self, printer: Printer, voice: Voice, verbosity: Verbosity) -> None:
        self._print, self._voice, self._verbosity = printer.print, voice, verbosity
        self._width = min(printer.width, _MAX_WIDTH)
        self._run = RunInfo()
        self._counts: RuleCounts | None = None

    def begin(self, run: RunInfo) -> None:
        """Print nothing before the first report."""
        self._run = run
        if self._verbosity.statistics:
            from nianbao.outputs.terminal.statistics import RuleCounts  # noqa: PLC0415 - only where it is asked for

            self._counts = RuleCounts()

    def report(self, checked: Checked) -> None:
        """Print a report."""
        self._print(self._lines(checked))
        if self._counts is not None:
            self._counts.add(checked)

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Print the findings about several reports, and the figures of the run."""
        across = self._run.checked
        if across.findings:
            self._print(self._lines(across))
        self._print(line for problem in self._run.problems for line in _problem(self._voice, problem, self._width))
        if self._counts is not None:
            self._counts.add(across)
            if self._verbosity.detail == QUIET:
                self._print([Line()])
            self._print(self._counts.lines(self._voice, width=self._width))
        self._print(_end(self._voice, self._run, (shown, whole), self._width))

    def _lines(self, checked: Checked) -> Iterator[Line]:
        if self._verbosity.detail == QUIET:
            return _briefly(self._voice, checked, self._width)
        return _report(Frame(checked, self._width, self._voice, self._verbosity.detail == FULL))


def _briefly(voice: Voice, checked: Checked, width: int) -> Iterator[Line]:
    from nianbao.outputs.terminal.quiet import quiet_lines  # noqa: PLC0415 - only where it is asked for

    yield from (Line(line) for line in quiet_lines(voice, checked))
    for problem in checked.problems:
        yield from _problem(voice, problem, width)


def _report(frame: Frame) -> Iterator[Line]:
    checked, width, voice = frame.checked, frame.width, frame.voice
    if checked.report is not None:
        yield from _head(voice, checked, checked.report, width)
        yield from _findings(frame)
    elif checked.findings:
        yield from hang(voice.say(phrases.ACROSS_REPORTS), "", width=width, style="bold")
        yield from _findings(frame)
    for problem in checked.problems:
        yield from _problem(voice, problem, width)
    if checked.report is not None or checked.findings:
        yield Line()


def _findings(frame: Frame) -> Iterator[Line]:
    """Give failures, blanks that follow, rules that were not judged, and evidence."""
    checked = frame.checked
    for note, parts in groupby(_joined(parts_of(checked)), _note):
        yield from _parts(list(parts), note, frame)
    if checked.following:
        from nianbao.outputs.terminal.following import following  # noqa: PLC0415 - few reports have blanks

        yield from following(frame)
    yield from _undecided(frame)
    yield from _evidence(frame)


def _joined(parts: Iterable[Explained | Plain]) -> Iterator[Explained | Plain]:
    """Give the parts of a report; findings of one rule that say it in words alone are one part, where the first is."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    joined: list[Explained | Plain | list[Finding]] = []
    for part in parts:
        finding = part.findings[0]
        if part.component is not None or finding.left is not None:
            joined.append(part)
            continue
        key = (finding.rule, finding.severity)
        if key not in alike:
            joined.append(alike.setdefault(key, []))
        alike[key] += part.findings
    return (Plain(tuple(part)) if isinstance(part, list) else part for part in joined)


def _note(part: Explained | Plain) -> Text | None:
    """Return the reason why findings that share figures have no known cause."""
    return part.component.note if isinstance(part, Plain) and part.component is not None else None


def _parts(parts: Sequence[Explained | Plain], note: Text | None, frame: Frame) -> Iterator[Line]:
    """Give a block for findings with a common cause, else a block for each, and once why their cause is unknown.

    Hints stand together without lines between them.
    """
    from nianbao.outputs.terminal.explained import codes, explained  # noqa: PLC0415 - a clean report needs nothing of it
    from nianbao.outputs.terminal.trouble import hints, trouble  # noqa: PLC0415 - the same

    after_hint = False
    for part in parts:
        if isinstance(part, Explained):
            yield Line()
            yield from explained(part, frame)
            after_hint = False
            continue
        for findings in (part.findings,) if part.component is None else zip(part.findings, strict=True):
            is_hint = findings[0].severity == INFO and not frame.full
            if not (is_hint and after_hint):
                yield Line()
            yield from (hints if is_hint else trouble)(findings, frame)
            after_hint = is_hint
    if note is not None:
        yield Line()
        named = codes([finding for part in parts for finding in part.findings])
        text = frame.voice.say(phrases.UNEXPLAINED, codes=named, note=frame.voice.clean(note))
        yield from hang(text, "  ", width=frame.width)


def _head(voice: Voice, checked: Checked, report: Report, width: int) -> Iterator[Line]:
    """Return the name of the report, the number of cells read, and the number of equations that hold."""
    issuer = clean(report.issuer.name) if report.issuer else voice.say(phrases.UNKNOWN_ISSUER)
    year = voice.say(phrases.YEAR, year=report.year) if report.year else voice.say(phrases.UNKNOWN_YEAR)
    yield from hang(clean(checked.path), "", width=width, style="bold")
    form = phrases.FORM if report.year else phrases.FORM_OF_NO_YEAR
    facts = [issuer, year, voice.say(form, form=report.form.id)]
    facts.append(voice.say(phrases.CELLS_READ, read=len(report.cells), expected=len(report.cells) + len(report.unread)))
    held, of = checked.equations
    if of:
        facts.append(voice.say(phrases.EQUATIONS_HOLD, held=held, of=of))
    if checked.prior is not None:
        facts.append(voice.say(phrases.PRIOR, path=clean(checked.prior.name)))
    yield from hang(" · ".join(facts), "  ", width=width, style="dim")
    for note in report.notes:
        yield from hang(voice.say(phrases.NOTE, note=voice.clean(note)), "  ", width=width, style="dim")


def _undecided(frame: Frame) -> Iterator[Line]:
    """Give each reason once, with the rules that could not be judged because of it, unless a finding is the reason."""
    checked, width, voice = frame.checked, frame.width, frame.voice
    told = reasons_told(checked.findings)
    reasons: dict[Text, list[Finding]] = {}
    for finding in checked.findings:
        if finding.outcome == UNDECIDED and finding.reason is not None and finding.reason not in told:
            reasons.setdefault(finding.reason, []).append(finding)
    if reasons:
        yield Line()
    times: Counter[str] = Counter()
    for reason, findings in _merged(reasons).items():
        named = voice.join(sorted({finding.rule for finding in findings}))
        times[named] += 1
        if times[named] > _MAX_REASONS and not frame.full:
            continue
        text = voice.say(phrases.NOT_JUDGED, codes=named, reason=voice.clean(reason))
        yield from hang(text, "  ", width=width, style="dim")
        if frame.full and checked.report is not None:
            yield from _cells_of(findings, checked.report, frame)
    for named, count in times.items() if not frame.full else ():
        if count > _MAX_REASONS:
            text = voice.say(phrases.MORE_REASONS, codes=named, count=count - _MAX_REASONS)
            yield from hang(text, "  ", width=width, style="dim")
    if checked.report is not None and checked.report.unread:
        yield from _unread(voice, checked.report, width, known=told | reasons.keys())


def _merged(reasons: Mapping[Text, list[Finding]]) -> dict[Text, list[Finding]]:
    """Return findings by their reasons, with one reason for all that the report does not say."""
    unsaid = [reason for reason in reasons if isinstance(reason, NotRead)]
    if not unsaid:
        return dict(reasons)
    merged = NotRead.of_each(*dict.fromkeys(reason.what for reason in unsaid))
    others = {reason: findings for reason, findings in reasons.items() if reason not in unsaid}
    return {merged: [finding for reason in unsaid for finding in reasons[reason]], **others}


def _cells_of(findings: Sequence[Finding], report: Report, frame: Frame) -> Iterator[Line]:
    """Name the cells because of which rules were not judged: those without a figure, else all that take part."""
    cells = {ref.key: ref for finding in findings for ref in finding.cells if ref.source is None}
    keys = [key for key, ref in cells.items() if ref.value is None] or list(cells)
    if keys:
        named = cell_labels(frame.voice, report.form, keys=keys, most=len(keys))
        yield from hang(frame.voice.say(phrases.CELLS, cells=named), "    ", width=frame.width, style="dim")


def _unread(voice: Voice, report: Report, width: int, *, known: frozenset[Text]) -> Iterator[Line]:
    """Give the reasons why cells were not read, unless a rule that needs them has the same reason."""
    reasons: dict[Text, list[str]] = {}
    for key, reason in report.unread.items():
        if reason not in known:
            reasons.setdefault(reason, []).append(key)
    for reason, keys in reasons.items():
        cells = cell_labels(voice, report.form, keys=keys[:1] if len(keys) > 1 else keys)
        if len(keys) > 1:
            cells = f"{cells} {voice.say(phrases.AND_MORE, count=len(keys))}"
        text = voice.say(phrases.NOT_READ, cells=cells, reason=voice.clean(reason))
        yield from hang(text, "  ", width=width, style="dim")


def _evidence(frame: Frame) -> Iterator[Line]:
    checked, width, voice = frame.checked, frame.width, frame.voice
    passes = [finding for finding in checked.findings if finding.outcome == PASS]
    if passes:
        yield Line()
    for finding in passes:
        text = f"✓ {finding.rule} {voice.clean(finding.texts)}  {frame.place(finding.location)}"
        yield from hang(text, "  ", width=width, lead=1, style="green")


def _problem(voice: Voice, problem: Problem, width: int) -> Iterator[Line]:
    phrase = phrases.BROKEN_RULE if problem.code == RULE_CRASHED else phrases.UNREADABLE
    text = voice.say(phrase, path=clean(problem.path), reason=voice.clean(problem.text))
    yield from hang(text, "", width=width, style="bold red", lead=len(text.partition(" ")[0]))


def _end(voice: Voice, run: RunInfo, totals: tuple[RunTotals, RunTotals], width: int) -> Iterator[Line]:
    """Give skipped files, the number of findings not shown, and the figures of the whole run."""
    if run.skipped:
        names = voice.join([clean(path) for path in run.skipped[:_MAX_SKIPPED]])
        skipped = voice.say(phrases.SKIPPED, count=len(run.skipped), names=names)
        yield from hang(skipped, "", width=width, style="dim")
    shown, whole = totals
    hidden = left_out(voice, shown, whole=whole)
    if hidden:
        yield from hang(hidden, "", width=width, style="dim")
    yield from hang(_summary(voice, whole), "", width=width, style="bold")


def _summary(voice: Voice, totals: RunTotals) -> str:
    summary, causes = totals.summary, totals.causes
    faulty = phrases.SUMMARY_FAULTY if summary.reports > 1 and totals.faulty else Text()
    explained = phrases.SUMMARY_CAUSES if causes.errors == summary.error else phrases.SUMMARY_SOME_CAUSES
    return voice.say(
        phrases.SUMMARY,
        **summary._asdict(),
        faulty=voice.say(faulty, count=totals.faulty),
        causes=voice.say(explained if causes.slips else Text(), part=causes.errors, count=causes.slips),
        broken=voice.say(phrases.BROKEN_RULES if summary.broken_rules else Text(), count=summary.broken_rules),
    )
