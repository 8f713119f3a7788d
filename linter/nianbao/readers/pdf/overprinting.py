"""Texts that are printed over the rows below their cell: a head that a page repeats, but not in its whole height.

Office programs repeat the first row of a table on each page. A cell of it that spans rows is printed as a whole, over
the rows below. A program draws cells row by row, from left to right: what it draws between two cells of the first row
is in the first of them, wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.glyphs import SAME_LINE
from nianbao.readers.pdf.text_lines import box_of, is_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.glyphs import Box, Glyph, Wall

_NEXT_LINE = 1.8  # sizes between the base lines of two lines of one text, at most
_APART = 1.5
_COVERS = 0.2


class PlacedGlyph(NamedTuple):
    """A character, and the cell around it: its number, its row, and its box."""

    glyph: Glyph
    cell: int
    row: int
    box: Box


class _Run(NamedTuple):
    """Characters that are drawn one after the other in one line."""

    items: Sequence[PlacedGlyph]
    box: Box

    @property
    def glyph(self) -> Glyph:
        """Its first character."""
        return self.items[0].glyph

    def is_below(self, other: _Run, cell: Box) -> bool:
        """Whether it may be the next line of a text that begins in a cell."""
        size = self.glyph.size
        inside = cell[0] - size / 2 <= self.box[0] and self.box[2] <= cell[2] + size / 2
        return inside and 0 < self.glyph.base - other.glyph.base <= size * _NEXT_LINE

    def covers(self, other: _Run) -> bool:
        """Whether two runs are printed over each other."""
        wide = min(self.box[2], other.box[2]) - max(self.box[0], other.box[0])
        high = min(self.box[3], other.box[3]) - max(self.box[1], other.box[1])
        return min(wide, high) > min(self.glyph.size, other.glyph.size) * _COVERS

    def crosses(self, wall: Wall) -> bool:
        """Whether it is printed over a vertical line."""
        at, start, end = wall
        return self.box[0] + self.glyph.size / 2 < at < self.box[2] - self.glyph.size / 2 and (
            start < self.glyph.base < end
        )


def overprinted(placed: Sequence[PlacedGlyph], walls: Sequence[Wall]) -> dict[int, int]:
    """Return the cells of characters that are printed over others, by the id of the character.

    Args:
        placed: The characters of a table on a page, in the order in which they are drawn.
        walls: Its vertical lines.
    """
    last = next((number for number in range(len(placed) - 1, -1, -1) if placed[number].row == 0), 0)
    if all(item.row == 0 for item in placed[:last]):
        return {}  # the first row is drawn first, and nothing else between its cells
    runs = list(_runs(placed[:last]))
    owner, above = None, runs[0]
    moved: list[tuple[_Run, int]] = []
    for run in runs:
        first = run.items[0]
        if first.row == 0:
            owner = first
        elif owner is None or not run.is_below(above, owner.box) or is_figure("".join(i.glyph.text for i in run.items)):
            return {}  # the program draws cells in another order
        else:
            moved.append((run, owner.cell))
        above = run
    others = list(_runs(placed[last:]))
    over = any(
        any(run.covers(other) for other in others) or any(run.crosses(wall) for wall in walls) for run, _cell in moved
    )
    return {id(item.glyph): cell for run, cell in moved for item in run.items} if over else {}


def _runs(placed: Iterable[PlacedGlyph]) -> Iterator[_Run]:
    """Divide characters into runs."""
    items: list[PlacedGlyph] = []
    for item in placed:
        if items and not _is_next(items[-1].glyph, item.glyph):
            yield _Run(items, box_of(part.glyph for part in items))
            items = []
        items.append(item)
    if items:
        yield _Run(items, box_of(part.glyph for part in items))


def _is_next(before: Glyph, after: Glyph) -> bool:
    """Whether a character is in the line of the one that is drawn before it, not far behind it."""
    level = abs(after.base - before.base) <= before.size * SAME_LINE
    return level and -before.size < after.x0 - before.x1 < before.size * _APART
