"""Tables drawn with lines of signs, as reStructuredText and converters of documents write them.

+-----+-----+
| a   | b   |
|     +-----+
|     | c   |
+-----+-----+
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.plain.places import placed_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.readers.plain.places import PlacedLine

_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+")
_PART_OF_BORDER = re.compile(r"[+|][-=:]{2,}[+|]")
_LINES = frozenset("-=:")
_FIGURE = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?")
_MIN_LINES = 3
_MAX_LINES, _MAX_CHARS = 1000, 2000  # of a table, and of one of its lines
_MARGIN = 4  # places on both sides of the words of a cell, and those of a wide character


def grid_end(source: Sequence[str], first: int) -> int:
    """Return the index behind the last line of the grid that begins at a line; 0 if none begins there."""
    if not _BORDER.fullmatch(source[first].strip()):
        return 0
    end, last = first, first
    while end < len(source) and source[end].lstrip()[:1] in {"+", "|"}:
        last = end if _BORDER.fullmatch(source[end].strip()) else last
        end += 1
    return last + 1 if last - first + 1 >= _MIN_LINES else 0


def is_border(line: str) -> bool:
    """Whether a line consists of the lines between rows, at least in part."""
    return _PART_OF_BORDER.search(line) is not None


def grid_table(source: Sequence[str], *, first: int) -> Table | None:
    """Return the table that lines draw, the first of them with that number; ``None`` if they do not meet."""
    if len(source) > _MAX_LINES or len(source[0]) > _MAX_CHARS:
        return None
    for wide in (True, False):
        lines = placed_lines(source, first=first, wide=wide)
        if len({len(line.text) for line in lines}) == 1:
            cells = _Drawing(lines).cells()
            if cells is not None:
                return Table(tuple(cells), "grid", cells[0].location)
    return None


class _Drawing:
    """A grid: the lines between its rows, and the places between its columns."""

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        self.lines = lines
        self.down = [number for number, line in enumerate(lines) if is_border(line.text)]
        corners = {place for number in self.down for place, sign in enumerate(lines[number].text) if sign == "+"}
        self.across = sorted(corners)
        self.figures: dict[int, int] = {}  # the number of the line on which the figures of a row stand

    def cells(self) -> list[TableCell] | None:
        """Return the cells in reading order; ``None`` if one of them is not a rectangle."""
        height, width = len(self.down) - 1, len(self.across) - 1
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        cells: list[TableCell] = []
        for row in range(height):
            number = 0
            for column in range(width):
                if (row, column) in owner:
                    continue
                right = next((at for at in range(column, width - 1) if self._is_closed(row, at + 1)), width - 1)
                below = next((at for at in range(row, height - 1) if self._is_under(at + 1, column)), height - 1)
                spots = [(down, across) for down in range(row, below + 1) for across in range(column, right + 1)]
                if any(spot in owner for spot in spots) or not self._is_one(row, below, column, right):
                    return None
                if row == below and not self._is_one_row(row, column, right):
                    return None
                owner.update(dict.fromkeys(spots, (row, column)))
                number += 1
                text, line = self._text(row, below, column, right)
                place = Location(line.number, line.column(self.across[column] + 1), None, row + 1, number)
                cells.append(TableCell(text, row, column, below - row + 1, right - column + 1, place))
        return cells or None

    def _is_closed(self, row: int, column: int) -> bool:
        """Whether a line stands before a column in all lines of a row."""
        inner = range(self.down[row] + 1, self.down[row + 1])
        return all(self.lines[number].text[self.across[column]] == "|" for number in inner)

    def _is_under(self, row: int, column: int) -> bool:
        """Whether a line stands over a row in a column."""
        return set(self.lines[self.down[row]].text[self.across[column] + 1 : self.across[column + 1]]) <= _LINES

    def _is_one(self, top: int, bottom: int, left: int, right: int) -> bool:
        """Whether lines stand all around a rectangle, and none within it."""
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        around = all(self._is_closed(row, left) and self._is_closed(row, right + 1) for row in rows) and all(
            self._is_under(top, column) and self._is_under(bottom + 1, column) for column in columns
        )
        within = any(self._bars(row, column) for row in rows for column in columns[1:]) or any(
            self._is_under(row, column) for row in rows[1:] for column in columns
        )
        return around and not within

    def _is_one_row(self, row: int, left: int, right: int) -> bool:
        """Whether a cell of one row may belong to it: a figure on the line of the others, or words in full lines."""
        start, stop = self.across[left] + 1, self.across[right + 1]
        spoken = [line for line in self.lines[self.down[row] + 1 : self.down[row + 1]] if line.words(start, stop)]
        if not any(_FIGURE.fullmatch(line.words(start, stop)) for line in spoken):
            inner = (len(line.text[start:stop].strip()) for line in spoken[:-1])
            return not self._has_figures(row) or all(length + _MARGIN > stop - start for length in inner)
        number = self.figures.setdefault(row, spoken[0].number)
        return len(spoken) == 1 and spoken[0].number == number

    def _has_figures(self, row: int) -> bool:
        inner = self.lines[self.down[row] + 1 : self.down[row + 1]]
        return any(_FIGURE.fullmatch(words.strip()) for line in inner for words in line.text.split("|"))

    def _bars(self, row: int, column: int) -> bool:
        inner = range(self.down[row] + 1, self.down[row + 1])
        return any(self.lines[number].text[self.across[column]] == "|" for number in inner)

    def _text(self, top: int, bottom: int, left: int, right: int) -> tuple[str, PlacedLine]:
        """Return the lines of a cell, and the first of them with words."""
        start, stop = self.across[left] + 1, self.across[right + 1]
        lines = self.lines[self.down[top] + 1 : self.down[bottom + 1]]
        spoken = [line for line in lines if line.words(start, stop)]
        return "\n".join(line.words(start, stop) for line in spoken), (spoken or lines or self.lines)[0]
