"""The rows and columns of a table without ruling lines.

Figures below each other make columns, and rows; the words over them are heads. If the figures of a row cannot be placed
in columns with certainty, they are in doubt.
"""

from __future__ import annotations

from bisect import bisect_left
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

from nianbao.model.document import TableCell
from nianbao.model.location import Location
from nianbao.readers.pdf.doubts import NO_COLUMN, TOGETHER
from nianbao.readers.pdf.glyphs import SAME_LINE
from nianbao.readers.pdf.patches import Patch, height
from nianbao.readers.pdf.text_lines import is_figure
from nianbao.readers.pdf.unruled_heads import HeadCell, arranged, reached

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from nianbao.readers.pdf.unruled_heads import Column

MIN_COLUMNS = 2
_TOUCH = 1.0


def lines_of_table(patches: Sequence[Patch], torn: Collection[Patch]) -> Iterator[list[TableCell]]:
    """Give the lines of a table: heads, and rows of figures with their labels."""
    heights = sorted(patch.first for patch in patches if patch.is_figure)
    end = labels_end(patches)
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
    for level, row in rows_of([patch for patch in others if patch not in notes]):
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


def labels_end(patches: Sequence[Patch]) -> float:
    """Return where the labels beside figures end; before everything if there are none."""
    heights = sorted(patch.first for patch in patches if patch.is_figure)
    figures = min((patch.left for patch in patches if patch.is_figure), default=0.0)
    labels = [
        patch.right for patch in patches if patch.left < figures and not patch.is_figure and _beside(patch, heights)
    ]
    return max((min(right, figures) for right in labels), default=-inf)


def reach(patches: Iterable[Patch]) -> tuple[float, float]:
    """Return the left and right end of texts."""
    lefts, rights = zip(*((patch.left, patch.right) for patch in patches), strict=True)
    return min(lefts), max(rights)


def share_x(one: Patch, other: Patch) -> bool:
    """Whether one of two texts is above the other, at least in part."""
    return min(one.right, other.right) > max(one.left, other.left)


def columns_of(patches: Iterable[Patch]) -> list[Column]:
    """Find the columns: narrow texts make them, wide texts that are in several columns do not."""
    columns: list[Column] = []
    for patch in sorted(patches, key=lambda item: item.right - item.left):
        hit = [column for column in columns if min(column[1], patch.right) - max(column[0], patch.left) > _TOUCH]
        if len(hit) < MIN_COLUMNS:
            left, right = hit[0] if hit else (patch.left, patch.right)
            columns = [column for column in columns if column not in hit]
            columns.append((min(left, patch.left), max(right, patch.right)))
    return sorted(columns)


def rows_of(patches: Sequence[Patch]) -> list[tuple[float, list[Patch]]]:
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
    body = columns_of(patch for patch in rows if patch.is_figure)
    for head in sorted(heads, key=lambda patch: patch.right - patch.left):
        others = [other for other in heads if other is not head]
        lowest = not any(other.first > head.last and share_x(head, other) for other in others)
        beside = any(other.first <= head.last and head.first <= other.last for other in others)
        if lowest and beside and all(min(right, head.right) <= max(left, head.left) for left, right in body):
            body = sorted([*body, (head.left, head.right)])
    start = body[0][0] if body else inf
    labels = columns_of(patch for patch in rows if not patch.is_figure and patch.left < start)
    labels = [column for column in labels if column[1] <= start + _TOUCH]
    return [*labels, *body], len(labels)


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
