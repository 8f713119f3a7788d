"""Tables without ruling lines: texts that are beside each other in rows, and below each other in columns.

Figures below each other make columns, and rows; the words over them are heads. If the figures of a row cannot be placed
in columns with certainty, they are in doubt.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from math import inf
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.pdf.doubts import NO_COLUMN, TOGETHER
from nianbao.readers.pdf.glyphs import SAME_LINE
from nianbao.readers.pdf.paragraphs import TOP_ORDINAL, written
from nianbao.readers.pdf.patches import Patch, beside_others, has_room, height, is_above, patches_of
from nianbao.readers.pdf.text_lines import ORDINAL, is_figure, lines_of
from nianbao.readers.pdf.unruled_heads import HeadCell, arranged, reached

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from nianbao.readers.pdf.glyphs import Glyph
    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.paragraphs import ProseLine
    from nianbao.readers.pdf.unruled_heads import Column

_TOUCH = 1.0
_SAME_PLACE = 3.0
_MIN_COLUMNS = 2
_MARGIN = 12.0
_NEAR = 5.0  # sizes between a head and what is below it, at most
_MAX_HEAD_SHARE = 0.6
_MAX_MARGIN = 0.25  # of the height of a page


class Loose(NamedTuple):
    """A table without ruling lines, as far as it has been read: its texts, and its first and last page.

    ``prose`` are the lines that it becomes if it has a single row only and no continuation. ``torn`` are figures that
    the end of a page may cut.
    """

    patches: tuple[Patch, ...]
    first: int
    last: int
    prose: tuple[ProseLine, ...] = ()
    torn: tuple[Patch, ...] = ()

    def goes_on_in(self, other: Loose) -> bool:
        """Whether another table, at the top of the next page, may continue this one: it is not wider.

        If this one has only heads, the rows below them may be wider.
        """
        left, right = _reach(self.patches)
        inner, outer = _reach(other.patches)
        if not any(patch.is_figure for patch in self.patches):
            return self.last + 1 == other.first and inner < right and left < outer
        return self.last + 1 == other.first and left - _MARGIN <= inner and outer <= right + _MARGIN

    def and_then(self, other: Loose) -> Loose:
        """Return the table with its continuation.

        Texts that continue at its top are joined, but no heads; heads that are repeated there are left out.
        """
        patches = list(self.patches)
        figures = min((patch.first for patch in other.patches if patch.is_figure), default=inf)
        other = other._replace(patches=_without_heads(patches, other.patches))
        if not any(patch.is_figure for patch in patches):
            return Loose((*patches, *other.patches), self.first, other.last, torn=other.torn)
        for patch in other.patches:
            above = _last_above(patches, patch.lines[0]) if patch.first < figures - patch.size else None
            if above is not None and _goes_on(above, patch):
                patches[patches.index(above)] = Patch.of((*above.lines, *patch.lines))
            else:
                patches.append(patch)
        torn = (*self.torn, *other.torn)
        if not _begins_inside(other.patches):
            torn = tuple(patch for patch in torn if patch not in _last_row(self.patches))
        return Loose(tuple(patches), self.first, other.last, torn=torn)

    def continued(self, line: ProseLine) -> Loose | None:
        """Return the table with a line at the top of the next page that continues one of its texts, if it does."""
        above = _last_above(self.patches, line)
        if above is None or line.page != self.last + 1 or not _goes_on(above, Patch.of((line,))):
            return None
        patches = (Patch.of((*patch.lines, line)) if patch is above else patch for patch in self.patches)
        return self._replace(patches=tuple(patches), prose=())

    def table(self, number: int) -> Table:
        """Return the table of the document; ``number`` is its number among the tables, from 1."""
        cells = []
        for row, line in enumerate(_lines(self.patches, self.torn)):
            for place, cell in enumerate(sorted(line, key=attrgetter("column")), 1):
                where = cell.location._replace(table=number, row=row + 1, cell=place)
                cells.append(cell._replace(row=row, location=where))
        return Table(tuple(cells), "grid", cells[0].location)


def _without_heads(above: Sequence[Patch], below: Sequence[Patch]) -> tuple[Patch, ...]:
    """Return the texts of a page without those above its figures that repeat heads of the table, in the same places."""
    begins = min((patch.first for patch in above if patch.is_figure), default=-inf)
    heads = {patch.text: patch.left for patch in above if patch.last < begins}
    figures = min((patch.first for patch in below if patch.is_figure), default=inf)

    def is_again(patch: Patch) -> bool:
        return patch.last < figures and abs(heads.get(patch.text, -inf) - patch.left) <= _SAME_PLACE

    return tuple(patch for patch in below if not is_again(patch))


def _torn(patches: Sequence[Patch], height: float) -> tuple[Patch, ...]:
    """Return the figures near the end of a page, or its top, that may be parts of figures.

    That is possible where figures of the table are wrapped, and no item begins with the first figures of the page.
    """
    if not any(patch.is_figure and len(patch.lines) > 1 for patch in patches):
        return ()
    last = [patch for patch in _last_row(patches) if patch.lines[-1].base > height * (1 - _MAX_MARGIN)]
    first = [patch for patch in _first_row(patches) if patch.lines[0].base < height * _MAX_MARGIN]
    return (*last, *(first if _begins_inside(patches) else ()))


def _begins_inside(patches: Sequence[Patch]) -> bool:
    """Whether the first figures have no label, or one that does not begin an item: a row of the page before goes on."""
    first = _first_row(patches)
    labels = [patch for patch in patches if not patch.is_figure and first and patch.first <= first[0].last]
    return not any(ORDINAL.match(patch.text) for patch in labels)


def _last_row(patches: Sequence[Patch]) -> list[Patch]:
    return _row_of_figures(patches, max((patch.last for patch in patches if patch.is_figure), default=0.0))


def _first_row(patches: Sequence[Patch]) -> list[Patch]:
    return _row_of_figures(patches, min((patch.first for patch in patches if patch.is_figure), default=0.0))


def _row_of_figures(patches: Iterable[Patch], height: float) -> list[Patch]:
    """Return the figures that have a line at a height."""
    return [p for p in patches if p.is_figure and p.first - p.size < height < p.last + p.size]


def loose_tables(glyphs: Sequence[Glyph], sheet: PageContent) -> tuple[list[Loose], list[Glyph]]:
    """Return the tables without ruling lines among the characters of a page, and the characters outside of them."""
    patches = patches_of(glyphs, sheet)
    tables: list[Loose] = []
    placed: set[int] = set()
    flags = _in_tables(patches)
    heads = _first_of_last_heads(patches, flags)
    flags[heads:] = [True] * (len(flags) - heads)
    for beside, group in groupby(zip(flags, patches, strict=True), lambda item: item[0]):
        inner = [patch for _beside, patch in group]
        rows = _wide_rows([patch for patch, _run in inner]) if beside else 0
        if rows or (beside and inner[-1] is patches[-1]):
            run = [glyph for _patch, glyphs in inner for glyph in glyphs]
            prose = () if rows >= _MIN_COLUMNS else tuple(written(line, sheet) for line in lines_of(run))
            texts = tuple(patch for patch, _run in inner)
            tables.append(Loose(texts, sheet.number, sheet.number, prose, _torn(texts, sheet.size[1])))
            placed.update(map(id, run))
    return tables, [glyph for glyph in glyphs if placed.isdisjoint(map(id, (glyph, *glyph.parts)))]


def _in_tables(patches: Sequence[tuple[Patch, list[Glyph]]]) -> list[bool]:
    """Return for each text of a page whether it may be in a table: others are beside it, or it is a label between such.

    A label without figures differs from a heading: it ends to the left of the figures, and has no heading number. Heads
    are above the figures, right of the labels, and near other texts of the table.
    """
    beside = beside_others(patches)
    figures = min((patch.left for patch, _run in patches if patch.is_figure), default=0.0)
    for place in range(len(patches) - 1):
        patch = patches[place][0]
        label = patch.right < figures and not TOP_ORDINAL.match(patch.text)
        between = beside[place - 1] if place else ORDINAL.match(patch.text)
        if label and between and beside[place + 1]:
            beside[place] = True
    for start, stop in list(_true_runs(beside)):
        inner = [patch for patch, _run in patches[start:stop]]
        if any(patch.is_figure for patch in inner):
            for place in range(start - 1, -1, -1):
                patch = patches[place][0]
                if not _is_head_of(inner, patch, beside=beside[place]) and not (place == 0 and _is_rest(inner, patch)):
                    break
                beside[place] = True
                inner.append(patches[place][0])
    return beside


def _first_of_last_heads(patches: Sequence[tuple[Patch, list[Glyph]]], flags: Sequence[bool]) -> int:
    """Return where the heads at the end of a page begin, whose figures may be on the next page; else the end."""
    texts = [patch for patch, _run in patches]
    start = len(texts)
    while start and not texts[start - 1].is_figure and not TOP_ORDINAL.match(texts[start - 1].text):
        near = start == len(texts) or texts[start].first - texts[start - 1].last <= texts[start].size * _NEAR
        if not near or not (flags[start - 1] or _is_narrow(texts[start - 1])):
            break
        start -= 1
    return start if sum(flags[start:]) >= _MIN_COLUMNS and (not start or not flags[start - 1]) else len(texts)


def _is_narrow(patch: Patch) -> bool:
    return patch.right - patch.left < patch.lines[0].sheet[0] * _MAX_HEAD_SHARE / 2


def _true_runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Give the first place and the end of each run of true flags."""
    places = range(len(flags))
    for is_true, group in groupby(places, flags.__getitem__):
        run = list(group)
        if is_true:
            yield run[0], run[-1] + 1


