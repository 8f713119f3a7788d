"""Rules that stand in no pack yet: the text of one rule, or of a list of rules."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from nianbao.catalogue.building import build_rule
from nianbao.catalogue.checking import check_rules
from nianbao.catalogue.pack_schema import keys_of_every_rule, rule_pack_schema
from nianbao.messages import Text
from nianbao.model.rule import Pack
from nianbao.yamlfiles.source import parse, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.yamlfiles.source import YamlSource

_FIRST_NUMBER = 900  # of the codes that rules without one get: Z900, Z901, …
_LAST_NUMBER = 999
_ALIKE = 0.75  # of a key that was meant
# What a rule without a message says, where the name of its kind would say too little.
_MESSAGES: Mapping[str, Mapping[str, Any]] = {
    "content": {
        "message": {
            "zh": "“{heading}”（{length} 字）不合要求",
            "en": "“{heading}” ({length} characters) is not what is asked for",
        },
        "messages": {"forbidden": {"zh": "“{heading}”里有“{quote}”", "en": "“{heading}” has “{quote}”"}},
    },
    "leftover": {"message": {"zh": "{count}：{quotes}", "en": "{count}: {quotes}"}},
    "deadline": {
        "message": {
            "zh": "{named}是 {date}，晚于 {deadline}：“{quote}”",
            "en": "{named} is {date}, after {deadline}: “{quote}”",
        }
    },
    "claim": {
        "message": {
            "zh": "正文是 {value}，应为 {expected}：“{quote}”",
            "en": "the prose has {value} for {expected}: “{quote}”",
        }
    },
}
_KEY = re.compile(r"\s*(?:-\s+)?\{?\s*[\"']?([a-z][a-z-]*)[\"']?\s*[:：]")


def is_rule(text: str, kinds: Iterable[str]) -> bool:
    """Whether a text begins as a rule does, with one of its keys or nearly so; an expression never has a colon."""
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    match = _KEY.match(next(lines, ""))
    known = [*kinds, *keys_of_every_rule()]
    return match is not None and bool(get_close_matches(match[1], known, 1, _ALIKE))


def pack_of_text(text: str, *, name: str, forms: Sequence[Form], kinds: RuleKinds) -> Pack:
    """Return a pack of the rules in a text; a rule without a code gets one.

    Args:
        text: YAML: one rule, or a list of rules.
        name: The name of the text in messages.
        forms: The known forms.
        kinds: The known kinds of rules.

    Raises:
        SourceError, SourceErrors: a rule is wrong; every mistake has its line.
    """
    source = _completed(_listed(parse(text, name)), kinds)
    validate(source, {**rule_pack_schema(kinds), "type": "array"})
    written = [(source, number, build_rule(source, number, head={}, kinds=kinds)) for number in range(len(source.data))]
    check_rules(written, forms, kinds=kinds)
    return Pack("eval", "0", Text.of(name), (), tuple(rule for _source, _number, rule in written))


def _listed(source: YamlSource) -> YamlSource:
    """Return a source that is a list: one rule becomes a list of it, its values at their places."""
    if not isinstance(source.data, dict):
        return source
    marks = {(0, *path): mark for path, mark in source.marks.items()}
    return source._replace(data=[source.data], marks=marks)


def _completed(source: YamlSource, kinds: Iterable[str]) -> YamlSource:
    """Return a source whose rules all have a code and a title, and a message where their kind has a usual one."""
    if not isinstance(source.data, list):
        return source
    known = {rule.get("code") for rule in source.data if isinstance(rule, dict)}
    free = (code for number in range(_FIRST_NUMBER, _LAST_NUMBER + 1) if (code := f"Z{number}") not in known)
    rules: list[Any] = [
        {
            **({} if "code" in rule else {"code": next(free, "")}),
            "title": _title(rule, kinds),
            **({} if "message" in rule else next((_MESSAGES[key] for key in rule if key in _MESSAGES), {})),
            **rule,
        }
        if isinstance(rule, dict)
        else rule
        for rule in source.data
    ]
    return source._replace(data=rules)


def _title(rule: Mapping[str, Any], kinds: Iterable[str]) -> str:
    """Return what a rule without a title is called: what it asks for if that is one line, else its kind."""
    kind = next((key for key in rule if key in set(kinds)), "")
    asked = rule.get(kind)
    return asked if isinstance(asked, str) and not {"{", "}"} & set(asked) else kind
