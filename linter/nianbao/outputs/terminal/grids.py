"""Draws cells in the rows and columns of their form, without rows and columns of zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text as Line

from nianbao.model.report import BLANK, MARK, ZERO
from nianbao.outputs.terminal.wrapping import hang, hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import row_label
from nianbao.voice import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.form import Form, Slot
    from nianbao.model.report import Cell
    from nianbao.voice import Voice

INDENT = 4
_MIN_LABEL_WIDTH = 16
_MIN_WIDTH_BESIDE_LINES = 32  # of labels, if the lines of the source are in the same row
_GAP = "  "


class PrintedCell(NamedTuple):
    """A cell to draw: its row and column, its text, and whether it may be left out with others like it.

    ``after`` is the text behind its figure, such as the expected figure; it does not count for aligning figures.
    """

    slot: Slot
    cell: Cell
    text: str
    style: str = ""
    dull: bool = False
    after: str = ""


class PrintedGrid(NamedTuple):
    """Cells by row and column id, the numbers of rows and columns left out as zero, and whether some are blank."""

    marks: dict[tuple[str, str], PrintedCell]
    zero_rows: int
    zero_columns: int
    blank: bool

    @property
    def rows(self) -> dict[str, list[PrintedCell]]:
        """The marks of each row."""
        rows: dict[str, list[PrintedCell]] = {}
        for (row, _), mark in self.marks.items():
            rows.setdefault(row, []).append(mark)
        return rows

    @property
    def columns(self) -> dict[str, list[PrintedCell]]:
        """The marks of each column."""
        columns: dict[str, list[PrintedCell]] = {}
        for (_, column), mark in self.marks.items():
            columns.setdefault(column, []).append(mark)
        return columns


def is_nothing(cell: Cell) -> bool:
    """Whether a cell has no figure other than zero."""
    return cell.state in (ZERO, BLANK, MARK)


def folded(marks: Iterable[PrintedCell], form: Form) -> PrintedGrid:
    """Put cells in the form's order, and leave out rows, then columns, in which all cells are dull."""
    order = {key: number for number, key in enumerate(form.slots)}
    ordered = sorted(marks, key=lambda mark: order.get(mark.slot.key, len(order)))
    drawn = {(mark.slot.row.id, mark.slot.column.id): mark for mark in ordered}
    dull = {at for at, mark in drawn.items() if mark.dull}
    blank = any(drawn[at].cell.value is None for at in dull)
    rows = _all_within(dull, drawn, 0)
    drawn = {at: mark for at, mark in drawn.items() if at[0] not in rows}
    columns = _all_within(dull, drawn, 1)
    drawn = {at: mark for at, mark in drawn.items() if at[1] not in columns}
    return PrintedGrid(drawn, len(rows), len(columns), blank)


def _all_within(dull: set[tuple[str, str]], drawn: Iterable[tuple[str, str]], axis: int) -> set[str]:
    """Return the rows (axis 0) or columns (axis 1) whose cells are all dull, if there are several and others remain."""
    lively = {at[axis] for at in drawn if at not in dull}
    dead = {at[axis] for at in drawn} - lively
    return dead if lively and len(dead) > 1 else set()


class _Column(NamedTuple):
    """A column's head, and the widths of its figures and of the texts behind them."""

    head: str
    figures: int
    after: int

    @classmethod
    def of(cls, voice: Voice, marks: list[PrintedCell]) -> _Column:
        head = voice.say(marks[0].slot.column.name)
        after = max(cell_len(mark.after) for mark in marks)
        figures = max(cell_len(mark.text) for mark in marks)
        return cls(head, max(figures, cell_len(head) - after), after)

    @property
    def width(self) -> int:
        return self.figures + self.after

    def headed(self) -> Line:
        return Line(" " * (self.width - cell_len(self.head))).append(self.head, "dim")

    def shown(self, mark: PrintedCell | None) -> Line:
        if mark is None:
            return Line(" " * self.width)
        line = Line(" " * (self.figures - cell_len(mark.text))).append(mark.text + mark.after, mark.style)
        return line.append(" " * (self.width - line.cell_len))


