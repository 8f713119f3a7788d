"""Kind ``section``: the sections of a report, their order and their headings."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from nianbao.kinds.base import NO_HEADINGS, Compiled, Kind
from nianbao.model.finding import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.base import Check, Subject
    from nianbao.model.form import Form, SectionForm
    from nianbao.model.rule import Rule

_PLACES = {
    "present": frozenset(("heading",)),
    "in-order": frozenset(("heading", "before")),
    "official-heading": frozenset(("heading", "official")),
}


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    del merged
    checks: dict[str, Check] = {
        "present": lambda subject: _present(form.sections, subject),
        "in-order": lambda subject: _in_order(form.sections, subject),
        "official-heading": lambda subject: _official(form.sections, subject),
    }
    chosen = str(rule.options["section"])
    return Compiled(checks[chosen], {"": _PLACES[chosen]})


def _present(sections: tuple[SectionForm, ...], subject: Subject) -> Iterator[Outcome]:
    """Give one outcome for each section that the form asks for; without any heading it cannot be told."""
    if not subject.report.sections:
        yield Outcome(UNDECIDED, reason=NO_HEADINGS)
        return
    for section in sections:
        if section.required:
            there = subject.report.section(section.id) is not None
            yield Outcome(PASS if there else FAIL, arguments={"heading": section.heading}, subject=section.id)


def _in_order(sections: tuple[SectionForm, ...], subject: Subject) -> Iterator[Outcome]:
    """Give one outcome for each section that stands behind one that the form has after it."""
    place = {section.id: number for number, section in enumerate(sections)}
    furthest = None
    for found in subject.report.sections:
        if furthest is not None and place[found.id] < place[furthest.id]:
            arguments = {"heading": found.heading, "before": furthest.heading}
            yield Outcome(FAIL, arguments=arguments, location=found.location, subject=found.id)
        else:
            furthest = found
            yield Outcome(PASS, subject=found.id)


def _official(sections: tuple[SectionForm, ...], subject: Subject) -> Iterator[Outcome]:
    """Give one outcome for each heading, compared without regard to width and white space."""
    official = {section.id: section.heading for section in sections}
    for found in subject.report.sections:
        same = _plain(found.heading) == _plain(official[found.id])
        arguments = {"heading": found.heading, "official": official[found.id]}
        yield Outcome(PASS if same else FAIL, arguments=arguments, location=found.location, subject=found.id)


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split()).rstrip(":.。")


SECTION = Kind(
    "section",
    {
        "section": {
            "description": "present: every section of the form is there; in-order: as the form has them; "
            "official-heading: in the form's words.",
            "enum": ["present", "in-order", "official-heading"],
        }
    },
    _compile,
)
