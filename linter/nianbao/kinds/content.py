"""Kind ``content``: what the prose of a section must have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import Compiled, Kind, need_one, options_of
from nianbao.kinds.prose import compiled_patterns, first_match, sections_of, wanted_sections
from nianbao.kinds.sentences import plain
from nianbao.model.outcome import FAIL, PASS, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.sentences import Prose
    from nianbao.model.form import Form
    from nianbao.model.report import Section
    from nianbao.model.rule import Rule

_NAMES = frozenset(("heading", "length", "wanted"))
_PLACES = {**dict.fromkeys(("", "short", "missing"), _NAMES), "forbidden": _NAMES | {"quote"}}
_MAX_EMPTY_WORD_CHARS = 40  # a longer paragraph cannot be an empty phrase
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["content"]
    need_one("content", option, of=("any", "all", "none", "min_length", "empty_words"))
    wanted = wanted_sections("content", option, form=form)
    groups = {key: compiled_patterns("content", option, key=key) for key in ("any", "all", "none")}
    patterns = tuple(pattern for group in groups.values() for pattern in group)
    return Compiled(lambda subject: _check(wanted, {**option, **groups}, subject), _PLACES, patterns=patterns)


def _check(wanted: frozenset[str], asked: Mapping[str, Any], subject: RuleContext) -> Iterator[Outcome]:
    for name in sorted(wanted):
        sections, nothing = sections_of(subject, frozenset((name,)))
        yield nothing._replace(subject=name) if nothing is not None else _judge(sections, asked, subject.prose)


def _judge(sections: tuple[Section, ...], asked: Mapping[str, Any], prose: Prose) -> Outcome:
    empty = {_EDGES.sub("", plain(word)) for word in asked.get("empty_words", ())}
    texts = [plain(paragraph.text) for section in sections for paragraph in section.paragraphs]
    length = sum(len(text) for text in texts if len(text) > _MAX_EMPTY_WORD_CHARS or _EDGES.sub("", text) not in empty)
    places: dict[str, object] = {"heading": sections[0].heading, "length": length, "wanted": asked.get("min_length", 1)}
    outcome = Outcome(PASS, "", places, location=sections[0].location, subject=sections[0].id)
    for sentence in prose.matching(asked["none"], sections[0].id):
        if bad := first_match(asked["none"], sentence):
            places |= {"quote": sentence.quote(*bad.span())}
            return Outcome(FAIL, "forbidden", places, location=sentence.location, subject=sections[0].id)
    if length < asked.get("min_length", 1) and ("min_length" in asked or empty):
        return outcome._replace(outcome=FAIL, variant="short")
    groups = [group for group in (asked["any"], *((pattern,) for pattern in asked["all"])) if group]
    has_all = all(any(first_match(group, text) for text in prose.matching(group, sections[0].id)) for group in groups)
    return outcome if has_all else outcome._replace(outcome=FAIL, variant="missing")


CONTENT = Kind("content", options_of("content"), _compile)
