"""Several packs as one list of rules: a later pack may switch rules of earlier ones off, or change their severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import SourceError, SourceErrors
from nianbao.language.mistakes import nearest
from nianbao.model.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.rule import Adjustment, Pack, Rule


def combine(packs: Iterable[Pack]) -> tuple[Rule, ...]:
    """Return the rules of packs, each as the last pack that speaks of it wants it.

    Raises:
        SourceErrors: an adjustment of a rule that is in no pack before, or one that weakens a rule that must not be.
    """
    rules: list[Rule] = []
    errors: list[SourceError] = []
    for pack in packs:
        rules += pack.rules
        for adjustment in pack.adjustments:
            fault = _fault(adjustment, rules)
            if fault:
                origin = adjustment.origin
                errors.append(SourceError(fault, file=origin.file, line=origin.line))
            else:
                rules = [changed for rule in rules if (changed := _adjusted(rule, adjustment)) is not None]
    if errors:
        raise SourceErrors(errors)
    return tuple(rules)


def _fault(adjustment: Adjustment, rules: list[Rule]) -> str:
    rule = next((rule for rule in rules if rule.code == adjustment.code), None)
    if rule is None:
        return f"no rule {adjustment.code!r}{nearest(adjustment.code, [rule.code for rule in rules])}"
    if rule.waivable:
        return ""
    if not adjustment.severity:
        return f"{rule.code} cannot be switched off: its pack says 'waivable: false'"
    if SEVERITIES.index(adjustment.severity) < max(map(SEVERITIES.index, rule.severity.values())):
        return f"{rule.code} cannot be made milder: its pack says 'waivable: false'"
    return ""


def _adjusted(rule: Rule, adjustment: Adjustment) -> Rule | None:
    if rule.code != adjustment.code:
        return rule
    return rule._replace(severity={"": adjustment.severity}) if adjustment.severity else None
