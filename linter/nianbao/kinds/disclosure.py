"""Kind ``disclosure``: something that the prose must state in one of the sections where readers look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import NO_HEADINGS, Compiled, Kind, options_of
from nianbao.kinds.prose import compiled_patterns, first_match, wanted_sections
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_PLACES = {
    "": frozenset(("heading",)),
    "elsewhere": frozenset(("heading", "quote", "found")),
    "pass": frozenset(("heading", "quote")),
}


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["disclosure"]
    wanted = wanted_sections("disclosure", option, form=form)
    patterns = compiled_patterns("disclosure", option, key="patterns")
    headings = "、".join(section.heading for section in form.sections if section.id in wanted)
    return Compiled(lambda subject: _check(patterns, wanted, headings, subject), _PLACES, patterns=patterns)


def _check(
    patterns: tuple[re.Pattern[str], ...], wanted: frozenset[str], headings: str, subject: RuleContext
) -> Iterator[Outcome]:
    sections = subject.report.sections
    if not sections:
        yield Outcome(UNDECIDED, reason=NO_HEADINGS)
        return
    elsewhere = None
    for sentence in (sentence for sentence in subject.prose.matching(patterns) if first_match(patterns, sentence)):
        if sentence.section.id in wanted:
            yield Outcome(PASS, "pass", {"quote": sentence.quote(), "heading": headings}, location=sentence.location)
            return
        elsewhere = elsewhere or sentence
    if elsewhere is not None:
        arguments = {"quote": elsewhere.quote(), "heading": headings, "found": elsewhere.section.heading}
        yield Outcome(FAIL, "elsewhere", arguments, location=elsewhere.location, severity="info")
        return
    section = next((candidate for candidate in sections if candidate.id in wanted), None)
    yield Outcome(FAIL, "", {"heading": headings}, location=section.location if section is not None else NOWHERE)


DISCLOSURE = Kind("disclosure", options_of("disclosure"), _compile)
