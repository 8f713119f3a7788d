"""How sure a reading is: what share of the probability it has among all readings of equally few slips."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from nianbao.model.explanation import HIGH, LOW, MEDIUM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.localisation.readings import Reading

_HIGH, _MEDIUM = 0.99, 0.6


def confidences(readings: Sequence[Reading], *, complete: bool) -> tuple[str, ...]:
    """Return the confidence of each reading.

    Args:
        readings: All readings of as few slips, the likeliest first.
        complete: Whether there can be no others; a search that was given up is sure of nothing.
    """
    if not readings:
        return ()
    least = readings[0].cost
    weights = [exp(least - reading.cost) for reading in readings]
    return tuple(_named(weight / sum(weights), complete=complete) for weight in weights)


def _named(share: float, *, complete: bool) -> str:
    if share >= _HIGH and complete:
        return HIGH
    return MEDIUM if share >= _MEDIUM else LOW
