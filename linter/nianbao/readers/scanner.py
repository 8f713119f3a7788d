"""One pass over the source of a page for places: where its blocks begin and end, and where their text begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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
    rf"(?P<comment><!--)|<(?P<raw>script|style)\b|<(?P<end>/?)(?P<name>{'|'.join(sorted(BLOCKS))})(?=[\s/>])",
    re.IGNORECASE,
)
_TAG_END = re.compile(_ATTRIBUTES)
_RAW_END = re.compile(r"</(?:script|style)\s*+>", re.IGNORECASE)
_INLINE = re.compile(rf"{_COMMENT}|{_SCRIPT}|<[/!?a-z]{_ATTRIBUTES}", re.IGNORECASE | re.DOTALL)
_BLANK = re.compile(
    rf"(?:[{SKIPPED}]|&(?:nbsp|ensp|emsp|thinsp|zwj|zwnj|\#160|\#xa0|\#12288|\#x3000);?|{_INLINE.pattern})*+",
    re.IGNORECASE | re.DOTALL,
)


class Source(NamedTuple):
    """Where tags begin and end in a source, and where its runs of text between blocks begin, with their openings."""

    tags: dict[str, list[int]]
    starts: list[int]
    cells: list[int]
    runs: list[int]
    openings: list[str]


class _Tag(NamedTuple):
    name: str
    closing: bool
    start: int
    end: int


def scan(text: str) -> Source:
    """Find the recorded start tags of a page and its runs of text."""
    source = Source({name: [] for name in RECORDED}, [], [], [], [])
    begin = 0
    for tag in _block_tags(text):
        _take_run(source, text, begin, tag.start)
        begin = tag.end
        if not tag.closing and tag.name in source.tags:
            source.tags[tag.name].append(tag.end)
            source.starts.append(tag.start)
            if tag.name in CELLS:
                source.cells.append(tag.start)
    _take_run(source, text, begin, len(text))
    return source


def _block_tags(text: str) -> Iterator[_Tag]:
    """Give the tags of blocks in order; a comment or a script that is not closed ends the page."""
    beyond = 0
    for match in _TOKEN.finditer(text):
        if match.start() < beyond:
            continue
        if match["comment"]:
            beyond = text.find("-->", match.end()) + 3
            if beyond < 3:
                return
        elif match["raw"]:
            closed = _RAW_END.search(text, match.end())
            if closed is None:
                return
            beyond = closed.end()
        else:
            closed = _TAG_END.match(text, match.end())
            if closed is None:
                return
            beyond = closed.end()
            yield _Tag(match["name"].lower(), bool(match["end"]), match.start(), beyond)


def _take_run(source: Source, text: str, begin: int, end: int) -> None:
    """Note a run of text between blocks, if anything of it shows."""
    if begin >= end or not text[begin:end].strip():
        return
    blank = _BLANK.match(text, begin, end)
    begun = blank.end() if blank else begin
    if begun >= end:
        return
    shown = _INLINE.sub("", text[begun : min(end, begun + _MOST_SOURCE)])
    if "&" in shown:
        from html import unescape  # noqa: PLC0415 - slow to import, and most pages have no need of it

        shown = unescape(shown)
    source.runs.append(begun)
    source.openings.append(opening(shown))
