"""Sections of a report as names of the rule language: their prose as text, and sections by any of their names."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from nianbao.language.facts import TEXT, KnownFact
from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.values import Unknown
from nianbao.messages import Text
from nianbao.model.outcome import NOT_APPLICABLE, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.form import Form, SectionForm
    from nianbao.model.report import Report

SECTION_WORDS: Final = ("栏目", "section")
NO_HEADINGS = Text("没有认出任何栏目标题", "no heading of a section was recognised")
_NO_SECTION = Text("没有栏目“{name}”", "no section {name!r}")
_NAME = Text("栏目“{zh}”", "the section “{en}”")


def section_named(form: Form, name: str) -> SectionForm:
    """Return the section of a form that an id, a name or the official heading means.

    Raises:
        Mistake: the form has no such section.
    """
    for section in form.sections:
        if name in (section.id, section.name.zh, section.name.en, section.heading):
            return section
    known = [section.id if name.isascii() else section.name.zh for section in form.sections]
    raise Mistake(_NO_SECTION.format(name=name) + nearest(name, known))


@lru_cache(maxsize=16)
def section_facts(form: Form) -> Mapping[str, KnownFact]:
    """Return the prose of each section as a fact, by name: a word for section, a dot, its id or Chinese name."""
    return {
        f"{word}.{name}": fact
        for section in form.sections
        for fact in (_fact(section),)
        for word in SECTION_WORDS
        for name in (section.id, section.name.zh)
    }


def _fact(section: SectionForm) -> KnownFact:
    name = _NAME.format(zh=section.name.zh, en=section.name.en)
    return KnownFact(f"section.{section.id}", name, TEXT, partial(_prose, section.id), section=section.id)


def _prose(section_id: str, report: Report) -> str:
    """Return the prose of a section, "" if nothing stands in it.

    Raises:
        Unknown: the report has no such section, which another rule reports, or no heading was recognised.
    """
    found = [section.text for section in report.sections if section.id == section_id]
    if not found:
        raise Unknown(NO_HEADINGS, UNDECIDED) if not report.sections else Unknown(None, NOT_APPLICABLE)
    return "\n".join(found).strip()
