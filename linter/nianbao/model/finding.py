"""Findings in a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.messages import Text
    from nianbao.model.location import Location
    from nianbao.model.outcome import CellRef, OutcomeWord
    from nianbao.model.rule import Basis, Confidence, DraftSentence, Severity


class Finding(NamedTuple):
    """One finding of a rule in a report.

    ``rule`` is the code of its rule, ``pack`` the id of the rule's pack, ``kind`` the kind of rule. ``message`` and
    ``help`` are plain strings in Chinese; ``texts`` and ``help_texts`` have both languages. ``fingerprint`` stays the
    same while the same rule fails on the same cell of the same report, whatever its values and lines. ``absent``
    are the keys of cells that the report does not have, ``leaves`` the reasons for which other rules are undecided
    because of this finding. ``draft`` is a sentence that the report lacks, if the rule has one.
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
    absent: tuple[str, ...] = ()
    leaves: tuple[Text, ...] = ()
    draft: DraftSentence | None = None

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
