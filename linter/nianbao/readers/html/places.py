"""Exact places in the source of a page: a second pass, made only on demand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.html.elements import CELLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.location import Location
    from nianbao.readers.html.scanner import ScannedPage


class HtmlPlaces(NamedTuple):
    """Turns the anchors of a page's locations into line and column.

    The place is the run of text after the named start tag, if it begins with the anchor's words. If it does not, or if
    tree and source differ in their tags, it is the only run that begins with these words; if there is none or several,
    the location stays as it is, without a column. Words in attributes, scripts and comments never count.

    Attributes:
        counts: The number of start tags of each name in the page's tree.
    """

    counts: Mapping[str, int]

    def exact(self, text: str, location: Location) -> Location:
        """Return the location with its exact line and column in the source of a page, if they can be found."""
        if not location.anchor:
            return location
        from nianbao.readers.html.scanner import scan  # noqa: PLC0415 - only on demand

        source = scan(text)
        offset = self._offset(location.anchor, source)
        if offset is None:
            return location
        line = bisect_right(source.line_starts, offset)
        return location._replace(line=line, column=offset - source.line_starts[line - 1] + 1)

    def _offset(self, name: str, source: ScannedPage) -> int | None:
        tag, number, words = name.removeprefix("+").split(":", 2)
        words = words.partition("\n")[0]  # a run of text ends with its line
        later = name.startswith("+")
        ends = source.tags.get(tag, ())
        if not ends or len(ends) != self.counts.get(tag):
            return source.only.get(words) if words else None
        end = ends[int(number) - 1]
        if not words:
            return end
        first = source.next_shown(end)
        if not later and first < len(source.runs):
            begun, opens = source.run(first)
            if opens == words:
                return begun
        starts = source.cells if tag in CELLS and not later else source.starts
        following = bisect_left(starts, end)
        limit = starts[following] if following < len(starts) else len(source.text)
        return source.only_between(first, limit, words=words)
