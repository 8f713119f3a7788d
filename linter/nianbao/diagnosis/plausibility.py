"""The likelihood of slips: what a figure may become when it is typed, and at what cost.

A cost is a negative natural logarithm of a probability: a slip that costs 2.3 more is ten times as rare. Costs rank
readings with equally few slips; ``docs/diagnosis.md`` reports where they come from and how well they work.
"""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.slip import (
    ADDED,
    BLANKED,
    COPIED,
    COPIED_ROW,
    DOUBLED,
    DROPPED,
    EXCHANGED,
    EXCHANGED_APART,
    JOINED,
    MOVED,
    OTHER_DIGIT,
    SHIFTED_COLUMN,
    SHIFTED_ROW,
    STRAY,
    TORN,
    TRANSPOSED,
    UNCLEAR,
    UNIT,
    ZERO_ADDED,
    ZEROED,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.diagnosis.equations import Number
    from nianbao.model.slip import SlipKind

# The share of each slip among all.
_SHARES = {
    TRANSPOSED: 0.16,
    OTHER_DIGIT: 0.2,
    DROPPED: 0.08,
    DOUBLED: 0.05,
    ADDED: 0.04,
    ZERO_ADDED: 0.03,
    UNIT: 0.02,
    ZEROED: 0.08,
    STRAY: 0.03,
    COPIED: 0.04,
    MOVED: 0.08,
    EXCHANGED: 0.05,
    TORN: 0.03,
    JOINED: 0.03,
    SHIFTED_ROW: 0.02,
    SHIFTED_COLUMN: 0.02,
    EXCHANGED_APART: 0.02,
    COPIED_ROW: 0.02,
    UNCLEAR: 0.1,
    BLANKED: 0.2,
}
_UNITS = (100, 1000, 10000)
_FIGURES = 10**4  # how many figures an unrelated one may replace
_DIGITS = 9
_NEAR = 40.0  # small miscounts are more likely than large ones


class CostedSlip(NamedTuple):
    """A slip and its cost."""

    name: SlipKind
    cost: float


def cost_of(slip: SlipKind, ways: float = 1) -> float:
    """Return the cost of one of several equally likely variants of a slip."""
    return -log(_SHARES[slip] / ways)


def slip_between(true: Number, stated: Number | None, *, beside: Iterable[Number] = ()) -> CostedSlip:
    """Return the likeliest slip that turns one figure into another.

    Args:
        true: The correct figure.
        stated: The figure in the cell; ``None`` for a blank.
        beside: The figures of the cells around.
    """
    if stated is None:
        return CostedSlip(BLANKED, cost_of(BLANKED))
    return min(_slips(true, stated, beside), key=lambda slip: slip.cost)


def _slips(true: Number, stated: Number, beside: Iterable[Number]) -> Iterator[CostedSlip]:
    yield CostedSlip(UNCLEAR, cost_of(UNCLEAR, _ways_to_be_off(Fraction(true) - stated)))
    if true == -stated:  # a dash before a figure
        yield CostedSlip(ADDED, cost_of(ADDED))
    if not stated:
        yield CostedSlip(ZEROED, cost_of(ZEROED))
    if not true:
        yield CostedSlip(STRAY, cost_of(STRAY, 10.0 ** len(_digits(stated))))
    if stated and stated in beside:
        yield CostedSlip(COPIED, cost_of(COPIED, 4))
    if true and any(stated == true * unit for unit in _UNITS):
        yield CostedSlip(UNIT, cost_of(UNIT, len(_UNITS)))
    yield from _misread(true, stated)


def _ways_to_be_off(by: Fraction) -> float:
    return min(_FIGURES, _NEAR * float(abs(by)))


def _misread(true: Number, stated: Number) -> Iterator[CostedSlip]:
    """Yield the slips of single digits."""
    true_digits, stated_digits = _digits(true), _digits(stated)
    if len(true_digits) == len(stated_digits) and true:
        places = [
            place
            for place, (true_digit, stated_digit) in enumerate(zip(true_digits, stated_digits, strict=True))
            if true_digit != stated_digit
        ]
        if len(places) == 1:
            yield CostedSlip(OTHER_DIGIT, cost_of(OTHER_DIGIT, _DIGITS * len(true_digits)))
    elif len(true_digits) == len(stated_digits) + 1 and any(
        _without(true_digits, place) == stated_digits for place in range(len(true_digits))
    ):
        yield CostedSlip(DROPPED, cost_of(DROPPED, len(true_digits)))
    elif len(stated_digits) == len(true_digits) + 1:
        yield from _longer(true_digits, stated_digits)
    if _is_transposed(true_digits, stated_digits):
        yield CostedSlip(TRANSPOSED, cost_of(TRANSPOSED, max(1, len(true_digits) - 1)))


def _longer(true_digits: str, stated_digits: str) -> Iterator[CostedSlip]:
    if stated_digits == f"{true_digits}0":
        yield CostedSlip(ZERO_ADDED, cost_of(ZERO_ADDED))
    places = [place for place in range(len(stated_digits)) if _without(stated_digits, place) == true_digits]
    if any(
        stated_digits[place] in stated_digits[max(place - 1, 0) : place] + stated_digits[place + 1 : place + 2]
        for place in places
    ):
        yield CostedSlip(DOUBLED, cost_of(DOUBLED, len(true_digits)))
    elif places:
        yield CostedSlip(ADDED, cost_of(ADDED, 10 * len(stated_digits)))


def _is_transposed(true_digits: str, stated_digits: str) -> bool:
    """Whether two adjacent digits are exchanged."""
    places = [
        place
        for place, (true_digit, stated_digit) in enumerate(zip(true_digits, stated_digits, strict=False))
        if true_digit != stated_digit
    ]
    if len(true_digits) != len(stated_digits) or len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return true_digits[first] == stated_digits[second] and true_digits[second] == stated_digits[first]


def _without(digits: str, place: int) -> str:
    """Return digits without the one at a place; leading zeros are dropped."""
    return (digits[:place] + digits[place + 1 :]).lstrip("0") or "0"


def _digits(value: Number) -> str:
    """Return the digits of a figure, without decimal point and sign."""
    if isinstance(value, int):
        return str(abs(value))
    scaled = Fraction(abs(value))
    while scaled.denominator != 1:
        scaled *= 10
    return str(scaled.numerator)
