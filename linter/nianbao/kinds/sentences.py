"""The prose of a report as sentences, split once for all rules that read it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.folding import plain_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.lazy_pattern import LazyPattern
    from nianbao.model.location import Location
    from nianbao.model.report import Section

MAX_SENTENCE_CHARS = 500  # a longer sentence is split
_SENTENCE = re.compile(rf"[^。；;！!\n]{{1,{MAX_SENTENCE_CHARS}}}")
_MAX_SPLIT_CACHED_CHARS = 10_000  # characters of a paragraph whose sentences are cached
_MAX_PLAIN_CACHED_CHARS = 500  # characters of a text whose plain form is cached
_MAX_PROSE_KEPT_CHARS = 200_000  # characters of a report's prose whose sentences are kept
_MAX_QUOTE_CHARS = 80
_SIGNS = re.compile(r"\\[^AZ]|\[\^?\]?(?:\\.|[^\]\\])*\]")  # escaped signs and classes of signs
# Anchors, lookaround, flags, possessive and atomic groups, and unbounded repetition of a class.
_NOT_LOCAL = re.compile(r"\\[AZ]|[\^$]|\(\?(?:<?[!=]|[>(]|[aiLmsux-]+[:)])|[*+?}]\+|[)~](?:[*+]|\{\d*,\})")


class Sentence(NamedTuple):
    """A sentence: its text, the plain form that patterns match, its section, and the place of its paragraph."""

    text: str
    plain: str
    section: Section
    location: Location

    def quote(self, start: int = 0, end: int = 0) -> str:
        """Return the text of the sentence, shortened for a message to the words around a part of ``plain``."""
        text = self.text.strip()
        if len(text) <= _MAX_QUOTE_CHARS or end <= _MAX_QUOTE_CHARS // 2:
            return text[:_MAX_QUOTE_CHARS]
        places = [place for place, sign in enumerate(text) for _ in plain(sign)]
        middle = (places[min(start, len(places) - 1)] + places[min(end, len(places)) - 1]) // 2
        first = max(0, min(middle - _MAX_QUOTE_CHARS // 2, len(text) - _MAX_QUOTE_CHARS))
        return text[first : first + _MAX_QUOTE_CHARS]


class Prose:
    """The prose of a report's sections."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._kept: dict[frozenset[str], tuple[Sentence, ...]] = {}
        self._wholes: dict[frozenset[str], tuple[str, list[int]]] = {}

    def of(self, *ids: str) -> Iterable[Sentence]:
        """Return the sentences of the sections with these ids in order, or of all sections without ids."""
        wanted = frozenset(ids)
        if wanted not in self._kept:
            sections = [section for section in self._sections if not wanted or section.id in wanted]
            if (
                sum(len(paragraph.text) for section in sections for paragraph in section.paragraphs)
                > _MAX_PROSE_KEPT_CHARS
            ):
                return sentences(sections)
            self._kept[wanted] = tuple(sentences(sections))
        return self._kept[wanted]

    def matching(self, patterns: Sequence[LazyPattern], *ids: str) -> Iterable[Sentence]:
        """Return the sentences of some sections in which a pattern may match: all that match, and perhaps others."""
        all_sentences = self.of(*ids)
        if not isinstance(all_sentences, tuple):
            return all_sentences
        whole, starts = self._whole(all_sentences, frozenset(ids))
        numbers: set[int] = set()
        for pattern in patterns:
            if pattern.needs:
                near = _with_words(pattern.needs[0], whole, starts)
                numbers.update(number for number in near if pattern.may_match(all_sentences[number].plain))
            elif is_local(pattern.pattern):
                numbers.update(_numbers(pattern.compiled, whole, starts))
            else:
                return all_sentences
        return [all_sentences[number] for number in sorted(numbers)]

    def says(self, pattern: LazyPattern, *ids: str) -> bool:
        """Whether some sentence of some sections matches a pattern."""
        return any(pattern.search(sentence.plain) for sentence in self.matching((pattern,), *ids))

    def _whole(self, all_sentences: tuple[Sentence, ...], wanted: frozenset[str]) -> tuple[str, list[int]]:
        """Return sentences as one text with one line each, and the offset of each."""
        if wanted not in self._wholes:
            starts = accumulate((len(sentence.plain) + 1 for sentence in all_sentences), initial=0)
            self._wholes[wanted] = "\n".join(sentence.plain for sentence in all_sentences), list(starts)[:-1]
        return self._wholes[wanted]


@lru_cache(maxsize=1024)
def is_local(pattern: str) -> bool:
    """Whether a pattern matches in a sentence whatever text surrounds it, and cannot take long."""
    return _NOT_LOCAL.search(_SIGNS.sub(_simplified, pattern)) is None


def _simplified(signs: re.Match[str]) -> str:
    """Return a stand-in for a class of signs: ``0`` if it stays within a line, ``~`` if it may match a line break."""
    plain_class = signs[0].startswith("[") and "^" not in signs[0][:2] and "\\" not in signs[0]
    return "0" if plain_class or signs[0] in (r"\d", r"\w") else "~"


def _with_words(words: Iterable[str], whole: str, starts: list[int]) -> Iterator[int]:
    """Yield the numbers of the sentences that have one of some words; several times, if they have several."""
    for word in words:
        place = whole.find(word)
        while place >= 0:
            number = bisect_right(starts, place) - 1
            yield number
            place = whole.find(word, starts[number + 1]) if number + 1 < len(starts) else -1


def _numbers(pattern: re.Pattern[str], whole: str, starts: list[int]) -> Iterator[int]:
    """Yield the numbers of the sentences in which a match begins, wherever it ends."""
    place, number = 0, -1
    while number + 1 < len(starts) and (match := pattern.search(whole, place)) is not None:
        number = bisect_right(starts, match.start()) - 1
        yield number
        place = starts[number + 1] if number + 1 < len(starts) else 0


def sentences(sections: Iterable[Section]) -> Iterator[Sentence]:
    """Yield the sentences of sections in order."""
    for section in sections:
        for paragraph in section.paragraphs:
            parted = _parted_before if len(paragraph.text) <= _MAX_SPLIT_CACHED_CHARS else _parted
            for text, seen in parted(paragraph.text):
                yield Sentence(text, seen, section, paragraph.location)


def plain(text: str) -> str:
    """Return text in half-width signs and simplified characters, without white space."""
    return _plain_before(text) if len(text) <= _MAX_PLAIN_CACHED_CHARS else plain_prose(text)


def _parted(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((sentence, plain(sentence)) for sentence in _SENTENCE.findall(text))


# Many rules need the same headings and paragraphs, and many reports share them.
_plain_before = lru_cache(maxsize=2048)(plain_prose)
_parted_before = lru_cache(maxsize=512)(_parted)
