"""Joins the parts of tables that are broken over pages, and the parts of rows and labels that were cut in two."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.pdf.doubts import TOGETHER
from nianbao.readers.pdf.glyphs import TORN
from nianbao.readers.pdf.ruled_tables import MIN_COLUMN_POINTS
from nianbao.readers.pdf.text_lines import ORDINAL, is_figure, joint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.readers.pdf.glyphs import Box
    from nianbao.readers.pdf.ruled_tables import PageCell, PageTable

_WIDTHS_ALIKE = 8.0
_WRAPS = 1.3
_OPEN, _SHUT = re.compile("[（(《“「]"), re.compile("[）)》”」]")


class JoinedCell(NamedTuple):
    """A cell of a table over one or more pages; ``left`` and ``right`` are positions on the first page."""

    row: int
    rowspan: int
    left: float
    right: float
    text: str
    free: float
    size: float
    page: int
    box: Box
    open_above: bool = False
    open_below: bool = False
    torn: bool = False


class JoinedRows(NamedTuple):
    """A table as far as it has been read: its width, the number of its rows, their cells, its first and last page."""

    left: float
    right: float
    height: int
    cells: tuple[JoinedCell, ...]
    first: int
    last: int

    @classmethod
    def of(cls, piece: PageTable, page: int) -> JoinedRows:
        """Make the table from its part on one page."""
        cells = tuple(_cell(part, piece, page) for part in piece.parts)
        return cls(piece.box[0], piece.box[2], piece.rows, cells, page, page)

    def goes_on_in(self, other: JoinedRows) -> bool:
        """Whether another table, at the top of the next page, may continue this one: it has the same width."""
        return (
            self.last + 1 == other.first and abs((self.right - self.left) - (other.right - other.left)) <= _WIDTHS_ALIKE
        )

    def and_then(self, other: JoinedRows) -> JoinedRows:
        """Return the table with its continuation: without repeated heads, and with cut rows and cells joined."""
        rest = _without_heads(self, other).moved(self.left - other.left)
        kept, added, cut = _mended(self, rest)
        start = self.height - cut
        cells = [*kept, *(cell._replace(row=cell.row + start) for cell in added)]
        return JoinedRows(self.left, self.right, start + rest.height, tuple(cells), self.first, other.last)

    def moved(self, by: float) -> JoinedRows:
        """Return the table shifted to the right."""
        cells = tuple(cell._replace(left=cell.left + by, right=cell.right + by) for cell in self.cells)
        return self._replace(left=self.left + by, right=self.right + by, cells=cells)

    def table(self, number: int) -> Table:
        """Return the table of the document; ``number`` is its number among the tables, from 1."""
        edges = _edges(self.cells)
        cells = []
        whole = sorted(_without_gaps(self.cells), key=lambda cell: (cell.row, cell.left))
        for row, group in groupby(whole, attrgetter("row")):
            for place, cell in enumerate(group, 1):
                column, end = bisect_right(edges, cell.left) - 1, bisect_right(edges, cell.right) - 1
                location = Location(table=number, row=row + 1, cell=place, page=cell.page, box=cell.box)
                doubt = TOGETHER if cell.torn else None
                cells.append(TableCell(cell.text, row, column, cell.rowspan, max(1, end - column), location, doubt))
        return Table(tuple(cells), "grid", cells[0].location)


def _without_gaps(cells: Sequence[JoinedCell]) -> Iterable[JoinedCell]:
    """Leave out rows that are gaps between cells, as at the end of a page: others span them, their own are blank."""
    own: dict[int, bool] = {}
    for cell in cells:
        own[cell.row] = own.get(cell.row, True) and not cell.text and cell.rowspan == 1
    spanned = {row for cell in cells for row in range(cell.row + 1, cell.row + cell.rowspan)}
    gaps = sorted(row for row, is_blank in own.items() if is_blank and row in spanned)
    for cell in cells:
        row, end = bisect_left(gaps, cell.row), bisect_left(gaps, cell.row + cell.rowspan)
        if end - row < cell.rowspan:
            yield cell._replace(row=cell.row - row, rowspan=cell.rowspan - (end - row)) if gaps else cell


def _cell(part: PageCell, piece: PageTable, page: int) -> JoinedCell:
    left, right = piece.edges[part.column], piece.edges[part.column + part.colspan]
    text = (part.text, part.free, part.size)
    flags = (part.open_above, part.open_below, part.torn)
    return JoinedCell(part.row, part.rowspan, left, right, *text, page, part.box, *flags)


def _edges(cells: Iterable[JoinedCell]) -> list[float]:
    """Return the positions where columns begin and end, from left to right; two pages may differ a little."""
    edges: list[float] = []
    for place in sorted({place for cell in cells for place in (cell.left, cell.right)}):
        if not edges or place - edges[-1] >= MIN_COLUMN_POINTS:
            edges.append(place)
    return edges


def _row(cells: Iterable[JoinedCell], row: int) -> list[JoinedCell]:
    """Return the cells of a row from left to right."""
    return sorted((cell for cell in cells if cell.row == row), key=attrgetter("left"))


def _without_heads(table: JoinedRows, rest: JoinedRows) -> JoinedRows:
    """Leave out rows at the top of a page that repeat the first rows of the table."""
    again = 0
    while again < min(table.height, rest.height) and _is_repeated(table, rest, row=again):
        again += 1
    cells = tuple(cell._replace(row=cell.row - again) for cell in rest.cells if cell.row >= again)
    return rest._replace(height=rest.height - again, cells=cells) if cells else rest


def _is_repeated(table: JoinedRows, rest: JoinedRows, *, row: int) -> bool:
    """Whether a row of the next page has the texts of the same row of the table.

    Of a text that the end of the page cuts, the table has only the beginning; and so has the next page of a text that
    spans more rows than it repeats.
    """
    cells, again = _row(table.cells, row), _row(rest.cells, row)
    pairs = [
        ("".join(cell.text.split()), "".join(other.text.split())) for cell, other in zip(cells, again, strict=False)
    ]
    if len(cells) != len(again) or not any(map(any, pairs)) or any(map(is_figure, chain(*pairs))):
        return False
    cut = [cell.row + cell.rowspan == table.height for cell in cells]
    same = [text == other for text, other in pairs]
    begun = [
        (is_cut and other.startswith(text)) or (cell.rowspan > 1 and other != "" and text.startswith(other))
        for is_cut, cell, (text, other) in zip(cut, cells, pairs, strict=True)
    ]
    return all(map(any, zip(same, begun, strict=True))) and any(
        is_same and text for is_same, (text, _other) in zip(same, pairs, strict=True)
    )


def _fills(above: JoinedCell, below: JoinedCell) -> bool:
    """Whether a text continues in a cell of the next page: its last line is full, or a bracket is open."""
    opened = len(_OPEN.findall(above.text)) > len(_SHUT.findall(above.text))
    return opened or above.free < below.size * _WRAPS


def _words(pairs: Iterable[tuple[JoinedCell, JoinedCell]]) -> list[tuple[JoinedCell, JoinedCell]]:
    """Return the pairs of cells that both have text."""
    return [(above, below) for above, below in pairs if above.text and below.text]


def _meeting(table: JoinedRows, rest: JoinedRows) -> tuple[list[tuple[JoinedCell, JoinedCell]], bool]:
    """Return pairs of a last cell and the first cell of the next page in its column, and whether all cells have one."""
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
    """Whether a row continues in the first row of the next page; not if an item begins there, or both have figures.

    Figures in only one of the two rows do not prove it: a text must continue, or one of the two must have no text.
    """
    words = _words(pairs)
    if any(ORDINAL.match(below.text) for _above, below in pairs):
        return False
    if not all(any(cell.text for cell in cells) for cells in zip(*pairs, strict=True)):
        return False  # a blank row is a separate row
    if any(is_figure(above.text) != is_figure(below.text) for above, below in words):
        return False
    upper, lower = any(is_figure(above.text) for above, _ in pairs), any(is_figure(below.text) for _, below in pairs)
    have_words = [any(cell.text and not is_figure(cell.text) for cell in cells) for cells in zip(*pairs, strict=True)]
    if upper and lower:
        return have_words[0] and not have_words[1]  # parts of the numbers above
    inner = [(above, below) for above, below in words if above.rowspan == below.rowspan == 1]
    if not all(have_words) or (inner and all(_fills(*pair) for pair in inner)):
        return have_words[0] or not upper
    return upper != lower and any(ORDINAL.match(above.text) for above, _below in inner)


def _mended(table: JoinedRows, rest: JoinedRows) -> tuple[list[JoinedCell], list[JoinedCell], bool]:
    """Return the cells of a table and of its continuation with cut cells joined, and whether a row was cut."""
    pairs, matched = _meeting(table, rest)
    ends = {cell.open_below for cell in table.cells if cell.row + cell.rowspan == table.height}
    sliced = len(ends) > 1  # only some cells are cut: the row ends with the page
    cut = matched and (_all_open(pairs) or _row_is_cut(pairs))
    whole: dict[JoinedCell, JoinedCell] = {}
    gone: set[JoinedCell] = set()
    for above, below in pairs:
        if cut or (_is_open(above, below) if sliced else _is_one(above, below, matched=matched)):
            whole[above] = _one(above, below, rows=above.rowspan + below.rowspan - cut)
            gone.add(below)
    kept = [whole.get(cell, cell) for cell in table.cells]
    return kept, [cell for cell in rest.cells if cell not in gone], cut


def _all_open(pairs: Iterable[tuple[JoinedCell, JoinedCell]]) -> bool:
    """Whether no line ends any cell of a row, and no two figures are below each other: the row is cut.

    Some programs draw no lines at the end of a page at all.
    """
    return all(
        _is_open(above, below) and not (is_figure(above.text) and is_figure(below.text)) for above, below in pairs
    )


def _is_open(above: JoinedCell, below: JoinedCell) -> bool:
    """Whether no line separates two cells: the end of the page cuts one cell.

    If its text is on the next page only, a line may be drawn there again.
    """
    if not above.text:
        return above.open_below
    return above.open_below and below.open_above and ORDINAL.match(below.text) is None


def _is_one(above: JoinedCell, below: JoinedCell, *, matched: bool) -> bool:
    """Whether a cell that spans rows continues on the next page, although its rows do not."""
    spans = above.rowspan > 1 or below.rowspan > 1
    if is_figure(above.text) or is_figure(below.text) or ORDINAL.match(below.text):
        return False
    if not below.text:
        return below.rowspan > 1
    return bool(above.text) and (spans or not matched) and _fills(above, below)


def _one(above: JoinedCell, below: JoinedCell, *, rows: int) -> JoinedCell:
    """Return two cells joined to one; its place is where its text begins."""
    numbers = is_figure(above.text) and is_figure(below.text)
    text = above.text + (TORN if numbers else joint(above.text, below.text)) + below.text
    main, last = above if above.text else below, below if below.text else above
    place = (main.page, main.box, above.open_above, below.open_below, numbers or above.torn or below.torn)
    return JoinedCell(above.row, rows, above.left, above.right, text, last.free, last.size, *place)
