"""Rules for people to look up: a table of all rules, and a page on each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size

from nianbao.model.issuer_kind import ISSUER_KINDS
from nianbao.model.outcome import FAIL, PASS
from nianbao.outputs.exactjson import escaped
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.pattern_words import pattern_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nianbao.model.rule import Basis, DateSpan, Grade, Rule
    from nianbao.voice import Voice

_GAP = "  "


def render_table(voice: Voice, rules: Sequence[Rule]) -> str:
    """Write a line for each rule: code, severity, name and title."""
    lines = [(rule.code, _severities(voice, rule), rule.name, voice.say(rule.title)) for rule in rules]
    widths = [max((cell_len(line[column]) for line in lines), default=0) for column in range(3)]
    return "".join(_GAP.join((*map(set_cell_size, line[:3], widths), line[3])).rstrip() + "\n" for line in lines)


def render_json(voice: Voice, rules: Sequence[Rule]) -> str:
    """Write rules as JSON, their texts in one language."""
    return escaped(json.dumps([_data(voice, rule) for rule in rules], ensure_ascii=False, indent=2)) + "\n"


def render_rule(voice: Voice, rule: Rule, *, patterns: Collection[str] = ()) -> str:
    """Write a page on a rule, a paragraph for each subject.

    Args:
        voice: The language.
        rule: The rule.
        patterns: The names of options that are regular expressions, those inside another as ``content.any``.
    """
    parts = [f"{rule.code} {rule.name}\n{voice.say(rule.title)}\n"]
    confidence = voice.say(phrases.CONFIDENCE_NAMES[rule.confidence])
    level = voice.say(phrases.RULE_LEVEL, severity=_severities(voice, rule), confidence=confidence)
    parts.append(f"{level}\n" + "".join(f"{line}\n" for line in _in_force(voice, rule)))
    parts.append("".join(f"  {line}\n" for line in _options(voice, rule.options, patterns)))
    parts += [voice.say(phrases.BASIS, text=_basis(voice, basis)) + "\n" for basis in rule.basis]
    if voice.say(rule.help):
        parts.append(voice.say(phrases.HELP, text=voice.say(rule.help)) + "\n")
    parts.append("".join(_examples(voice, rule)))
    parts.append(voice.say(phrases.RULE_ORIGIN, file=rule.origin.file, line=rule.origin.line) + "\n")
    return "\n".join(part for part in parts if part)


def _in_force(voice: Voice, rule: Rule) -> Iterator[str]:
    """Return the version of the pack that introduced a rule, and the days for whose reports it is in force."""
    if rule.since:
        yield voice.say(phrases.RULE_SINCE, version=rule.since)
    if rule.applies.issuers:
        kinds = voice.join(voice.say(ISSUER_KINDS[kind]) for kind in rule.applies.issuers)
        yield voice.say(phrases.RULE_ISSUERS, issuers=kinds)
    if rule.applies.when:
        yield voice.say(phrases.RULE_WHEN, when=rule.applies.when)
    if rule.span != (None, None):
        first, last = ("…" if day is None else day.isoformat() for day in rule.span)
        yield voice.say(phrases.RULE_SPAN, first=first, last=last)


def _severities(voice: Voice, rule: Rule) -> str:
    return voice.join(voice.say(phrases.SEVERITY_NAMES[severity]) for severity in rule.severities)


def _options(voice: Voice, options: Mapping[str, Any], patterns: Collection[str], above: str = "") -> Iterator[str]:
    """Give the options of a rule, those inside another further in, and regular expressions in words."""
    for name, value in options.items():
        if f"{above}{name}" in patterns:
            yield f"{name}:"
            yield from (f"  - {pattern_words(voice, each)}" for each in ([value] if isinstance(value, str) else value))
        elif isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {line}" for line in _options(voice, value, patterns, f"{above}{name}."))
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield f"{name}: {voice.join(value)}"
        else:
            yield f"{name}: {_plain(value)}"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _basis(voice: Voice, basis: Basis) -> str:
    quote = voice.say(phrases.QUOTE, text=basis.quote) if basis.quote else ""
    return " ".join(part for part in (basis.document, basis.part, quote) if part)


def _examples(voice: Voice, rule: Rule) -> Iterator[str]:
    """Give an example that fails and an example that passes; an empty example is a consistent report."""
    for expect, phrase in ((FAIL, phrases.RULE_FAIL), (PASS, phrases.RULE_PASS)):
        example = next((example for example in rule.examples if example.expect == expect), None)
        if example is not None:
            report = _report(example.given) or voice.say(phrases.RULE_NOTHING)
            yield voice.say(phrase, given=report) + "\n"


def _report(values: Mapping[str, Any]) -> str:
    return "，".join(f"{name} = {_plain(value) if value != '' else '“”'}" for name, value in values.items())


def _grade(grade: Grade) -> dict[str, Any]:
    return {"is": grade.severity, **({"forms": list(grade.forms)} if grade.forms else {}), **_span(grade.span)}


def _span(span: DateSpan) -> dict[str, str]:
    ends = {"from": span.first, "to": span.last}
    return {name: day.isoformat() for name, day in ends.items() if day is not None}


def _data(voice: Voice, rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": voice.say(rule.title),
        "kind": rule.kind,
        "severity": [_grade(grade) for grade in rule.grades],
        **_span(rule.span),
        "since": rule.since,
        "confidence": rule.confidence,
        "persona": rule.persona,
        "waivable": rule.waivable,
        "forms": list(rule.applies.forms),
        "issuers": list(rule.applies.issuers),
        "when": rule.applies.when or None,
        "basis": [{"document": b.document, "part": b.part, "quote": b.quote} for b in rule.basis],
        "covers": list(rule.covers),
        "help": voice.say(rule.help),
    }
