"""Tables without ruling lines: texts that are beside each other in rows, and below each other in columns.

Texts below each other make columns; figures make rows. If the figures of a row cannot be placed in columns with
certainty, the row becomes one cell, which matches no form.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.pdf.glyphs import SAME_LINE
from nianbao.readers.pdf.paragraphs import TOP_ORDINAL, written
from nianbao.readers.pdf.patches import Patch, beside_others, has_room, height, is_above, patches_of
from nianbao.readers.pdf.text_lines import ORDINAL, is_figure, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.glyphs import Glyph
    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.paragraphs import ProseLine

_TOUCH = 1.0
_MIN_COLUMNS = 2
_MARGIN = 12.0
_MIDDLE = 0.6


class Loose(NamedTuple):
    """A table without ruling lines, as far as it has been read: its texts, and its first and last page.

    ``prose`` are the lines that it becomes if it has a single row only and no continuation.
    """

    patches: tuple[Patch, ...]
    first: int
    last: int
    prose: tuple[ProseLine, ...] = ()

    def goes_on_in(self, other: Loose) -> bool:
        """Whether another table, at the top of the next page, may continue this one: it is not wider."""
        left, right = _reach(self.patches)
        inner, outer = _reach(other.patches)
        return self.last + 1 == other.first and left - _MARGIN <= inner and outer <= right + _MARGIN

    def and_then(self, other: Loose) -> Loose:
        """Return the table with its continuation; texts that continue at its top are joined."""
        patches = list(self.patches)
        figures = min((patch.first for patch in other.patches if patch.is_figure), default=inf)
        for patch in other.patches:
            above = _last_above(patches, patch.lines[0]) if patch.first < figures - patch.size else None
            if above is not None and _goes_on(above, patch):
                patches[patches.index(above)] = Patch.of((*above.lines, *patch.lines))
            else:
                patches.append(patch)
        return self._replace(patches=tuple(patches), last=other.last)

    def continued(self, line: ProseLine) -> Loose | None:
        """Return the table with a line at the top of the next page that continues one of its texts, if it does."""
        above = _last_above(self.patches, line)
        if above is None or line.page != self.last + 1 or not _goes_on(above, Patch.of((line,))):
            return None
        patches = (Patch.of((*patch.lines, line)) if patch is above else patch for patch in self.patches)
        return self._replace(patches=tuple(patches))

    def table(self, number: int) -> Table:
        """Return the table of the document; ``number`` is its number among the tables, from 1."""
        columns = _columns(self.patches)
        rows = _rows(self.patches)
        figures = [_reached(patch, columns)[0] for row in rows for patch in row if patch.is_figure]
        cells = []
        for row, patches in enumerate(rows):
            placed = _placed(patches, columns, first=min(figures))
            for place, cell in enumerate(sorted(placed, key=lambda item: item.column), 1):
                where = cell.location._replace(table=number, row=row + 1, cell=place)
                cells.append(cell._replace(row=row, location=where))
        return Table(tuple(cells), "grid", cells[0].location)


def loose_tables(glyphs: Sequence[Glyph], sheet: PageContent) -> tuple[list[Loose], list[Glyph]]:
    """Return the tables without ruling lines among the characters of a page, and the characters outside of them."""
    patches = patches_of(glyphs, sheet)
    tables: list[Loose] = []
    placed: set[int] = set()
    for beside, group in groupby(zip(_in_tables(patches), patches, strict=True), lambda item: item[0]):
        inner = [patch for _beside, patch in group]
        rows = _wide_rows([patch for patch, _run in inner]) if beside else 0
        if rows:
            run = [glyph for _patch, glyphs in inner for glyph in glyphs]
            prose = () if rows >= _MIN_COLUMNS else tuple(written(line, sheet) for line in lines_of(run))
            tables.append(Loose(tuple(patch for patch, _run in inner), sheet.number, sheet.number, prose))
            placed.update(map(id, run))
    return tables, [glyph for glyph in glyphs if id(glyph) not in placed]


def _in_tables(patches: Sequence[tuple[Patch, list[Glyph]]]) -> list[bool]:
    """Return for each text of a page whether it may be in a table: others are beside it, or it is a label between such.

    A label without figures differs from a heading: it ends to the left of the figures, and has no heading number.
    """
    beside = beside_others(patches)
    figures = min((patch.left for patch, _run in patches if patch.is_figure), default=0.0)
    for place in range(1, len(patches) - 1):
        patch = patches[place][0]
        label = patch.right < figures and not TOP_ORDINAL.match(patch.text)
        if label and beside[place - 1] and beside[place + 1]:
            beside[place] = True
    return beside


def _wide_rows(patches: Sequence[Patch]) -> int:
    """Return the number of rows with texts in several columns; 0 if there are no figures."""
    if not any(patch.is_figure for patch in patches):
        return 0
    columns = _columns(patches)
    rows = ({_reached(patch, columns)[0] for patch in row} for row in _rows(patches))
    return sum(len(row) >= _MIN_COLUMNS for row in rows)


def _reach(patches: Iterable[Patch]) -> tuple[float, float]:
    lefts, rights = zip(*((patch.left, patch.right) for patch in patches), strict=True)
    return min(lefts), max(rights)


def _last_above(patches: Sequence[Patch], line: ProseLine) -> Patch | None:
    """Return the last text that has a line in its column."""
    return next((patch for patch in reversed(patches) if is_above(patch.lines, line)), None)


def _goes_on(above: Patch, below: Patch) -> bool:
    """Whether a text continues on the next page: its last line is full, and the next text does not begin an item."""
    if ORDINAL.match(below.text) or above.is_figure != below.is_figure:
        return False
    return has_room(above.lines, below.lines[0])


def _columns(patches: Iterable[Patch]) -> list[tuple[float, float]]:
    """Find the columns: narrow texts make them, wide texts that are in several columns do not."""
    columns: list[tuple[float, float]] = []
    for patch in sorted(patches, key=lambda item: item.right - item.left):
        hit = [column for column in columns if min(column[1], patch.right) - max(column[0], patch.left) > _TOUCH]
        if len(hit) < _MIN_COLUMNS:
            left, right = hit[0] if hit else (patch.left, patch.right)
            columns = [column for column in columns if column not in hit]
            columns.append((min(left, patch.left), max(right, patch.right)))
    return sorted(columns)


def _reached(patch: Patch, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the first column of a text, or the nearest one, and the number of its columns."""
    hit = [place for place, (left, right) in enumerate(columns) if min(right, patch.right) - max(left, patch.left) > 0]
    if not hit:
        return min(range(len(columns)), key=lambda place: abs(columns[place][0] - patch.left)), 1
    return hit[0], hit[-1] - hit[0] + 1