def _is_head_of(table: Sequence[Patch], patch: Patch, *, beside: bool) -> bool:
    """Whether a text above the texts of a table is a head of it, or, if others are beside it, a note beside heads."""
    if TOP_ORDINAL.match(patch.text) or patch.is_figure:
        return False
    left, right = _reach(table)
    near = min(other.first for other in table) - patch.last <= patch.size * _NEAR
    inside = left - _MARGIN <= patch.left and patch.right <= right + _MARGIN
    labels = _labels_end(table)
    over = patch.left > labels and patch.right - patch.left < (right - max(left, labels)) * _MAX_HEAD_SHARE
    return near and inside and (beside or over)


def _is_rest(table: Sequence[Patch], patch: Patch) -> bool:
    """Whether a figure above a table, in one of its columns, may be the rest of one on the page before."""
    near = min(other.first for other in table) - patch.last <= patch.size * _NEAR
    return near and patch.is_figure and any(other.is_figure and _share_x(other, patch) for other in table)


def _labels_end(patches: Sequence[Patch]) -> float:
    """Return where the labels beside figures end; before everything if there are none."""
    heights = sorted(patch.first for patch in patches if patch.is_figure)
    figures = min((patch.left for patch in patches if patch.is_figure), default=0.0)
    labels = [
        patch.right for patch in patches if patch.left < figures and not patch.is_figure and _beside(patch, heights)
    ]
    return max((min(right, figures) for right in labels), default=-inf)


