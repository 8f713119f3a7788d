"""One pass over the source of a page for places; imported when they are asked for, as html.parser is slow to load."""

from __future__ import annotations

from contextlib import suppress
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from nianbao.readers.elements import BLOCKS, CELLS, RECORDED
from nianbao.readers.places import LOOKED_AT, SKIPPED, opening


class Source(NamedTuple):
    """Where tags begin and end in a source, and where its runs of text between blocks begin, with their openings."""

    tags: dict[str, list[int]]
    starts: list[int]
    cells: list[int]
    runs: list[int]
    openings: list[str]


def scan(text: str, line_starts: list[int]) -> Source:
    """Find the recorded start tags of a page and its runs of text.

    Args:
        text: The page's source.
        line_starts: Offset of each line in it.
    """
    scanner = _Scanner(line_starts)
    # Neither closed, which takes minutes where many comments are left open, nor stopped by what the parser breaks on
    # (``<![`` before anything but a name): what it did not reach has no exact place, that is all.
    with suppress(AssertionError):
        scanner.feed(text)
    scanner.end_run()
    return scanner.source


class _Scanner(HTMLParser):
    """Notes tags and runs as they come."""

    def __init__(self, line_starts: list[int]) -> None:
        super().__init__(convert_charrefs=False)
        self.source = Source({name: [] for name in RECORDED}, [], [], [], [])
        self.line_starts = line_starts
        self.pieces: list[str] = []
        self.begun = 0

    def here(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a start tag; ``attrs`` are of no interest."""
        del attrs
        self.handle_endtag(tag)
        if tag in self.source.tags:
            start = self.here()
            self.source.tags[tag].append(start + len(self.get_starttag_text() or ""))
            self.source.starts.append(start)
            if tag in CELLS:
                self.source.cells.append(start)

    def handle_endtag(self, tag: str) -> None:
        """End the run at the tag of a block; other tags do not: digits torn over spans are one number."""
        if tag in BLOCKS:
            self.end_run()

    def handle_data(self, data: str) -> None:
        """Take text; what stands in scripts and styles is none."""
        if self.cdata_elem is None:
            self.take(data, len(data) - len(data.lstrip(SKIPPED)))

    def handle_entityref(self, name: str) -> None:
        """Take a character by name."""
        self.take(unescape(f"&{name};"), 0)

    def handle_charref(self, name: str) -> None:
        """Take a character by number."""
        self.take(unescape(f"&#{name};"), 0)

    def take(self, data: str, lead: int) -> None:
        """Add to the run under way; it begins at the first character that shows, ``lead`` characters on."""
        if not self.pieces:
            if not data.strip(SKIPPED):
                return
            self.begun = self.here() + lead
        if len(self.pieces) < LOOKED_AT:
            self.pieces.append(data[: lead + LOOKED_AT])

    def end_run(self) -> None:
        """End the run under way, if there is one."""
        if self.pieces:
            self.source.runs.append(self.begun)
            self.source.openings.append(opening("".join(self.pieces)))
            self.pieces = []
