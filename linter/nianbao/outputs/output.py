"""What every output has: a name, and a way to write a run report by report; and how much people want to read."""

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
    """How much is written of a run.

    Attributes:
        detail: ``quiet`` (a line for each finding), ``usual`` or ``full`` (every cell and every reading).
        statistics: Whether rules are counted at the end.
    """

    detail: Detail = USUAL
    statistics: bool = False


class Writer(Protocol):
    """Writes one run: it is begun, given each report when it has been judged, and ended."""

    def begin(self, run: RunInfo) -> None:
        """Write what stands before the reports; ``run`` is what is known before the first of them is judged."""

    def report(self, checked: Checked) -> None:
        """Write a report and its findings; a writer that keeps them makes large runs need much memory."""

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Write what stands after the reports.

        Args:
            shown: The figures of what was given to the writer.
            whole: The figures of the whole run, with the findings that ``--show`` and ``--persona`` leave out.
        """


class Output(NamedTuple):
    """A format for results.

    Attributes:
        name: What ``--format`` calls it.
        open: Makes the writer of one run: to a stream, in the language of a voice, with so much detail.
        has_verbosity: Whether it heeds the detail, as formats do that people read.
    """

    name: str
    open: Callable[[IO[str], Voice, Verbosity], Writer]
    has_verbosity: bool = False