def _wide_rows(patches: Sequence[Patch]) -> int:
    """Return the number of rows with texts in several columns; 0 if there are no figures."""
    if not any(patch.is_figure for patch in patches):
        return 0
    columns = _columns(patches)
    rows = ({reached(patch, columns).start for patch in row} for _height, row in _rows(patches))
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


def _lines(patches: Sequence[Patch], torn: Collection[Patch]) -> Iterator[list[TableCell]]:
    """Give the lines of a table: heads, and rows of figures with their labels."""
    heights = sorted(patch.first for patch in patches if patch.is_figure)
    end = _labels_end(patches)
    heads = [patch for patch in patches if not patch.is_figure and patch.left > end and not _beside(patch, heights)]
    others = [patch for patch in patches if patch not in set(heads)]
    columns, first = _all_columns(others, heads)
    blocks: dict[int, list[Patch]] = {}
    for head in heads:
        blocks.setdefault(bisect_left(heights, head.first), []).append(head)
    notes = {patch: block for patch in others if (block := _block_of(patch, blocks, heights)) is not None}
    lines: list[tuple[float, list[TableCell]]] = []
    figures = [patch for patch in others if patch.is_figure]
    headed = {}
    for number, words in blocks.items():
        end = min((other for other in blocks if other > number), default=len(heights))
        below = {reached(patch, columns).start for patch in figures if patch.first in heights[number:end]}
        headed[number] = arranged(words, columns, first=first, filled=below)
    for level, row in _rows([patch for patch in others if patch not in notes]):
        over = max((number for number in headed if number <= bisect_left(heights, level)), default=None)
        spans = [range(place, place + 1) for place in range(first, len(columns))]
        if over is not None:
            spans = [range(column, column + colspan) for _patch, column, colspan in headed[over][-1]]
        lines.append((level, list(_placed(row, columns, spans, torn=not set(row).isdisjoint(torn)))))
    for number, words in blocks.items():
        top = min(head.first for head in words)
        for place, line in enumerate(headed[number]):
            beside = [HeadCell(patch, *_left_of(patch, columns, first)) for patch in notes if notes[patch] == number]
            cells = [_cell(*head) for head in (*(beside if place == 0 else ()), *line)]
            lines.append((top + place / 100, cells))
    return (line for _height, line in sorted(lines, key=itemgetter(0)))