def grid_lines(voice: Voice, grid: PrintedGrid, *, form: Form, width: int) -> list[Line]:
    """Return the lines of a grid, at most ``width`` wide; a list of the cells if there is no room for columns."""
    rows = grid.rows
    labels = {
        row: row_label(voice, form, table_id=marks[0].slot.table, row=marks[0].slot.row) for row, marks in rows.items()
    }
    order = list(form.tables[next(iter(grid.marks.values())).slot.table].columns.items)
    named = sorted(grid.columns.items(), key=lambda column: order.index(column[0]))
    columns = {name: _Column.of(voice, marks) for name, marks in named}
    wheres = {row: _lines_of(marks) for row, marks in rows.items()}
    room = width - INDENT - sum(len(_GAP) + column.width for column in columns.values())
    widest = max(cell_len(label) for label in labels.values())
    label_width = min(widest, room)
    if label_width < min(widest, _MIN_LABEL_WIDTH) or _same_when_cut(labels.values(), label_width):
        return _list(voice, grid, labels, width)
    beside = min(widest, room - max(cell_len(where) for where in wheres.values()))
    if beside < min(widest, _MIN_WIDTH_BESIDE_LINES) or _same_when_cut(labels.values(), beside):
        wheres = dict.fromkeys(wheres, "")
    else:
        label_width = beside
    lines = [_row("", label_width, [column.headed() for column in columns.values()])]
    for row, label in labels.items():
        cells = [column.shown(grid.marks.get((row, name))) for name, column in columns.items()]
        lines.append(_row(label, label_width, [*cells, Line(wheres[row].removeprefix(_GAP), "dim")]))
    return [*lines, *_remainders(voice, grid)]


def _same_when_cut(labels: Iterable[str], width: int) -> bool:
    """Whether two labels look the same when they are cut to a width."""
    cut = [fitted(label, width) for label in labels]
    return len(set(cut)) < len(cut)


def _lines_of(marks: Iterable[PrintedCell]) -> str:
    """Return the lines of the source with the cells: ``  :151``, or ``  :150–156`` for several."""
    lines = sorted({mark.cell.location.line for mark in marks if mark.cell.location.line is not None})
    if not lines:
        return ""
    return f"{_GAP}:{lines[0]}" if len(lines) == 1 else f"{_GAP}:{lines[0]}–{lines[-1]}"


def _row(label: str, label_width: int, cells: list[Line]) -> Line:
    line = Line(_GAP).join([Line(" " * INDENT + fitted(label, label_width)), *cells])
    line.rstrip()
    return line


def fitted(text: str, width: int) -> str:
    """Return text in exactly ``width`` terminal cells, cut with an ellipsis or padded."""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def _list(voice: Voice, grid: PrintedGrid, labels: dict[str, str], width: int) -> list[Line]:
    """Return a line for each row with one cell, and a label with the cells below it for others; for narrow terminals.

    Cells without a style of their own are left out: in a grid, they only help the eye.
    """
    lines: list[Line] = []
    indent = " " * INDENT
    rest = sum(not mark.style for mark in grid.marks.values())
    for row, marks in grid.rows.items():
        styled = [
            (voice.say(mark.slot.column.name), mark.text + mark.after, mark.style) for mark in marks if mark.style
        ]
        if len(styled) == 1:
            ((head, text, style),) = styled
            lines += hang(f"{text}  {labels[row]} · {head}", indent, width=width, lead=len(text), style=style)
        elif styled:
            lines += hang(labels[row], indent, width=width)
            cells = Line(voice.say(SEPARATOR)).join(
                Line(f"{head} ").append(text, style) for head, text, style in styled
            )
            lines += hang_line(cells, indent + _GAP, width=width)
    if rest:
        return [*lines, *hang(voice.say(phrases.CELLS_MORE, count=rest), indent, width=width, style="dim")]
    return [*lines, *_remainders(voice, grid)]


def _remainders(voice: Voice, grid: PrintedGrid) -> list[Line]:
    rows, columns = phrases.ZERO_ROWS, phrases.ZERO_COLUMNS
    if grid.blank:
        rows, columns = phrases.BLANK_ROWS, phrases.BLANK_COLUMNS
    counts = ((rows, grid.zero_rows), (columns, grid.zero_columns))
    return [Line(" " * INDENT + voice.say(phrase, count=count), "dim") for phrase, count in counts if count]
