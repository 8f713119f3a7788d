"""The selection and the format of the output of a result."""

from __future__ import annotations

from itertools import chain, islice
from typing import IO, TYPE_CHECKING, NamedTuple

import click

from nianbao.cli import ExitCode
from nianbao.errors import UsageError
from nianbao.messages import Text
from nianbao.model.rule import PERSONAS
from nianbao.outputs.output import FULL, QUIET, USUAL, Verbosity
from nianbao.outputs.wording.selecting import EVERYTHING, left_out, select, select_of_run
from nianbao.outputs.wording.totals import RunTotals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.result import Checked, RunInfo
    from nianbao.model.rule import FailLevel, Persona, ShowLevel
    from nianbao.outputs.output import Output
    from nianbao.settings import Settings
    from nianbao.voice import Voice

_BOTH = Text("-q 和 -v 只能选一个", "-q and -v exclude each other")
_NO_VERBOSITY = Text(
    "格式“{name}”没有详略之分：{options} 只用于给人看的格式，例如 text",
    "the format {name!r} has one manner alone: {options} are for formats that people read, such as text",
)


class Showing(NamedTuple):
    """An output, its level of detail, and the selection of findings."""

    output: Output
    verbosity: Verbosity
    show: ShowLevel
    persona: Persona

    @classmethod
    def of(
        cls,
        output: Output,
        settings: Settings,
        *,
        quiet: bool,
        verbose: bool,
        statistics: bool,
        max_lines: int | None = None,
    ) -> Showing:
        """Combine options and settings.

        Raises:
            UsageError: options exclude each other, or the output does not support them.
        """
        if quiet and verbose:
            raise UsageError(_BOTH)
        options = {"--quiet": quiet, "--verbose": verbose, "--statistics": statistics}
        asked = [name for name, is_wanted in options.items() if is_wanted]
        if asked and not output.has_verbosity:
            raise UsageError(_NO_VERBOSITY.format(name=output.name, options=" ".join(asked)))
        verbosity = Verbosity(QUIET if quiet else FULL if verbose else USUAL, statistics, max_lines)
        return cls(output, verbosity, settings.show or EVERYTHING, settings.persona or PERSONAS[0])

    def selected(self, checked: Checked) -> Checked:
        """Return a report with the selected findings."""
        return select(checked, show=self.show, persona=self.persona)

    def write(self, voice: Voice, run: RunInfo, *, reports: Iterable[Checked], stream: IO[str]) -> RunTotals:
        """Write a run, each report as it comes, and return the figures of the whole run.

        The number of findings left out is part of the output, or is printed on standard error. The first report is
        judged before anything is written, so that an error at that point leaves no partial output.
        """
        coming = iter(reports)
        first = list(islice(coming, 1))
        own = select_of_run(run, show=self.show, persona=self.persona)
        whole, shown = RunTotals(run), RunTotals(own)
        writer = self.output.open(stream, voice, self.verbosity)
        writer.begin(own)
        for checked in chain(first, coming):
            selected = self.selected(checked)
            whole.add(checked)
            shown.add(selected)
            writer.report(selected)
            stream.flush()
        writer.end(shown, whole)
        hidden = "" if self.output.has_verbosity else left_out(voice, shown, whole=whole)
        if hidden:
            click.echo(hidden, err=True)
        return whole


def exit_code(totals: RunTotals, fail_on: FailLevel) -> ExitCode:
    """Return the exit code for a run with these figures."""
    if totals.problems:
        return ExitCode.UNREADABLE
    if totals.broken_rules:
        return ExitCode.USAGE
    return ExitCode.FINDINGS if totals.reaches(fail_on) else ExitCode.CLEAN
