"""Results for people, on a terminal, in a pipe or in a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.messages import Text, clean
from nianbao.model.result import RunInfo
from nianbao.outputs.output import FULL, QUIET
from nianbao.outputs.terminal.frame import Frame
from nianbao.outputs.terminal.reporting import problem_lines, report_lines
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.selecting import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.result import Checked
    from nianbao.outputs.output import Verbosity
    from nianbao.outputs.terminal.printing import Printer
    from nianbao.outputs.terminal.statistics import RuleCounts
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

_MAX_WIDTH = 120
_MAX_SKIPPED = 3


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
        self._print(
            line for problem in self._run.problems for line in problem_lines(self._voice, problem, width=self._width)
        )
        if self._counts is not None:
            self._counts.add(across)
            if self._verbosity.detail == QUIET:
                self._print([Line()])
            self._print(self._counts.lines(self._voice, width=self._width))
        self._print(_end(self._voice, self._run, (shown, whole), self._width))

    def _lines(self, checked: Checked) -> Iterable[Line]:
        if self._verbosity.detail == QUIET:
            return _briefly(self._voice, checked, self._width, most=self._verbosity.max_lines)
        frame = Frame(checked, self._width, self._voice, self._verbosity.detail == FULL)
        return report_lines(frame, most=self._verbosity.max_lines)


def _briefly(voice: Voice, checked: Checked, width: int, *, most: int | None) -> Iterator[Line]:
    from nianbao.outputs.terminal.quiet import quiet_lines  # noqa: PLC0415 - only where it is asked for

    yield from (Line(line) for line in quiet_lines(voice, checked, most=most))
    for problem in checked.problems:
        yield from problem_lines(voice, problem, width=width)


def _end(voice: Voice, run: RunInfo, totals: tuple[RunTotals, RunTotals], width: int) -> Iterator[Line]:
    """Give skipped files, the number of findings not shown, and the figures of the whole run."""
    if run.skipped:
        more = ["…"] if len(run.skipped) > _MAX_SKIPPED else []
        names = voice.join([*(clean(path) for path in run.skipped[:_MAX_SKIPPED]), *more])
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
