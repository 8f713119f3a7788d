"""Links of a page, and its pictures that may contain a table."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.model.document import Link
from nianbao.readers.html.elements import DROPPED, PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LINKS = 2000  # links, and pictures that are examined
_ADDRESSES = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}
_MAX_WORDS_CHARS = 200  # characters of a link's text
_STEPS = 60  # into and out of elements within a link, for its text
_ELSEWHERE = DROPPED | {"nav", "header", "footer"}
_MIN_PIXELS = {"width": 100, "height": 40}  # of a picture in which a table could be legible
_MIN_DIGIT_PIXELS = 4
_SPACER = re.compile(r"spacer|blank|transparent|pixel|clear", re.IGNORECASE)
_STATED = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d{1,5})(?:\.\d*)?px", re.IGNORECASE)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d*)?(?:px)?\s*", re.IGNORECASE)
_ICON = re.compile(r"icon|logo|qrcode|spacer", re.IGNORECASE)


def links_of(root: Any) -> tuple[Link, ...]:
    """Return the links of a page in reading order: their targets as written, and their texts."""
    return tuple(islice(_links(root), _MAX_LINKS))


def _links(root: Any) -> Iterator[Link]:
    for element in root.iter(*_ADDRESSES):
        address = element.get(_ADDRESSES[element.tag], "").strip()
        if address:
            yield Link(address, _words(element))


def _words(link: Any) -> str:
    text: str = link.text or ""
    if len(link):
        walked = islice(etree.iterwalk(link, ("start", "end")), _STEPS)
        pieces = (
            element.text if event == "start" else element.tail
            for event, element in walked
            if element is not link or event == "start"
        )
        text = "".join(filter(None, pieces))
    return " ".join(text.split())[:_MAX_WORDS_CHARS]


def keep_pictures(root: Any, hidden: frozenset[Any]) -> None:
    """Turn the pictures of a page that cannot contain a table into elements without meaning."""
    for number, picture in enumerate(root.iter(PICTURE)):
        if number >= _MAX_LINKS or _is_small(picture) or _is_elsewhere(picture, hidden):
            picture.tag = "span"


def is_spacer(picture: Any) -> bool:
    """Whether a picture is too small to hold a figure, or only keeps others apart by its name."""
    stated = dict(_STATED.findall(picture.get("style", "").lower()))
    for side in _MIN_PIXELS:
        pixels = _PIXELS.fullmatch(picture.get(side, ""))
        size = stated.get(side, pixels[1] if pixels else None)
        if size is not None and int(size) < _MIN_DIGIT_PIXELS:
            return True
    return _SPACER.search(picture.get("src", "").rpartition("/")[2][:_MAX_WORDS_CHARS]) is not None


def _is_small(picture: Any) -> bool:
    stated = dict(_STATED.findall(picture.get("style", "").lower()))
    for side, least in _MIN_PIXELS.items():
        pixels = _PIXELS.fullmatch(picture.get(side, ""))
        size = stated.get(side, pixels[1] if pixels else None)
        if size is not None and int(size) < least:
            return True
    return _ICON.search(picture.get("src", "").rpartition("/")[2][:_MAX_WORDS_CHARS]) is not None


def _is_elsewhere(picture: Any, hidden: frozenset[Any]) -> bool:
    """Whether a picture is not shown, or is part of the page's edges."""
    return any(element.tag in _ELSEWHERE or element in hidden for element in (picture, *picture.iterancestors()))
