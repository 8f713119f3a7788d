"""Compares two readings of one report: its cells, the prose of its sections, its years and dates."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from nianbao.model.difference import CELL, FACT, SECTION, Difference, Side
from nianbao.model.folding import squeezed
from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.report import Cell, Report, Section

_BEFORE, _BEHIND = 12, 28  # characters shown around the first place where prose differs


def compare(first: Report, second: Report) -> tuple[Difference, ...]:
    """Return the differences between two reports: facts first, then cells in the form's order, then sections.

    Figures are compared as numbers, words without regard to width and white space. A title or date of publication that
    only one of them has is not a difference: a web page has these, and a file may not.
    """
    return (*_facts(first, second), *_cells(first, second), *_sections(first, second))


def _facts(first: Report, second: Report) -> Iterator[Difference]:
    pairs = {
        "form": (first.form.id, second.form.id),
        "year": (first.year, second.year),
        "issuer": (first.issuer and first.issuer.name, second.issuer and second.issuer.name),
        "period": (first.period and tuple(first.period), second.period and tuple(second.period)),
        "published": (first.published, second.published),
    }
    for name, (here, there) in pairs.items():
        if here is not None and there is not None and here != there:
            yield Difference(
                FACT, name, *(_fact(report, name, value) for report, value in ((first, here), (second, there)))
            )


def _fact(report: Report, name: str, value: object) -> Side:
    fact = report.facts.get("title_year" if name == "year" else name)
    shown = " – ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return Side(shown, fact.location if fact is not None else NOWHERE)


def _cells(first: Report, second: Report) -> Iterator[Difference]:
    known = (*first.form.slots, *first.cells, *second.cells)
    for key in dict.fromkeys(known):
        cell, other = first.cells.get(key), second.cells.get(key)
        if _held(cell) != _held(other):
            yield Difference(CELL, key, _cell(cell), _cell(other))


def _held(cell: Cell | None) -> object:
    if cell is None:
        return None
    return squeezed(cell.raw) if cell.value is None else cell.value


def _cell(cell: Cell | None) -> Side:
    return Side(None) if cell is None else Side(cell.raw, cell.location)


def _sections(first: Report, second: Report) -> Iterator[Difference]:
    for name in dict.fromkeys(section.id for report in (first, second) for section in report.sections):
        here, there = first.section(name), second.section(name)
        texts = [_paragraphs(section) for section in (here, there)]
        words = [None if text is None else "".join(text) for text in texts]
        if words[0] != words[1]:
            place = _first_difference(words[0] or "", words[1] or "")
            sides = zip((here, there), texts, strict=True)
            yield Difference(SECTION, name, *(_passage(section, text, place) for section, text in sides))


def _paragraphs(section: Section | None) -> list[str] | None:
    """Return the text of each paragraph as it is compared."""
    return None if section is None else [squeezed(paragraph.text) for paragraph in section.paragraphs]


def _passage(section: Section | None, paragraphs: Sequence[str] | None, place: int) -> Side:
    """Return what the paragraph at a place of a section's compared text says there, in its own signs."""
    if section is None or paragraphs is None:
        return Side(None)
    if not paragraphs:
        return Side("", section.location)
    number = 0
    while number < len(paragraphs) - 1 and place >= len(paragraphs[number]):
        place -= len(paragraphs[number])
        number += 1
    paragraph = section.paragraphs[number]
    text = paragraph.text.strip()
    at = bisect_right(range(len(text)), place, key=lambda end: len(squeezed(text[:end]))) - 1
    begin = max(0, min(at - _BEFORE, len(text) - _BEFORE - _BEHIND))
    return Side(text[begin : begin + _BEFORE + _BEHIND], paragraph.location)


def _first_difference(text: str, other: str) -> int:
    shorter = min(len(text), len(other))
    return next((place for place in range(shorter) if text[place] != other[place]), shorter)
