"""Kind ``section``: the sections of a report, their order and their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds import headings
from nianbao.kinds.absences import reasons_of
from nianbao.kinds.kind import NO_HEADINGS, Compiled, Kind, options_of
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form, SectionForm
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form) -> Compiled:
    check, places = _CHECKS[str(rule.options["section"])]
    return Compiled(lambda subject: check(form.sections, subject), {"": frozenset(places)})


def _present(sections: tuple[SectionForm, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each section that the form requires; without any heading, the result is undecided."""
    if not subject.report.sections:
        yield Outcome(UNDECIDED, reason=NO_HEADINGS)
        return
    for section in (asked for asked in sections if asked.required):
        missing = subject.report.section(section.id) is None
        outcome = Outcome(FAIL if missing else PASS, arguments={"heading": section.heading}, subject=section.id)
        yield outcome._replace(leaves=reasons_of(section.id, subject.report)) if missing else outcome


_CHECKS = {
    "present": (_present, ("heading",)),
    "in-order": (headings.in_order, ("heading", "before")),
    "no-others": (headings.no_others, ("heading",)),
    "official-heading": (headings.official, ("heading", "official")),
}
SECTION = Kind("section", options_of("section"), _compile)
