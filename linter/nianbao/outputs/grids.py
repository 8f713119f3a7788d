"""Cells drawn in rows and columns as their form has them, rows and columns of zeros left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text as Line

from nianbao.model.report import BLANK, MARK, ZERO
from nianbao.outputs.labels import row_label
from nianbao.outputs.phrases import say
from nianbao.outputs.wrapping import hang, hang_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.form import Form, Slot
    from nianbao.model.report import Cell

INDENT = 4
_NARROWEST_LABEL = 16
_GAP = "  "


class Mark(NamedTuple):
    """A cell to draw: where it belongs, what is shown of it, and whether it may be left out with others like it."""

    slot: Slot
    cell: Cell
    text: str
    style: str = ""
    dull: bool = False


class Grid(NamedTuple):
    """Cells to draw, by row and column id, and what was left out because it is zero, or some of it blank."""

    marks: dict[tuple[str, str], Mark]
    zero_rows: int
    zero_columns: int
    blank: bool

    @property
    def rows(self) -> dict[str, list[Mark]]:
        """The marks of each row."""
        found: dict[str, list[Mark]] = {}
        for (row, _), mark in self.marks.items():
            found.setdefault(row, []).append(mark)
        return found

    @property
    def columns(self) -> dict[str, list[Mark]]:
        """The marks of each column."""
        found: dict[str, list[Mark]] = {}
        for (_, column), mark in self.marks.items():
            found.setdefault(column, []).append(mark)
        return found


def is_nothing(cell: Cell) -> bool:
    """Whether a cell holds no figure other than zero."""
    return cell.state in (ZERO, BLANK, MARK)


def folded(marks: Iterable[Mark], form: Form) -> Grid:
    """Put cells in the form's order and leave out rows, then columns, that hold nothing but dull ones."""
    order = {key: number for number, key in enumerate(form.slots)}
    ordered = sorted(marks, key=lambda mark: order.get(mark.slot.key, len(order)))
    drawn = {(mark.slot.row.id, mark.slot.column.id): mark for mark in ordered}
    dull = {at for at, mark in drawn.items() if mark.dull}
    blank = any(drawn[at].cell.value is None for at in dull)
    rows = _all_within(dull, drawn, 0)
    drawn = {at: mark for at, mark in drawn.items() if at[0] not in rows}
    columns = _all_within(dull, drawn, 1)
    drawn = {at: mark for at, mark in drawn.items() if at[1] not in columns}
    return Grid(drawn, len(rows), len(columns), blank)


def _all_within(dull: set[tuple[str, str]], drawn: Iterable[tuple[str, str]], axis: int) -> set[str]:
    """Return the rows (axis 0) or columns (axis 1) whose cells are all dull, if there are several and others remain."""
    lively = {at[axis] for at in drawn if at not in dull}
    found = {at[axis] for at in drawn} - lively
    return found if lively and len(found) > 1 else set()


def grid_lines(grid: Grid, form: Form, *, width: int, lang: str) -> list[Line]:
    """Return the lines of a grid, each no wider than ``width``; a list of the cells where columns have no room."""
    labels = {
        row: row_label(form, marks[0].slot.table, row=marks[0].slot.row, lang=lang) for row, marks in grid.rows.items()
    }
    heads = {column: marks[0].slot.column.name.get(lang) for column, marks in grid.columns.items()}
    widths = {
        column: max(cell_len(one) for one in (heads[column], *(mark.text for mark in marks)))
        for column, marks in grid.columns.items()
    }
    room = width - INDENT - sum(len(_GAP) + one for one in widths.values())
    widest = max(cell_len(label) for label in labels.values())
    label_width = min(widest, room)
    if label_width < min(widest, _NARROWEST_LABEL) or _same_when_cut(labels.values(), label_width):
        return [*_list(grid, labels, heads, width, lang), *_remainders(grid, lang)]
    lines = [_row("", label_width, [(heads[column], widths[column], "dim") for column in widths])]
    for row, label in labels.items():
        cells = [_shown(grid.marks.get((row, column)), widths[column]) for column in widths]
        line = _row(label, label_width, cells)
        where = _lines_of(grid.rows[row])
        if line.cell_len + cell_len(where) <= width:
            line.append(where, "dim")
        lines.append(line)
    return [*lines, *_remainders(grid, lang)]


def _same_when_cut(labels: Iterable[str], width: int) -> bool:
    """Whether two labels cannot be told apart in that width."""
    cut = [fitted(label, width) for label in labels]
    return len(set(cut)) < len(cut)


def _lines_of(marks: Iterable[Mark]) -> str:
    """Return the lines of the source that cells stand in: ``  :151``, or ``  :150–156`` for several."""
    found = sorted({mark.cell.location.line for mark in marks if mark.cell.location.line is not None})
    if not found:
        return ""
    return f"{_GAP}:{found[0]}" if len(found) == 1 else f"{_GAP}:{found[0]}–{found[-1]}"


def _shown(mark: Mark | None, width: int) -> tuple[str, int, str]:
    return ("", width, "") if mark is None else (mark.text, width, mark.style)


def _row(label: str, label_width: int, cells: list[tuple[str, int, str]]) -> Line:
    line = Line(" " * INDENT + fitted(label, label_width))
    for text, width, style in cells:
        line.append(_GAP + " " * (width - cell_len(text)))
        line.append(text, style)
    line.rstrip()
    return line


def fitted(text: str, width: int) -> str:
    """Return text in exactly ``width`` terminal cells, cut with an ellipsis or padded."""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def _list(grid: Grid, labels: dict[str, str], heads: dict[str, str], width: int, lang: str) -> list[Line]:
    """Return a line for each row of one cell, a label and the cells below it for others; for narrow terminals."""
    lines: list[Line] = []
    indent = " " * INDENT
    for row, marks in grid.rows.items():
        if len(marks) == 1:
            (mark,) = marks
            text = f"{mark.text}  {labels[row]} · {heads[mark.slot.column.id]}"
            lines += hang(text, indent, width=width, lead=len(mark.text), style=mark.style)
            continue
        lines += hang(labels[row], indent, width=width)
        cells = Line(say("separator", lang)).join(
            Line.assemble(f"{heads[mark.slot.column.id]} ", (mark.text, mark.style)) for mark in marks
        )
        lines += hang_line(cells, indent + _GAP, width=width)
    return lines


def _remainders(grid: Grid, lang: str) -> list[Line]:
    kind = "blank" if grid.blank else "zero"
    counts = ((f"{kind}-rows", grid.zero_rows), (f"{kind}-columns", grid.zero_columns))
    return [Line(" " * INDENT + say(phrase, lang, count=count), "dim") for phrase, count in counts if count]
