"""Explanations: the fewest slips that account for figures that do not agree, and what follows for blank cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.messages import Text
    from nianbao.model.location import Location
    from nianbao.model.report import Cell
    from nianbao.model.rule import Confidence
    from nianbao.model.slip import SlipKind


class Change(NamedTuple):
    """One figure that an explanation puts right.

    Attributes:
        key: The cell, or "" for a figure of the prose.
        old: What stands there; ``None`` for a blank.
        new: What should stand there.
        slip: What became of it on its way there, one of ``nianbao.model.slip.SLIPS``.
        step: Which of the explanation's slips this belongs to, from 0: figures exchanged change together.
        location: Where it stands.
        year: Year of the report that it stands in.
        source: That report's name, where it is another than the one checked.
    """

    key: str
    old: int | Decimal | None
    new: int | Decimal
    slip: SlipKind
    step: int = 0
    location: Location = NOWHERE
    year: int | None = None
    source: str | None = None


class Explanation(NamedTuple):
    """One reading of what is wrong: with its changes made, everything it speaks of adds up.

    Attributes:
        component: Number of the component that it explains, from 0.
        rank: Its place among the readings of that component, from 1.
        confidence: ``high`` (right at least 99 times in 100), ``medium`` or ``low``.
        changes: The figures that it puts right, slip by slip.
        findings: Fingerprints of the findings that it accounts for.
        holding: How many equations of the tables concerned hold with its changes made, and of how many.
    """

    component: int
    rank: int
    confidence: Confidence
    changes: tuple[Change, ...]
    findings: tuple[str, ...]
    holding: tuple[int, int] = (0, 0)

    @property
    def slips(self) -> int:
        """How many slips it takes."""
        return len({change.step for change in self.changes})


class Component(NamedTuple):
    """Findings that share figures, and all that may be wrong there.

    Attributes:
        number: Its number in the report, from 0.
        findings: Fingerprints of its findings.
        explanations: The likeliest readings, in full, best first; at most three.
        others: The figures that further readings of as few slips change, in the order of those readings.
        readings: How many readings of as few slips there are; 0 where none was found.
        note: Why there is no reading, or why the figures cannot decide between several.
    """

    number: int
    findings: tuple[str, ...]
    explanations: tuple[Explanation, ...] = ()
    others: tuple[Change, ...] = ()
    readings: int = 0
    note: Text | None = None


class ImpliedValue(NamedTuple):
    """A blank cell whose figure follows from the rest of the report."""

    cell: Cell
    value: int | Decimal
