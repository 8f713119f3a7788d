"""Headings of sections inside other text: in a line of prose, at the end of a table, in a row of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.recognising import bare_labels
from nianbao.extraction.tables.labels import labels_of
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.document import Block, TableCell
    from nianbao.model.form import Form

_MIN_HEADINGS = 3  # in one paragraph without line breaks, which is then a whole report
_MIN_HEADING_CHARS = 4
_LIST_COMMA = "、"
_OPEN = frozenset('（(“"《〈「[')


class Inner(NamedTuple):
    """A heading inside a text: its start and end."""

    start: int
    end: int


def unpacked(blocks: Sequence[Block], form: Form) -> tuple[Block, ...]:
    """Return blocks in which every numbered heading is a separate paragraph."""
    marks, _words_of_headings = _headings(form)
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
def _headings(form: Form) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the beginnings of numbered headings, and the headings, the longest first."""
    numbers = {ordinal(section.heading) for section in form.sections} - {""}
    words = {
        number + words.removeprefix(ordinal(words))
        for section in form.sections
        for number in [ordinal(section.heading)]
        for words in (section.heading, *section.variants)
        if number and len(words.removeprefix(ordinal(words))) >= _MIN_HEADING_CHARS and not names_label(words, form)
    }
    return (tuple(numbers) if words else ()), tuple(sorted(words, key=lambda heading: (-len(heading), heading)))


@lru_cache(maxsize=16)
def _signs(form: Form) -> tuple[str, ...]:
    """Return the signs behind the numbers of headings; few texts contain them."""
    return tuple({mark[-1] for mark in _headings(form)[0]})


def names_label(words: str, form: Form) -> bool:
    """Whether the words of a heading are also the label of a row or column."""
    return bare(fold(words)) in bare_labels(form)


def inner_headings(text: str, form: Form, *, beside: int = 0) -> list[Inner]:
    """Return the headings inside a text: behind the end of a sentence or a figure, or several that divide it.

    Args:
        text: The text.
        form: The form.
        beside: How many headings there are in other parts of the same text.
    """
    marks, words = _headings(form)
    if not any(mark in text for mark in marks):
        return []
    headings = list(_found(text, words))
    if headings and len(headings) + beside >= _MIN_HEADINGS:
        return [heading for heading in headings if heading.start == 0 or text[heading.start - 1] not in _OPEN]
    return [heading for heading in headings if heading.start == 0 or _ends(text[heading.start - 1])]


def _found(text: str, words: Sequence[str]) -> Iterator[Inner]:
    """Return where headings stand in a text, the longest at each place."""
    firsts = {heading[0] for heading in words}
    at = 0
    while at < len(text):
        end = at
        if text[at] in firsts:
            end = next(filter(None, (_end_of(heading, text, start=at) for heading in words)), at)
        if end > at:
            yield Inner(at, end)
        at = max(at + 1, end)


def _end_of(heading: str, text: str, *, start: int) -> int | None:
    """Return where a heading ends that begins at ``start``, which may have spaces and lack commas; else ``None``."""
    end = start
    for number, letter in enumerate(heading):
        at = end
        while number and text[at : at + 1].isspace():
            at += 1
        if text[at : at + 1] == letter:
            end = at + 1
        elif number <= 1 or letter != _LIST_COMMA:
            return None
    return end


def _ends(letter: str) -> bool:
    """Whether a heading may follow a character: the end of a sentence, white space, a figure, but not a word."""
    return not letter.isalpha() and letter not in _OPEN and letter not in "、，,"


def _parted(paragraph: Paragraph, form: Form, *, beside: int = 0) -> Iterator[Paragraph]:
    """Split a paragraph at the headings inside it; a heading at its beginning is left to the next step."""
    text = paragraph.text
    inner = inner_headings(text, form, beside=beside)
    if not inner or (inner[0].start == 0 and not _words(text[inner[0].end :])):
        yield paragraph
        return
    at = 0
    for heading in inner:
        yield from _piece(paragraph, at, heading.start)
        yield from _piece(paragraph, heading.start, heading.end)
        at = heading.end
    yield from _piece(paragraph, at, len(text))


def _piece(paragraph: Paragraph, start: int, end: int) -> Iterator[Paragraph]:
    words = paragraph.text[start:end].strip()
    if _words(words):
        yield paragraph._replace(text=words)


def _words(text: str) -> str:
    """Return text without the punctuation around it; "" if it has nothing else."""
    return text.strip(" \t\u3000:：。.;；、,，|")


def _cut_table(table: Table, form: Form) -> Iterator[Block]:
    """Split a table at the headings among its cells; an unknown text alone in its row then becomes prose."""
    places: dict[int, list[Inner]] = {}
    signs = _signs(form)
    for number, cell in enumerate(table.cells):
        text = cell.text
        if len(text) < _MIN_HEADING_CHARS or text.isdecimal():
            continue
        if any(sign in text for sign in signs) and (inner := inner_headings(text, form, beside=_MIN_HEADINGS)):
            places[number] = inner
    beside = sum(map(len, places.values()))
    if beside < _MIN_HEADINGS:
        beside = 0
        certain = {number: inner_headings(table.cells[number].text, form) for number in places}
        places = {number: inner for number, inner in certain.items() if inner}
    if not places:
        yield table
        return
    run: list[TableCell] = []
    for number, cell in enumerate(table.cells):
        if number not in places:
            run.append(cell)
            continue
        before, *rest = list(_parted(Paragraph(cell.text, cell.location), form, beside=beside))
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
        yield table._replace(cells=kept, location=kept[0].location)
    yield from (Paragraph(cell.text, cell.location) for row, cell in prose.items() if first is not None and row > first)


def _is_label(text: str, form: Form) -> bool:
    return text.strip()[:1].isdigit() or any(
        labels_of(table).match(text, among_values=False) is not None for table in form.tables.values()
    )
