"""Outcomes of rules on a report, before they become messages."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from nianbao.messages import Text
    from nianbao.model.function import ValueType
    from nianbao.model.location import Location
    from nianbao.model.report import Cell
    from nianbao.model.rule import Severity


OutcomeWord = Literal["fail", "pass", "not-applicable", "undecided"]
CellRole = Literal["left", "right", "subject"]
Relation = Literal["=", "!=", "<", "<=", ">", ">="]

FAIL: Final = "fail"
PASS: Final = "pass"  # noqa: S105 - an outcome, not a password
NOT_APPLICABLE: Final = "not-applicable"
UNDECIDED: Final = "undecided"
OUTCOMES: tuple[OutcomeWord, ...] = get_args(OutcomeWord)
RELATIONS: tuple[Relation, ...] = get_args(Relation)


class CellRef(NamedTuple):
    """A cell that takes part in a finding.

    ``role`` is ``left`` or ``right`` (side of an equation) or ``subject``; ``coefficient`` is its sign and weight on
    that side; ``year`` is the year of its report, ``source`` the name of its report if it is not the checked one.
    """

    cell: Cell
    role: CellRole
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
        """The place of the cell in its source."""
        return self.cell.location


class Outcome(NamedTuple):
    """The outcome of one instance of a rule, with its evidence.

    Attributes:
        outcome: ``fail``, ``pass``, ``not-applicable`` or ``undecided``.
        variant: The variant of the rule's message ("" for the main one).
        arguments: Values for the places of the message.
        cells: The cells that take part.
        left: Value of the left side, for equations and inequalities.
        right: Value of the right side.
        location: The place to show.
        subject: Identifies the instance among others of the rule, whatever the values: a cell key, a section id.
        reason: The reason for ``undecided``.
        note: A remark that goes with the message, such as "one cell is blank and counts as 0".
        severity: Overrides the rule's severity for this instance, or "".
        relation: The sign between ``left`` and ``right``, if ``cells`` with their coefficients are complete for one or
            both sides: ``=`` if they must be equal. Such an outcome is evidence of which figure is wrong.
        absent: Keys of cells that the report does not have.
        leaves: Reasons for which other rules are undecided, and which this outcome accounts for.
    """

    outcome: OutcomeWord
    variant: str = ""
    arguments: Mapping[str, object] = MappingProxyType({})
    cells: tuple[CellRef, ...] = ()
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    location: Location = NOWHERE
    subject: str = ""
    reason: Text | None = None
    note: Text | None = None
    severity: Severity | Literal[""] = ""
    relation: Relation | Literal[""] = ""
    absent: tuple[str, ...] = ()
    leaves: tuple[Text, ...] = ()


class Reply(NamedTuple):
    """The value of one instance of an expression on a report.

    Attributes:
        type: ``truth`` for a statement, else ``number``, ``date`` or ``text``.
        relation: The sign of a relation, else "".
        outcome: For a sum of cells, the sum is its left side; for other values, its argument ``value``.
        table: The table of its first cell, or "".
        binding: Axis (``rows`` or ``columns``) and member of the instance, as a pair, or empty.
    """

    type: ValueType
    relation: Relation | Literal[""]
    outcome: Outcome
    table: str
    binding: tuple[tuple[str, str], ...]
