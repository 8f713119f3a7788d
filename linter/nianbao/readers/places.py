"""Exact places in the source of a page: a second pass, made only when a place is asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.location import Location

_CELLS = frozenset(("td", "th"))
RECORDED = ("td", "th", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "dd", "dt")


class _Tag(NamedTuple):
    start: int
    end: int


class HtmlPlaces:
    """Turns the anchors of a page's locations into line and column.

    An anchor names the last start tag before a text, by its number among tags of that name, and the text's first words.
    The words are looked for behind that tag and before the next. Where tree and source do not agree on the tags, words
    that stand only once in the source decide; else the place stays as it was, without a column.

    Args:
        text: The page's source.
        counts: How many start tags of each name the page's tree has.
    """

    def __init__(self, text: str, counts: Mapping[str, int]) -> None:
        self._text = text
        self._counts = dict(counts)

    def __call__(self, location: Location) -> Location:
        """Return the location with its exact line and column, where they can be told."""
        if not location.anchor:
            return location
        offset = self._offset(location.anchor)
        if offset is None:
            return location
        line = bisect_right(self._line_starts, offset)
        return location._replace(line=line, column=offset - self._line_starts[line - 1] + 1)

    def _offset(self, anchor: str) -> int | None:
        tag, number, needle = anchor.split(":", 2)
        found = self._tags.get(tag, ())
        if len(found) != self._counts.get(tag):
            return self._unique(needle)
        this = found[int(number) - 1]
        if not needle:
            return this.end
        offset = self._text.find(needle, this.end, self._limit(tag, this))
        return offset if offset >= 0 else None

    def _unique(self, needle: str) -> int | None:
        first = self._text.find(needle) if needle else -1
        return first if first >= 0 and self._text.find(needle, first + 1) < 0 else None

    def _limit(self, tag: str, this: _Tag) -> int:
        """Return where the text behind a tag must have begun: at the next tag, for a cell at the next cell."""
        starts = self._cell_starts if tag in _CELLS else self._starts
        next_one = bisect_right(starts, this.start)
        return starts[next_one] if next_one < len(starts) else len(self._text)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self._text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self._text.find("\n", position + 1)
        return starts

    @cached_property
    def _tags(self) -> dict[str, list[_Tag]]:
        return _start_tags(self._text, self._line_starts)

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(tag.start for tags in self._tags.values() for tag in tags)

    @cached_property
    def _cell_starts(self) -> list[int]:
        return sorted(tag.start for name in _CELLS for tag in self._tags.get(name, ()))


def _start_tags(text: str, line_starts: list[int]) -> dict[str, list[_Tag]]:
    """Find the start tags of a page in its source."""
    from html.parser import HTMLParser  # noqa: PLC0415 - only when places are asked for

    found: dict[str, list[_Tag]] = {name: [] for name in RECORDED}

    class Scanner(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del attrs
            if tag in found:
                line, column = self.getpos()
                start = line_starts[line - 1] + column
                found[tag].append(_Tag(start, start + len(self.get_starttag_text() or "")))

    scanner = Scanner(convert_charrefs=False)
    scanner.feed(text)
    return found
