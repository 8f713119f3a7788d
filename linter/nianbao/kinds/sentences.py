"""The prose of a report, sentence by sentence, parted once for all rules that read it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.location import Location
    from nianbao.model.report import Section

LONGEST = 500  # characters of a sentence; a longer one is taken in parts
_SENTENCE = re.compile(rf"[^。；;！!\n]{{1,{LONGEST}}}")
_KEPT = 10_000  # characters of a paragraph that is worth keeping parted
_SHORT = 500  # of one that is worth keeping plain
_ALL_KEPT = 200_000  # characters of a report's prose
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


class Prose:
    """The prose of a report's sections."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._kept: dict[frozenset[str], tuple[Sentence, ...]] = {}

    def of(self, *ids: str) -> Iterable[Sentence]:
        """Return the sentences of the sections with these ids in order, of all where none is named."""
        wanted = frozenset(ids)
        if wanted not in self._kept:
            sections = [one for one in self._sections if not wanted or one.id in wanted]
            if sum(len(paragraph.text) for one in sections for paragraph in one.paragraphs) > _ALL_KEPT:
                return sentences(sections)
            self._kept[wanted] = tuple(sentences(sections))
        return self._kept[wanted]


def sentences(sections: Iterable[Section]) -> Iterator[Sentence]:
    """Give the sentences of sections in order."""
    for section in sections:
        for paragraph in section.paragraphs:
            parted = _parted_before if len(paragraph.text) <= _KEPT else _parted
            for text, seen in parted(paragraph.text):
                yield Sentence(text, seen, section, paragraph.location)


def plain(text: str) -> str:
    """Return text in half-width signs without white space."""
    return _plain_before(text) if len(text) <= _SHORT else _plain(text)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _parted(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, plain(one)) for one in _SENTENCE.findall(text))


# Many rules ask for the same headings and paragraphs, and many reports have the same.
_plain_before = lru_cache(maxsize=2048)(_plain)
_parted_before = lru_cache(maxsize=512)(_parted)
