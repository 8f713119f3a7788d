"""Tables broken over pages: their parts are one table again, and a row or label that was cut in two is one."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.pdf.ruled_tables import CUT, MIN_COLUMN_POINTS
from nianbao.readers.pdf.text_lines import ORDINAL, TORN, is_figure, joint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.readers.pdf.glyphs import Box
    from nianbao.readers.pdf.ruled_tables import PageCell, PageTable

_WIDTHS_ALIKE = 8.0
_WRAPS = 1.3
_OPEN, _SHUT = re.compile("[（(《“「]"), re.compile("[）)》”」]")


class JoinedCell(NamedTuple):
    """A cell of a table that may stand on several pages; ``left`` and ``right`` are places across the first page."""

    row: int
    rowspan: int
    left: float
    right: float
    text: str
    free: float
    size: float
    page: int
    box: Box


class JoinedRows(NamedTuple):
    """A table as far as it has been read: its width, how many rows it has, their cells, its first and last page."""

    left: float
    right: float
    height: int
    cells: tuple[JoinedCell, ...]
    first: int
    last: int

    @classmethod
    def of(cls, piece: PageTable, page: int) -> JoinedRows:
        """Take what stands on a page."""
        cells = tuple(_cell(part, piece, page) for part in piece.parts)
        return cls(piece.box[0], piece.box[2], piece.rows, cells, page, page)

    def goes_on_in(self, other: JoinedRows) -> bool:
        """Whether another table, at the head of the next page, may be the rest of this one: it is as wide."""
        return (
            self.last + 1 == other.first and abs((self.right - self.left) - (other.right - other.left)) <= _WIDTHS_ALIKE
        )

    def and_then(self, other: JoinedRows) -> JoinedRows:
        """Return the table with its rest: without the heads said again, and with what was cut in two made one."""
        rest = _without_heads(self, other).moved(self.left - other.left)
        kept, added, cut = _mended(self, rest)
        start = self.height - cut
        cells = [*kept, *(cell._replace(row=cell.row + start) for cell in added)]
        cells += [_beyond(cell, self.right) for cell in kept if TORN in cell.text][:1]
        return JoinedRows(self.left, self.right, start + rest.height, tuple(cells), self.first, other.last)

    def moved(self, by: float) -> JoinedRows:
        """Return the table as it would be farther to the right."""
        cells = tuple(cell._replace(left=cell.left + by, right=cell.right + by) for cell in self.cells)
        return self._replace(left=self.left + by, right=self.right + by, cells=cells)

    def table(self, number: int) -> Table:
        """Return the table as a document has it; ``number`` is its place among the tables, from 1."""
        edges = _edges(self.cells)
        cells = []
        for row, group in groupby(sorted(self.cells, key=lambda cell: (cell.row, cell.left)), attrgetter("row")):
            for place, cell in enumerate(group, 1):
                column, end = bisect_right(edges, cell.left) - 1, bisect_right(edges, cell.right) - 1
                location = Location(table=number, row=row + 1, cell=place, page=cell.page, box=cell.box)
                cells.append(TableCell(cell.text, row, column, cell.rowspan, max(1, end - column), location))
        return Table(tuple(cells), "grid", cells[0].location)


def _beyond(cell: JoinedCell, right: float) -> JoinedCell:
    """Return a cell behind the last one of a row, where no row has any: the row then fits nowhere."""
    return cell._replace(rowspan=1, left=right, right=right + 2 * MIN_COLUMN_POINTS, text=CUT)


def _cell(part: PageCell, piece: PageTable, page: int) -> JoinedCell:
    left, right = piece.edges[part.column], piece.edges[part.column + part.colspan]
    return JoinedCell(part.row, part.rowspan, left, right, part.text, part.free, part.size, page, part.box)


def _edges(cells: Iterable[JoinedCell]) -> list[float]:
    """Return where columns begin and end, from left to right; those of two pages may differ a little."""
    edges: list[float] = []
    for place in sorted({place for cell in cells for place in (cell.left, cell.right)}):
        if not edges or place - edges[-1] >= MIN_COLUMN_POINTS:
            edges.append(place)
    return edges


def _texts(cells: Iterable[JoinedCell], row: int) -> list[str]:
    """Return what the cells of a row say, without white space."""
    chosen = sorted((cell for cell in cells if cell.row == row), key=attrgetter("left"))
    return ["".join(cell.text.split()) for cell in chosen]


def _without_heads(table: JoinedRows, rest: JoinedRows) -> JoinedRows:
    """Leave out the rows that say again, at the top of a page, what the table begins with."""
    again = 0
    while again < min(table.height, rest.height):
        texts = _texts(table.cells, again)
        if not any(texts) or texts != _texts(rest.cells, again) or any(map(is_figure, texts)):
            break
        again += 1
    cells = tuple(cell._replace(row=cell.row - again) for cell in rest.cells if cell.row >= again)
    return rest._replace(height=rest.height - again, cells=cells) if cells else rest


def _fills(above: JoinedCell, below: JoinedCell) -> bool:
    """Whether words go on in a cell of the next page: they fill their last line, or leave a bracket open."""
    opened = len(_OPEN.findall(above.text)) > len(_SHUT.findall(above.text))
    return opened or above.free < below.size * _WRAPS


def _words(pairs: Iterable[tuple[JoinedCell, JoinedCell]]) -> list[tuple[JoinedCell, JoinedCell]]:
    """Return the pairs of cells that both have text."""
    return [(above, below) for above, below in pairs if above.text and below.text]


def _meeting(table: JoinedRows, rest: JoinedRows) -> tuple[list[tuple[JoinedCell, JoinedCell]], bool]:
    """Return the cells that end a table with those of the same columns that begin its rest, and if all have one."""
    last = [cell for cell in table.cells if cell.row + cell.rowspan == table.height]
    first = [cell for cell in rest.cells if cell.row == 0]
    pairs = [
        (above, below)
        for above in last
        for below in first
        if max(abs(above.left - below.left), abs(above.right - below.right)) < MIN_COLUMN_POINTS
    ]
    return pairs, len(pairs) == len(last) == len(first)


def _row_is_cut(pairs: Sequence[tuple[JoinedCell, JoinedCell]]) -> bool:
    """Whether a row goes on in the first of the next page. It does not where an item begins, or both have figures.

    That one has figures and the other none is no proof: words have to go on, or one of the two to have none.
    """
    words = _words(pairs)
    if any(ORDINAL.match(below.text) for _above, below in pairs):
        return False
    if not all(any(cell.text for cell in cells) for cells in zip(*pairs, strict=True)):
        return False  # a blank row is one of its own
    if any(is_figure(above.text) != is_figure(below.text) for above, below in words):
        return False
    upper, lower = any(is_figure(above.text) for above, _ in pairs), any(is_figure(below.text) for _, below in pairs)
    have_words = [any(cell.text and not is_figure(cell.text) for cell in cells) for cells in zip(*pairs, strict=True)]
    if upper and lower:
        return have_words[0] and not have_words[1]  # pieces of the numbers above
    inner = [(above, below) for above, below in words if above.rowspan == below.rowspan == 1]
    if not all(have_words) or (inner and all(_fills(*pair) for pair in inner)):
        return have_words[0] or not upper
    return upper != lower and any(ORDINAL.match(above.text) for above, _below in inner)


def _mended(table: JoinedRows, rest: JoinedRows) -> tuple[list[JoinedCell], list[JoinedCell], bool]:
    """Return the cells of a table and of its rest, with those that were cut in two made one; and whether a row was."""
    pairs, matched = _meeting(table, rest)
    cut = matched and _row_is_cut(pairs)
    whole: dict[JoinedCell, JoinedCell] = {}
    gone: set[JoinedCell] = set()
    for above, below in pairs:
        if cut or _is_one(above, below, matched=matched):
            whole[above] = _one(above, below, rows=above.rowspan + below.rowspan - cut)
            gone.add(below)
    kept = [whole.get(cell, cell) for cell in table.cells]
    return kept, [cell for cell in rest.cells if cell not in gone], cut


def _is_one(above: JoinedCell, below: JoinedCell, *, matched: bool) -> bool:
    """Whether a cell that spans rows goes on over the page, while its rows do not."""
    spans = above.rowspan > 1 or below.rowspan > 1
    if is_figure(above.text) or is_figure(below.text) or ORDINAL.match(below.text):
        return False
    if not below.text:
        return below.rowspan > 1
    return bool(above.text) and (spans or not matched) and _fills(above, below)


def _one(above: JoinedCell, below: JoinedCell, *, rows: int) -> JoinedCell:
    """Return a cell made of two; it stands where its words begin."""
    numbers = is_figure(above.text) and is_figure(below.text)
    text = above.text + (TORN if numbers else joint(above.text, below.text)) + below.text
    main, last = above if above.text else below, below if below.text else above
    return JoinedCell(above.row, rows, above.left, above.right, text, last.free, last.size, main.page, main.box)
