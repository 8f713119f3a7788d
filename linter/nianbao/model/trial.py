"""What a rule says of one report, to try it before it stands in a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.messages import Text
    from nianbao.model.finding import Finding


class Trial(NamedTuple):
    """The outcomes of one rule on a report.

    Attributes:
        code: The code of the rule, invented where it has none.
        kind: Its kind.
        counts: The number of its instances by outcome.
        findings: What it finds, and what it cannot judge.
        error: Why it failed in itself, or ``None``.
    """

    code: str
    kind: str
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    error: Text | None = None
