"""Headings of sections that stand inside other text: run into prose, at the end of a table, in a row of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.ordinals import bare, ordinal
from nianbao.extraction.recognising import bare_labels
from nianbao.extraction.tables.labels import labels_of
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.document import Block, TableCell
    from nianbao.model.form import Form

_MIN_HEADINGS = 3  # headings in a paragraph without any break that make it a whole report
_MIN_HEADING_CHARS = 4
_OPEN = frozenset('（(“"《〈「[')


class Inner(NamedTuple):
    """A heading inside a text: where it begins and ends."""

    start: int
    end: int


def unpacked(blocks: Sequence[Block], form: Form) -> tuple[Block, ...]:
    """Return blocks in which every heading with its number is a paragraph of its own."""
    marks, _pattern = _headings(form)
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result += _parted(block, form) if any(mark in block.text for mark in marks) else (block,)
        elif isinstance(block, Table):
            result += _cut_table(block, form)
        else:
            result.append(block)
    return tuple(result)


@lru_cache(maxsize=16)
def _headings(form: Form) -> tuple[tuple[str, ...], re.Pattern[str] | None]:
    """Return how headings with numbers begin, and a pattern of them, spaces inside or not."""
    numbers = {ordinal(section.heading) for section in form.sections} - {""}
    words = sorted(
        {
            number + words.removeprefix(ordinal(words))
            for section in form.sections
            for number in [ordinal(section.heading)]
            for words in (section.heading, *section.variants)
            if number and len(words.removeprefix(ordinal(words))) >= _MIN_HEADING_CHARS and not names_label(words, form)
        },
        key=len,
        reverse=True,
    )
    if not words:
        return (), None
    ways = "|".join(
        r"\s*".join("、?" if letter == "、" and n > 1 else re.escape(letter) for n, letter in enumerate(one))
        for one in words
    )
    return tuple(numbers), re.compile(f"(?:{ways})")


@lru_cache(maxsize=16)
def _signs(form: Form) -> tuple[str, ...]:
    """Return the signs that headings have behind their numbers: few texts have any of them."""
    return tuple({mark[-1] for mark in _headings(form)[0]})


def names_label(words: str, form: Form) -> bool:
    """Whether the words of a heading are those of a row or column too."""
    return bare(fold(words)) in bare_labels(form)


def inner_headings(text: str, form: Form) -> list[Inner]:
    """Return the headings inside a text: behind the end of a sentence or a figure, or several that part it."""
    marks, pattern = _headings(form)
    if pattern is None or not any(mark in text for mark in marks):
        return []
    found = [Inner(*match.span()) for match in pattern.finditer(text)]
    if len(found) >= _MIN_HEADINGS:
        return [one for one in found if one.start == 0 or text[one.start - 1] not in _OPEN]
    return [one for one in found if one.start == 0 or _ends(text[one.start - 1])]


def _ends(letter: str) -> bool:
    """Whether a heading may follow a letter: the end of a sentence, white space, a figure, but no word."""
    return not letter.isalpha() and letter not in _OPEN and letter not in "、，,"


def _parted(paragraph: Paragraph, form: Form) -> Iterator[Paragraph]:
    """Cut a paragraph at the headings inside it; one that is a heading, or begins with it, stays for the next step."""
    text = paragraph.text
    inner = inner_headings(text, form)
    if not inner or (inner[0].start == 0 and not _words(text[inner[0].end :])):
        yield paragraph
        return
    at = 0
    for one in inner:
        yield from _piece(paragraph, at, one.start)
        yield from _piece(paragraph, one.start, one.end)
        at = one.end
    yield from _piece(paragraph, at, len(text))


def _piece(paragraph: Paragraph, start: int, end: int) -> Iterator[Paragraph]:
    words = paragraph.text[start:end].strip()
    if _words(words):
        yield paragraph._replace(text=words)


def _words(text: str) -> str:
    """Return text without signs around it; "" where there is nothing else."""
    return text.strip(" \t\u3000:：。.;；、,，|")


def _cut_table(table: Table, form: Form) -> Iterator[Block]:
    """Cut a table at the headings among its cells; what then stands alone in a row and names nothing is prose."""
    places: dict[int, list[Inner]] = {}
    signs = _signs(form)
    for number, cell in enumerate(table.cells):
        text = cell.text
        if len(text) < _MIN_HEADING_CHARS or text.isdecimal():
            continue
        if any(sign in text for sign in signs) and (inner := inner_headings(text, form)):
            places[number] = inner
    if not places:
        yield table
        return
    run: list[TableCell] = []
    for number, cell in enumerate(table.cells):
        if number not in places:
            run.append(cell)
            continue
        before, *rest = list(_parted(Paragraph(cell.text, cell.location), form))
        if places[number][0].start > 0:
            run.append(cell._replace(text=before.text))
        else:
            rest = [before, *rest]
        yield from _prose_or_table(run, table, form)
        run = []
        yield from rest
    yield from _prose_or_table(run, table, form)


def _prose_or_table(cells: Sequence[TableCell], table: Table, form: Form) -> Iterator[Block]:
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    prose = {
        row: own[0]
        for row, own in rows.items()
        if table.shape != "flow" and len(own) == 1 and not _is_label(own[0].text, form)
    }
    kept = tuple(cell for cell in cells if cell.row not in prose)
    first = next((cell.row for cell in kept if cell.text.strip()), None)
    yield from (Paragraph(cell.text, cell.location) for row, cell in prose.items() if first is None or row < first)
    if first is not None:
        yield Table(kept, table.shape, kept[0].location)
    yield from (Paragraph(cell.text, cell.location) for row, cell in prose.items() if first is not None and row > first)


def _is_label(text: str, form: Form) -> bool:
    return text.strip()[:1].isdigit() or any(
        labels_of(table).match(text, among_values=False) is not None for table in form.tables.values()
    )
