"""Outputs of plugins: how their writers are used, and what happens when they fail in themselves."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

import pytest

from nianbao.errors import UsageError
from nianbao.model.result import Checked, RunInfo
from nianbao.outputs.output import FULL, Output, Verbosity
from nianbao.outputs.wording.totals import RunTotals
from nianbao.plugins.guards import guard_output
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from nianbao.outputs.output import Writer
    from nianbao.voice import Voice

STEPS = ("open", "begin", "report", "end")


class Lines:
    """Writes a line for each step of a run, and fails at one of them."""

    def __init__(self, stream: IO[str], voice: Voice, verbosity: Verbosity) -> None:
        self.stream = stream
        stream.write(f"open {voice.lang} {verbosity.detail}\n")

    def begin(self, run: RunInfo) -> None:
        """Write the packs."""
        self.stream.write(f"begin {run.packs}\n")

    def report(self, checked: Checked) -> None:
        """Write the path."""
        self.stream.write(f"report {checked.path}\n")

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Write how many reports there were."""
        self.stream.write(f"end {shown.reports} {whole.problems}\n")


def run_through(output: Output, stream: IO[str]) -> None:
    """Write a run of one report."""
    totals = RunTotals(RunInfo())
    writer = output.open(stream, CHINESE, Verbosity(FULL))
    writer.begin(RunInfo((("p", "1"),)))
    writer.report(Checked("a.txt"))
    writer.end(totals, totals)


def test_an_output_is_opened_begun_given_each_report_and_ended() -> None:
    """A guard changes nothing of it."""
    plain, guarded = io.StringIO(), io.StringIO()

    run_through(Output("lines", Lines, has_verbosity=True), plain)
    run_through(guard_output(Output("lines", Lines, has_verbosity=True), "p"), guarded)

    assert plain.getvalue().splitlines() == ["open zh full", "begin (('p', '1'),)", "report a.txt", "end 0 0"]
    assert guarded.getvalue() == plain.getvalue()


class _Failing:
    """Raises an error at a step."""

    def __init__(self, step: str, error: Exception) -> None:
        self.step, self.error = step, error

    def open(self, stream: IO[str], voice: Voice, verbosity: Verbosity) -> Writer:
        """Fail, or return itself."""
        del stream, voice, verbosity
        self.at("open")
        return self

    def begin(self, run: RunInfo) -> None:
        """Fail, or do nothing."""
        del run
        self.at("begin")

    def report(self, checked: Checked) -> None:
        """Fail, or do nothing."""
        del checked
        self.at("report")

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Fail, or do nothing."""
        del shown, whole
        self.at("end")

    def at(self, step: str) -> None:
        """Fail at the step."""
        if step == self.step:
            raise self.error


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_names_the_plugin(step: str) -> None:
    """What fails in itself stops the run with its name."""
    output = guard_output(Output("lines", _Failing(step, ValueError("oops")).open), "p")

    with pytest.raises(UsageError, match=r"'lines' of plugin 'p'.*ValueError: oops"):
        run_through(output, io.StringIO())


@pytest.mark.parametrize("step", STEPS)
def test_a_closed_stream_is_no_fault_of_the_plugin(step: str) -> None:
    """What the stream says is passed on."""
    output = guard_output(Output("lines", _Failing(step, BrokenPipeError()).open), "p")

    with pytest.raises(BrokenPipeError):
        run_through(output, io.StringIO())


def test_an_output_that_opens_no_writer_names_the_plugin() -> None:
    """Such as a function that writes everything at once."""
    output = guard_output(Output("lines", lambda stream, _voice, _verbosity: stream.write("x")), "p")  # type: ignore[arg-type, return-value]

    with pytest.raises(UsageError, match=r"'lines' of plugin 'p'.*AttributeError"):
        run_through(output, io.StringIO())
