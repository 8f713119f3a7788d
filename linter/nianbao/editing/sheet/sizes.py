"""The size of notes, and the cells of a sheet that they cover."""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.readers.sheets.workbook import MAX_COLUMNS, MAX_ROWS, Counting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.readers.sheets.workbook import MergedRange, Place

_WIDE, _NARROW, _LINE = 12.5, 7.0, 17  # pixels of a Chinese character, a letter, a line, at nine points
_EDGES = 24
_LEAST_WIDTH, _MOST_WIDTH, _MOST_HEIGHT = 150, 380, 900
_COLUMN, _ROW = 64, 20
_PER_LETTER, _BESIDE = 7, 5
_PER_POINT = 96 / 72
_MOST_STEPS, _MOST_RANGES = 2_000, 500
_GAP = 12


class Corners(NamedTuple):
    """The position of a note: column with offset and row with offset, of its upper left and its lower right corner."""

    left: tuple[int, int]
    top: tuple[int, int]
    right: tuple[int, int]
    bottom: tuple[int, int]

    def written(self) -> str:
        """Return them in the order of a drawing."""
        return ", ".join(str(number) for pair in self for number in pair)


class Sizes:
    """The widths of a sheet's columns and the heights of its rows, in pixels.

    Args:
        root: The tree of the sheet.
        spans: Its merged ranges.
    """

    def __init__(self, root: Any, spans: Sequence[MergedRange]) -> None:
        self._ends = {(span.top, span.left): span.right for span in spans}
        usual = root.find("{*}sheetFormatPr")
        self._usual_column = _pixels(usual, "defaultColWidth", _PER_LETTER, _BESIDE) or _COLUMN
        self._usual_row = _pixels(usual, "defaultRowHeight", _PER_POINT, 0) or _ROW
        self._columns = [
            (int(_number(column.get("min"))), int(_number(column.get("max"))), _size(column, "width"))
            for column in islice(root.iterfind("{*}cols/{*}col"), _MOST_RANGES)
        ]
        self._rows: dict[int, int | None] = {}
        counting = Counting()
        for row in root.iterfind("{*}sheetData/{*}row"):
            self._rows[counting.enter_row(row.get("r"))] = _size(row, "ht")

    def beside(self, place: Place, lines: Sequence[str]) -> Corners:
        """Return the position of a note with some lines: to the right of its cell, and large enough."""
        width = min(max(_LEAST_WIDTH, *(_width(line) + _EDGES for line in lines)), _MOST_WIDTH)
        rows = sum(max(1, -(-_width(line) // (width - _EDGES))) for line in lines)
        height = min(rows * _LINE + _EDGES, _MOST_HEIGHT)
        row, column = place
        left = min(self._ends.get(place, column) + 1, MAX_COLUMNS - 1)
        above = max(row - 1, 0)
        return Corners(
            (left, _GAP),
            (above, _GAP // 2),
            _along(left, _GAP + width, size=self._column, last=MAX_COLUMNS - 1),
            _along(above, _GAP // 2 + height, size=self._row, last=MAX_ROWS - 1),
        )

    def _column(self, number: int) -> int:
        sizes = (size for first, last, size in self._columns if first <= number + 1 <= last and size is not None)
        return next(sizes, self._usual_column)

    def _row(self, number: int) -> int:
        size = self._rows.get(number)
        return self._usual_row if size is None else size


def _along(start: int, distance: int, *, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """Return the column or row at a distance from the beginning of another one, and the offset in it."""
    for number in range(start, min(start + _MOST_STEPS, last)):
        own = size(number)
        if distance < own:
            return number, distance
        distance -= own
    return min(start + _MOST_STEPS, last), 0


def _size(element: Any, name: str) -> int | None:
    """Return the size of a column or row in the file, 0 if it is hidden; ``None`` if no size is set."""
    if element.get("hidden") in {"1", "true"}:
        return 0
    per_unit, beside = (_PER_LETTER, _BESIDE) if name == "width" else (_PER_POINT, 0)
    return _pixels(element, name, per_unit, beside) if element.get(name) else None


def _pixels(element: Any, name: str, per_unit: float, beside: int) -> int:
    written = 0.0 if element is None else _number(element.get(name))
    return int(written * per_unit) + beside if written else 0


def _number(written: str | None) -> float:
    try:
        value = float(written or 0)
    except ValueError:
        return 0.0
    return value if 0 <= value < 100_000 else 0.0


def _width(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in line)
    return int(wide * _WIDE + (len(line) - wide) * _NARROW)
