"""What every output has: a name, and a way to write a result."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.finding import Result


class Output(NamedTuple):
    """A format for results.

    Attributes:
        name: What ``--format`` calls it.
        render: Writes a result to a stream, in ``zh`` or ``en``.
    """

    name: str
    render: Callable[[Result, IO[str], str], None]
