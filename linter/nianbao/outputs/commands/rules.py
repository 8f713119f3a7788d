"""Rules as people look them up: a table of all, a page on one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size

from nianbao.outputs.wording.phrases import join, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.model.rule import Basis, DateSpan, Grade, Rule

_GAP = "  "


def render_table(rules: Sequence[Rule], *, lang: str) -> str:
    """Write a line a rule: code, severity, name and title."""
    lines = [(rule.code, _severities(rule, lang), rule.name, rule.title.get(lang)) for rule in rules]
    widths = [max((cell_len(line[column]) for line in lines), default=0) for column in range(3)]
    return "".join(_GAP.join((*map(set_cell_size, line[:3], widths), line[3])).rstrip() + "\n" for line in lines)


def render_json(rules: Sequence[Rule], *, lang: str) -> str:
    """Write rules as JSON, their texts in ``lang``."""
    return json.dumps([_data(rule, lang) for rule in rules], ensure_ascii=False, indent=2) + "\n"


def render_rule(rule: Rule, *, lang: str) -> str:
    """Write all that is to be known of one rule, a paragraph a subject."""
    parts = [f"{rule.code} {rule.name}\n{rule.title.get(lang)}\n"]
    level = say("rule-level", lang, severity=_severities(rule, lang), confidence=say(rule.confidence, lang))
    parts.append(f"{level}\n" + "".join(f"{line}\n" for line in _in_force(rule, lang)))
    parts.append("".join(f"  {name}: {_plain(value)}\n" for name, value in rule.options.items()))
    parts += [say("basis", lang, text=_basis(basis, lang)) + "\n" for basis in rule.basis]
    if rule.help.get(lang):
        parts.append(say("help", lang, text=rule.help.get(lang)) + "\n")
    parts.append("".join(_examples(rule, lang)))
    parts.append(say("rule-origin", lang, file=rule.origin.file, line=rule.origin.line) + "\n")
    return "\n".join(part for part in parts if part)


def _in_force(rule: Rule, lang: str) -> Iterator[str]:
    """Say since which version of its pack there is a rule, and for reports of which days it holds."""
    if rule.since:
        yield say("rule-since", lang, version=rule.since)
    if rule.span != (None, None):
        first, last = ("…" if day is None else day.isoformat() for day in rule.span)
        yield say("rule-span", lang, first=first, last=last)


def _severities(rule: Rule, lang: str) -> str:
    return join([say(severity, lang) for severity in rule.severities], lang)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _basis(basis: Basis, lang: str) -> str:
    quote = say("quote", lang, text=basis.quote) if basis.quote else ""
    return " ".join(part for part in (basis.document, basis.part, quote) if part)


def _examples(rule: Rule, lang: str) -> Iterator[str]:
    """Give one example that fails and one that passes; an empty one is a consistent report."""
    for expect in ("fail", "pass"):
        example = next((one for one in rule.examples if one.expect == expect), None)
        if example is not None:
            given = _given(example.given) or say("rule-nothing", lang)
            yield say(f"rule-{expect}", lang, given=given) + "\n"


def _given(given: Mapping[str, Any]) -> str:
    return "，".join(f"{name} = {_plain(value) if value != '' else '“”'}" for name, value in given.items())


def _grade(grade: Grade) -> dict[str, Any]:
    return {"is": grade.severity, **({"forms": list(grade.forms)} if grade.forms else {}), **_span(grade.span)}


def _span(span: DateSpan) -> dict[str, str]:
    ends = {"from": span.first, "to": span.last}
    return {name: day.isoformat() for name, day in ends.items() if day is not None}


def _data(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title.get(lang),
        "kind": rule.kind,
        "severity": [_grade(grade) for grade in rule.grades],
        **_span(rule.span),
        "since": rule.since,
        "confidence": rule.confidence,
        "persona": rule.persona,
        "waivable": rule.waivable,
        "forms": list(rule.applies.forms),
        "basis": [{"document": b.document, "part": b.part, "quote": b.quote} for b in rule.basis],
        "covers": list(rule.covers),
        "help": rule.help.get(lang),
    }
