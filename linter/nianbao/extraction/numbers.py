"""The content of a table cell: a number, nothing, a mark for nothing, or words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.folding import NOTE_SIGNS, half_width
from nianbao.model.report import BLANK, MARK, NUMBER, TEXT, ZERO

if TYPE_CHECKING:
    from nianbao.model.report import CellState

_MARKS = frozenset(
    [
        "/",
        "\\",
        "-",
        "--",
        "---",
        "–",
        "—",
        "——",
        "―",
        "─",
        "无",
        "∕",
        "*",
        "**",
        "n/a",
        "na",
        "nil",
        "none",
        "无",
        "没有",
    ]
)
_BRACKETED = r"[\[［〔【]\s*注?\s*\d{1,2}\s*[\]］〕】]|[（(]\s*注\s*[\d一二三四五]{0,2}\s*[）)]|注\s*\d{1,2}"
_MARK_BEHIND = re.compile(rf"(?<=[\d０-９])\s*(?:[{NOTE_SIGNS}*＊※†‡]|{_BRACKETED})+(?!\s*[\d.,．，])")
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SIGN = re.compile(f"[{NOTE_SIGNS}]")
_NO_WORDS = re.compile(rf"[{NOTE_SIGNS}\d０-９\s*＊※†‡、,，.．]+")
_NUMBER = re.compile(r"([+\-−–]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(\.\d{1,12})?\s*([^\W\d_]{0,4})")
_MAX_NUMBER_CHARS = 60


class ParsedNumber(NamedTuple):
    """A cell's value (exact, or ``None``), its state, the unit written after the number, and note marks, if any.

    If the mark may be the figure (``①``), or a part of it (``①2``), the state is ``text`` and the mark the whole text.
    """

    value: int | Decimal | None
    state: CellState
    unit: str = ""
    mark: str = ""


@lru_cache(maxsize=4096)
def read_number(text: str) -> ParsedNumber:
    """Parse the text of a table cell.

    Full-width digits, thousands separators, signs and decimals are supported; separate digits (``1 2``) are words, not
    a number. Note marks behind the number (``88①``) are no part of it. The caller decides about the unit.
    """
    if (not text.isascii() or "*" in text or "[" in text) and len(text) <= _MAX_NUMBER_CHARS:
        text = _ZERO_WIDTH.sub("", text)
        mark = "".join(match[0] for match in _MARK_BEHIND.finditer(text)).strip()
        rest = _MARK_BEHIND.sub("", text) if mark else text
        if _SIGN.search(rest):
            return ParsedNumber(None, TEXT, mark=text.strip() if _NO_WORDS.fullmatch(text) else "")
        reading = _read_plain(rest)
        return reading if reading.state == TEXT else reading._replace(mark=mark)
    return _read_plain(text)


def _read_plain(text: str) -> ParsedNumber:
    """Parse a text without note marks."""
    plain = half_width(text).strip()
    if not plain:
        return ParsedNumber(None, BLANK)
    if plain.lower() in _MARKS:
        return ParsedNumber(None, MARK)
    match = _NUMBER.fullmatch(plain) if len(plain) <= _MAX_NUMBER_CHARS else None
    if match is None:
        return ParsedNumber(None, TEXT)
    sign, whole, fraction, unit = match.groups()
    digits = whole.replace(",", "") + (fraction or "")
    value: int | Decimal = Decimal(digits) if fraction else int(digits)
    if sign in ("-", "−", "–"):
        value = -value
    return ParsedNumber(value, NUMBER if value else ZERO, unit.strip())


def is_value(text: str) -> bool:
    """Whether a cell holds a figure, nothing, a mark for nothing, a note mark or a formula, and not words."""
    reading = read_number(text)
    return reading.state != TEXT or bool(reading.mark) or text.startswith("=")
