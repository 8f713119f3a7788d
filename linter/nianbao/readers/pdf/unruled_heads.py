"""The heads of tables without ruling lines: the lowest words over a column are its head, others span several columns.

No line says how far the words over other heads reach. They are centred over the columns that they span, or begin or end
with them, and the words of one line span all columns below them without a gap. The words get the columns that fit best;
if none fit, only those that they are really over.
"""

from __future__ import annotations

from itertools import pairwise, product
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.glyphs import SAME_LINE
from nianbao.readers.pdf.patches import Patch, is_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_HALF = 0.5
_LINE = 1.75  # sizes between two lines of one text, at most
_OFF = 1.2  # sizes
_MAX_WAYS = 2000

Column = tuple[float, float]


class HeadCell(NamedTuple):
    """A head, its first column, and the number of its columns."""

    patch: Patch
    column: int
    colspan: int


def reached(patch: Patch, columns: Sequence[Column]) -> range:
    """Return the columns that a text is over: half of it, or half of the column; the nearest one if there are none."""
    hit = [
        place
        for place, (left, right) in enumerate(columns)
        if min(right, patch.right) - max(left, patch.left) > min(right - left, patch.right - patch.left) * _HALF
    ]
    if hit:
        return range(hit[0], hit[-1] + 1)
    middle = (patch.left + patch.right) / 2
    nearest = min(range(len(columns)), key=lambda place: abs(sum(columns[place]) / 2 - middle))
    return range(nearest, nearest + 1)


def arranged(
    heads: Iterable[Patch], columns: Sequence[Column], *, first: int, filled: AbstractSet[int]
) -> list[list[HeadCell]]:
    """Arrange the heads over some rows in lines: those of single columns in the last one, from left to right.

    Args:
        heads: Words over the columns of figures.
        columns: The left and right end of each column.
        first: The first column of figures.
        filled: The columns that have figures below these heads.
    """
    joined = _joined(heads, columns)
    over = {
        patch: range(max(first, (hit := reached(patch, columns)).start), max(first + 1, hit.stop)) for patch in joined
    }
    lowest: dict[int, Patch] = {}
    for patch in sorted(over, key=lambda head: head.first):
        lowest.update(dict.fromkeys(over[patch], patch))
    leaves = [patch for patch, places in over.items() if all(lowest[place] is patch for place in places)]
    leaves = _of_figures(leaves, over, filled)
    upper = sorted((patch for patch in over if patch not in leaves), key=lambda patch: patch.first)
    lines = [[HeadCell(patch, over[patch].start, len(over[patch])) for patch in leaves]]
    below = {place: patch for patch in leaves for place in over[patch]}
    for line in reversed(list(_levels(upper))):
        spans = _spans(line, over, below, _wide(columns, lines[-1])) or [over[patch] for patch in line]
        lines.append([HeadCell(patch, span.start, len(span)) for patch, span in zip(line, spans, strict=True)])
        for patch, span in zip(line, spans, strict=True):
            below.update(dict.fromkeys(span, patch))
    return [sorted(line, key=lambda cell: cell.column) for line in reversed(lines)]


def _of_figures(leaves: Sequence[Patch], over: Mapping[Patch, range], filled: AbstractSet[int]) -> list[Patch]:
    """Return the lowest words that are heads: in the last line, over figures, or beside words over figures.

    Others are words above all heads, over a gap between them.
    """
    bottom = max(patch.first for patch in leaves) - leaves[0].size * SAME_LINE
    sure = [patch for patch in leaves if patch.last >= bottom or not filled.isdisjoint(over[patch])]
    return [
        patch
        for patch in leaves
        if patch in sure or any(one.first <= patch.last and patch.first <= one.last for one in sure)
    ]


def _joined(heads: Iterable[Patch], columns: Sequence[Column]) -> list[Patch]:
    """Join the lines of heads: those over the same column at the distance of lines, not of rows."""
    joined: list[Patch] = []
    for head in sorted(heads, key=lambda patch: patch.first):
        above = next((patch for patch in reversed(joined) if is_above(patch.lines, head.lines[0])), None)
        near = above is not None and 0 < head.first - above.last <= head.size * _LINE
        if above is not None and near and reached(above, columns) == reached(head, columns):
            joined[joined.index(above)] = Patch.of((*above.lines, *head.lines))
        else:
            joined.append(head)
    return joined


