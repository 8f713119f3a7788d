"""Ordinals at the beginning of labels and headings: their numbers, and the text without them."""

from __future__ import annotations

import re
from functools import lru_cache

_ORDINAL = re.compile(
    r"\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\(?\d{1,2}[、.,)](?!\d)|\d{1,2}(?=[\u4e00-\u9fff])"
)
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}
_LOOSE = re.compile(r"[\"'、.,:;()/\-]+")


@lru_cache(maxsize=8192)
def bare(folded: str) -> str:
    """Return folded text without its ordinal (``一、``, ``(三)``, ``2.``) and without punctuation."""
    match = _ORDINAL.match(folded)
    return _LOOSE.sub("", folded[match.end() :] if match else folded)


def ordinal(folded: str) -> str:
    """Return the ordinal at the beginning of folded text, or ""."""
    match = _ORDINAL.match(folded)
    return match[0] if match else ""


def ordinal_number(folded: str) -> int | None:
    """Return the number of the ordinal at the beginning of folded text, in any notation, or ``None``."""
    digits = ordinal(folded).strip("()、.,:")
    return int(digits) if digits.isdecimal() else _NUMERALS.get(digits)
