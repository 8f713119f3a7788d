"""Kind ``disclosure``: something that the prose must say, in a section where it is looked for."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from nianbao.kinds.base import NO_HEADINGS, Compiled, Kind
from nianbao.language.mistakes import Mistake, nearest
from nianbao.model.finding import FAIL, PASS, UNDECIDED, Outcome
from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.base import Subject
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.model.report import Section
    from nianbao.model.rule import Rule

_SENTENCE = re.compile(r"[^。；;！!\n]{1,500}")
_QUOTE = 80
_PLACES = {
    "": frozenset(("heading",)),
    "elsewhere": frozenset(("heading", "quote", "found")),
    "pass": frozenset(("heading", "quote")),
}


class _Said(NamedTuple):
    quote: str
    section: Section
    location: Location


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    del merged
    option = rule.options["disclosure"]
    known = [section.id for section in form.sections]
    for number, name in enumerate(option["sections"]):
        if name not in known:
            raise Mistake(f"no section {name!r}{nearest(name, known)}", path=("disclosure", "sections", number))
    patterns = []
    for number, source in enumerate(option["patterns"]):
        try:
            patterns.append(re.compile(source))
        except re.error as error:
            raise Mistake(f"not a regular expression: {error}", path=("disclosure", "patterns", number)) from error
    headings = "、".join(section.heading for section in form.sections if section.id in option["sections"])
    wanted = frozenset(option["sections"])
    return Compiled(lambda subject: _check(tuple(patterns), wanted, headings, subject), _PLACES)


def _check(
    patterns: tuple[re.Pattern[str], ...], wanted: frozenset[str], headings: str, subject: Subject
) -> Iterator[Outcome]:
    if not subject.report.sections:
        yield Outcome(UNDECIDED, reason=NO_HEADINGS)
        return
    elsewhere = None
    for said in _statements(patterns, subject):
        if said.section.id in wanted:
            yield Outcome(PASS, "pass", {"quote": said.quote, "heading": headings}, location=said.location)
            return
        elsewhere = elsewhere or said
    if elsewhere is not None:
        arguments = {"quote": elsewhere.quote, "heading": headings, "found": elsewhere.section.heading}
        yield Outcome(FAIL, "elsewhere", arguments, location=elsewhere.location, severity="info")
        return
    section = next((one for one in subject.report.sections if one.id in wanted), None)
    yield Outcome(FAIL, "", {"heading": headings}, location=section.location if section is not None else NOWHERE)


def _statements(patterns: tuple[re.Pattern[str], ...], subject: Subject) -> Iterator[_Said]:
    """Give the sentences that say it; a sentence is matched without white space and in half-width signs."""
    for section in subject.report.sections:
        for paragraph in section.paragraphs:
            for sentence in _SENTENCE.findall(paragraph.text):
                plain = "".join(unicodedata.normalize("NFKC", sentence).split())
                if any(pattern.search(plain) for pattern in patterns):
                    yield _Said(sentence.strip()[:_QUOTE], section, paragraph.location)


DISCLOSURE = Kind(
    "disclosure",
    {
        "disclosure": {
            "type": "object",
            "required": ["sections", "patterns"],
            "additionalProperties": False,
            "properties": {
                "sections": {
                    "description": "Sections where it belongs; said elsewhere it is a note.",
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string"},
                },
                "patterns": {
                    "description": "Regular expressions; a sentence that matches one says it.",
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "minLength": 1},
                },
            },
        }
    },
    _compile,
)
