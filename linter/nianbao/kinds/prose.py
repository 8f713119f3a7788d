"""What rules that read the prose of a report share: its sections, and patterns for its sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import NO_HEADINGS
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.outcome import NOT_APPLICABLE, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.sentences import Sentence
    from nianbao.model.form import Form
    from nianbao.model.report import Section

MAX_OUTCOMES = 200  # outcomes of one rule on one report: more tell nobody anything


def sections_of(subject: RuleContext, wanted: frozenset[str]) -> tuple[tuple[Section, ...], Outcome | None]:
    """Return the sections of a report that a rule reads, all where it names none; where there are none, what to say.

    A section that is missing has a rule of its own; a report without any heading cannot be told.
    """
    found = subject.report.sections
    if not found:
        return (), Outcome(UNDECIDED, reason=NO_HEADINGS)
    chosen = tuple(section for section in found if not wanted or section.id in wanted)
    return chosen, None if chosen else Outcome(NOT_APPLICABLE)


def wanted_sections(kind: str, option: Mapping[str, Any], *, form: Form) -> frozenset[str]:
    """Return the ids under ``sections`` of a kind's option.

    Raises:
        Mistake: the form has no such section.
    """
    known = [section.id for section in form.sections]
    for number, name in enumerate(option.get("sections", ())):
        if name not in known:
            reason = Text(f"没有栏目“{name}”", f"no section {name!r}")
            raise Mistake(reason + nearest(name, known), path=(kind, "sections", number))
    return frozenset(option.get("sections", ()))


def compiled_patterns(kind: str, option: Mapping[str, Any], *, key: str) -> tuple[re.Pattern[str], ...]:
    """Return the regular expressions under ``key`` of a kind's option.

    Raises:
        Mistake: one of them is none.
    """
    return tuple(compiled_pattern(one, (kind, key, place)) for place, one in enumerate(option.get(key, ())))


def compiled_pattern(source: str, path: tuple[str | int, ...]) -> re.Pattern[str]:
    """Return a regular expression that stands at ``path`` of a rule.

    Raises:
        Mistake: it is none.
    """
    try:
        return re.compile(source)
    except re.error as error:
        raise Mistake(Text(f"不是正则表达式：{error}", f"not a regular expression: {error}"), path=path) from error


def first_match(patterns: Iterable[re.Pattern[str]], sentence: Sentence) -> re.Match[str] | None:
    """Return where the first of the patterns that matches a sentence does so, or ``None``."""
    for pattern in patterns:
        if match := pattern.search(sentence.plain):
            return match
    return None
