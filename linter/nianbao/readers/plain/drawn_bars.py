"""Bars and lines of tables in other characters than those of ASCII: full-width bars, and signs for drawing boxes."""

from __future__ import annotations

import re

_BARS = "｜│┃┆┇┊┋╎╏║"
_ACROSS = "─━┄┅┈┉╌╍"
_DOUBLE = "═"
_HAS_BARS = re.compile(f"[{_BARS}]")
_ROW = re.compile(f"[^\\n{_BARS}]*[{_BARS}][^\\n{_BARS}]*[{_BARS}]")
_BOXES = range(0x2500, 0x2580)
_TO_ASCII = dict.fromkeys(_BOXES, "+") | {
    ord(sign): plain for signs, plain in ((_BARS, "|"), (_ACROSS, "-"), (_DOUBLE, "=")) for sign in signs
}
_MIN_ROWS = 3


def with_plain_bars(text: str) -> str:
    """Return a text with the bars and lines of its tables in ASCII, character for character; others stay as they are.

    Bars make a table if several lines have two of them, and one of these a figure.
    """
    if _HAS_BARS.search(text) is None or "|" in text:
        return text
    rows = [line for line in text.split("\n") if _ROW.match(line)]
    if len(rows) < _MIN_ROWS or not any(map(_has_digit, rows)):
        return text
    return text.translate(_TO_ASCII)


def _has_digit(line: str) -> bool:
    return any(map(str.isdecimal, line))
