"""Several packs as one list of rules; a later pack may switch off or change rules of earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.errors import SourceError, SourceErrors
from nianbao.kinds import KINDS
from nianbao.language.mistakes import nearest, no_rule
from nianbao.messages import Text
from nianbao.model.rule import SEVERITIES
from nianbao.yamlfiles.source import mistakes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.kinds.kind import Kind
    from nianbao.model.rule import Adjustment, Pack, Rule


def flattened(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Return packs and those that they extend, each once, bases first.

    Raises:
        SourceError: two different packs have the same id; one would silently replace the other.
    """
    by_id: dict[str, Pack] = {}
    for pack in _with_bases(packs):
        known = by_id.setdefault(pack.id, pack)
        if known.digest != pack.digest:
            raise SourceError(_same_id(pack.id), file=_file_of(pack) or _file_of(known))
    return tuple(by_id.values())


def _same_id(name: str) -> Text:
    return Text(
        f"有两套规则的 id 都是“{name}”；请在其中一套的 pack.yaml 里换一个 id",
        f"two packs have the id {name!r}; give one of them another 'id' in its pack.yaml",
    )


def _file_of(pack: Pack) -> str:
    origins = [*(rule.origin for rule in pack.rules), *(adjustment.origin for adjustment in pack.adjustments)]
    return origins[0].file if origins else ""


def _with_bases(packs: Iterable[Pack]) -> Iterator[Pack]:
    for pack in packs:
        yield from _with_bases(pack.bases)
        yield pack


def combine(packs: Iterable[Pack], *, kinds: Mapping[str, Kind] = KINDS) -> tuple[Rule, ...]:
    """Return the rules of packs and of those that they extend, after all adjustments.

    Args:
        packs: The packs.
        kinds: The known kinds of rules.

    Raises:
        SourceErrors: an adjustment changes a rule that no earlier pack has, or weakens a rule that is not waivable.
    """
    rules: list[Rule] = []
    errors: list[SourceError] = []
    for pack in flattened(packs):
        rules += pack.rules
        for adjustment in pack.adjustments:
            fault = _fault(adjustment, rules, kinds)
            if fault is not None:
                origin = adjustment.origin
                errors.append(SourceError(fault, file=origin.file, line=origin.line))
            else:
                rules = [changed for rule in rules if (changed := _adjusted(rule, adjustment)) is not None]
    if errors:
        raise SourceErrors(errors)
    return tuple(rules)


def _fault(adjustment: Adjustment, rules: list[Rule], kinds: Mapping[str, Kind]) -> Text | None:
    rule = next((rule for rule in rules if rule.code == adjustment.code), None)
    if rule is None:
        return no_rule(adjustment.code, [rule.code for rule in rules])
    unknown = [name for name in adjustment.options if name not in rule.options]
    if unknown:
        reason = Text(f"{rule.code} 没有选项“{unknown[0]}”", f"{rule.code} has no option {unknown[0]!r}")
        return reason + nearest(unknown[0], list(rule.options))
    if not rule.waivable:
        return _weakened(adjustment, rule)
    return _misset(adjustment, rule, kinds[rule.kind]) if adjustment.options else None


def _misset(adjustment: Adjustment, rule: Rule, kind: Kind) -> Text | None:
    """Return how the new options of a rule violate the schema of its kind, or ``None``."""
    options = _merged(rule.options, adjustment.options)
    wrong = mistakes_in(options, {"properties": kind.schema, "additionalProperties": False})
    mistakes = [Text.of(f"{'.'.join(map(str, path))}: ") + reason for path, reason in wrong]
    return (
        Text("；".join(mistake.zh for mistake in mistakes), "; ".join(mistake.en for mistake in mistakes))
        if mistakes
        else None
    )


def _weakened(adjustment: Adjustment, rule: Rule) -> Text | None:
    """Return how an adjustment weakens a rule that is not waivable, or ``None``."""
    if adjustment.options:
        return _firm(rule, Text("不能改动", "changed"))
    if not adjustment.grades:
        return _firm(rule, Text("不能停用", "switched off"))
    if min(map(SEVERITIES.index, _severities(adjustment))) < max(map(SEVERITIES.index, rule.severities)):
        return _firm(rule, Text("不能降级", "made milder"))
    return None


def _firm(rule: Rule, refused: Text) -> Text:
    return Text(
        f"{rule.code} {refused.zh}：它的规则包写明 waivable: false",
        f"{rule.code} cannot be {refused.en}: its pack says 'waivable: false'",
    )


def _severities(adjustment: Adjustment) -> list[str]:
    return [grade.severity for grade in adjustment.grades]


def _adjusted(rule: Rule, adjustment: Adjustment) -> Rule | None:
    if rule.code != adjustment.code:
        return rule
    if adjustment.options:
        # A mistake in the new options is reported at their place.
        basis = rule.basis if adjustment.basis is None else adjustment.basis
        return rule._replace(options=_merged(rule.options, adjustment.options), origin=adjustment.origin, basis=basis)
    return rule._replace(grades=adjustment.grades) if adjustment.grades else None


def _merged(options: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return options after changes; of an option with parts, only the given parts change."""
    merged = dict(options)
    for name, value in changes.items():
        known = merged[name]
        merged[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
    return merged
