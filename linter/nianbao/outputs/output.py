"""What every output has: a name, and a way to write a result; and how people want to be told."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.result import Result
    from nianbao.voice import Voice

QUIET, USUAL, FULL = "quiet", "usual", "full"


class Verbosity(NamedTuple):
    """How much is told of a result.

    Attributes:
        detail: ``quiet`` (a line for each finding), ``usual`` or ``full`` (every cell and every reading).
        statistics: Whether rules are counted at the end.
        whole: The result of the run where what is told is a part of it: what was left out is counted.
    """

    detail: str = USUAL
    statistics: bool = False
    whole: Result | None = None


class Output(NamedTuple):
    """A format for results.

    Attributes:
        name: What ``--format`` calls it.
        render: Writes a result to a stream, in the language of a voice.
        tell: The same in a manner, for formats that people read; ``None`` for those that know one manner alone.
    """

    name: str
    render: Callable[[Voice, Result, IO[str]], None]
    tell: Callable[[Voice, Result, IO[str], Verbosity], None] | None = None
