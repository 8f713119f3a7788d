"""Several packs as one list of rules; a later one may switch off, grade and set rules of earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.errors import SourceError, SourceErrors
from nianbao.kinds import KINDS
from nianbao.language.mistakes import nearest
from nianbao.model.rule import SEVERITIES
from nianbao.yamlsource import mistakes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.kinds.base import Kind
    from nianbao.model.rule import Adjustment, Pack, Rule


def flattened(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Return packs and those that they extend, each once, bases first."""
    return tuple({pack.id: pack for pack in _with_bases(packs)}.values())


def _with_bases(packs: Iterable[Pack]) -> Iterator[Pack]:
    for pack in packs:
        yield from _with_bases(pack.bases)
        yield pack


def combine(packs: Iterable[Pack], *, kinds: Mapping[str, Kind] = KINDS) -> tuple[Rule, ...]:
    """Return the rules of packs and of those that they extend, each as the last pack that speaks of it wants it.

    Args:
        packs: The packs.
        kinds: The kinds that their rules are of.

    Raises:
        SourceErrors: an adjustment of a rule that is in no pack before, or one that weakens a rule that must not be.
    """
    rules: list[Rule] = []
    errors: list[SourceError] = []
    for pack in flattened(packs):
        rules += pack.rules
        for adjustment in pack.adjustments:
            fault = _fault(adjustment, rules, kinds)
            if fault:
                origin = adjustment.origin
                errors.append(SourceError(fault, file=origin.file, line=origin.line))
            else:
                rules = [changed for rule in rules if (changed := _adjusted(rule, adjustment)) is not None]
    if errors:
        raise SourceErrors(errors)
    return tuple(rules)


def _fault(adjustment: Adjustment, rules: list[Rule], kinds: Mapping[str, Kind]) -> str:
    rule = next((rule for rule in rules if rule.code == adjustment.code), None)
    if rule is None:
        return f"no rule {adjustment.code!r}{nearest(adjustment.code, [rule.code for rule in rules])}"
    unknown = [name for name in adjustment.options if name not in rule.options]
    if unknown:
        return f"{rule.code} has no option {unknown[0]!r}{nearest(unknown[0], list(rule.options))}"
    if not rule.waivable:
        return _weakened(adjustment, rule)
    return _misset(adjustment, rule, kinds[rule.kind]) if adjustment.options else ""


def _misset(adjustment: Adjustment, rule: Rule, kind: Kind) -> str:
    """Return in what the options that a rule is given do not follow its kind's schema, or ""."""
    options = _merged(rule.options, adjustment.options)
    wrong = mistakes_in(options, {"properties": kind.schema, "additionalProperties": False})
    return "; ".join(f"{'.'.join(map(str, path))}: {reason}" for path, reason in wrong)


def _weakened(adjustment: Adjustment, rule: Rule) -> str:
    """Return in what way a rule that must hold would be weakened, or ""."""
    if adjustment.options:
        return f"{rule.code} cannot be changed: its pack says 'waivable: false'"
    if not adjustment.grades:
        return f"{rule.code} cannot be switched off: its pack says 'waivable: false'"
    if min(map(SEVERITIES.index, _severities(adjustment))) < max(map(SEVERITIES.index, rule.severities)):
        return f"{rule.code} cannot be made milder: its pack says 'waivable: false'"
    return ""


def _severities(adjustment: Adjustment) -> list[str]:
    return [grade.severity for grade in adjustment.grades]


def _adjusted(rule: Rule, adjustment: Adjustment) -> Rule | None:
    if rule.code != adjustment.code:
        return rule
    if adjustment.options:
        # What is wrong with the new options is told where they stand.
        return rule._replace(options=_merged(rule.options, adjustment.options), origin=adjustment.origin)
    return rule._replace(grades=adjustment.grades) if adjustment.grades else None


def _merged(options: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with changes: of an option with parts, those that are given."""
    merged = dict(options)
    for name, value in changes.items():
        known = merged[name]
        merged[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
    return merged
