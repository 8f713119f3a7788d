"""Shared parts of the kinds that read the prose of a report: its sections, and patterns for its sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import NO_HEADINGS
from nianbao.kinds.rule_patterns import rule_pattern
from nianbao.language.mistakes import Mistake
from nianbao.language.section_names import section_named
from nianbao.messages import Text
from nianbao.model.outcome import NOT_APPLICABLE, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.kinds.sentences import Sentence
    from nianbao.model.form import Form
    from nianbao.model.report import Section

MAX_OUTCOMES = 200  # of one rule on one report: more would not help anybody


def sections_of(subject: RuleContext, wanted: frozenset[str]) -> tuple[tuple[Section, ...], Outcome | None]:
    """Return the sections of a report that a rule reads (all if it names none), or an outcome if there are none.

    A missing section is the subject of another rule, so this one does not apply. Without any heading it is undecided.
    """
    sections = subject.report.sections
    if not sections:
        return (), Outcome(UNDECIDED, reason=NO_HEADINGS)
    chosen = tuple(section for section in sections if not wanted or section.id in wanted)
    return chosen, None if chosen else Outcome(NOT_APPLICABLE)


def wanted_sections(kind: str, option: Mapping[str, Any], *, form: Form) -> frozenset[str]:
    """Return the ids under ``sections`` of a kind's option.

    Raises:
        Mistake: the form has no such section.
    """
    wanted = set()
    for number, name in enumerate(option.get("sections", ())):
        try:
            wanted.add(section_named(form, name).id)
        except Mistake as mistake:
            raise mistake.under(kind, "sections", number) from mistake
    return frozenset(wanted)


def compiled_patterns(kind: str, option: Mapping[str, Any], *, key: str) -> tuple[RulePattern, ...]:
    """Return the regular expressions under ``key`` of a kind's option.

    Raises:
        Mistake: one of them is not a regular expression.
    """
    return tuple(compiled_pattern(source, (kind, key, place)) for place, source in enumerate(option.get(key, ())))


def compiled_pattern(source: str, path: tuple[str | int, ...]) -> RulePattern:
    """Return the regular expression under ``path`` of a rule.

    Raises:
        Mistake: it is not a regular expression.
    """
    try:
        return rule_pattern(source)
    except (re.error, OverflowError, RecursionError) as error:
        raise Mistake(Text(f"不是正则表达式：{error}", f"not a regular expression: {error}"), path=path) from error


def first_match(patterns: Iterable[RulePattern], sentence: Sentence) -> re.Match[str] | None:
    """Return the match of the first pattern that matches a sentence, or ``None``."""
    for pattern in patterns:
        if match := pattern.search(sentence.plain):
            return match
    return None
