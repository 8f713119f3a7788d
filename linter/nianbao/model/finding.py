"""What judging a report gives: findings, and the result of a run."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from nianbao.messages import Text
    from nianbao.model.explanation import Component, Explanation, Following
    from nianbao.model.location import Location
    from nianbao.model.report import Cell, Report
    from nianbao.model.rule import Basis, Rule

FAIL, PASS, NOT_APPLICABLE, UNDECIDED = "fail", "pass", "not-applicable", "undecided"


class Involved(NamedTuple):
    """A cell that takes part in a finding.

    ``role`` is ``left`` or ``right`` (side of an equation) or ``subject``; ``coefficient`` is its sign and weight on
    that side; ``year`` is that of the report it stands in, ``source`` that report's name where it is another.
    """

    cell: Cell
    role: str
    coefficient: int | Decimal = 1
    year: int | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """The cell's key."""
        return self.cell.key

    @property
    def value(self) -> int | Decimal | None:
        """The cell's value."""
        return self.cell.value

    @property
    def location(self) -> Location:
        """Where the cell stands in its source."""
        return self.cell.location


class Outcome(NamedTuple):
    """What a rule says of one instance of itself: one of the four outcomes, and the evidence.

    Attributes:
        outcome: ``fail``, ``pass``, ``not-applicable`` or ``undecided``.
        variant: Which of the rule's messages to use ("" for its main one).
        arguments: Values for the places of the message.
        cells: The cells that take part.
        left: Value of the left side, for equations and inequalities.
        right: Value of the right side.
        location: Where to look first.
        subject: What tells instances of one rule apart whatever their values: a cell key, a section id.
        reason: Why it could not be judged, for ``undecided``.
        note: A remark that goes with the message, such as "one cell is blank and counts as 0".
        severity: Overrides the rule's severity for this instance, or "".
        relation: The sign between ``left`` and ``right``, where ``cells`` with their coefficients are all of one side
            or both: ``=`` where they must be equal. Such an outcome is evidence of which figure is wrong.
    """

    outcome: str
    variant: str = ""
    arguments: Mapping[str, object] = MappingProxyType({})
    cells: tuple[Involved, ...] = ()
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    location: Location = NOWHERE
    subject: str = ""
    reason: Text | None = None
    note: Text | None = None
    severity: str = ""
    relation: str = ""


class Reply(NamedTuple):
    """What an instance of an expression says of a report.

    Attributes:
        type: ``truth`` for a statement, else ``number``, ``date`` or ``text``.
        relation: The sign of a relation, else "".
        outcome: For a sum of cells, the sum is its left side; for other values, its argument ``value``.
        table: The table of its first cell, or "".
        binding: Axis (``rows`` or ``columns``) and member that the instance is of, as a pair, or empty.
    """

    type: str
    relation: str
    outcome: Outcome
    table: str
    binding: tuple[tuple[str, str], ...]


class Finding(NamedTuple):
    """One thing that a rule found in a report.

    ``message`` and ``help`` are Chinese where plain strings are asked for; ``texts`` and ``help_texts`` hold both
    languages. ``fingerprint`` stays the same while the same rule fails on the same cell of the same report, whatever
    its values and lines.
    """

    rule: str
    name: str
    outcome: str
    severity: str
    confidence: str
    texts: Text
    help_texts: Text
    definition: Rule
    cells: tuple[Involved, ...] = ()
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    location: Location = NOWHERE
    fingerprint: str = ""
    reason: Text | None = None
    basis: tuple[Basis, ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return str(self.texts)

    @property
    def help(self) -> str:
        """What to do, in Chinese."""
        return str(self.help_texts)

    @property
    def difference(self) -> int | Decimal | None:
        """Left side minus right side, for equations."""
        return None if self.left is None or self.right is None else self.left - self.right


class Problem(NamedTuple):
    """An input that could not be read: its path, the kind of trouble, and what to do."""

    path: str
    code: str
    text: Text


class Checked(NamedTuple):
    """One input of a run: the report and what was found in it, or the problem that kept it from being read.

    ``equations`` is how many equations of the report hold, and of how many that could be judged; ``components`` say
    which cells are wrong where some fail, and ``following`` what blank cells must be.
    """

    path: str
    report: Report | None = None
    prior: Report | None = None
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    equations: tuple[int, int] = (0, 0)
    components: tuple[Component, ...] = ()
    following: tuple[Following, ...] = ()

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """The explanations of all components, in order."""
        return tuple(one for component in self.components for one in component.explanations)


class Result(NamedTuple):
    """The result of a run, input by input; ``skipped`` are files that were passed over."""

    reports: tuple[Checked, ...]
    packs: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all reports, in order."""
        return tuple(finding for checked in self.reports for finding in checked.findings)
