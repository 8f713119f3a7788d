"""Makes blocks from the rows of a sheet: paragraphs, tables with their spans, and shapes over the cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from nianbao.containers.limits import MAX_CELLS, TOO_MANY_CELLS
from nianbao.errors import InputError
from nianbao.model.document import Paragraph, Picture, Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.sheets.rows import CellRange, is_figure, is_sentence, rows_of
from nianbao.readers.sheets.stretches import is_layout, stretches
from nianbao.readers.sheets.workbook import ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.document import Block
    from nianbao.readers.sheets.rows import SheetRow
    from nianbao.readers.sheets.workbook import Place, Shape, Sheet

_MAX_FORMULA_CHARS = 40
_HAS_DIGIT = re.compile(r"\d")


class Counter:
    """Counts the tables of a document, and their cells, up to a limit for all of them."""

    def __init__(self) -> None:
        self.tables = 0
        self.cells = 0

    def add(self, cells: int) -> None:
        """Count cells.

        Raises:
            InputError: there are more than in any report.
        """
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))


def blocks_of(sheet: Sheet, counter: Counter) -> list[Block]:
    """Return the paragraphs, tables and pictures of a sheet from top to bottom."""
    placed: list[tuple[int, list[Block]]] = []
    for stretch in stretches(rows_of(sheet)):
        if stretch.is_table and not is_layout(stretch.rows):
            counter.tables += 1
            blocks: list[Block] = [_table(stretch.rows, sheet, counter=counter)]
        else:
            boxes = [box for row in stretch.rows for box in row.boxes if not _is_struck(box, sheet)]
            blocks = [part for box in boxes for part in _prose(box, sheet.name)]
        placed.append((stretch.rows[0].number, blocks))
    placed += [(shape.row, list(_shape(shape, sheet.name))) for shape in sheet.shapes]
    return [block for _row, blocks in sorted(placed, key=lambda pair: pair[0]) for block in blocks]


def _is_struck(box: CellRange, sheet: Sheet) -> bool:
    """Whether a sentence is struck out or unseen."""
    return (box.top, box.left) in sheet.doubts and is_sentence(box.text)


def _prose(box: CellRange, sheet: str) -> Iterator[Paragraph]:
    """Give the lines of a cell as paragraphs."""
    place = Location(sheet=sheet, ref=ref(box.top, box.left))
    for line in box.text.split("\n"):
        words = " ".join(line.split())
        if words:
            yield Paragraph(words, place)


def _shape(shape: Shape, sheet: str) -> Iterator[Block]:
    if shape.is_text:
        yield from _prose(CellRange(shape.words, shape.row, shape.column, shape.row, shape.column, ruled=False), sheet)
    else:
        yield Picture(shape.words, Location(sheet=sheet, ref=ref(shape.row, shape.column)))


def _table(rows: Sequence[SheetRow], sheet: Sheet, *, counter: Counter) -> Table:
    """Make a table of rows; its grid omits rows and columns in which no cell begins."""
    boxes = [box for row in rows for box in (*row.boxes, *row.blanks)]
    columns, lines = sorted({box.left for box in boxes}), [row.number for row in rows]
    counter.add(len(columns) * len(lines))
    across = {column: number for number, column in enumerate(columns)}
    down = {line: number for number, line in enumerate(lines)}
    cells: list[TableCell] = []
    occupied: set[Place] = set()
    for box in boxes:
        row, column = down[box.top], across[box.left]
        height, width = _extent(lines, box.top, box.bottom), _extent(columns, box.left, box.right)
        spots = {(row + below, column + right) for below in range(height) for right in range(width)}
        if occupied & spots:  # overlapping ranges: it is unknown which of them is visible
            height = width = 1
            spots = {(row, column)} - occupied
        if spots:
            occupied |= spots
            text, doubt = _plain(box.text), None
            if sheet.doubts and (doubt := sheet.doubts.get((box.top, box.left))) is not None:
                text = _in_doubt(text, box, sheet)
            place = _at(sheet.name, box.top, box.left)
            cells.append(TableCell(text, row, column, height, width, place, doubt))
    for line, row in down.items():
        blank = ((at, column) for column, at in across.items() if (row, at) not in occupied)
        cells += [TableCell("", row, at, location=_at(sheet.name, line, column)) for at, column in blank]
    ordered = _numbered(sorted(cells, key=lambda cell: (cell.row, cell.column)), counter.tables)
    return Table(tuple(ordered), "grid", ordered[0].location)


def _in_doubt(text: str, box: CellRange, sheet: Sheet) -> str:
    """Return the text of a cell in doubt; a long formula without a result is shown as a reference to its cell."""
    place = (box.top, box.left)
    short = _HAS_DIGIT.search(text) is not None and len(text) <= _MAX_FORMULA_CHARS
    return text if short or place not in sheet.uncounted else f"={ref(*place)}"


def _extent(places: Sequence[int], first: int, last: int) -> int:
    """Return the number of places in a range."""
    return bisect_right(places, last) - bisect_left(places, first)


def _at(sheet: str, row: int, column: int) -> Location:
    return Location(sheet=sheet, ref=ref(row, column))


def _numbered(cells: Iterable[TableCell], table: int) -> list[TableCell]:
    """Add table, row and number in the row to the locations of cells in reading order."""
    numbered: list[TableCell] = []
    row, number = -1, 0
    for cell in cells:
        number = number + 1 if cell.row == row else 1
        row = cell.row
        numbered.append(cell._replace(location=cell.location._replace(table=table, row=row + 1, cell=number)))
    return numbered


def _plain(text: str) -> str:
    """Return the text of a cell with white space folded within its lines, without empty lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    words = "\n".join(line for line in lines if line)
    return words[1:] if words.startswith("'") and is_figure(words[1:]) else words
