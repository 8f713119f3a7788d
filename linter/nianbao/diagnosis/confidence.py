"""The confidence of a reading: its share of the probability among all readings with as few slips, and its confirmation.

A row that a figure was computed from holds by construction; only further rows confirm a reading.
``docs/diagnosis.md`` reports how often each confidence was right.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from nianbao.model.rule import HIGH, LOW, MEDIUM
from nianbao.model.slip import COPIED_ROW, SHIFTED_COLUMN, SHIFTED_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.diagnosis.readings import Reading, Step
    from nianbao.diagnosis.splitting import Group
    from nianbao.model.rule import Confidence

_HIGH, _MEDIUM = 0.999, 0.6
_ENDS = 2


def confidences(group: Group) -> tuple[Confidence, ...]:
    """Return the confidence of each reading; an incomplete search gives no high confidence.

    Where figures were taken from other reports, that one of these is wrong is as simple a reading, so none is likely.
    Where more slips may be as likely, none is certain.
    """
    if group.pinned:
        return tuple(LOW for _reading in group.readings)
    return tuple(
        _confidence(reading, share, evidence=group.evidence, complete=group.complete and not group.tradable)
        for reading, share in zip(group.readings, _shares(group), strict=True)
    )


def _shares(group: Group) -> Iterator[float]:
    weights = [exp(group.readings[0].cost - reading.cost) for reading in group.readings]
    return (weight / sum(weights) for weight in weights)


def _is_guess(step: Step) -> bool:
    """Whether other slips than those searched for explain as much: one figure in a wrong column, another source.

    A row or column that is shifted along equal figures differs at its ends alone. A row that is equal to that of last
    year may be so without having been copied.
    """
    return step.slip == COPIED_ROW or (step.slip in (SHIFTED_ROW, SHIFTED_COLUMN) and len(step.changes) <= _ENDS)


def _confidence(reading: Reading, share: float, *, evidence: int, complete: bool) -> Confidence:
    confirming = max(0, evidence - reading.supplied)
    certain = complete and not any(map(_is_guess, reading.steps))
    if share >= _HIGH and certain and confirming >= max(1, len(reading.steps) - 1):
        return HIGH
    return MEDIUM if share >= _MEDIUM and (confirming or share == 1) else LOW
