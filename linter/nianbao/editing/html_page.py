"""Copies of web pages: with numbered marks and the notes at the top, or with corrected figures in their cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nianbao.editing.editor import Amendment
from nianbao.editing.figure_spans import figure_in
from nianbao.editing.page_prose import added
from nianbao.editing.pagesigns import signs_of_cell, signs_of_run, squeezed, words
from nianbao.editing.refusals import not_there, other_words
from nianbao.editing.source_text import Edit, SourceText
from nianbao.errors import InputError
from nianbao.messages import Text, clean
from nianbao.model.document import Table
from nianbao.model.location import NOWHERE
from nianbao.model.own_work import ANNOTATED_COPY, GENERATOR, OwnWork
from nianbao.model.place import line_or_spot
from nianbao.readers.decode import decode
from nianbao.readers.html.elements import BLOCKS, NOTES
from nianbao.readers.html.page import read_html
from nianbao.readers.html.scanner import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.editing.pagesigns import PageSign
    from nianbao.readers.source import Source

# Marks are 〔注1〕, in escapes of CSS: a number alone would be taken for a digit of the figure before it.
_STYLE = (
    f"{NOTES}{{display:block;margin:12px;padding:8px 16px;border:2px solid #b3261e;background:#fff;color:#1d1d1f;"
    "font:14px/1.6 sans-serif;text-align:left}"
    f"{NOTES} ul{{padding:0;list-style:none}}{NOTES} li{{margin:6px 0}}"
    f"{NOTES} .error{{color:#b3261e}}{NOTES} .warning{{color:#8a5a00}}"
    f"{NOTES} .info{{color:#0b57a4}}"
    "mark.nianbao{background:#ffe28a;color:#1d1d1f;outline:1px solid #b3261e}"
    "mark.nianbao[data-number]::after{content:'\\3014\\6CE8 'attr(data-number)'\\3015 ';margin-left:2px;"
    "color:#b3261e;font:11px/14px sans-serif;vertical-align:super;white-space:nowrap}"
)
_OPENS = re.compile(r"(?:p|div|span|font|b|strong|u|i|em|center|o:p)", re.IGNORECASE)
_BROKEN = Text(
    "网页的标签有错，加了批注读出来就不一样了；请在浏览器里另存一份再试",
    "has broken tags, and with notes would not be read as it is: save it again from a browser",
)
_AROUND = ("html", "body")
_MAX_RUNS = 200  # of a note: a sentence with more tags is hostile


class _Stretch(NamedTuple):
    """A marked range between two tags, and its note; the number is put behind the last range of a note."""

    begin: int
    end: int
    note: int
    last: bool = False


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return a page with notes: a number at each place, and the texts at the top.

    A note whose place in the source is unknown appears only at the top; so do all notes if tags are so broken that
    marks would change the content of the page.

    Raises:
        InputError: the encoding of the page cannot represent the notes, or the page is broken.
    """
    page = SourceText(source.data)
    content = _content(page.text)
    for stretches in (sorted(_apart(_wanted(page, notes))), []):
        made = _marked(page, notes, stretches)
        if _content(decode(made)) == content:
            return made
    raise InputError("cannot-write", _BROKEN)


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a page with corrected figures; the tags of their cells stay.

    Raises:
        InputError: a place is not found, or has another text.
    """
    return amend(source, Amendment(corrections))


def amend(source: Source, amendment: Amendment) -> bytes:
    """Return a page with corrected figures and new paragraphs.

    Raises:
        InputError: a place is not found, or has another text.
    """
    page = SourceText(source.data)
    edits = [edit for correction in amendment.corrections for edit in _corrected(page, correction)]
    return page.edited([*edits, *(added(page, addition) for addition in amendment.additions)], references=True)


def _marked(source: SourceText, notes: Sequence[Note], stretches: Sequence[_Stretch]) -> bytes:
    edits = [Edit(at := _top(source.text), at, _list(notes, {stretch.note for stretch in stretches}))]
    for stretch in stretches:
        edits.append(Edit(stretch.begin, stretch.begin, _opening(stretch, notes[stretch.note])))
        edits.append(Edit(stretch.end, stretch.end, "</mark>"))
    return source.edited(edits, references=True)


def _content(text: str) -> list[tuple[object, ...]]:
    """Return the content of a page, block by block and cell by cell."""
    content: list[tuple[object, ...]] = []
    for block in read_html(text, "", sha256="").blocks:
        if isinstance(block, Table):
            content += [cell._replace(location=NOWHERE) for cell in block.cells]
        else:
            content.append(block._replace(location=NOWHERE))
    return content


def _wanted(source: SourceText, notes: Sequence[Note]) -> Iterator[_Stretch]:
    """Give the ranges of the source that notes are about."""
    for number, note in enumerate(notes):
        at = source.offset(note.location)
        if at is None:
            continue
        signs = _signs(source.text, at, note)
        runs = [list(run) for _stretch, run in groupby(signs, key=lambda sign: sign.stretch)][:_MAX_RUNS]
        if not runs:
            at = _inside(source.text, at)
            yield _Stretch(at, at, number, last=True)
        for run in runs:
            yield _Stretch(run[0].begin, run[-1].end, number, last=run is runs[-1])


def _signs(text: str, at: int, note: Note) -> list[PageSign]:
    if note.location.table is not None:
        return signs_of_cell(text, at)
    signs = signs_of_run(text, at)
    quote = squeezed(note.quote)
    begin = words(signs).find(quote) if quote else -1
    return signs if begin < 0 else signs[begin : begin + len(quote)]


def _apart(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Remove overlaps: cut ranges that are marked already; if nothing is left of a range, its number stays."""
    marked: list[tuple[int, int]] = []
    for stretch in stretches:
        begin = stretch.begin
        first = bisect_right(marked, (begin, begin)) - 1
        first += first < 0 or marked[first][1] <= begin
        last = first
        while last < len(marked) and marked[last][0] < stretch.end:
            if begin < marked[last][0]:
                yield _Stretch(begin, marked[last][0], stretch.note)
            begin, last = marked[last][1], last + 1
        around = [*marked[first:last], (stretch.begin, stretch.end)]
        if stretch.begin < stretch.end:
            marked[first:last] = [(min(place for place, _end in around), max(end for _place, end in around))]
        begin = min(begin, stretch.end)
        if begin < stretch.end or stretch.last:
            yield stretch._replace(begin=begin)


