"""Explanations put by hand beside what a check finds: which cells are wrong, and what they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue
from nianbao.model.outcome import FAIL
from nianbao.model.rule import HIGH, LOW
from nianbao.model.slip import UNCLEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.messages import Text
    from nianbao.model.result import Checked
    from nianbao.model.rule import Confidence
    from nianbao.model.slip import SlipKind

Value = int | None


def change(checked: Checked, key: str, new: int, slip: SlipKind = UNCLEAR) -> Change:
    """Return a change of a cell of a checked report."""
    assert checked.report is not None
    cell = checked.report.cells[key]
    return Change(key, cell.value, new, slip, 0, cell.location)


def explained(checked: Checked, *readings: Mapping[str, int], note: Text | None = None) -> Checked:
    """Return a checked report with one component: all its findings, and readings of what is wrong, best first."""
    findings = tuple(one.fingerprint for one in checked.findings if one.outcome == FAIL and one.left is not None)
    confidence: Confidence = HIGH if len(readings) == 1 else LOW
    explanations = tuple(
        Explanation(
            component=0,
            rank=rank,
            confidence=confidence,
            changes=tuple(change(checked, key, new) for key, new in reading.items()),
            findings=findings,
            holding=(39, 39),
        )
        for rank, reading in enumerate(readings, 1)
    )
    component = Component(0, findings, explanations, (), len(readings), note)
    return checked._replace(components=(component,))


def following(checked: Checked, values: Mapping[str, int]) -> Checked:
    """Return a checked report whose blank cells follow."""
    assert checked.report is not None
    found: Sequence[ImpliedValue] = [ImpliedValue(checked.report.cells[key], value) for key, value in values.items()]
    return checked._replace(following=tuple(found))
