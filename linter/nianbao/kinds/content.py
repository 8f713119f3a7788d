"""Kind ``content``: what the prose of a section must have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.kinds.base import Compiled, Kind, options_of
from nianbao.kinds.prose import compiled_patterns, first_match, plain, sections_of, sentences, wanted_sections
from nianbao.model.finding import FAIL, PASS, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.base import Subject
    from nianbao.model.form import Form
    from nianbao.model.report import Section
    from nianbao.model.rule import Rule

_NAMES = frozenset(("heading", "length", "wanted"))
_PLACES = {**dict.fromkeys(("", "short", "missing"), _NAMES), "forbidden": _NAMES | {"quote"}}
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    del merged
    option = rule.options["content"]
    wanted = wanted_sections("content", option, form)
    patterns = {key: compiled_patterns("content", option, key=key) for key in ("any", "all", "none")}
    return Compiled(lambda subject: _check(wanted, option, patterns, subject), _PLACES)


def _check(
    wanted: frozenset[str], option: Mapping[str, Any], patterns: Mapping[str, Any], subject: Subject
) -> Iterator[Outcome]:
    for name in sorted(wanted):
        found, nothing = sections_of(subject, frozenset((name,)))
        yield nothing._replace(subject=name) if nothing is not None else _judge(found, option, patterns)


def _judge(found: tuple[Section, ...], option: Mapping[str, Any], patterns: Mapping[str, Any]) -> Outcome:
    empty = {_EDGES.sub("", plain(word)) for word in option.get("empty_words", ())}
    texts = [plain(paragraph.text) for section in found for paragraph in section.paragraphs]
    length, least = sum(len(one) for one in texts if _EDGES.sub("", one) not in empty), option.get("min_length", 1)
    places: dict[str, object] = {"heading": found[0].heading, "length": length, "wanted": least}
    outcome = Outcome(PASS, "", places, location=found[0].location, subject=found[0].id)
    said = tuple(sentences(found))
    for sentence in said:
        if bad := first_match(patterns["none"], sentence):
            places["quote"] = sentence.quote(*bad.span())
            return outcome._replace(outcome=FAIL, variant="forbidden", location=sentence.location)
    if length < least and ("min_length" in option or empty):
        return outcome._replace(outcome=FAIL, variant="short")
    groups = [patterns["any"], *((one,) for one in patterns["all"])]
    has_all = all(any(first_match(group, sentence) for sentence in said) for group in groups if group)
    return outcome if has_all else outcome._replace(outcome=FAIL, variant="missing")


CONTENT = Kind("content", options_of("content"), _compile)
