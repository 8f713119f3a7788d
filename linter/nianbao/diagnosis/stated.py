"""What a report states about the cells and rows of a system, and the value of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.blanks import BlankEquation, Kinds, deduce
from nianbao.diagnosis.equations import exact
from nianbao.model.outcome import FAIL, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.diagnosis.blanks import Deduced
    from nianbao.diagnosis.equations import Number, Variable
    from nianbao.diagnosis.system import EquationSystem
    from nianbao.model.outcome import OutcomeWord


class Stated(NamedTuple):
    """What a report states about the cells and rows of a system.

    Attributes:
        values: The figure of each cell; 0 where it has none.
        blank: Cells that are blank.
        unknown: Cells that were not read, or hold no figure; their rows are not used.
        outcomes: The outcome of the rule of each row; ``None`` for rows that are mere evidence: they are used only if
            they hold.
        fits: Whether a figure fits a cell.
        signed: Blank cells that may be negative.
    """

    values: Sequence[Number]
    blank: frozenset[int]
    unknown: frozenset[int]
    outcomes: Sequence[OutcomeWord | None]
    fits: Callable[[Variable, Number], bool]
    signed: frozenset[Variable] = frozenset()

    def is_open(self, rows: Iterable[int]) -> bool:
        """Whether one of some rows fails or is undecided."""
        return any(self.outcomes[row] in (FAIL, UNDECIDED) for row in rows)


def worth(system: EquationSystem, row: int, *, values: Sequence[Number]) -> Number:
    """Return the value of a row; 0 where it holds."""
    return exact(sum((weight * values[cell] for cell, weight in system.rows[row].items()), system.constants[row]))


def deduced(
    system: EquationSystem, stated: Stated, *, rows: Iterable[int], changes: Mapping[int, Number] | None = None
) -> Deduced:
    """Deduce the blanks after changes of cells, without rows that have unknown cells."""
    values = [value + (changes or {}).get(cell, 0) for cell, value in enumerate(stated.values)]
    equations = {}
    for row in rows:
        if stated.unknown.isdisjoint(system.rows[row]):
            unknown = {system.cells[cell]: weight for cell, weight in system.rows[row].items() if cell in stated.blank}
            equations[row] = BlankEquation(worth(system, row, values=values), unknown)
    return deduce(equations, Kinds(stated.fits, stated.signed))