def _block_of(patch: Patch, blocks: Mapping[int, Sequence[Patch]], heights: Sequence[float]) -> int | None:
    """Return the number of the heads that a text is beside; ``None`` if it is beside figures or alone."""
    if patch.is_figure or _beside(patch, heights):
        return None
    number = bisect_left(heights, (patch.first + patch.last) / 2)
    block = blocks.get(number, ())
    near = patch.size * SAME_LINE
    top, bottom = (pick(head.first for head in block) if block else 0 for pick in (min, max))
    return number if block and top - near <= patch.last and patch.first <= bottom + near else None


def _left_of(patch: Patch, columns: Sequence[Column], first: int) -> tuple[int, int]:
    """Return the first column of a text left of the figures, and the number of its columns."""
    places = reached(patch, columns)
    start = min(places.start, max(first - 1, 0))
    return start, max(1, min(places.stop, first) - start)


def _cell(patch: Patch, column: int, colspan: int) -> TableCell:
    return TableCell(patch.text, 0, column, 1, colspan, Location(page=patch.lines[0].page, box=patch.box))


def _all_columns(rows: Sequence[Patch], heads: Sequence[Patch]) -> tuple[list[Column], int]:
    """Find all columns, and the first one with figures; a head above nothing makes a column of blanks."""
    body = _columns(patch for patch in rows if patch.is_figure)
    for head in sorted(heads, key=lambda patch: patch.right - patch.left):
        others = [other for other in heads if other is not head]
        lowest = not any(other.first > head.last and _share_x(head, other) for other in others)
        beside = any(other.first <= head.last and head.first <= other.last for other in others)
        if lowest and beside and all(min(right, head.right) <= max(left, head.left) for left, right in body):
            body = sorted([*body, (head.left, head.right)])
    start = body[0][0] if body else inf
    labels = _columns(patch for patch in rows if not patch.is_figure and patch.left < start)
    labels = [column for column in labels if column[1] <= start + _TOUCH]
    return [*labels, *body], len(labels)


def _share_x(one: Patch, other: Patch) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _columns(patches: Iterable[Patch]) -> list[Column]:
    """Find the columns: narrow texts make them, wide texts that are in several columns do not."""
    columns: list[Column] = []
    for patch in sorted(patches, key=lambda item: item.right - item.left):
        hit = [column for column in columns if min(column[1], patch.right) - max(column[0], patch.left) > _TOUCH]
        if len(hit) < _MIN_COLUMNS:
            left, right = hit[0] if hit else (patch.left, patch.right)
            columns = [column for column in columns if column not in hit]
            columns.append((min(left, patch.left), max(right, patch.right)))
    return sorted(columns)


