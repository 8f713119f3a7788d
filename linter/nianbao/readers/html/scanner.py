"""One pass over the source of a page for places: where its blocks begin and end, and where their text begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache

from nianbao.readers.html.anchors import SKIPPED, opening
from nianbao.readers.html.elements import BLOCKS, CELLS, RECORDED

_MAX_SOURCE_CHARS = 4000  # of a run, searched for its first words

# All quantifiers are possessive and bounded: a page of broken tags costs no more than a valid one.
_PLAIN = r"[^>\"']*+"
_ATTRIBUTES = rf"{_PLAIN}(?:(?:\"[^\"]{{0,4000}}+\"|'[^']{{0,4000}}+'|[\"']){_PLAIN})*+"
_COMMENT = r"<!--.*?-->"
_SCRIPT = r"<(?:script|style)\b.*?</(?:script|style)\s*+>"
# An unclosed construct extends to the end of the page.
TOKEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?i:script|style)\b.*?(?:</(?i:script|style)\s*+>|\Z)"
    rf"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+){_ATTRIBUTES}(?P<closed>>)?",
    re.DOTALL,
)
_INLINE = re.compile(rf"{_COMMENT}|{_SCRIPT}|<[/!?a-z]{_ATTRIBUTES}>", re.IGNORECASE | re.DOTALL)
_BLANK = re.compile(
    rf"(?:[{SKIPPED}]|&(?:nbsp|ensp|emsp|thinsp|zwj|zwnj|\#160|\#xa0|\#12288|\#x3000);?|{_INLINE.pattern})*+",
    re.IGNORECASE | re.DOTALL,
)


class ScannedPage:
    """The ends of recorded tags in a source, and the runs of text between blocks; runs are read on demand.

    Attributes:
        tags: Offset behind each recorded start tag, by name.
        starts: Offsets of recorded start tags.
        cells: Offsets of the start tags of cells.
        runs: Offset of each run that is not blank, directly behind the tag before it.
        run_ends: Offset of the end of each run.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tags: dict[str, list[int]] = {name: [] for name in RECORDED}
        self.starts: list[int] = []
        self.cells: list[int] = []
        self.runs: list[int] = []
        self.run_ends: list[int] = []
        self._read: dict[int, tuple[int, str]] = {}

    def run(self, number: int) -> tuple[int, str]:
        """Return the offset of a run's first visible character, and its first characters; "" if none is visible."""
        if number not in self._read:
            self._read[number] = _read_run(self.text, self.runs[number], self.run_ends[number])
        return self._read[number]

    def next_shown(self, offset: int) -> int:
        """Return the number of the first run with visible text from an offset on."""
        number = bisect_left(self.runs, offset)
        while number < len(self.runs) and not self.run(number)[1]:
            number += 1
        return number

    def only_between(self, first: int, limit: int, *, words: str) -> int | None:
        """Return the run from number ``first`` to offset ``limit`` that begins with ``words``, if only one does."""
        last = bisect_left(self.runs, limit)
        offsets = [begun for begun, opens in map(self.run, range(first, last)) if opens == words]
        return offsets[0] if len(offsets) == 1 else None

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def only(self) -> dict[str, int | None]:
        """The runs of the whole page by their first characters; ``None`` if several begin alike."""
        runs: dict[str, int | None] = {}
        for begun, opens in map(self.run, range(len(self.runs))):
            runs[opens] = None if opens in runs else begun
        return runs


@lru_cache(maxsize=2)
def scan(text: str) -> ScannedPage:
    """Find the recorded start tags of a page and its runs of text; a tag that is not closed ends the page.

    The results for the last pages are kept, since several places of one page are needed.
    """
    source = ScannedPage(text)
    tags, starts, cells, runs, ends = source.tags, source.starts, source.cells, source.runs, source.run_ends
    begin = 0
    for match in TOKEN.finditer(text):
        slash, name, closed = match.groups()
        if name is None or (name := name.lower()) not in BLOCKS:
            continue
        start, end = match.span()
        if begin < start and not text[begin:start].isspace():
            runs.append(begin)
            ends.append(start)
        begin = end
        if not closed:
            break
        if not slash and name in tags:
            tags[name].append(end)
            starts.append(start)
            if name in CELLS:
                cells.append(start)
    if text[begin:].strip():
        runs.append(begin)
        ends.append(len(text))
    return source


def _read_run(text: str, begin: int, end: int) -> tuple[int, str]:
    blank = _BLANK.match(text, begin, end)
    begun = blank.end() if blank else begin
    shown = _INLINE.sub("", text[begun : min(end, begun + _MAX_SOURCE_CHARS)])
    if "&" in shown:
        from html import unescape  # noqa: PLC0415 - slow to import, and most pages do not need it

        shown = unescape(shown)
    return begun, opening(shown)
