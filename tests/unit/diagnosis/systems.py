"""Small systems of equations made by hand, for tests of all that searches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.diagnosis.operations import Figures
from nianbao.diagnosis.system import EquationSystem, with_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def system_of(cells: int, rows: Sequence[Mapping[int, int]]) -> EquationSystem:
    """Return equations over numbered cells that stand nowhere in particular."""
    names = tuple((f"t.r.c{number}", "this") for number in range(cells))
    numbers = {name: number for number, name in enumerate(names)}
    bare = EquationSystem(names, numbers, (), (), (), (), ((),) * cells, ())
    return with_rows(bare, rows, constants=[0] * len(rows))


def figures_of(system: EquationSystem, values: Sequence[int]) -> Figures:
    """Return what cells say, and which rows fail."""
    residuals = {
        number: worth
        for number, row in enumerate(system.rows)
        if (worth := sum(weight * values[cell] for cell, weight in row.items()))
    }
    return Figures(values, frozenset(), residuals, frozenset())
