"""Explanations: the fewest slips that explain figures that do not agree, and figures deduced for blank cells."""

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
    """One figure that an explanation corrects.

    Attributes:
        key: The cell, or "" for a figure of the prose.
        old: The figure in the report; ``None`` for a blank.
        new: The correct figure.
        slip: The kind of slip.
        step: The number of its slip in the explanation, from 0: exchanged figures belong to one slip.
        location: Its place.
        year: Year of its report.
        source: Name of its report, if it is not the checked one.
    """

    key: str
    old: int | Decimal | None
    new: int | Decimal
    slip: SlipKind
    step: int = 0
    location: Location = NOWHERE
    year: int | None = None
    source: str | None = None


class OpenFigure(NamedTuple):
    """A figure that the readings of a component do not agree on: who looks it up can choose between them.

    Attributes:
        key: The cell, or "" for a figure of the prose.
        value: The figure in the report; ``None`` for a blank.
        location: Its place.
        year: Year of its report.
        source: Name of its report, if it is not the checked one.
    """

    key: str
    value: int | Decimal | None
    location: Location = NOWHERE
    year: int | None = None
    source: str | None = None


class Explanation(NamedTuple):
    """One reading of what is wrong: after its changes, all equations of its component hold.

    Attributes:
        component: Number of the component that it explains, from 0.
        rank: Its rank among the readings of that component, from 1.
        confidence: ``high`` (right at least 99 times in 100), ``medium`` or ``low``.
        changes: The figures that it corrects, slip by slip.
        findings: Fingerprints of the findings that it explains.
        holding: How many equations of the tables concerned hold after its changes, and the number of all.
    """

    component: int
    rank: int
    confidence: Confidence
    changes: tuple[Change, ...]
    findings: tuple[str, ...]
    holding: tuple[int, int] = (0, 0)

    @property
    def slips(self) -> int:
        """The number of its slips."""
        return len({change.step for change in self.changes})


class Component(NamedTuple):
    """Findings that share figures, and everything that may be wrong there.

    Attributes:
        number: Its number in the report, from 0.
        findings: Fingerprints of its findings.
        explanations: The likeliest readings, in full, best first; at most three.
        others: The figures that further readings with as few slips change, in the order of those readings.
        readings: The number of readings with as few slips; 0 if none was found.
        note: The reason why there is no reading, or why the figures cannot decide between several.
        differing: The figures on which the readings differ; none if there is only one.
    """

    number: int
    findings: tuple[str, ...]
    explanations: tuple[Explanation, ...] = ()
    others: tuple[Change, ...] = ()
    readings: int = 0
    note: Text | None = None
    differing: tuple[OpenFigure, ...] = ()

    @property
    def further(self) -> int:
        """The number of readings as simple as those told that are not told in full."""
        return max(0, self.readings - len(self.explanations))


class ImpliedValue(NamedTuple):
    """A blank cell whose figure is deduced from the rest of the report."""

    cell: Cell
    value: int | Decimal
