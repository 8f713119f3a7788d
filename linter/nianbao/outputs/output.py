"""The interface of outputs: a name, and a writer that writes a run report by report; and the level of detail."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.result import Checked, RunInfo
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

Detail = Literal["quiet", "usual", "full"]

QUIET: Final = "quiet"
USUAL: Final = "usual"
FULL: Final = "full"


class Verbosity(NamedTuple):
    """The level of detail of an output.

    Attributes:
        detail: ``quiet`` (a line for each finding), ``usual`` or ``full`` (every cell and every explanation).
        statistics: Whether the output ends with counts of rules.
        max_lines: The largest number of lines for each report, or ``None``.
    """

    detail: Detail = USUAL
    statistics: bool = False
    max_lines: int | None = None


class Writer(Protocol):
    """Writes one run: ``begin``, then ``report`` for each judged report, then ``end``."""

    def begin(self, run: RunInfo) -> None:
        """Write the part before the reports; ``run`` is known before the first report is judged."""

    def report(self, checked: Checked) -> None:
        """Write a report and its findings; if a writer keeps them, large runs need much memory."""

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Write the part after the reports.

        Args:
            shown: The figures of the reports that the writer has received.
            whole: The figures of the whole run, with the findings that ``--show`` and ``--persona`` leave out.
        """


class Output(NamedTuple):
    """A format for results.

    Attributes:
        name: Its name in ``--format``.
        open: Makes the writer of one run, from a stream, a voice and a verbosity.
        has_verbosity: Whether it depends on the verbosity, as formats for people do.
    """

    name: str
    open: Callable[[IO[str], Voice, Verbosity], Writer]
    has_verbosity: bool = False
