"""Kind ``content``: what the prose of a section must have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.kinds.contents import empty_words, judge_section
from nianbao.kinds.kind import Compiled, Kind, need_one, options_of
from nianbao.kinds.prose import compiled_patterns, sections_of, wanted_sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.outcome import Outcome
    from nianbao.model.rule import Rule

_NAMES = frozenset(("heading", "length", "wanted"))
_PLACES = {**dict.fromkeys(("", "short", "long", "missing"), _NAMES), "forbidden": _NAMES | {"quote"}}


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["content"]
    need_one("content", option, of=("any", "all", "none", "min_length", "max_length", "empty_words"))
    wanted = wanted_sections("content", option, form=form)
    groups = {key: compiled_patterns("content", option, key=key) for key in ("any", "all", "none")}
    patterns = tuple(pattern for group in groups.values() for pattern in group)
    asked = {**option, **groups, "empty_words": empty_words(option.get("empty_words", ()))}
    return Compiled(lambda subject: _check(wanted, asked, subject), _PLACES, patterns=patterns)


def _check(wanted: frozenset[str], asked: Mapping[str, Any], subject: RuleContext) -> Iterator[Outcome]:
    for name in sorted(wanted):
        sections, nothing = sections_of(subject, frozenset((name,)))
        yield (
            nothing._replace(subject=name)
            if nothing is not None
            else judge_section(sections, asked, prose=subject.prose, form=subject.report.form)
        )


CONTENT = Kind("content", options_of("content"), _compile)
