"""Finds words in the title, headings, prose and cells of a report that were to be replaced before publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.kinds.prose import first_match
from nianbao.kinds.sentences import plain
from nianbao.language.evaluate import cell_name
from nianbao.messages import Text
from nianbao.model.report import BLANK

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.kinds.sentences import Sentence
    from nianbao.model.location import Location
    from nianbao.model.report import Cell, Report

_MAX_CELL_CHARS = 20
_MAX_QUOTED_CHARS, _MAX_BEFORE_CHARS = 14, 7
_QUOTE = Text("“{words}”", "“{words}”")
_IN_CELL = Text("{cell}的“{words}”", "“{words}” in {cell}")


class LeftoverPlace(NamedTuple):
    """A place with such words: how it is quoted, where it stands, and its cell."""

    quote: Text
    location: Location
    cell: Cell | None = None


def places_in(
    subject: RuleContext, patterns: Sequence[RulePattern], *, wanted: frozenset[str], takes_cells: bool
) -> Iterator[LeftoverPlace]:
    """Yield the places in a report: in some sections, or in all with title and headings if none are ``wanted``.

    Args:
        subject: The report.
        patterns: Regular expressions for such words.
        wanted: The ids of sections.
        takes_cells: Whether cells with placeholders count too.
    """
    if not wanted:
        yield from _in_headings(subject.report, patterns)
    for sentence in subject.prose.matching(patterns, *wanted):
        match = first_match(patterns, sentence)
        if match is not None:
            yield LeftoverPlace(_QUOTE.format(words=_around(sentence, match)), sentence.location)
    if takes_cells:
        yield from _in_cells(subject)


def _around(sentence: Sentence, match: re.Match[str]) -> str:
    """Return the words around a match, shortened on both sides."""
    words, start = sentence.plain, match.start()
    first = max(0, min(start - _MAX_BEFORE_CHARS, len(words) - _MAX_QUOTED_CHARS))
    quoted = words[first : first + _MAX_QUOTED_CHARS]
    return f"{'…' if first else ''}{quoted}{'…' if first + len(quoted) < len(words) else ''}"


def _in_headings(report: Report, patterns: Sequence[RulePattern]) -> Iterator[LeftoverPlace]:
    title = report.facts.get("title")
    headings = [(section.heading, section.location) for section in report.sections]
    for words, location in [*([(report.title, title.location)] if title is not None else []), *headings]:
        if any(pattern.search(plain(words)) for pattern in patterns):
            yield LeftoverPlace(_QUOTE.format(words=words), location)


def _in_cells(subject: RuleContext) -> Iterator[LeftoverPlace]:
    """Yield the cells with placeholders, but for tables in which no cell is filled: these are told as a whole."""
    for cells in subject.tables.values():
        blank = [cell for cell in cells if cell.state == BLANK]
        for cell in blank if len(blank) < len(cells) else ():
            if cell.raw:
                words = _IN_CELL.format(cell=cell_name(subject.report, cell.key), words=cell.raw[:_MAX_CELL_CHARS])
                yield LeftoverPlace(words, cell.location, cell)
