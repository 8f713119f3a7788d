"""Slips that concern several cells at once and are undone together: exchanged, torn, joined, shifted.

Scholtus (2016) generalised Fellegi and Holt by counting slips instead of cells: a figure that moved to the next cell is
one mistake, although two cells are wrong.
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

_MAX_JOINED_DIGITS = 7  # of a figure that may be two figures joined
_MIN_SHIFTED_CELLS = 3
_MAX_PUSHED_CELLS = 60  # cells that a torn number may have moved by one


class Operation(NamedTuple):
    """A slip over several cells: its name, the change of each cell that undoes it, and how many figures rows supplied.

    A row that a figure was computed from holds by construction, so it is not evidence.
    """

    slip: SlipKind
    changes: Mapping[int, Number]
    supplied: int = 0


class Figures(NamedTuple):
    """The figures of the cells of a system.

    Attributes:
        values: The figure of each cell; a blank counts as 0.
        blank: Cells that are blank.
        residuals: The residual of each failing row.
        left_out: Rows that are not used.
    """

    values: Sequence[Number]
    blank: frozenset[int]
    residuals: Mapping[int, Number]
    left_out: frozenset[int]


def operations(system: EquationSystem, figures: Figures) -> Iterator[Operation]:
    """Yield the slips over several cells that, if undone, repair more rows than they took figures from."""
    seen: set[frozenset[tuple[int, Number]]] = set()
    for line in system.lines:
        for operation in _of_line(system, line, figures):
            identity = frozenset(operation.changes.items())
            if identity not in seen and gain(system, figures, changes=operation.changes) > operation.supplied:
                seen.add(identity)
                yield operation


def after(system: EquationSystem, figures: Figures, *, changes: Mapping[int, Number]) -> dict[int, Number]:
    """Return the residuals of the rows that still fail after changes of cells."""
    residuals = dict(figures.residuals)
    for cell, change in changes.items():
        for row in system.places[cell]:
            if row not in figures.left_out:
                worth = residuals.pop(row, 0) + system.rows[row][cell] * change
                if worth:
                    residuals[row] = worth
    return residuals


def gain(system: EquationSystem, figures: Figures, *, changes: Mapping[int, Number]) -> int:
    """Return how many fewer rows fail after changes of cells."""
    return len(figures.residuals) - len(after(system, figures, changes=changes))


def _of_line(system: EquationSystem, line: CellLine, figures: Figures) -> Iterator[Operation]:
    for place, (first, second) in enumerate(pairwise(line.cells)):
        if not _touches(system, figures, first, second):
            continue
        if not system.places[first].isdisjoint(
            system.places[second]
        ):  # else they cannot be distinguished from two slips
            yield from _exchanged(figures, first, second)
        yield from _joined(figures, first, second)
        yield from _torn(system, figures, line.cells[place:])
        yield from _torn_back(figures, first, second)
    for cells in (line.cells, line.cells[::-1]):
        yield from _shifted(system, figures, line._replace(cells=cells))


def _touches(system: EquationSystem, figures: Figures, *cells: int) -> bool:
    return any(row in figures.residuals for cell in cells for row in system.places[cell])


def _exchanged(figures: Figures, first: int, second: int) -> Iterator[Operation]:
    left_figure, right_figure = figures.values[first], figures.values[second]
    if left_figure != right_figure:
        yield Operation(
            EXCHANGED if left_figure and right_figure else MOVED,
            {first: right_figure - left_figure, second: left_figure - right_figure},
        )


def _torn(system: EquationSystem, figures: Figures, cells: Sequence[int]) -> Iterator[Operation]:
    """Yield corrections that join a number torn over two cells.

    The second cell then becomes 0, or what its rows require, or the figure of the next cell; in the last case the tear
    had moved all following figures by one cell.
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
    """Yield the joined number with the following figures moved back, up to each cell that may be the last."""
    changes = dict(put)
    for cell, following in pairwise(cells[:_MAX_PUSHED_CELLS]):
        changes[cell] = figures.values[following] - figures.values[cell]
        for supplied, value in enumerate((0, *_values_by_rows(system, figures, changes, following))):
            last = {following: value - figures.values[following]}
            made = {changed: change for changed, change in {**changes, **last}.items() if change}
            yield Operation(TORN, made, min(supplied, 1))
        if not _is_cured(system, figures, changes, cell):
            return


def _torn_back(figures: Figures, first: int, second: int) -> Iterator[Operation]:
    """Yield the correction that joins a torn number in the second of two cells; the first becomes 0."""
    head, tail = figures.values[first], figures.values[second]
    if _is_count(head) and _is_count(tail) and head and second not in figures.blank:
        yield Operation(TORN, {first: -head, second: int(f"{head}{tail}") - tail})


def _joined(figures: Figures, first: int, second: int) -> Iterator[Operation]:
    """Yield corrections that split a number over its cell and the next one, which is blank or 0."""
    whole = figures.values[first]
    if figures.values[second] or not _is_count(whole):
        return
    digits = str(whole)
    for place in range(1, min(len(digits), _MAX_JOINED_DIGITS)):
        head, tail = int(digits[:place]), int(digits[place:])
        if tail and str(tail) == digits[place:]:
            yield Operation(JOINED, {first: head - whole, second: tail})


def _shifted(system: EquationSystem, figures: Figures, line: CellLine) -> Iterator[Operation]:
    """Yield stretches of a line that would be right if each cell had the figure of the next one.

    A stretch continues as long as the rows across the line hold afterwards. The figure of its last cell is lost: it is
    computed from the rows, or is the one in the first cell, or is 0.
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
    """Yield a shift with each figure that its last cell may have had."""
    last, entered = cells[-1], figures.values[next(cell for cell in cells if cell in changes)]
    by_rows = _values_by_rows(system, figures, changes, last)
    for value in dict.fromkeys((entered, 0, *by_rows)):
        change = value - figures.values[last]
        yield Operation(slip, {**changes, last: change} if change else changes, int(value not in (entered, 0)))


def _holds_across(system: EquationSystem, figures: Figures, along: frozenset[int], cell: int, change: Number) -> bool:
    """Whether all rows across a line hold after a change of its cell; only a blank may have no such row."""
    across = system.places[cell] - along - figures.left_out
    return (bool(across) or cell in figures.blank) and not any(
        figures.residuals.get(row, 0) + system.rows[row][cell] * change for row in across
    )


def _is_cured(system: EquationSystem, figures: Figures, changes: Mapping[int, Number], cell: int) -> bool:
    """Whether some row of a cell holds after the changes, so that it is worth to continue."""
    left = after(system, figures, changes=changes)
    return any(row not in left for row in system.places[cell] if row not in figures.left_out)


def _values_by_rows(
    system: EquationSystem, figures: Figures, changes: Mapping[int, Number], cell: int
) -> Iterator[Number]:
    """Yield the figures that rows require of a cell after other changes."""
    left = after(system, figures, changes={changed: change for changed, change in changes.items() if changed != cell})
    for row in system.places[cell]:
        weight = system.rows[row][cell]
        if row in left and abs(weight) == 1:
            yield figures.values[cell] - left[row] * weight


def _is_count(value: Number) -> bool:
    return isinstance(value, int) and value >= 0
