"""What a sheet holds, whichever program wrote it; rows and columns count from 0."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[int, int]

_BROKEN = Text(
    "工作簿内容已损坏（{reason}）；请用表格软件打开，另存为 .xlsx 再检查",
    "its content is broken ({reason}): open it in a spreadsheet program, save it as .xlsx and check that",
)
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_SHEETS = 100
_TOO_MANY_SHEETS = Text(
    "工作表超过 {limit} 张，不像年度报告；请只保存年报的工作表再检查",
    "holds more than {limit} sheets, which no annual report does: save those of the report and check that",
)
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class MergedRange(NamedTuple):
    """A range of cells made one, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Shape(NamedTuple):
    """What lies on a sheet at a cell: a picture, or (``is_text``) a box with words."""

    row: int
    column: int
    words: str = ""
    is_text: bool = False


class Sheet(NamedTuple):
    """One sheet.

    Attributes:
        name: Its name.
        cells: What each cell shows, by place; cells that show nothing are left out.
        spans: Merged ranges, as the file has them.
        ruled: Cells with a line at their left or right.
        hidden: Whether the sheet itself is hidden.
        hidden_rows: Rows that are hidden.
        hidden_columns: Columns that are hidden.
        uncounted: Cells with a formula whose result the file does not hold.
        shapes: Pictures and boxes.
        part: The part of the file that holds it, where it is one of several in a zip.
    """

    name: str
    cells: Mapping[Place, str]
    spans: tuple[MergedRange, ...] = ()
    ruled: frozenset[Place] = frozenset()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncounted: tuple[Place, ...] = ()
    shapes: tuple[Shape, ...] = ()
    part: str = ""


class Workbook(NamedTuple):
    """The sheets of a file in order, what people should know of how they were read, and the part that lists them."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Text, ...] = ()
    part: str = ""


class Counting:
    """Where the next cell stands, by its own word or behind the one before: rows and cells need not say."""

    def __init__(self) -> None:
        self.row = self.column = -1

    def enter_row(self, written: str | None) -> int:
        """Begin a row, with its number as written, and return it from 0."""
        number = int(written) if written and written.isascii() and written.isdigit() and len(written) < 8 else 0
        self.row = min(number - 1 if number else self.row + 1, MAX_ROWS - 1)
        self.column = -1
        return self.row

    def enter_cell(self, written: str) -> Place:
        """Begin a cell, with its name as written, and return its place."""
        self.row, self.column = place_of(written) or (max(self.row, 0), self.column + 1)
        return self.row, self.column


class CellStyle(NamedTuple):
    """What of a cell's style matters: its number format, and whether it has a line at its left or right."""

    code: str = ""
    ruled: bool = False


NO_STYLES: Mapping[int, CellStyle] = MappingProxyType({})


def column_name(column: int) -> str:
    """Return the letters of a column: A, B, …, Z, AA, …."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def ref(row: int, column: int) -> str:
    """Return the name of a cell, as in ``B7``."""
    return f"{column_name(column)}{row + 1}"


def place_of(reference: str) -> Place | None:
    """Return row and column of a cell's name; ``None`` where it names none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if row <= MAX_ROWS and column <= MAX_COLUMNS else None


def span_of(reference: str) -> MergedRange | None:
    """Return the range that a reference such as ``A1:C3`` names; ``None`` where it names none, or one cell."""
    first, _colon, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None or start == end:
        return None
    return MergedRange(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def count_sheets(number: int) -> None:
    """Refuse a workbook of more sheets than any report has.

    Raises:
        InputError: code ``too-many-sheets``.
    """
    if number > MAX_SHEETS:
        raise InputError("too-many-sheets", _TOO_MANY_SHEETS.format(limit=MAX_SHEETS))


def broken(reason: str) -> InputError:
    """Return the error that a workbook cannot be read, with the part that is broken or what is wrong with it."""
    return InputError("broken-sheet", _BROKEN.format(reason=" ".join(reason.split())[:80]))
