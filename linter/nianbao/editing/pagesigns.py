"""The visible characters of a page, each with its position in the source."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.html.anchors import SKIPPED
from nianbao.readers.html.elements import BLOCKS, CELLS, DROPPED, GROUPS
from nianbao.readers.html.scanner import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_END_OF_CELL = frozenset(("table", "tr", *GROUPS, *CELLS))
_MAX_SOURCE_CHARS = 200_000  # characters of the source that are examined


class PageSign(NamedTuple):
    """A visible character, its position in the source, and the number of its range between two tags."""

    char: str
    begin: int
    end: int
    stretch: int


def signs_of_cell(text: str, offset: int) -> list[PageSign]:
    """Return the characters from a position in a cell to the end of the cell."""
    return list(_signs(text, offset, _END_OF_CELL))


def signs_of_run(text: str, offset: int) -> list[PageSign]:
    """Return the characters from a position to the next block."""
    return list(_signs(text, offset, BLOCKS))


def words(signs: list[PageSign]) -> str:
    """Return the text of characters."""
    return "".join(sign.char for sign in signs)


def squeezed(text: str) -> str:
    """Return a text without white space, as it is compared with characters."""
    return "".join(char for char in text if not _is_blank(char))


def _signs(text: str, offset: int, ends: frozenset[str]) -> Iterator[PageSign]:
    limit = min(len(text), offset + _MAX_SOURCE_CHARS)
    at, stretch = offset, 0
    while at < limit:
        match = TOKEN.search(text, at, limit)
        yield from _stretch(text, at, match.start() if match else limit, stretch)
        if match is None:
            return
        name = (match["name"] or "").lower()
        if name in ends or (not name and not match[0].endswith(">")):
            return
        at, stretch = match.end(), stretch + 1
        if name in DROPPED and not match["slash"]:
            closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, at, limit)
            at = closing.end() if closing else limit


def _stretch(text: str, begin: int, end: int, number: int) -> Iterator[PageSign]:
    at = begin
    while at < end:
        entity = _ENTITY.match(text, at, end) if text[at] == "&" else None
        shown = unescape(entity[0]) if entity else text[at]
        if entity is None or shown == entity[0]:
            entity, shown = None, text[at]
        after = entity.end() if entity else at + 1
        for char in shown:
            if not _is_blank(char):
                yield PageSign(char, at, after, number)
        at = after


def _is_blank(char: str) -> bool:
    return char.isspace() or char in SKIPPED
