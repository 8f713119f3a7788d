"""Slips that concern several cells at once, as what would be put right in one go: exchanged, torn, joined, shifted.

Counting slips in place of cells is Scholtus' (2016) generalisation of Fellegi and Holt: a figure that slid into the
next cell is one mistake, though two cells are wrong.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.system import ACROSS
from nianbao.model.slip import EXCHANGED, JOINED, MOVED, SHIFTED_COLUMN, SHIFTED_ROW, TORN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.system import CellLine, EquationSystem
    from nianbao.model.slip import SlipKind

_MAX_JOINED_DIGITS = 7  # of a figure that may be two run together
_MIN_SHIFTED_CELLS = 3
_MAX_PUSHED_CELLS = 60  # cells that a torn number may have pushed on


class Operation(NamedTuple):
    """A slip over several cells: its name, what is added to each cell to undo it, and how many figures rows supplied.

    Such a figure is no evidence: the row that supplied it had to hold.
    """

    slip: SlipKind
    changes: Mapping[int, Number]
    supplied: int = 0


class Figures(NamedTuple):
    """What the cells of a system say.

    Attributes:
        values: The figure of each cell; a blank counts as 0.
        blank: Cells that are blank.
        residuals: What each row that fails is worth.
        left_out: Rows that say nothing.
    """

    values: Sequence[Number]
    blank: frozenset[int]
    residuals: Mapping[int, Number]
    left_out: frozenset[int]


def operations(system: EquationSystem, figures: Figures) -> Iterator[Operation]:
    """Give the slips over several cells whose undoing leaves fewer rows failing, beyond those that supplied figures."""
    seen: set[frozenset[tuple[int, Number]]] = set()
    for line in system.lines:
        for one in _of_line(system, line, figures):
            identity = frozenset(one.changes.items())
            if identity not in seen and gain(system, figures, changes=one.changes) > one.supplied:
                seen.add(identity)
                yield one


def after(system: EquationSystem, figures: Figures, *, changes: Mapping[int, Number]) -> dict[int, Number]:
    """Return what rows that fail are worth when so much is added to cells."""
    residuals = dict(figures.residuals)
    for cell, change in changes.items():
        for row in system.places[cell]:
            if row not in figures.left_out:
                worth = residuals.pop(row, 0) + system.rows[row][cell] * change
                if worth:
                    residuals[row] = worth
    return residuals


def gain(system: EquationSystem, figures: Figures, *, changes: Mapping[int, Number]) -> int:
    """Return how many rows fewer fail when so much is added to cells."""
    return len(figures.residuals) - len(after(system, figures, changes=changes))


def _of_line(system: EquationSystem, line: CellLine, figures: Figures) -> Iterator[Operation]:
    for place, (first, second) in enumerate(pairwise(line.cells)):
        if not _touches(system, figures, first, second):
            continue
        if not system.places[first].isdisjoint(system.places[second]):  # else nothing tells them from two slips
            yield from _exchanged(figures, first, second)
        yield from _joined(figures, first, second)
        yield from _torn(system, figures, line.cells[place:])
        yield from _torn_back(figures, first, second)
    for cells in (line.cells, line.cells[::-1]):
        yield from _shifted(system, figures, line._replace(cells=cells))


def _touches(system: EquationSystem, figures: Figures, *cells: int) -> bool:
    return any(row in figures.residuals for cell in cells for row in system.places[cell])


def _exchanged(figures: Figures, first: int, second: int) -> Iterator[Operation]:
    one, other = figures.values[first], figures.values[second]
    if one != other:
        yield Operation(EXCHANGED if one and other else MOVED, {first: other - one, second: one - other})


def _torn(system: EquationSystem, figures: Figures, cells: Sequence[int]) -> Iterator[Operation]:
    """Give a number put together again from two cells, the second then 0, or what rows say of it, or what came after.

    In the last case all that follows had been pushed on by one cell.
    """
    first, second = cells[:2]
    head, tail = figures.values[first], figures.values[second]
    if not (_is_count(head) and _is_count(tail)) or not head or second in figures.blank:
        return
    whole = int(f"{head}{tail}")
    put = {first: whole - head, second: -tail}
    yield Operation(TORN, put)
    for value in _values_by_rows(system, figures, put, second):
        if value:
            yield Operation(TORN, {first: whole - head, second: value - tail}, 1)
    yield from _pulled_back(system, figures, {first: whole - head}, cells[1:])


def _pulled_back(
    system: EquationSystem, figures: Figures, put: Mapping[int, Number], cells: Sequence[int]
) -> Iterator[Operation]:
    """Give the torn number with all that follows moved back, up to each cell that may have been the last."""
    changes = dict(put)
    for cell, following in pairwise(cells[:_MAX_PUSHED_CELLS]):
        changes[cell] = figures.values[following] - figures.values[cell]
        for supplied, value in enumerate((0, *_values_by_rows(system, figures, changes, following))):
            last = {following: value - figures.values[following]}
            made = {one: change for one, change in {**changes, **last}.items() if change}
            yield Operation(TORN, made, min(supplied, 1))
        if not _is_cured(system, figures, changes, cell):
            return


def _torn_back(figures: Figures, first: int, second: int) -> Iterator[Operation]:
    """Give a number put together again in the second of two cells, the first then 0."""
    head, tail = figures.values[first], figures.values[second]
    if _is_count(head) and _is_count(tail) and head and second not in figures.blank:
        yield Operation(TORN, {first: -head, second: int(f"{head}{tail}") - tail})


def _joined(figures: Figures, first: int, second: int) -> Iterator[Operation]:
    """Give a number taken apart over a cell and the one behind it, which says nothing."""
    whole = figures.values[first]
    if figures.values[second] or not _is_count(whole):
        return
    digits = str(whole)
    for place in range(1, min(len(digits), _MAX_JOINED_DIGITS)):
        head, tail = int(digits[:place]), int(digits[place:])
        if tail and str(tail) == digits[place:]:
            yield Operation(JOINED, {first: head - whole, second: tail})


def _shifted(system: EquationSystem, figures: Figures, line: CellLine) -> Iterator[Operation]:
    """Give stretches of a line that would be right if each cell said what the next one says.

    The rows across the line tell where: a stretch goes on as long as these hold afterwards. What the last cell of it
    said is lost, and taken from the rows, or found in the first one, or was 0.
    """
    slip: SlipKind = SHIFTED_ROW if line.direction == ACROSS else SHIFTED_COLUMN
    values, cells = figures.values, line.cells
    start = 0
    while start < len(cells) - 1:
        end = start
        changes: dict[int, Number] = {}
        while end < len(cells) - 1:
            change = values[cells[end + 1]] - values[cells[end]]
            if not _holds_across(system, figures, line.along, cells[end], change):
                break
            if change:
                changes[cells[end]] = change
            end += 1
        if len(changes) >= _MIN_SHIFTED_CELLS - 1:
            yield from _with_last(system, figures, slip, changes, cells[start : end + 1])
        start = end + 1


def _with_last(
    system: EquationSystem, figures: Figures, slip: SlipKind, changes: Mapping[int, Number], cells: Sequence[int]
) -> Iterator[Operation]:
    """Give a shift with each figure that its last cell may have said."""
    last, entered = cells[-1], figures.values[next(cell for cell in cells if cell in changes)]
    found = _values_by_rows(system, figures, changes, last)
    for value in dict.fromkeys((entered, 0, *found)):
        change = value - figures.values[last]
        yield Operation(slip, {**changes, last: change} if change else changes, int(value not in (entered, 0)))


def _holds_across(system: EquationSystem, figures: Figures, along: frozenset[int], cell: int, change: Number) -> bool:
    """Whether there are rows across a line, and all hold, when a cell of it is changed; a blank may have none left."""
    across = system.places[cell] - along - figures.left_out
    return (bool(across) or cell in figures.blank) and not any(
        figures.residuals.get(row, 0) + system.rows[row][cell] * change for row in across
    )


def _is_cured(system: EquationSystem, figures: Figures, changes: Mapping[int, Number], cell: int) -> bool:
    """Whether some row of a cell holds with the changes made, so that it is worth going on."""
    left = after(system, figures, changes=changes)
    return any(row not in left for row in system.places[cell] if row not in figures.left_out)


def _values_by_rows(
    system: EquationSystem, figures: Figures, changes: Mapping[int, Number], cell: int
) -> Iterator[Number]:
    """Give the figures that rows ask of a cell with other changes made."""
    left = after(system, figures, changes={one: change for one, change in changes.items() if one != cell})
    for row in system.places[cell]:
        weight = system.rows[row][cell]
        if row in left and abs(weight) == 1:
            yield figures.values[cell] - left[row] * weight


def _is_count(value: Number) -> bool:
    return isinstance(value, int) and value >= 0
