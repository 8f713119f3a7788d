"""Outputs of plugins: with one manner or with several, and what happens when they fail in themselves."""

from __future__ import annotations

import io

import pytest

from nianbao.errors import UsageError
from nianbao.model.result import Result
from nianbao.outputs.output import FULL, Output, Verbosity
from nianbao.plugins.guards import guard_output
from nianbao.voice import CHINESE


def failing(*given: object) -> None:
    """Fail in itself."""
    raise ValueError(f"{len(given)} given")


def closed(*given: object) -> None:
    """Find its stream closed."""
    del given
    raise BrokenPipeError


def test_an_output_of_three_arguments_has_one_manner() -> None:
    """It is called with voice, result and stream, as ever."""
    output = guard_output(
        Output("lines", lambda voice, result, stream: print(len(result.reports), voice.lang, file=stream)), "p"
    )
    stream = io.StringIO()

    output.render(CHINESE, Result(()), stream)

    assert stream.getvalue() == "0 zh\n"
    assert output.tell is None


def test_an_output_may_know_manners() -> None:
    """It is told how much to tell."""
    told: list[str] = []
    output = guard_output(Output("lines", failing, lambda *given: told.append(given[-1].detail)), "p")

    assert output.tell is not None
    output.tell(CHINESE, Result(()), io.StringIO(), Verbosity(FULL))

    assert told == [FULL]


def test_a_failure_names_the_plugin_in_either_case() -> None:
    """What fails in itself stops the run with its name; a closed stream is no fault of it."""
    output = guard_output(Output("lines", failing, failing), "p")
    cut = guard_output(Output("lines", closed, closed), "p")
    assert output.tell is not None
    assert cut.tell is not None

    with pytest.raises(UsageError, match=r"'lines' of plugin 'p'.*3 given"):
        output.render(CHINESE, Result(()), io.StringIO())
    with pytest.raises(UsageError, match=r"'lines' of plugin 'p'.*4 given"):
        output.tell(CHINESE, Result(()), io.StringIO(), Verbosity())
    with pytest.raises(BrokenPipeError):
        cut.tell(CHINESE, Result(()), io.StringIO(), Verbosity())
