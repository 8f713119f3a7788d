"""Finds words in the title, headings, prose and cells of a report that were to be replaced before publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.kinds.sentences import plain
from nianbao.language.evaluate import cell_name
from nianbao.messages import Text
from nianbao.model.report import BLANK

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.model.location import Location
    from nianbao.model.report import Cell, Report

_MAX_CELL_CHARS = 20
_MAX_QUOTED_CHARS, _MAX_BEFORE_CHARS = 14, 7
_QUOTE = Text("“{words}”", "“{words}”")
_IN_CELL = Text("{cell}的“{words}”", "“{words}” in {cell}")


class LeftoverSearch(NamedTuple):
    """What is looked for.

    Attributes:
        patterns: Regular expressions for such words.
        wanted: The ids of the sections, none for all with title and headings.
        takes_cells: Whether cells with placeholders count too.
        takes_paragraphs: Whether the patterns are for whole paragraphs as they are printed, not for sentences.
        unless: Regular expressions that void a text.
        years: The years, counted from the report's, that the group ``year`` of a match must be; all when empty.
    """

    patterns: Sequence[RulePattern]
    wanted: frozenset[str]
    takes_cells: bool = False
    takes_paragraphs: bool = False
    unless: tuple[RulePattern, ...] = ()
    years: frozenset[int] = frozenset()

    def match(self, text: str, year: int | None) -> re.Match[str] | None:
        """Return the first match in a text that counts in a report on a year."""
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                if not self.years or (year is not None and int(match["year"]) - year in self.years):
                    return None if any(void.search(text) for void in self.unless) else match
        return None


class LeftoverPlace(NamedTuple):
    """A place with such words: how it is quoted, where it stands, and its cell."""

    quote: Text
    location: Location
    cell: Cell | None = None


def places_in(subject: RuleContext, search: LeftoverSearch) -> Iterator[LeftoverPlace]:
    """Yield the places in a report where something is found."""
    report = subject.report
    if not search.wanted:
        yield from _in_headings(report, search)
    yield from _in_paragraphs(report, search) if search.takes_paragraphs else _in_sentences(subject, search)
    if search.takes_cells:
        yield from _in_cells(report)


def _in_sentences(subject: RuleContext, search: LeftoverSearch) -> Iterator[LeftoverPlace]:
    for sentence in subject.prose.matching(search.patterns, *search.wanted):
        match = search.match(sentence.plain, subject.report.year)
        if match is not None:
            yield LeftoverPlace(_QUOTE.format(words=_around(sentence.plain, match)), sentence.location)


def _in_paragraphs(report: Report, search: LeftoverSearch) -> Iterator[LeftoverPlace]:
    for section in report.sections:
        if not search.wanted or section.id in search.wanted:
            for paragraph in section.paragraphs:
                match = search.match(paragraph.text, report.year)
                if match is not None:
                    yield LeftoverPlace(_QUOTE.format(words=_around(paragraph.text, match)), paragraph.location)


def _around(words: str, match: re.Match[str]) -> str:
    """Return the words around a match, shortened on both sides."""
    first = max(0, min(match.start() - _MAX_BEFORE_CHARS, len(words) - _MAX_QUOTED_CHARS))
    quoted = words[first : first + _MAX_QUOTED_CHARS]
    return f"{'…' if first else ''}{quoted}{'…' if first + len(quoted) < len(words) else ''}"


def _in_headings(report: Report, search: LeftoverSearch) -> Iterator[LeftoverPlace]:
    title = report.facts.get("title")
    headings = [(section.heading, section.location) for section in report.sections]
    for words, location in [*([(report.title, title.location)] if title is not None else []), *headings]:
        if search.match(plain(words), report.year):
            yield LeftoverPlace(_QUOTE.format(words=words), location)


def _in_cells(report: Report) -> Iterator[LeftoverPlace]:
    """Yield the cells with placeholders, but for tables in which no cell is filled: these are told as a whole."""
    waiting = [(key, cell) for key, cell in report.cells.items() if cell.state == BLANK and cell.raw]
    if not waiting:
        return
    filled = {key.partition(".")[0] for key, cell in report.cells.items() if cell.state != BLANK}
    for key, cell in waiting:
        if key.partition(".")[0] in filled:
            words = _IN_CELL.format(cell=cell_name(report, key), words=cell.raw[:_MAX_CELL_CHARS])
            yield LeftoverPlace(words, cell.location, cell)
