"""The prose of a report, sentence by sentence, parted once for all rules that read it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.location import Location
    from nianbao.model.report import Section

MAX_SENTENCE_CHARS = 500  # characters of a sentence; a longer one is taken in parts
_SENTENCE = re.compile(rf"[^。；;！!\n]{{1,{MAX_SENTENCE_CHARS}}}")
_KEPT = 10_000  # characters of a paragraph that is worth keeping parted
_SHORT = 500  # of one that is worth keeping plain
_ALL_KEPT = 200_000  # characters of a report's prose
_QUOTE = 80
_SIGNS = re.compile(r"\\[^AZ]|\[\^?\]?(?:\\.|[^\]\\])*\]")  # escaped signs and classes of signs
# Edges, looks around, flags, what gives nothing back, and what goes on for ever.
_NOT_LOCAL = re.compile(r"\\[AZ]|[\^$]|\(\?(?:<?[!=]|[>(]|[aiLmsux-]+[:)])|[*+?}]\+|[)~](?:[*+]|\{\d*,\})")


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
        self._wholes: dict[frozenset[str], tuple[str, list[int]]] = {}

    def of(self, *ids: str) -> Iterable[Sentence]:
        """Return the sentences of the sections with these ids in order, of all where none is named."""
        wanted = frozenset(ids)
        if wanted not in self._kept:
            sections = [one for one in self._sections if not wanted or one.id in wanted]
            if sum(len(paragraph.text) for one in sections for paragraph in one.paragraphs) > _ALL_KEPT:
                return sentences(sections)
            self._kept[wanted] = tuple(sentences(sections))
        return self._kept[wanted]

    def matching(self, patterns: Sequence[re.Pattern[str]], *ids: str) -> Iterable[Sentence]:
        """Return the sentences of some sections that a pattern may be found in: all that it is, and perhaps others."""
        said = self.of(*ids)
        if not isinstance(said, tuple) or not all(is_local(pattern.pattern) for pattern in patterns):
            return said
        whole, starts = self._whole(said, frozenset(ids))
        numbers = {number for pattern in patterns for number in _numbers(pattern, whole, starts)}
        return [said[number] for number in sorted(numbers)]

    def _whole(self, said: tuple[Sentence, ...], wanted: frozenset[str]) -> tuple[str, list[int]]:
        """Return sentences as one text, a line each, and where each begins."""
        if wanted not in self._wholes:
            starts = accumulate((len(one.plain) + 1 for one in said), initial=0)
            self._wholes[wanted] = "\n".join(one.plain for one in said), list(starts)[:-1]
        return self._wholes[wanted]


@lru_cache(maxsize=1024)
def is_local(pattern: str) -> bool:
    """Whether a pattern that is found in a sentence is found wherever the sentence stands, and is soon looked for."""
    return _NOT_LOCAL.search(_SIGNS.sub(_simplified, pattern)) is None


def _simplified(signs: re.Match[str]) -> str:
    """Return a sign for others: ``0`` where they stay within a line, ``~`` where they may go beyond."""
    plain_class = signs[0].startswith("[") and "^" not in signs[0][:2] and "\\" not in signs[0]
    return "0" if plain_class or signs[0] in (r"\d", r"\w") else "~"


def _numbers(pattern: re.Pattern[str], whole: str, starts: list[int]) -> Iterator[int]:
    """Give the numbers of the sentences in which a match begins, whether it ends there or not."""
    place, number = 0, -1
    while number + 1 < len(starts) and (match := pattern.search(whole, place)) is not None:
        number = bisect_right(starts, match.start()) - 1
        yield number
        place = starts[number + 1] if number + 1 < len(starts) else 0


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
