"""Kind ``section``: the sections of a report, their order and their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import NO_HEADINGS, Compiled, Kind, options_of
from nianbao.kinds.sentences import plain
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
        yield Outcome(FAIL if missing else PASS, arguments={"heading": section.heading}, subject=section.id)


def _in_order(sections: tuple[SectionForm, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each section; it fails if a section that the form has later comes before it."""
    place = {section.id: number for number, section in enumerate(sections)}
    furthest = None
    for section in subject.report.sections:
        furthest = max(section, furthest or section, key=lambda candidate: place[candidate.id])
        late = place[section.id] < place[furthest.id]
        arguments = {"heading": section.heading, "before": furthest.heading}
        yield Outcome(FAIL if late else PASS, arguments=arguments, location=section.location, subject=section.id)


def _official(sections: tuple[SectionForm, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each heading, compared without regard to width and white space."""
    official = {asked.id: asked.heading for asked in sections}
    for section in subject.report.sections:
        arguments = {"heading": section.heading, "official": official[section.id]}
        printed, wanted = (plain(heading).rstrip(":.。") for heading in arguments.values())
        yield Outcome(PASS if printed == wanted else FAIL, "", arguments, location=section.location, subject=section.id)


_CHECKS = {
    "present": (_present, ("heading",)),
    "in-order": (_in_order, ("heading", "before")),
    "official-heading": (_official, ("heading", "official")),
}
SECTION = Kind("section", options_of("section"), _compile)
