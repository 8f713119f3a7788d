"""Copies of plain texts and Markdown with corrected figures and new lines; notes would become content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.editing.editor import Amendment
from nianbao.editing.figure_spans import check_new, figure_in
from nianbao.editing.place_words import no_paragraph
from nianbao.editing.refusals import not_there, other_words
from nianbao.editing.source_text import Edit, SourceText
from nianbao.model.folding import squeezed
from nianbao.model.place import line_or_spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.editor import Addition, Correction
    from nianbao.readers.source import Source

_BLANK = re.compile(r"[ \u3000\u00a0]*")
_INDENT = re.compile(r"[ \u3000\t]*")
_MAX_LINES = 200  # of a paragraph
_BEHIND = re.compile(r"[^\s|]*")


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a text with corrected figures.

    Raises:
        InputError: a place is not found, or has another text.
    """
    return amend(source, Amendment(corrections))


def amend(source: Source, amendment: Amendment) -> bytes:
    """Return a text with corrected figures and new lines of prose.

    Raises:
        InputError: a place is not found, or has another text.
    """
    text = SourceText(source.data)
    edits = [_corrected(text, correction) for correction in amendment.corrections]
    return text.edited([*edits, *(_added(text, addition) for addition in amendment.additions)])


def _corrected(source: SourceText, correction: Correction) -> Edit:
    at, old = source.offset(correction.location), correction.old.strip()
    if at is None:
        raise not_there(correction)
    if not old:
        return _filled(source.text, at, correction)
    if not source.text.startswith(old, at) or _goes_on(source.text, at + len(old)):
        following = _BEHIND.match(source.text, at)
        raise other_words(correction, following[0] if following else "")
    figure = figure_in(old, old, new=correction.new, where=line_or_spot(correction.location))
    return Edit(at + figure.start, at + figure.end, figure.new)


def _added(source: SourceText, addition: Addition) -> Edit:
    """Put a line behind a paragraph; indented as its first line, and apart from it where paragraphs are."""
    at, line = source.offset(addition.location), addition.location.line or 1
    wanted = squeezed(addition.after)
    lines = source.text.split("\n")
    last = line - 1
    while at is not None and last < len(lines) and wanted not in squeezed("".join(lines[line - 1 : last + 1])):
        at, last = (at, last + 1) if last - line < _MAX_LINES else (None, last)
    if at is None or last >= len(lines):
        raise no_paragraph(addition.location)
    looks = addition.like.line or line
    indent = _INDENT.match(lines[looks - 1])
    is_apart = looks >= 2 and not lines[looks - 2].strip()
    end = source.line_starts[last] + len(lines[last])
    words = f"{indent[0] if indent else ''}{addition.text}"
    return Edit(end, end, f"\n\n{words}" if is_apart else f"\n{words}")


def _goes_on(text: str, end: int) -> bool:
    """Whether a figure continues behind its expected end."""
    return text[end : end + 1].isdigit()


def _filled(text: str, at: int, correction: Correction) -> Edit:
    """Write a figure into a blank cell: between its spaces if there are some, else before the bar at its end."""
    check_new(correction.new)
    match = _BLANK.match(text, at)
    end = match.end() if match else at
    if text[end : end + 1] not in {"", "|", "\t", "\n"}:
        following = _BEHIND.match(text, end)
        raise other_words(correction, following[0] if following else "")
    own_bar = text[:at].rpartition("\n")[2].strip() == "" and text[end : end + 1] == "|"
    wide = end - at >= 1 or own_bar
    lead = " " if wide and text[at - 1 : at] == "|" else ""
    return Edit(at, end, f"{lead}{correction.new}{' ' if wide else ''}")
