"""The prose of a report as rules read it: sentence by sentence, matched without white space in half-width signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.kinds.base import NO_HEADINGS
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.finding import NOT_APPLICABLE, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.kinds.base import Subject
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.model.report import Section

LONGEST = 500  # characters of a sentence; a longer one is taken in parts
MOST = 200  # outcomes of one rule on one report: more tell nobody anything
_SENTENCE = re.compile(rf"[^。；;！!\n]{{1,{LONGEST}}}")
_KEPT = 10_000  # characters of a paragraph that is worth keeping parted
_QUOTE = 80


class Sentence(NamedTuple):
    """A sentence: as it stands, as patterns see it, its section, and the place of its paragraph."""

    text: str
    plain: str
    section: Section
    location: Location

    def quote(self, start: int = 0, end: int = 0) -> str:
        """Return the sentence as it stands, cut to what a message has room for around a part of ``plain``."""
        text = self.text.strip()
        if len(text) <= _QUOTE or end <= _QUOTE // 2:
            return text[:_QUOTE]
        places = [place for place, sign in enumerate(text) for _ in plain(sign)]
        middle = (places[min(start, len(places) - 1)] + places[min(end, len(places)) - 1]) // 2
        first = max(0, min(middle - _QUOTE // 2, len(text) - _QUOTE))
        return text[first : first + _QUOTE]


def plain(text: str) -> str:
    """Return text in half-width signs without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _parted(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, plain(one)) for one in _SENTENCE.findall(text))


_parted_before = lru_cache(maxsize=512)(_parted)  # many rules read the same paragraphs


def sentences(sections: Iterable[Section]) -> Iterator[Sentence]:
    """Give the sentences of sections in order."""
    for section in sections:
        for paragraph in section.paragraphs:
            parted = _parted_before if len(paragraph.text) <= _KEPT else _parted
            for text, seen in parted(paragraph.text):
                yield Sentence(text, seen, section, paragraph.location)


def sections_of(subject: Subject, wanted: frozenset[str]) -> tuple[tuple[Section, ...], Outcome | None]:
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
            raise Mistake(reason.then(nearest(name, known)), path=(kind, "sections", number))
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
    return next((match for pattern in patterns if (match := pattern.search(sentence.plain))), None)
