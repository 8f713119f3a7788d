"""Kind ``disclosure``: something that the prose must state in one of the sections where readers look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.disclosing import DisclosureSearch
from nianbao.kinds.kind import NO_HEADINGS, Compiled, Kind, options_of
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_PLACES = {
    "": frozenset(("heading",)),
    "elsewhere": frozenset(("heading", "quote", "found")),
    "pass": frozenset(("heading", "quote")),
}
_UNCLEAR = Text("“{quote}”是不是这个意思，没有读懂", "it is not clear whether “{quote}” says it")


def _compile(rule: Rule, form: Form) -> Compiled:
    wanted = DisclosureSearch.of("disclosure", rule.options["disclosure"], form=form)
    return Compiled(lambda subject: _check(wanted, subject), _PLACES, patterns=wanted.every_pattern)


def _check(wanted: DisclosureSearch, subject: RuleContext) -> Iterator[Outcome]:
    sections = subject.report.sections
    if not sections:
        yield Outcome(UNDECIDED, reason=NO_HEADINGS)
        return
    elsewhere = doubtful = None
    for sentence in subject.prose.matching((*wanted.patterns, *wanted.unclear)):
        meaning, is_here = wanted.meaning(sentence), sentence.section.id in wanted.sections
        if meaning == PASS and is_here:
            places = {"quote": sentence.quote(), "heading": wanted.headings}
            yield Outcome(PASS, "pass", places, location=sentence.location)
            return
        if meaning == PASS:
            elsewhere = elsewhere or sentence
        elif meaning == UNDECIDED and is_here:
            doubtful = doubtful or sentence
    if elsewhere is not None:
        arguments = {"quote": elsewhere.quote(), "heading": wanted.headings, "found": elsewhere.section.heading}
        yield Outcome(FAIL, "elsewhere", arguments, location=elsewhere.location, severity="info")
    elif doubtful is not None:
        yield Outcome(UNDECIDED, reason=_UNCLEAR.format(quote=doubtful.quote()), location=doubtful.location)
    else:
        yield wanted.silence(sections)


DISCLOSURE = Kind("disclosure", options_of("disclosure"), _compile)
