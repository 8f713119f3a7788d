"""The content of sheets, the same for all formats; rows and columns count from 0."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.readers.left_out import Format

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
    """A range of merged cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Shape(NamedTuple):
    """A shape on a sheet at a cell: a picture, or (``is_text``) a text box."""

    row: int
    column: int
    words: str = ""
    is_text: bool = False


class Sheet(NamedTuple):
    """One sheet.

    Attributes:
        name: Its name.
        cells: The visible text of each cell, by place; cells without visible text are omitted.
        spans: The merged ranges in the file.
        ruled: Cells with a line at their left or right.
        hidden: Whether the sheet itself is hidden.
        hidden_rows: The hidden rows.
        hidden_columns: The hidden columns.
        uncounted: Cells with a formula whose result is not in the file.
        doubts: The reasons why the texts of cells cannot be taken for their figures.
        shapes: Pictures and text boxes.
        part: The part of the zip file with the sheet, if it has one.
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
    doubts: Mapping[Place, Text] = MappingProxyType({})


class Workbook(NamedTuple):
    """The sheets of a file in order, notes for people on how they were read, and the part that lists them."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Text, ...] = ()
    part: str = ""


class Counting:
    """Counts rows and cells: in a file, the position of a row or cell may be stated or follow from the one before."""

    def __init__(self) -> None:
        self.row = self.column = -1

    def enter_row(self, written: str | None) -> int:
        """Begin a row, with its number as written, and return its number from 0."""
        number = int(written) if written and written.isascii() and written.isdigit() and len(written) < 8 else 0
        self.row = min(number - 1 if number else self.row + 1, MAX_ROWS - 1)
        self.column = -1
        return self.row

    def enter_cell(self, written: str) -> Place:
        """Begin a cell, with its name as written, and return its place."""
        self.row, self.column = place_of(written) or (max(self.row, 0), self.column + 1)
        return self.row, self.column


class CellStyle(NamedTuple):
    """The relevant parts of a cell's style.

    Attributes:
        code: Its number format.
        ruled: Whether it has a line at its left or right.
        format: The format of its text, such as strikethrough; ``None`` is the usual one.
        filled: Whether its ground has a colour.
    """

    code: str = ""
    ruled: bool = False
    format: Format | None = None
    filled: bool = False


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
    """Return row and column of a cell's name; ``None`` if it is not the name of a cell."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if row <= MAX_ROWS and column <= MAX_COLUMNS else None


def span_of(reference: str) -> MergedRange | None:
    """Return the range of a reference such as ``A1:C3``; ``None`` if it is not a range, or a single cell."""
    first, _colon, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None or start == end:
        return None
    return MergedRange(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def count_sheets(number: int) -> None:
    """Refuse a workbook with more sheets than any report has.

    Raises:
        InputError: code ``too-many-sheets``.
    """
    if number > MAX_SHEETS:
        raise InputError("too-many-sheets", _TOO_MANY_SHEETS.format(limit=MAX_SHEETS))


def broken(reason: str) -> InputError:
    """Return the error for a workbook that cannot be read, with its broken part or the reason."""
    return InputError("broken-sheet", _BROKEN.format(reason=" ".join(reason.split())[:80]))
