"""Positions of the cells of a table: all ways of merging in Word and WPS, converted to rows, columns and spans."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.readers.word.xml_names import CELL, ROW, TABLE, W, inner, number, switched, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_SPAN = 1000
_MAX_WIDTH = 10_000_000
_SAME_EDGE = 40  # twentieths of a point
_SAME_WIDTH = 0.03
_LAYOUT_CELLS = 6
_LAYOUT_TEXT = 300
_GROWN, _FIRST = "continue", "restart"


class Spot(NamedTuple):
    """A cell and its position.

    Attributes:
        element: The XML element.
        row: Row of the grid, from 0; rows that are not shown do not count.
        column: Column of the grid, from 0.
        rowspan: The number of its rows.
        colspan: The number of its columns.
        line: Number of its row among the rows in the table's XML, from 1.
        number: Number of the cell among the cells in that row's XML, from 1.
    """

    element: Any
    row: int
    column: int
    rowspan: int
    colspan: int
    line: int
    number: int


class _Part(NamedTuple):
    """A cell of a row: its number, its span and width as written, and its vertical merging."""

    element: Any
    number: int
    span: int
    width: int
    merge: str | None


class _Row(NamedTuple):
    """A row: its number, the empty columns and the empty width before it, the empty columns after it, and its cells."""

    number: int
    before: int
    margin: int
    after: int
    parts: tuple[_Part, ...]


def spots(table: Any) -> list[Spot]:
    """Return the cells of a table in reading order, each once, without deleted and hidden rows and cells."""
    rows = [
        _row(element, place)
        for place, element in enumerate(_rows(table), 1)
        if not _is_deleted(element) and not _is_hidden(element)
    ]
    placed: list[Spot] = []
    above: dict[int, int] = {}
    for row, (line, columns) in enumerate(zip(rows, _columns(rows), strict=True)):
        growing: dict[int, int] = {}
        for part, (column, span) in zip(line.parts, columns, strict=True):
            if part.merge == _GROWN and column in above:
                first = growing[column] = above[column]
                placed[first] = placed[first]._replace(rowspan=row - placed[first].row + 1)
                continue
            if part.merge is not None:
                growing[column] = len(placed)
            placed.append(Spot(part.element, row, column, 1, span, line.number, part.number))
        above = growing
    return placed


def hidden_rows(table: Any) -> int:
    """Count the rows that are hidden but not deleted."""
    return sum(1 for row in _rows(table) if _is_hidden(row) and not _is_deleted(row))


def lays_out(table: Any, cells: Sequence[Spot]) -> bool:
    """Whether a table only lays out a page: a single cell, a column of tables, or few cells with long text."""
    if len(cells) == 1:
        return True
    nested = sum(1 for cell in table.iter(CELL)) - sum(1 for row in _rows(table) for _cell in _cells(row))
    if nested and any(cell.element.find(f".//{TABLE}") is not None for cell in cells):
        return len({cell.row for cell in cells}) == len(cells) or nested >= len(cells)
    return len(cells) <= _LAYOUT_CELLS and any(_length(cell.element) > _LAYOUT_TEXT for cell in cells)


def _length(cell: Any) -> int:
    return sum(len(text.text or "") for text in cell.iter(W + "t"))


def _rows(table: Any) -> Iterator[Any]:
    return (row for row in inner(table) if row.tag == ROW)


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in inner(row) if cell.tag == CELL)


def _is_deleted(row: Any) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _is_hidden(row: Any) -> bool:
    """Whether a row is hidden: its mark and all its text are hidden."""
    return bool(switched(row.find(W + "trPr"), "hidden")) and all(
        switched(run.find(W + "rPr"), "vanish") for run in row.iter(W + "r") if run.find(W + "t") is not None
    )


def _row(element: Any, place: int) -> _Row:
    properties = element.find(W + "trPr")
    before, after = (number(properties, name, most=_MAX_SPAN) or 0 for name in ("gridBefore", "gridAfter"))
    margin = None if properties is None else properties.find(W + "wBefore")
    return _Row(place, before, _width(margin), after, _parts(element))


def _parts(row: Any) -> tuple[_Part, ...]:
    """Return the cells of a row; a cell that continues its left neighbour becomes part of it."""
    parts: list[_Part] = []
    across = False
    for place, cell in enumerate(_cells(row), 1):
        properties = cell.find(W + "tcPr")
        if properties is None:
            parts.append(_Part(cell, place, 1, 0, None))
            across = False
            continue
        if properties.find(W + "cellDel") is not None:
            continue
        span = max(1, number(properties, "gridSpan", most=_MAX_SPAN) or 1)
        width = _width(properties.find(W + "tcW"))
        merge = value(properties, "hMerge")
        if across and merge is not None and merge != _FIRST:
            last = parts[-1]
            both = last.width + width if last.width and width else 0
            parts[-1] = last._replace(span=min(last.span + span, _MAX_SPAN), width=both)
            continue
        across = merge is not None
        parts.append(_Part(cell, place, span, width, _merge(properties)))
    return tuple(parts)


def _merge(properties: Any) -> str | None:
    """Return the vertical merging of a cell; a tracked change counts as accepted."""
    change = properties.find(W + "cellMerge")
    written = None if change is None else change.get(W + "vMerge")
    if written is not None:
        return _GROWN if written == "cont" else _FIRST
    merge = value(properties, "vMerge")
    return None if merge is None else _FIRST if merge == _FIRST else _GROWN


def _width(element: Any) -> int:
    """Return a width in twentieths of a point; 0 if it has another unit."""
    if element is None or element.get(W + "type", "dxa") != "dxa":
        return 0
    written = element.get(W + "w", "")[:9]
    return min(int(written), _MAX_WIDTH) if written.isascii() and written.isdigit() else 0


def _columns(rows: Sequence[_Row]) -> list[list[tuple[int, int]]]:
    """Return column and span of every cell: by the written spans, or by widths if the spans do not add up."""
    by_span = [_by_span(row) for row in rows]
    totals = {row.before + sum(part.span for part in row.parts) + row.after for row in rows}
    return by_span if len(totals) <= 1 else _by_width(rows) or by_span


def _by_span(row: _Row) -> list[tuple[int, int]]:
    columns = []
    column = row.before
    for part in row.parts:
        columns.append((column, part.span))
        column += part.span
    return columns


def _by_width(rows: Sequence[_Row]) -> list[list[tuple[int, int]]] | None:
    """Place cells by their edges; ``None`` if a width is missing or rows differ in width."""
    edges = [_edges(row) for row in rows if row.parts]
    widest = max((row[-1] for row in edges), default=0)
    if not all(part.width for row in rows for part in row.parts):
        return None
    if any(row[-1] < widest * (1 - _SAME_WIDTH) for row, line in zip(edges, rows, strict=False) if not line.after):
        return None
    lines = sorted({edge for row in edges for edge in row})
    place, known = 0, {}
    for last, edge in pairwise([lines[0], *lines] if lines else ()):
        place += edge - last > _SAME_EDGE
        known[edge] = place
    columns = [
        [(known[left], known[right] - known[left]) for left, right in pairwise(_edges(row))] if row.parts else []
        for row in rows
    ]
    return columns if all(span for row in columns for _column, span in row) else None


def _edges(row: _Row) -> list[int]:
    """Return the edges of a row's cells from left to right."""
    edges = [row.margin]
    for part in row.parts:
        edges.append(edges[-1] + part.width)
    return edges
