"""Anchors: names for the places of runs of text in a page, by which they are found again in its source."""

from __future__ import annotations

import re

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
SKIPPED = " \t\n\r\f\v\u00a0\u2002\u2003\u2009\u3000" + _ZERO_WIDTH
INVISIBLE = re.compile(f"[{_ZERO_WIDTH}]")
LOOKED_AT = 96
OPENING = 24


def opening(text: str) -> str:
    """Return the first characters of a run of text without white space, which are equal in tree and source."""
    return " ".join(INVISIBLE.sub("", text.strip(SKIPPED)[:LOOKED_AT]).split())[:OPENING]


def anchor(tag: str, number: int, *, text: str, later: bool = False) -> str:
    """Name the place of a run of text for ``HtmlPlaces``.

    Args:
        tag: Name of the last start tag before it.
        number: Number of that tag among those of its name, from 1.
        text: The run, up to the next block; "" for an empty cell.
        later: Whether there is other text between the tag and the run.
    """
    return f"{'+' if later else ''}{tag}:{number}:{opening(text)}"
