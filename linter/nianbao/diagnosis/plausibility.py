"""How likely slips are: what a figure may have become on its way into a cell, and at what cost.

Costs are natural logarithms of probabilities, with the sign turned: what costs 2.3 more is ten times as rare. They rank
readings that take equally few slips; ``docs/localisation.md`` tells what they were set from and how well they do.
"""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.slip import (
    ADDED,
    BLANKED,
    COPIED,
    DOUBLED,
    DROPPED,
    EXCHANGED,
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

# How often each slip is met among all.
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
    UNCLEAR: 0.1,
    BLANKED: 0.2,
}
_UNITS = (100, 1000, 10000)
_FIGURES = 10**4  # how many figures one that is quite another may have been
_DIGITS = 9
_NEAR = 40.0  # a miscount is the likelier, the smaller it is


class CostedSlip(NamedTuple):
    """What became of a figure, and its cost."""

    name: SlipKind
    cost: float


def cost_of(slip: SlipKind, ways: float = 1) -> float:
    """Return the cost of a slip that could have gone so many ways."""
    return -log(_SHARES[slip] / ways)


def slip_between(true: Number, stated: Number | None, *, beside: Iterable[Number] = ()) -> CostedSlip:
    """Return the likeliest slip that makes one figure of another.

    Args:
        true: What should stand there.
        stated: What stands there; ``None`` for a blank.
        beside: What the cells around say.
    """
    if stated is None:
        return CostedSlip(BLANKED, cost_of(BLANKED))
    return min(_slips(true, stated, beside), key=lambda slip: slip.cost)


def _slips(true: Number, stated: Number, beside: Iterable[Number]) -> Iterator[CostedSlip]:
    yield CostedSlip(UNCLEAR, cost_of(UNCLEAR, _ways_to_be_off(Fraction(true) - stated)))
    if true == -stated:  # a stroke before a figure
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
    """Give the slips of single digits."""
    written, said = _digits(true), _digits(stated)
    if len(written) == len(said) and true:
        places = [place for place, (one, other) in enumerate(zip(written, said, strict=True)) if one != other]
        if len(places) == 1:
            yield CostedSlip(OTHER_DIGIT, cost_of(OTHER_DIGIT, _DIGITS * len(written)))
    elif len(written) == len(said) + 1 and any(_without(written, place) == said for place in range(len(written))):
        yield CostedSlip(DROPPED, cost_of(DROPPED, len(written)))
    elif len(said) == len(written) + 1:
        yield from _longer(written, said)
    if _is_transposed(written, said):
        yield CostedSlip(TRANSPOSED, cost_of(TRANSPOSED, max(1, len(written) - 1)))


def _longer(written: str, said: str) -> Iterator[CostedSlip]:
    if said == f"{written}0":
        yield CostedSlip(ZERO_ADDED, cost_of(ZERO_ADDED))
    places = [place for place in range(len(said)) if _without(said, place) == written]
    if any(said[place] in said[max(place - 1, 0) : place] + said[place + 1 : place + 2] for place in places):
        yield CostedSlip(DOUBLED, cost_of(DOUBLED, len(written)))
    elif places:
        yield CostedSlip(ADDED, cost_of(ADDED, 10 * len(said)))


def _is_transposed(written: str, said: str) -> bool:
    """Whether two neighbouring digits changed places."""
    places = [place for place, (one, other) in enumerate(zip(written, said, strict=False)) if one != other]
    if len(written) != len(said) or len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return written[first] == said[second] and written[second] == said[first]


def _without(digits: str, place: int) -> str:
    """Return digits without one; zeros that come to the front are not written."""
    return (digits[:place] + digits[place + 1 :]).lstrip("0") or "0"


def _digits(value: Number) -> str:
    """Return the digits of a figure, without its point and sign."""
    if isinstance(value, int):
        return str(abs(value))
    scaled = Fraction(abs(value))
    while scaled.denominator != 1:
        scaled *= 10
    return str(scaled.numerator)
