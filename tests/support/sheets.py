"""Reports as sheets of prose and tables that can be edited as people and programs edit them, and written as files."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tests.support.drawing import Drawn, boxes
from tests.support.rendering import PROSE, figure, opening, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.support.drawing import Value

    from nianbao.model.form import Form


@dataclass(eq=False)
class Cell:
    """One cell of a printed table; ``key`` is set where a figure of the form stands."""

    text: str = ""
    key: str | None = None

    @property
    def row(self) -> str:
        """The row of the form that its figure belongs to, with its table; "" for labels."""
        return self.key.rpartition(".")[0] if self.key else ""


class Placed(NamedTuple):
    """A cell with its spans, as it is written out."""

    cell: Cell
    rowspan: int
    colspan: int


@dataclass
class Grid:
    """A table as a matrix of cells; one that spans several places stands in each of them."""

    table: str
    rows: list[list[Cell]]
    form: Form | None = field(default=None, repr=False)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])

    def cells(self) -> Iterator[Cell]:
        """Give every cell once, in reading order."""
        yield from {id(cell): cell for row in self.rows for cell in row}.values()

    def row_of(self, name: str) -> int:
        """Return the number of the row with the figures of a row of the form."""
        wanted = f"{self.table}.{name}"
        return next(number for number, row in enumerate(self.rows) if any(cell.row == wanted for cell in row))

    def column_of(self, name: str, *, within: str = "") -> int:
        """Return the number of the first column with figures of a column of the form (of a row of the form)."""
        wanted = f"{self.table}.{within}"
        for row in self.rows:
            for number, cell in enumerate(row):
                if cell.key and cell.key.startswith(wanted) and cell.key.endswith(f".{name}"):
                    return number
        raise LookupError(name)

    def label_of(self, name: str) -> Cell:
        """Return the cell with the label of a row of the form: the last words before its figures."""
        row = self.rows[self.row_of(name)]
        return [cell for cell in row[: next(n for n, cell in enumerate(row) if cell.key)] if cell.key is None][-1]

    def placed(self) -> list[list[Placed]]:
        """Return each row's own cells with their spans; those that grow into it from above are left out."""
        spans: dict[int, tuple[list[int], list[int]]] = {}
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                down, across = spans.setdefault(id(cell), ([], []))
                down.append(number)
                across.append(column)
        written: set[int] = set()
        rows = []
        for row in self.rows:
            own = []
            for cell in row:
                if id(cell) not in written:
                    written.add(id(cell))
                    down, across = spans[id(cell)]
                    own.append(Placed(cell, max(down) - min(down) + 1, max(across) - min(across) + 1))
            rows.append(own)
        return rows

    def drop_row(self, number: int) -> None:
        """Take a row away."""
        del self.rows[number]

    def drop_column(self, number: int) -> None:
        """Take a column away."""
        for row in self.rows:
            del row[number]

    def add_row(self, number: int, label: str, figures: Callable[[], str]) -> None:
        """Put a row of another label behind a row of the form, its figures in the same columns."""
        model = self.rows[number]
        first = next(column for column, cell in enumerate(model) if cell.key)
        words = model[first - 1]
        after = self.rows[number + 1] if number + 1 < len(self.rows) else []
        made: dict[int, Cell] = {}
        row = []
        for column, cell in enumerate(model):
            if cell.key:
                row.append(made.setdefault(id(cell), Cell(figures())))
            elif cell is words:
                row.append(made.setdefault(id(cell), Cell(label)))
            elif column < len(after) and after[column] is cell:
                row.append(cell)
            else:
                row.append(made.setdefault(id(cell), cell))
        self.rows.insert(number + 1, row)

    def add_column(self, number: int, texts: Callable[[list[Cell]], str], *, under: bool = False) -> None:
        """Put a column before another; in rows where the places around are one cell, that cell grows."""
        for row in self.rows:
            left = row[number - 1]
            right = row[number] if number < len(row) else None
            grows = left is right or (under and left.key is None and right is not None and right.key is None)
            row.insert(number, left if left is right and grows else Cell(texts(row)))

    def split(self, number: int, *, repeat: bool = True) -> tuple[Grid, Grid]:
        """Cut the table before a row; cells that span the cut stand in both parts, with their words or without."""
        first, second = self.rows[:number], self.rows[number:]
        above = {id(cell) for row in first for cell in row}
        new: dict[int, Cell] = {}
        lower = [
            [
                new.setdefault(id(cell), Cell(cell.text if repeat else "", cell.key)) if id(cell) in above else cell
                for cell in row
            ]
            for row in second
        ]
        return Grid(self.table, first), Grid(self.table, lower)

    def heads(self) -> int:
        """Return how many rows of heads stand above the first figure."""
        return next(number for number, row in enumerate(self.rows) if any(cell.key for cell in row))

    def copied(self, rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
        """Return copies of rows, their cells new ones with the same words."""
        new: dict[int, Cell] = {}
        return [[new.setdefault(id(cell), Cell(cell.text, cell.key)) for cell in row] for row in rows]


def grid_of(drawn: Drawn, table: str) -> Grid:
    """Lay out a table of a drawn report."""
    spread: dict[tuple[int, int], Cell] = {}
    rows = boxes(drawn.form.tables[table])
    for number, row in enumerate(rows):
        column = 0
        for box in row:
            while (number, column) in spread:
                column += 1
            cell = Cell(figure(drawn.cells[box.key]) if box.key else box.text, box.key)
            for down in range(box.rowspan):
                for across in range(box.colspan):
                    spread[number + down, column + across] = cell
            column += box.colspan
    width = 1 + max(column for _row, column in spread)
    return Grid(
        table, [[spread.get((number, column)) or Cell() for column in range(width)] for number in range(len(rows))]
    )


@dataclass
class Sheet:
    """A report as a run of paragraphs and tables."""

    parts: list[str | Grid]

    def grid(self, table: str) -> Grid:
        """Return the table of that id."""
        return next(part for part in self.parts if isinstance(part, Grid) and part.table == table)

    def grids(self) -> list[Grid]:
        """Return all tables."""
        return [part for part in self.parts if isinstance(part, Grid)]

    def put(self, grid: Grid, *parts: str | Grid) -> None:
        """Put parts in the place of a table."""
        at = next(number for number, part in enumerate(self.parts) if part is grid)
        self.parts[at : at + 1] = parts


def sheet_of(drawn: Drawn) -> Sheet:
    """Lay out a drawn report as the official form has it."""
    parts: list[str | Grid] = [title(drawn), opening(drawn)]
    for section in drawn.form.sections:
        parts.append(section.heading)
        if prose := PROSE.get(section.id):
            parts.append(prose)
        parts += [grid_of(drawn, table.id) for table in drawn.form.tables.values() if table.section == section.id]
    return Sheet(parts)


def distinct_report(form: Form, seed: int = 0) -> Drawn:
    """Return a report in which every cell has a figure of its own, so that none can be taken for another."""
    dice = random.Random(seed)
    figures = dice.sample(range(1000, 9999), len(form.slots))
    return Drawn(form, "临江区人民政府", form.first_year or 2019, dict(zip(form.slots, figures, strict=True)))


def consistent(form: Form) -> Drawn:
    """Return a report in which all equations hold: three applications that were granted, and nothing else."""
    cells: dict[str, Value] = dict.fromkeys(form.slots, 0)
    rows = ("applications.new", "applications.granted", "applications.total")
    cells.update({f"{row}.{column}": 3 for row in rows for column in ("natural_person", "total")})
    return Drawn(form, "临江区人民政府", form.first_year or 2019, cells)


def _expanded(grid: Grid) -> list[list[str]]:
    seen: set[int] = set()
    rows = []
    for row in grid.rows:
        line = []
        for cell in row:
            line.append("" if id(cell) in seen else cell.text)
            seen.add(id(cell))
        rows.append(line)
    return rows


def _lines(sheet: Sheet, table: Callable[[Grid], list[str]], heading: str = "") -> str:
    lines: list[str] = []
    for part in sheet.parts:
        lines += [heading + part] if isinstance(part, str) else table(part)
    return "\n".join([*lines, ""])


def _page(sheet: Sheet) -> str:
    def cell(one: Placed) -> str:
        spans = f' rowspan="{one.rowspan}"' * (one.rowspan > 1) + f' colspan="{one.colspan}"' * (one.colspan > 1)
        return f"<td{spans}>{html.escape(one.cell.text).replace(chr(10), '<br/>')}</td>"

    def table(grid: Grid) -> list[str]:
        return ["<table>", *(f"<tr>{''.join(map(cell, row))}</tr>" for row in grid.placed()), "</table>"]

    parts = [part if isinstance(part, Grid) else f"<p>{html.escape(part)}</p>" for part in sheet.parts]
    body = _lines(Sheet(parts), table)
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n{body}</body></html>\n'


def _flow(sheet: Sheet) -> str:
    def table(grid: Grid) -> list[str]:
        return [
            f"{one.cell.text} |{' ' if one.colspan > 1 else ''}{'|' * (one.colspan - 1)}".lstrip()
            for row in grid.placed()
            for one in row
        ]

    return _lines(sheet, table)


def _bars(sheet: Sheet) -> str:
    return _lines(sheet, lambda grid: [" | ".join(one.cell.text for one in row) for row in grid.placed() if row])


def _tabs(sheet: Sheet) -> str:
    return _lines(sheet, lambda grid: ["\t".join(row) for row in _expanded(grid)])


def _markdown(sheet: Sheet) -> str:
    def table(grid: Grid) -> list[str]:
        full = _expanded(grid)
        body = ["| " + " | ".join(row) + " |" for row in full]
        return ["", body[0], "|" + " --- |" * len(full[0]), *body[1:], ""]

    return _lines(sheet, table)


KINDS: dict[str, Callable[[Sheet], str]] = {
    "page": _page,
    "flow": _flow,
    "bars": _bars,
    "tabs": _tabs,
    "markdown": _markdown,
}


def written(sheet: Sheet, kind: str) -> str:
    """Return a sheet as the text of a file of that kind."""
    return {**KINDS, **DUMPS}[kind](sheet)


def _row_ends_lines(sheet: Sheet) -> str:
    """A cell a line; behind the last cell of a row a line of the bars that its spans have left."""

    def table(grid: Grid) -> list[str]:
        lines = []
        for row in grid.placed():
            spare = grid.width - len(row)
            lines += [f"{one.cell.text} |" for one in row]
            lines += ["|" * spare] if spare > 1 else []
        return lines

    return _lines(sheet, table)


def _bars_between(sheet: Sheet) -> str:
    """A cell a line, and a line with a bar between two cells."""

    def table(grid: Grid) -> list[str]:
        lines = [line for row in grid.placed() for one in row for line in (one.cell.text, "|")]
        return lines[:-1]

    return _lines(sheet, table)


def _right_edge(sheet: Sheet) -> str:
    """A row a line with a bar behind each cell."""
    return _lines(sheet, lambda grid: ["".join(f"{one.cell.text} | " for one in row).rstrip() for row in grid.placed()])


def _ragged_edge(sheet: Sheet) -> str:
    """A row a line with a bar behind each cell, and as many more as its spans have taken."""

    def table(grid: Grid) -> list[str]:
        return [
            "".join(f"{one.cell.text} | " for one in row).rstrip() + "|" * (grid.width - len(row))
            for row in grid.placed()
        ]

    return _lines(sheet, table)


def _both_edges(sheet: Sheet) -> str:
    """A row a line with bars at both edges, spans lost."""
    return _lines(
        sheet, lambda grid: ["| " + " | ".join(one.cell.text for one in row) + " | " for row in grid.placed()]
    )


def _bar_before_rows(sheet: Sheet) -> str:
    """A cell a line, each row begun by a line with a bar alone."""

    def table(grid: Grid) -> list[str]:
        return [line for row in grid.placed() for line in ("|", *(f"{one.cell.text} |" for one in row))]

    return _lines(sheet, table)


def _paragraphs(sheet: Sheet) -> str:
    """A paragraph a cell, with spaces around it and empty lines between."""
    return _lines(
        sheet, lambda grid: [line for row in grid.placed() for one in row for line in (f" {one.cell.text}", "")]
    )


def _spaces(sheet: Sheet) -> str:
    """A row a line, its cells parted by spaces."""
    return _lines(sheet, lambda grid: [" ".join(one.cell.text for one in row) for row in grid.placed()])


def _wide_spaces(sheet: Sheet) -> str:
    """A row a line, its cells parted by several spaces."""
    return _lines(sheet, lambda grid: ["   ".join(one.cell.text for one in row) for row in grid.placed()])


DUMPS: dict[str, Callable[[Sheet], str]] = {
    "row ends": _row_ends_lines,
    "bars between": _bars_between,
    "right edge": _right_edge,
    "ragged edge": _ragged_edge,
    "both edges": _both_edges,
    "bar before rows": _bar_before_rows,
    "paragraphs": _paragraphs,
    "spaces": _spaces,
    "wide spaces": _wide_spaces,
}
