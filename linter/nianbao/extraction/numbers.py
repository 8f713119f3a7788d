"""The content of a table cell: a number, nothing, a mark for nothing, or words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.folding import half_width
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
_NUMBER = re.compile(r"([+\-−–]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(\.\d{1,12})?\s*([^\W\d_]{0,4})")
_MAX_NUMBER_CHARS = 60


class ParsedNumber(NamedTuple):
    """A cell's value (exact, or ``None``), its state, and the unit written after the number, if any."""

    value: int | Decimal | None
    state: CellState
    unit: str = ""


@lru_cache(maxsize=4096)
def read_number(text: str) -> ParsedNumber:
    """Parse the text of a table cell.

    Full-width digits, thousands separators, signs and decimals are supported; separate digits (``1 2``) are words, not
    a number. The caller decides about the unit.
    """
    plain = half_width(text).strip().strip("\u200b\ufeff").strip()
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
    """Whether a cell holds a figure, nothing, or a mark, and not words."""
    return read_number(text).state != TEXT
