"""One pass over the source of a page for places: where its blocks begin and end, and where their text begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.readers.elements import BLOCKS, CELLS, RECORDED
from nianbao.readers.places import SKIPPED, opening

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_SOURCE = 4000  # of a run, looked at for its first words

# Possessive and bounded throughout: a page of broken tags costs no more than a whole one.
_ATTRIBUTES = r"(?:[^>\"']|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'|[\"'])*+>"
_COMMENT = r"<!--.*?-->"
_SCRIPT = r"<(?:script|style)\b.*?</(?:script|style)\s*+>"
_TOKEN = re.compile(
    rf"(?P<comment><!--)|<(?P<raw>script|style)\b|</?(?P<name>{'|'.join(sorted(BLOCKS))})(?=[\s/>])",
    re.IGNORECASE,
)
_TAG_END = re.compile(_ATTRIBUTES)
_RAW_END = re.compile(r"</(?:script|style)\s*+>", re.IGNORECASE)
_INLINE = re.compile(rf"{_COMMENT}|{_SCRIPT}|<[/!?a-z]{_ATTRIBUTES}", re.IGNORECASE | re.DOTALL)
_BLANK = re.compile(
    rf"(?:[{SKIPPED}]|&(?:nbsp|ensp|emsp|thinsp|zwj|zwnj|\#160|\#xa0|\#12288|\#x3000);?|{_INLINE.pattern})*+",
    re.IGNORECASE | re.DOTALL,
)


class Source:
    """Where recorded tags end in a source, and the runs of text between blocks; runs are read when they are asked for.

    Attributes:
        tags: Offset behind each recorded start tag, by name.
        starts: Offsets of recorded start tags.
        cells: Offsets of the start tags of cells.
        runs: Offset of each run that is not blank, right behind the tag before it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tags: dict[str, list[int]] = {name: [] for name in RECORDED}
        self.starts: list[int] = []
        self.cells: list[int] = []
        self.runs: list[int] = []
        self._ends: list[int] = []
        self._read: dict[int, tuple[int, str]] = {}

    def add_run(self, begin: int, end: int) -> None:
        """Note the text between two tags of blocks, if there is any."""
        if begin < end and not self.text[begin:end].isspace():
            self.runs.append(begin)
            self._ends.append(end)

    def run(self, number: int) -> tuple[int, str]:
        """Return the offset of the first character of a run that shows, and the run's opening; "" if nothing does."""
        if number not in self._read:
            self._read[number] = _read_run(self.text, self.runs[number], self._ends[number])
        return self._read[number]


def scan(text: str) -> Source:
    """Find the recorded start tags of a page and its runs of text."""
    source = Source(text)
    begin = 0
    for name, start, end in _block_tags(text):
        source.add_run(begin, start)
        begin = end
        if name in source.tags:
            source.tags[name].append(end)
            source.starts.append(start)
            if name in CELLS:
                source.cells.append(start)
    source.add_run(begin, len(text))
    return source


def _block_tags(text: str) -> Iterator[tuple[str, int, int]]:
    """Give name ("" for an end tag), start and end of the tags of blocks; what is not closed ends the page."""
    beyond = 0
    for match in _TOKEN.finditer(text):
        start, kind = match.start(), match.lastgroup
        if start < beyond:
            continue
        if kind == "comment":
            beyond = text.find("-->", match.end()) + 3
            if beyond < 3:
                return
            continue
        closed = _TAG_END.match(text, match.end()) if kind == "name" else _RAW_END.search(text, match.end())
        if closed is None:
            return
        beyond = closed.end()
        if kind == "name":
            yield ("" if text[start + 1] == "/" else match["name"].lower()), start, beyond


def _read_run(text: str, begin: int, end: int) -> tuple[int, str]:
    blank = _BLANK.match(text, begin, end)
    begun = blank.end() if blank else begin
    shown = _INLINE.sub("", text[begun : min(end, begun + _MOST_SOURCE)])
    if "&" in shown:
        from html import unescape  # noqa: PLC0415 - slow to import, and most pages have no need of it

        shown = unescape(shown)
    return begun, opening(shown)
