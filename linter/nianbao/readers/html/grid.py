"""The grid of cells with spans, by the rules of HTML, with limits."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.model.document import TableCell

_MAX_COLSPAN = 1000
_MAX_ROWSPAN = 5000
_MAX_PLACES = 400_000


class Grid:
    """Places cells one after the other; a cell goes to the first free column of its row."""

    def __init__(self) -> None:
        self._row = -1
        self._column = 0
        self._number = 0
        self._below: dict[int, int] = {}
        self._places = 0
        self._groups: list[int] = []

    @property
    def row(self) -> int:
        """The number of the current row, from 0; -1 before the first one."""
        return self._row

    def new_group(self) -> None:
        """Begin a group of rows (the head, a body, the foot): no cell extends into another group."""
        self._groups.append(self._row + 1)
        self._below = {}

    def new_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0
        self._number = 0
        if self._below:
            self._below = {column: last for column, last in self._below.items() if last >= self._row}

    def place(self, rowspan: str | None, colspan: str | None) -> tuple[int, int, int, int, int]:
        """Return the position of the next cell of the row, from its span attributes as written.

        It consists of row and column from 0, the number of rows and columns, and the cell's number in its row from 1.
        """
        if self._row < 0:
            self.new_row()
        down = 1 if rowspan is None else _rows(rowspan)
        across = 1 if colspan is None else _span(colspan, _MAX_COLSPAN)
        self._places += down * across
        if self._places > _MAX_PLACES:
            down = across = 1
        while self._column in self._below:
            self._column += 1
        column = self._column
        if down > 1:
            self._below.update(dict.fromkeys(range(column, column + across), self._row + down - 1))
        self._column += across
        self._number += 1
        return self._row, column, down, across, self._number

    def bounded(self, cells: list[TableCell]) -> list[TableCell]:
        """Return the cells with spans cut at the end of their group of rows."""
        ends = [*self._groups, self._row + 1]
        return [cell if cell.rowspan == 1 else _cut(cell, ends[bisect_right(ends, cell.row)]) for cell in cells]


def _cut(cell: TableCell, end: int) -> TableCell:
    return cell if cell.row + cell.rowspan <= end else cell._replace(rowspan=end - cell.row)


def _rows(written: str) -> int:
    """Return the number of rows that a cell spans; 0 means all that follow."""
    return _MAX_ROWSPAN if written.strip() == "0" else _span(written, _MAX_ROWSPAN)


def _span(written: str, most: int) -> int:
    digits = written.strip()[:6]
    return max(1, min(int(digits), most)) if digits.isascii() and digits.isdigit() else 1
