"""Labels that a page break, or a line, cuts into two rows: they are joined if the form has the joined words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction.numbers import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell

_MIN_CUT_CELLS = 2
_Pair = tuple["TableCell", "TableCell"]


def mended(table: Table, labels: Labels) -> Table:
    """Return a table in which cells on both sides of a page break are joined if that gives a label of the form.

    Whole rows are joined if their cells lie below each other and no two figures do. Of rows with different cells, only
    the labels are joined. Where a line, and not the end of a page, cuts a row of labels, all its cells must be cut.
    """
    first_rows = _breaks(table)
    for row in sorted(first_rows | _rows_of_words(table), reverse=True):
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
        if row not in first_rows and not (same_cells and len(torn) == len(pairs)):
            continue
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


def _rows_of_words(table: Table) -> set[int]:
    """Return the rows of a table on pages that have several cells, all with words, like the row above them."""
    if not table.cells or table.cells[0].location.page is None:
        return set()
    words: dict[int, int] = {}
    for cell in table.cells:
        count = words.get(cell.row, 0)
        words[cell.row] = -1 if count < 0 or is_value(cell.text) else count + 1
    return {row for row, count in words.items() if count >= _MIN_CUT_CELLS and words.get(row - 1, -1) >= count}


def _is_torn(pair: _Pair, labels: Labels) -> bool:
    """Whether two cells together certainly are a label of the form, and the first alone is not."""
    above, below = (cell.text for cell in pair)
    if not above.strip() or not below.strip():
        return False
    return any(
        _is_certain(above + below, labels, head) and not _is_certain(above, labels, head) for head in (False, True)
    )


def _is_certain(text: str, labels: Labels, head: bool) -> bool:  # noqa: FBT001 - passed on
    """Whether a text certainly is a label of the form, as the label of a row or as a head."""
    match = labels.match(text, among_values=not head)
    return match is not None and match.certain


def _may_be_one(pair: _Pair) -> bool:
    """Whether two cells may be joined: one is blank, or neither is a figure."""
    texts = [cell.text for cell in pair if cell.text.strip()]
    return len(texts) < 2 or not any(map(is_value, texts))


def _joined(table: Table, pairs: Sequence[_Pair], *, row: int | None) -> Table:
    """Join each pair to one cell; if ``row`` is given, that row is merged with the row above it."""
    whole = {above: _one(above, below, rows=above.rowspan + below.rowspan) for above, below in pairs}
    gone = {below for _above, below in pairs}
    kept = (whole.get(cell, cell) for cell in table.cells if cell not in gone)
    return table._replace(cells=tuple(kept) if row is None else tuple(_without_row(cell, row) for cell in kept))


def _without_row(cell: TableCell, row: int) -> TableCell:
    """Return a cell as it is without a row: moved up, or less high."""
    if cell.row >= row:
        return cell._replace(row=cell.row - 1)
    return cell._replace(rowspan=cell.rowspan - 1) if cell.row + cell.rowspan > row else cell


def _one(above: TableCell, below: TableCell, *, rows: int) -> TableCell:
    main = above if above.text.strip() else below
    text = "".join(cell.text for cell in (above, below) if cell.text.strip())
    return above._replace(text=text, rowspan=rows, location=main.location)
