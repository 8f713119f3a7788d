"""Labels that a page break cuts into two rows: they are joined if the form has the joined words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction.numbers import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell

_Pair = tuple["TableCell", "TableCell"]


def mended(table: Table, labels: Labels) -> Table:
    """Return a table in which cells on both sides of a page break are joined if that gives a label of the form.

    Whole rows are joined if their cells lie below each other and no two figures do. Of rows with different cells, only
    the labels are joined.
    """
    for row in sorted(_breaks(table), reverse=True):
        ends = [cell for cell in table.cells if cell.row + cell.rowspan == row]
        begins = [cell for cell in table.cells if cell.row == row]
        pairs = [
            (above, below)
            for above in ends
            for below in begins
            if (above.column, above.colspan) == (below.column, below.colspan)
        ]
        torn = [pair for pair in pairs if _is_torn(pair, labels)]
        same_cells = len(pairs) == len(ends) == len(begins)
        if torn and not same_cells:
            table = _joined(table, torn, row=None)
        elif torn and all(pair in torn or _may_be_one(pair) for pair in pairs):
            table = _joined(table, pairs, row=row)
    return table


def _breaks(table: Table) -> set[int]:
    """Return the first rows of pages."""
    pages: dict[int, int] = {}
    for cell in table.cells:
        if cell.location.page is not None:
            pages[cell.row] = max(pages.get(cell.row, 0), cell.location.page)
    return {row for row, page in pages.items() if pages.get(row - 1, page) < page}


def _is_torn(pair: _Pair, labels: Labels) -> bool:
    """Whether two cells together certainly are a label of the form, and the first alone is not."""
    above, below = (cell.text for cell in pair)
    if not above.strip() or not below.strip():
        return False
    alone, whole = (labels.match(text, among_values=True) for text in (above, above + below))
    return whole is not None and whole.certain and not (alone is not None and alone.certain)


def _may_be_one(pair: _Pair) -> bool:
    """Whether two cells may be joined: one is blank, or neither is a figure."""
    texts = [cell.text for cell in pair if cell.text.strip()]
    return len(texts) < 2 or not any(map(is_value, texts))


def _joined(table: Table, pairs: Sequence[_Pair], *, row: int | None) -> Table:
    """Join each pair to one cell; if ``row`` is given, that row is merged with the row above it."""
    shift = 0 if row is None else 1
    whole = {above: _one(above, below, rows=above.rowspan + below.rowspan - shift) for above, below in pairs}
    gone = {below for _above, below in pairs}
    kept = (whole.get(cell, cell) for cell in table.cells if cell not in gone)
    moved = (cell._replace(row=cell.row - 1) if row is not None and cell.row >= row else cell for cell in kept)
    return table._replace(cells=tuple(moved))


def _one(above: TableCell, below: TableCell, *, rows: int) -> TableCell:
    main = above if above.text.strip() else below
    text = "".join(cell.text for cell in (above, below) if cell.text.strip())
    return above._replace(text=text, rowspan=rows, location=main.location)