def _levels(patches: Iterable[Patch]) -> Iterator[list[Patch]]:
    """Divide texts, sorted by their heights, into lines; each from left to right."""
    line: list[Patch] = []
    for patch in patches:
        if line and patch.first - line[0].first > patch.size * SAME_LINE:
            yield sorted(line, key=lambda head: head.left)
            line = []
        line.append(patch)
    if line:
        yield sorted(line, key=lambda head: head.left)


def _wide(columns: Sequence[Column], leaves: Iterable[HeadCell]) -> list[Column]:
    """Return the columns as wide as their heads."""
    wide = list(columns)
    for patch, column, colspan in leaves:
        if colspan == 1:
            wide[column] = min(wide[column][0], patch.left), max(wide[column][1], patch.right)
    return wide


def _spans(
    line: Sequence[Patch], over: Mapping[Patch, range], below: Mapping[int, Patch], columns: Sequence[Column]
) -> list[range] | None:
    """Return the columns that the words of a line span, if a way to divide those below them fits."""
    start, stop = over[line[0]].start, over[line[-1]].stop
    for alike in (True, False):  # first only columns whose heads are in one row, then all that are lower
        zone = _zone(range(start, stop), line[0], below, alike=alike)
        if zone is None:
            continue
        best = min(
            (
                (max(measure(patch, span, columns) / patch.size for patch, span in zip(line, way, strict=True)), way)
                for way in _ways(line, over, zone)
                for measure in (_off_centre, _off_left, _off_right)
            ),
            key=itemgetter(0),
            default=None,
        )
        if best is not None and best[0] <= _OFF:
            return best[1]
    return None


def _zone(inner: range, patch: Patch, below: Mapping[int, Patch], *, alike: bool) -> range | None:
    """Return the columns around others whose heads are below a text, or in addition at one height."""
    beside = below.get(inner.start)

    def is_in(place: int) -> bool:
        head = below.get(place)
        if head is None or beside is None or head.first <= patch.last + patch.size * SAME_LINE:
            return False
        return not alike or _are_beside(head, beside)

    if not all(is_in(place) for place in inner):
        return None
    start, stop = inner.start, inner.stop
    while is_in(start - 1):
        start -= 1
    while is_in(stop):
        stop += 1
    return range(start, stop)


def _are_beside(one: Patch, other: Patch) -> bool:
    """Whether the first lines, the middles or the last lines of two texts are at one height."""
    first, last = one.first - other.first, one.last - other.last
    return abs((first + last) / 2) <= one.size * SAME_LINE


def _ways(line: Sequence[Patch], over: Mapping[Patch, range], zone: range) -> Iterator[list[range]]:
    """Give the ways to divide columns among the texts of a line."""
    between = [range(over[one].stop, over[other].start + 1) for one, other in pairwise(line)]
    count = 1
    for choice in between:
        count *= max(len(choice), 1)
    if count > _MAX_WAYS:
        return
    for cuts in product(*between):
        edges = [zone.start, *cuts, zone.stop]
        yield [range(start, stop) for start, stop in pairwise(edges)]


def _middle(span: range, columns: Sequence[Column]) -> float:
    """Return the middle of columns; they end in the middle between two neighbours, as far as there are any."""
    left, right = columns[span.start][0], columns[span.stop - 1][1]
    if span.start > 0 and span.stop < len(columns):
        left = (left + columns[span.start - 1][1]) / 2
        right = (right + columns[span.stop][0]) / 2
    return (left + right) / 2


def _off_centre(patch: Patch, span: range, columns: Sequence[Column]) -> float:
    return abs(_middle(span, columns) - (patch.left + patch.right) / 2)


def _off_left(patch: Patch, span: range, columns: Sequence[Column]) -> float:
    return abs(columns[span.start][0] - patch.left)


def _off_right(patch: Patch, span: range, columns: Sequence[Column]) -> float:
    return abs(columns[span.stop - 1][1] - patch.right)