def _rows(patches: Iterable[Patch]) -> list[list[Patch]]:
    """Sort texts into rows: first figures at one height, then words with the figures beside them."""
    words = [patch for patch in patches if not patch.is_figure]
    rows: dict[float, list[Patch]] = {}
    for patch in sorted((figure for figure in patches if figure.is_figure), key=lambda figure: figure.first):
        rows.setdefault(_level(rows, patch), []).append(patch)
    heights = sorted(rows)
    middle = _stand_in_the_middle(words, heights)
    for patch in sorted(words, key=lambda word: word.first):
        for part in _parts(patch, heights, middle=middle):
            beside = _beside(part, heights)
            rows.setdefault(beside[0] if beside else _level(rows, part), []).append(part)
    return [row for _height, row in sorted(rows.items())]


def _level(rows: Iterable[float], patch: Patch) -> float:
    """Return the height of the row at the height of a text; its own height if there is none."""
    return next((row for row in rows if abs(row - patch.first) <= patch.size * SAME_LINE), patch.first)


def _beside(patch: Patch, heights: Sequence[float]) -> Sequence[float]:
    """Return the rows of figures beside a text."""
    near = patch.size * SAME_LINE
    return heights[bisect_left(heights, patch.first - near) : bisect_left(heights, patch.last + near)]


def _stand_in_the_middle(words: Iterable[Patch], heights: Sequence[float]) -> bool:
    """Whether figures are beside the middle of texts of several lines, rather than beside the first line."""
    votes = 0
    for patch in words:
        beside = _beside(patch, heights)
        if len(beside) == 1 and len(patch.lines) > 1:
            first, middle = abs(beside[0] - patch.first), abs(beside[0] - (patch.first + patch.last) / 2)
            votes += 1 if middle < first else -1
    return votes > 0


def _parts(patch: Patch, heights: Sequence[float], *, middle: bool) -> list[Patch]:
    """Cut a text where figures show that a row begins: labels of rows without figures merge with the next label."""
    beside = _beside(patch, heights)
    if middle or len(beside) != 1:
        return [patch]
    near = patch.size * SAME_LINE
    begins = next((at for at, line in enumerate(patch.lines) if abs(height(line) - beside[0]) <= near), 0)
    return [Patch.of(lines) for lines in (patch.lines[:begins], patch.lines[begins:]) if lines]


def _placed(patches: Sequence[Patch], columns: Sequence[tuple[float, float]], *, first: int) -> Iterator[TableCell]:
    """Give the cells of a row; a row with figures gets blank cells in its empty columns.

    Args:
        patches: The texts of the row.
        columns: The left and right end of each column.
        first: The first column with figures; the columns before it have labels.
    """
    reached = [(*_reached(patch, columns), patch) for patch in patches]
    figures = [patch for patch in patches if patch.is_figure]
    occupied = [place for column, colspan, _patch in reached for place in range(column, column + colspan)]
    beside = [place for place in occupied if place >= first]
    certain = len(beside) == len(set(beside)) and all(
        colspan == 1 and is_figure(patch.text) and patch.right <= patch.lines[0].sheet[0]
        for _column, colspan, patch in reached
        if patch.is_figure
    )
    for column, colspan, patch in reached:
        if certain or not patch.is_figure:
            end = min((place for place in occupied if place >= column + colspan), default=first)
            wide = max(colspan, min(end, first) - column) if figures else colspan
            yield TableCell(patch.text, 0, column, 1, wide, Location(page=patch.lines[0].page, box=patch.box))
    if not figures:
        return
    if not certain:
        yield from _misfits(figures, len(columns))
        return
    _x0, top, _x1, bottom = figures[0].box
    for column in set(range(first, len(columns))) - set(occupied):
        left, right = columns[column]
        place = Location(page=figures[0].lines[0].page, box=(left, top, right, bottom))
        yield TableCell("", 0, column, location=place)


def _misfits(figures: Sequence[Patch], columns: int) -> Iterator[TableCell]:
    """Give figures without a certain column as cells behind all columns, so that the row matches no form."""
    text = " ".join(figure.text for figure in figures)
    place = Location(page=figures[0].lines[0].page, box=figures[0].box)
    for number in range(columns + 1):
        yield TableCell("" if number else text, 0, columns + number, location=place)
