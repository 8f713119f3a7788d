"""Rows that read as in last year's report: a row copied from there is one slip, whatever number of cells it touches."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.diagnosis.operations import Operation, after
from nianbao.diagnosis.system import ACROSS
from nianbao.language.names import PRIOR
from nianbao.model.slip import COPIED_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.operations import Figures
    from nianbao.diagnosis.system import EquationSystem

_MIN_FIGURES = 2  # other than 0, and different from what they should be


def copied_rows(system: EquationSystem, figures: Figures) -> Iterator[Operation]:
    """Yield the rows that equal last year's and that the equations across them put right together.

    What is put right must hold along the row too: that nobody took a figure from, and it confirms the slip.
    """
    for line in system.lines:
        if line.direction == ACROSS:
            for cells in _rows_of(system, line.cells):
                if _equals_last_years(system, figures, cells):
                    yield from _put_right(system, figures, cells, line.along)


def _rows_of(system: EquationSystem, cells: Sequence[int]) -> Iterator[list[int]]:
    """Yield the cells of each row of the form in a printed line."""
    for _row, group in groupby(cells, key=lambda cell: system.cells[cell][0].rpartition(".")[0]):
        yield list(group)


def _equals_last_years(system: EquationSystem, figures: Figures, cells: Sequence[int]) -> bool:
    before = [system.numbers.get((system.cells[cell][0], PRIOR)) for cell in cells]
    return (
        sum(bool(figures.values[cell]) for cell in cells) >= _MIN_FIGURES
        and figures.blank.isdisjoint(cells)
        and all(
            other is not None and figures.values[other] == figures.values[cell]
            for cell, other in zip(cells, before, strict=True)
        )
    )


def _put_right(
    system: EquationSystem, figures: Figures, cells: Sequence[int], along: frozenset[int]
) -> Iterator[Operation]:
    changes: dict[int, Number] = {}
    for cell in cells:
        for row in system.places[cell] - along:
            weight = system.rows[row][cell]
            if row in figures.residuals and abs(weight) == 1:
                changes.setdefault(cell, -figures.residuals[row] * weight)
    if len(changes) < _MIN_FIGURES:
        return
    touched = frozenset().union(*(system.places[cell] for cell in changes)) - figures.left_out
    if touched.isdisjoint(after(system, figures, changes=changes)) and not touched.isdisjoint(along):
        yield Operation(COPIED_ROW, changes, len(changes) - 1)
