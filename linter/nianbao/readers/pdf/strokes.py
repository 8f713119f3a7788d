"""Lines through figures: on a page, strikethrough is only a short line across the middle of characters."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.doubts import STRUCK_THROUGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.document import TableCell
    from nianbao.readers.pdf.glyphs import Glyph
    from nianbao.readers.pdf.page_content import PageContent, RulingLine

_LOWEST, _HIGHEST = 0.12, 0.62  # of the size of a digit, above its base line: a line below is an underline
_LONGEST = 100  # points; the lines of tables are longer, or cross nothing
_BEYOND = 1.5  # points that a line may go beyond the cell: the lines of tables are longer


class Stroke(NamedTuple):
    """A line through a figure: its start, its end, and its height on the page."""

    start: float
    end: float
    at: float


def strokes_of(sheet: PageContent) -> Iterator[Stroke]:
    """Give the lines of a page that cross the middle of a figure."""
    level = [rule for rule in sheet.rules if not rule.upright and rule.end - rule.start <= _LONGEST]
    if not level:
        return
    figures = sorted((glyph for glyph in sheet.glyphs if glyph.text[:1].isdecimal()), key=attrgetter("base"))
    largest = max((glyph.size for glyph in figures), default=0)
    for rule in level:
        begin = bisect_right(figures, rule.at, key=attrgetter("base"))
        end = bisect_right(figures, rule.at + largest, key=attrgetter("base"))
        if any(_crosses(rule, glyph) for glyph in figures[begin:end]):
            yield Stroke(rule.start, rule.end, rule.at)


def _crosses(rule: RulingLine, glyph: Glyph) -> bool:
    height = (glyph.base - rule.at) / glyph.size
    return _LOWEST < height < _HIGHEST and rule.start < glyph.x1 and glyph.x0 < rule.end


def in_doubt(cell: TableCell, strokes: Sequence[Stroke]) -> TableCell:
    """Return a cell with a doubt if a line inside it crosses a figure."""
    box = cell.location.box
    if box is None or cell.doubt is not None:
        return cell
    x0, top, x1, bottom = box
    struck = any(
        x0 - _BEYOND <= stroke.start and stroke.end <= x1 + _BEYOND and top < stroke.at < bottom for stroke in strokes
    )
    return cell._replace(doubt=STRUCK_THROUGH) if struck else cell
