"""Figures written in the way of those that they take the place of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.extraction.numbers import read_number

if TYPE_CHECKING:
    from decimal import Decimal

_FIGURE = re.compile(r"[+\-−–＋－]?\d[\d,，]*(?:[.．]\d+)?")
_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_THOUSAND = 1000


def restated(old: str, new: int | Decimal) -> str:
    """Return what a cell is to say: what it says with another figure, of the same digits and separators.

    A cell that says no figure, or several, says nothing but the new one.
    """
    found = list(_FIGURE.finditer(old))
    if len(found) != 1:
        return f"{new:f}" if not isinstance(new, int) else str(new)
    match = found[0]
    said = old[: match.start()] + _alike(match[0], new) + old[match.end() :]
    return said if read_number(said).value == new else str(new)


def _alike(old: str, new: int | Decimal) -> str:
    separated = ("," in old or "，" in old) and abs(new) >= _THOUSAND
    plain = f"{new:,}" if separated else f"{new:f}" if not isinstance(new, int) else str(new)
    return plain if any(char.isascii() for char in old if char.isdigit()) else plain.translate(_WIDE)
