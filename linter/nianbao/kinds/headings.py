"""The headings of a report: their order, their words, and those that the form does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.sentences import plain
from nianbao.model.ordinals import ordinal_number
from nianbao.model.outcome import FAIL, PASS, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import SectionForm


def in_order(sections: tuple[SectionForm, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each section; it fails if a section that the form has later comes before it."""
    place = {section.id: number for number, section in enumerate(sections)}
    furthest = None
    for section in subject.report.sections:
        furthest = max(section, furthest or section, key=lambda candidate: place[candidate.id])
        late = place[section.id] < place[furthest.id]
        arguments = {"heading": section.heading, "before": furthest.heading}
        yield Outcome(FAIL if late else PASS, arguments=arguments, location=section.location, subject=section.id)


def official(sections: tuple[SectionForm, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each heading, compared without regard to width and white space."""
    official = {asked.id: asked.heading for asked in sections}
    for section in subject.report.sections:
        arguments = {"heading": section.heading, "official": official[section.id]}
        printed, wanted = (plain(heading).rstrip(":.。") for heading in arguments.values())
        yield Outcome(PASS if printed == wanted else FAIL, "", arguments, location=section.location, subject=section.id)


def no_others(sections: tuple[SectionForm, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each heading that is numbered behind the last section of the form."""
    others = [
        heading
        for heading in subject.report.extra_headings
        if (ordinal_number(plain(heading.text)) or 0) > len(sections)
    ]
    for heading in others:
        words = " ".join(heading.text.split())
        yield Outcome(FAIL, "", {"heading": words}, location=heading.location, subject=plain(words))
    if not others:
        yield Outcome(PASS)
