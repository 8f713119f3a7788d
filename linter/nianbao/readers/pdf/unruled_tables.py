"""Tables without ruling lines, put together over pages."""

from __future__ import annotations

from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.document import Table
from nianbao.readers.pdf.patches import Patch, has_room, is_above
from nianbao.readers.pdf.text_lines import ORDINAL
from nianbao.readers.pdf.unruled_grid import lines_of_table, reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.paragraphs import ProseLine

MARGIN = 12.0
_SAME_PLACE = 3.0
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

    @classmethod
    def of(cls, patches: Sequence[Patch], sheet: PageContent, *, prose: tuple[ProseLine, ...]) -> Loose:
        """Make the table from its texts on one page."""
        return cls(tuple(patches), sheet.number, sheet.number, prose, _torn(patches, sheet.size[1]))

    def goes_on_in(self, other: Loose) -> bool:
        """Whether another table, at the top of the next page, may continue this one: it is not wider.

        If this one has only heads, the rows below them may be wider.
        """
        left, right = reach(self.patches)
        inner, outer = reach(other.patches)
        if not any(patch.is_figure for patch in self.patches):
            return self.last + 1 == other.first and inner < right and left < outer
        return self.last + 1 == other.first and left - MARGIN <= inner and outer <= right + MARGIN

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
        for row, line in enumerate(lines_of_table(self.patches, self.torn)):
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
    at_top = min(patch.lines[0].base for patch in patches) < height * _MAX_MARGIN
    return (*last, *(_first_row(patches) if at_top and _begins_inside(patches) else ()))


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


def _last_above(patches: Sequence[Patch], line: ProseLine) -> Patch | None:
    """Return the last text that has a line in its column."""
    return next((patch for patch in reversed(patches) if is_above(patch.lines, line)), None)


def _goes_on(above: Patch, below: Patch) -> bool:
    """Whether a text continues on the next page: its last line is full, and the next text does not begin an item."""
    if ORDINAL.match(below.text) or above.is_figure != below.is_figure:
        return False
    return has_room(above.lines, below.lines[0])
