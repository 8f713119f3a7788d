"""What judging a report gives: findings, and the result of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.messages import Text
    from nianbao.model.location import Location
    from nianbao.model.outcome import CellRef, OutcomeWord
    from nianbao.model.rule import Basis, Confidence, Severity


class Finding(NamedTuple):
    """One thing that a rule found in a report.

    ``rule`` is the code of its rule, ``pack`` the id of the pack that the rule is of, ``kind`` the kind of rule.
    ``message`` and ``help`` are Chinese where plain strings are asked for; ``texts`` and ``help_texts`` hold both
    languages. ``fingerprint`` stays the same while the same rule fails on the same cell of the same report, whatever
    its values and lines.
    """

    rule: str
    pack: str
    name: str
    kind: str
    outcome: OutcomeWord
    severity: Severity
    confidence: Confidence
    texts: Text
    help_texts: Text
    cells: tuple[CellRef, ...] = ()
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
