"""Merged cells whose content a converter has repeated at every place that they cover.

Such a table has cells of one place each, and each line has a cell at every place. Words that are repeated in adjacent
heads become one head with its spans, and figures that are repeated under such a head become one figure.
"""

from __future__ import annotations

from itertools import groupby, pairwise, starmap
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.numbers import is_value
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell

    Rows = Sequence[Sequence[TableCell]]

_MIN_WIDTH = 2
_MAX_WIDTH = 60


def without_repeats(table: Table) -> Table:
    """Return a table with merged cells where their content is repeated; other tables are returned unchanged."""
    rows = _matrix(table)
    if not rows:
        return table
    cells: list[TableCell] = []
    below: list[_Range] = []  # the ranges of the lowest row of heads above
    merged = False
    for figures, group in groupby(rows, _has_figures):
        if figures:
            for row in group:
                cells += _joined(row, [one for one in below if _are_same(row[one.start : one.stop])])
            continue
        heads: list[TableCell] = []
        below = [_Range(0, len(rows[0]))]
        for row in group:
            below = list(_ranges(row, below))
            merged = merged or any(one.width > 1 for one in below)
            heads += _joined(row, below)
        cells += _grown(heads)
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return table._replace(cells=tuple(ordered), shape="grid") if merged else table


def squared(table: Table, labels: Labels) -> Table:
    """Return a flow as rows of equal length if it can only be such rows; other tables are returned unchanged.

    It can if words are repeated side by side in its first row, and nowhere else in it; each row is words and then
    figures, the figures of all rows begin at the same place, and no repeated words go over the end of a row.
    """
    if table.shape != "flow":
        return table
    cells = _trimmed(table.cells, labels)
    if not any(starmap(_is_repeated, pairwise(cells))):
        return table
    most = min(_MAX_WIDTH, len(cells) // 2)
    width = next((width for width in range(_MIN_WIDTH, most + 1) if _is_width(width, cells)), 0)
    if not width:
        return table
    placed = (cell._replace(row=number // width, column=number % width, colspan=1) for number, cell in enumerate(cells))
    return table._replace(cells=tuple(placed), shape="lines")


class _Range(NamedTuple):
    """Adjacent places of a row."""

    start: int
    stop: int

    @property
    def width(self) -> int:
        return self.stop - self.start


def _matrix(table: Table) -> Rows:
    """Return the rows of a table if each has a cell at every place, else nothing."""
    if table.shape == "flow" or any(cell.rowspan > 1 or cell.colspan > 1 for cell in table.cells):
        return ()
    rows = [list(row) for _number, row in groupby(table.cells, lambda cell: cell.row)]
    width = len(rows[0]) if rows else 0
    whole = all([cell.column for cell in row] == list(range(width)) for row in rows)
    return rows if whole and width >= _MIN_WIDTH else ()


def _has_figures(row: Sequence[TableCell]) -> bool:
    """Whether a row has figures; blanks at its end are blank figures."""
    return any(is_value(cell.text) for cell in row if cell.text.strip()) or not row[-1].text.strip()


def _is_same(one: TableCell, other: TableCell) -> bool:
    return bool(one.text.strip()) and fold(one.text) == fold(other.text)


def _is_repeated(one: TableCell, other: TableCell) -> bool:
    return _is_same(one, other) and not is_value(one.text)


def _are_same(cells: Sequence[TableCell]) -> bool:
    return all(_is_same(cells[0], cell) for cell in cells[1:])


def _ranges(row: Sequence[TableCell], above: Sequence[_Range]) -> Iterator[_Range]:
    """Yield the ranges of repeated words in a row of heads; none of them reaches over two heads above."""
    for outer in above:
        start = outer.start
        for place in range(outer.start + 1, outer.stop + 1):
            if place == outer.stop or not _is_same(row[start], row[place]):
                yield _Range(start, place)
                start = place


def _joined(row: Sequence[TableCell], ranges: Sequence[_Range]) -> Iterator[TableCell]:
    """Yield the cells of a row, with those of each range as one."""
    widths = {one.start: one.width for one in ranges}
    place = 0
    while place < len(row):
        width = widths.get(place, 1)
        yield row[place]._replace(colspan=width)
        place += width


def _grown(cells: Sequence[TableCell]) -> list[TableCell]:
    """Return cells in which words that are repeated directly below, over the same columns, are one cell."""
    kept: list[TableCell] = []
    lowest: dict[tuple[int, int], int] = {}
    for cell in cells:
        place = (cell.column, cell.colspan)
        number = lowest.get(place)
        above = kept[number] if number is not None else None
        if number is not None and above is not None and above.row + above.rowspan == cell.row and _is_same(above, cell):
            kept[number] = above._replace(rowspan=above.rowspan + 1)
        else:
            lowest[place] = len(kept)
            kept.append(cell)
    return kept


def _trimmed(cells: Sequence[TableCell], labels: Labels) -> Sequence[TableCell]:
    """Return cells from the first label to the last figure."""
    known = [number for number, cell in enumerate(cells) if labels.match(cell.text, among_values=False) is not None]
    figures = [number for number, cell in enumerate(cells) if is_value(cell.text)]
    return cells[known[0] : figures[-1] + 1] if known and figures else ()


def _is_width(width: int, cells: Sequence[TableCell]) -> bool:
    """Whether cells can be rows of this width."""
    if len(cells) % width:
        return False
    first = [fold(cell.text) for cell in cells[:width]]
    if not len(set(first)) == sum(1 for _words in groupby(first)) < width:
        return False
    begins: list[int] = []
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        figures = [is_value(cell.text) for cell in row]
        if figures != sorted(figures) or (start and _is_repeated(cells[start - 1], row[0])):
            return False
        if any(figures):
            begins.append(figures.count(False))
    return len(set(begins)) == 1 and (begins[0] > 0 or len(begins) == 1)  # only a strip has figures without a label
