"""The equations of a report as one system: rows over numbered cells, the rows of each cell, and its neighbours."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import ONE
from nianbao.language.names import THIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.diagnosis.equations import Constraint, Number, Variable
    from nianbao.model.form import Form, TableForm

ACROSS, DOWN = "across", "down"


class CellLine(NamedTuple):
    """Cells printed in one line: their numbers, and whether the line goes across or down.

    ``along`` are the rows of the system with two or more of them.
    """

    cells: tuple[int, ...]
    direction: str
    along: frozenset[int]


class EquationSystem(NamedTuple):
    """Equations over numbered cells.

    Attributes:
        cells: The cells, by number.
        numbers: The number of each cell.
        rows: Weight of each cell, for each row.
        constants: The constant of each row.
        places: The rows of each cell.
        lines: The lines of cells in the printed tables, across and down.
        beside: The cells printed next to each cell.
        parts: For each row, the number of its part of the system: rows that share cells, or have cells next to each
            other, belong to the same part.
    """

    cells: tuple[Variable, ...]
    numbers: Mapping[Variable, int]
    rows: tuple[Mapping[int, Number], ...]
    constants: tuple[Number, ...]
    places: tuple[frozenset[int], ...]
    lines: tuple[CellLine, ...]
    beside: tuple[tuple[int, ...], ...]
    parts: tuple[int, ...]


def make_system(rows: Sequence[Constraint], form: Form) -> EquationSystem:
    """Number the cells of equations and of their tables.

    Args:
        rows: The equations.
        form: The form of the report that is judged, with the groups that it prints as one row.
    """
    numbers: dict[Variable, int] = {}
    for row in rows:
        for variable in row.weights:
            if variable != ONE:
                numbers.setdefault(variable, len(numbers))
    tables = {key.split(".", 1)[0] for key, period in numbers if period == THIS}
    printed = [
        (direction, [numbers.setdefault((key, THIS), len(numbers)) for key in keys])
        for table in form.tables.values()
        if table.id in tables
        for direction, keys in lines_of(table)
    ]
    weights = [
        {numbers[variable]: weight for variable, weight in row.weights.items() if variable != ONE} for row in rows
    ]
    lines = [CellLine(tuple(cells), direction, frozenset()) for direction, cells in printed]
    beside: list[list[int]] = [[] for _cell in numbers]
    for line in lines:
        for first, second in pairwise(line.cells):
            beside[first].append(second)
            beside[second].append(first)
    bare = EquationSystem(tuple(numbers), numbers, (), (), (), tuple(lines), tuple(map(tuple, beside)), ())
    return with_rows(bare, weights, constants=[row.weights.get(ONE, 0) for row in rows])


def with_rows(
    system: EquationSystem, rows: Sequence[Mapping[int, Number]], *, constants: Sequence[Number]
) -> EquationSystem:
    """Return a system of the same cells with other equations: weights of numbered cells, and constants."""
    places: list[set[int]] = [set() for _cell in system.cells]
    for number, weights in enumerate(rows):
        for cell in weights:
            places[cell].add(number)
    return system._replace(
        rows=tuple(rows),
        constants=tuple(constants),
        places=tuple(map(frozenset, places)),
        lines=tuple(line._replace(along=_along(line.cells, places)) for line in system.lines),
        parts=_parts(len(rows), places, system.beside),
    )


def lines_of(table: TableForm) -> Iterable[tuple[str, list[str]]]:
    """Yield the keys of a table's figures, line by line, across and down; dates and words end a line."""
    rows = table.printed_rows
    keys = [[f"{table.id}.{row.id}.{column}" for column in row.columns] for row in rows]
    if table.layout == "strip":
        keys = [[key for line in keys for key in line]]
    down: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for column in row.columns:
            down[column].append(f"{table.id}.{row.id}.{column}")
    yield from ((ACROSS, line) for line in keys)
    if table.layout != "strip":
        yield from ((DOWN, line) for line in down.values())


def _along(cells: Iterable[int], places: Sequence[set[int]]) -> frozenset[int]:
    seen: set[int] = set()
    twice: set[int] = set()
    for cell in cells:
        twice |= seen & places[cell]
        seen |= places[cell]
    return frozenset(twice)


def _parts(rows: int, places: Sequence[set[int]], beside: Sequence[Sequence[int]]) -> tuple[int, ...]:
    part = list(range(rows))
    for cell, neighbours in enumerate(beside):
        met = {part[row] for member in (cell, *neighbours) for row in places[member]}
        if len(met) > 1:
            first = min(met)
            part = [first if number in met else number for number in part]
    return tuple(part)