def _top(text: str) -> int:
    """Return the position before all content of a page: behind its tag ``body``, else before its first block."""
    for match in TOKEN.finditer(text):
        name = (match["name"] or "").lower()
        if name == "body" and match["closed"] and not match["slash"]:
            return match.end()
        if name in BLOCKS and name not in _AROUND:
            return match.start()
    return 0


def _list(notes: Sequence[Note], placed: set[int]) -> str:
    items = "".join(_item(number, note, placed=number in placed) for number, note in enumerate(notes))
    mark = GENERATOR.format(OwnWork(ANNOTATED_COPY).mark)
    return f"<style>{_STYLE}</style><{NOTES}>{mark}<b>nianbao ({len(notes)})</b><ul>{items}</ul></{NOTES}>"


def _item(number: int, note: Note, *, placed: bool) -> str:
    title = f'<b class="{escape(note.severity)}">{_safe(note.title)}</b>'
    linked = f'<a href="#nianbao-{number + 1}">{title}</a>' if placed else title
    lines = "<br>".join(map(_safe, note.body.split("\n")))
    return f"<li>〔注{number + 1}〕{linked}<br>{lines}</li>"


def _opening(stretch: _Stretch, note: Note) -> str:
    number = stretch.note + 1
    link = f' id="nianbao-{number}" data-number="{number}"' if stretch.last else ""
    title = "&#10;".join(map(_safe, (note.title, *note.body.split("\n"))))
    return f'<mark class="nianbao"{link} title="{title}">'


def _safe(line: str) -> str:
    return escape(clean(line))


def _inside(text: str, at: int) -> int:
    """Return the position in the innermost of the elements that begin at a position in an empty cell."""
    while (match := TOKEN.match(text, at)) is not None:
        if match["slash"] or not match["closed"] or not _OPENS.fullmatch(match["name"] or ""):
            break
        at = match.end()
    return at


def _corrected(source: SourceText, correction: Correction) -> Iterator[Edit]:
    """Give the edits that correct the figure of a cell; the rest of its text stays."""
    at = source.offset(correction.location)
    if at is None or correction.location.table is None:
        raise not_there(correction)
    signs = signs_of_cell(source.text, at)
    old = squeezed(correction.old)
    if words(signs) != old:
        raise other_words(correction, words(signs))
    figure = figure_in(old, old, new=correction.new, where=line_or_spot(correction.location))
    if not signs:
        at = _inside(source.text, at)
        yield Edit(at, at, figure.new)
    for number, sign in enumerate(signs[figure.start : figure.end]):
        yield Edit(sign.begin, sign.end, "" if number else figure.new)