def _rows(patches: Sequence[Patch]) -> list[tuple[float, list[Patch]]]:
    """Sort texts into rows: first figures at one height, then words with the figures beside them."""
    words = [patch for patch in patches if not patch.is_figure]
    rows: dict[float, list[Patch]] = {}
    for patch in sorted(
        (figure for figure in patches if figure.is_figure), key=lambda item: (len(item.lines), item.first)
    ):
        beside = _beside(patch, sorted(rows))
        rows.setdefault(beside[0] if len(beside) == 1 else _level(rows, patch), []).append(patch)
    heights = sorted(rows)
    lower = _stand_lower(words, heights)
    for patch in sorted(words, key=lambda word: word.first):
        for part in _parts(patch, heights, lower=lower):
            beside = _beside(part, heights)
            rows.setdefault(beside[0] if beside else _level(rows, part), []).append(part)
    return sorted(rows.items())


def _level(rows: Iterable[float], patch: Patch) -> float:
    """Return the height of the row at the height of a text; its own height if there is none."""
    return next((row for row in rows if abs(row - patch.first) <= patch.size * SAME_LINE), patch.first)


def _beside(patch: Patch, heights: Sequence[float]) -> Sequence[float]:
    """Return the rows of figures beside a text."""
    near = patch.size * SAME_LINE
    return heights[bisect_left(heights, patch.first - near) : bisect_left(heights, patch.last + near)]


def _stand_lower(words: Iterable[Patch], heights: Sequence[float]) -> bool:
    """Whether figures are beside the middle or the last of the lines of texts, rather than beside the first line."""
    votes = 0
    for patch in words:
        beside = _beside(patch, heights)
        if len(beside) == 1 and len(patch.lines) > 1:
            lower = min(abs(beside[0] - height) for height in ((patch.first + patch.last) / 2, patch.last))
            votes += 1 if lower < abs(beside[0] - patch.first) else -1
    return votes > 0


def _parts(patch: Patch, heights: Sequence[float], *, lower: bool) -> list[Patch]:
    """Cut a text where figures show that a row begins: labels of rows without figures merge with the next label."""
    beside = _beside(patch, heights)
    if lower or len(beside) != 1:
        return [patch]
    near = patch.size * SAME_LINE
    begins = next((at for at, line in enumerate(patch.lines) if abs(height(line) - beside[0]) <= near), 0)
    return [Patch.of(lines) for lines in (patch.lines[:begins], patch.lines[begins:]) if lines]


def _placed(
    patches: Sequence[Patch], columns: Sequence[Column], heads: Sequence[range], *, torn: bool
) -> Iterator[TableCell]:
    """Give the cells of a row; a row with figures gets a blank cell under each head that has none.

    If a figure is in no column for certain, the figures and blanks of the row are in doubt.

    Args:
        patches: The texts of the row.
        columns: The left and right end of each column.
        heads: The columns of each head; the columns before them have labels.
        torn: Whether the end of a page may cut its figures.
    """
    first = min(columns.start for columns in heads)
    places = {patch: reached(patch, columns) for patch in patches}
    figures = [patch for patch in patches if patch.is_figure]
    occupied = [place for inner in places.values() for place in inner]
    beside = [place for place in occupied if place >= first]
    certain = len(beside) == len(set(beside)) and all(
        len(places[patch]) == 1
        and places[patch].start >= first
        and is_figure(patch.text)
        and patch.right <= patch.lines[0].sheet[0]
        for patch in figures
    )
    doubt = TOGETHER if torn else None if certain else NO_COLUMN
    for patch, inner in places.items():
        end = min((place for place in occupied if place >= inner.stop), default=first)
        wide = max(len(inner), min(end, first) - inner.start) if figures else len(inner)
        cell = _cell(patch, inner.start, wide)
        yield cell._replace(doubt=doubt) if patch.is_figure else cell
    if not figures:
        return
    _x0, top, _x1, bottom = figures[0].box
    for head in heads:
        if not set(head) & set(occupied):
            left, right = columns[head.start][0], columns[head.stop - 1][1]
            place = Location(page=figures[0].lines[0].page, box=(left, top, right, bottom))
            yield TableCell("", 0, head.start, colspan=len(head), location=place, doubt=doubt)
