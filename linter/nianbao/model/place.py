"""Places in words, for sources without lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text

if TYPE_CHECKING:
    from nianbao.model.location import Location

_LINE = Text("第 {line} 行", "line {line}")
_PAGE = Text("第 {page} 页", "page {page}")
_CELL = Text("文件里第 {table} 个表格第 {row} 行第 {cell} 格", "row {row}, cell {cell} of table {table} in the file")
_WITHIN = Text("第 {row} 行第 {cell} 格", "row {row}, cell {cell}")
_PARAGRAPH = Text("第 {paragraph} 段", "paragraph {paragraph}")
_GAP = Text(" ", " ")


def spot(location: Location) -> Text:
    """Return page, table, row and cell, paragraph, or the cell of a sheet; empty if nothing is known."""
    if location.ref is not None:
        ref = f"{location.sheet}!{location.ref}" if location.sheet else location.ref
        return Text(ref, ref)
    page = None if location.page is None else _PAGE.format(page=location.page)
    if location.row is not None:
        cell = _WITHIN if location.table is None else _CELL
        inner = cell.format(table=location.table, row=location.row, cell=location.cell or "?")
    elif location.paragraph is not None:
        inner = _PARAGRAPH.format(paragraph=location.paragraph)
    else:
        return page or Text()
    return inner if page is None else page + _GAP + inner


def line_or_cell(location: Location) -> Text:
    """Return the line, else the spot without the number of its table in the file, where other words name the table."""
    return line_or_spot(location._replace(table=None))


def line_or_page(location: Location) -> Text:
    """Return the line, page, paragraph or cell of a sheet, where other words name the table and its cell."""
    return line_or_spot(location._replace(table=None, row=None, cell=None))


def line_or_spot(location: Location) -> Text:
    """Return the line if there is one, else the spot."""
    return spot(location) if location.line is None else _LINE.format(line=location.line)
