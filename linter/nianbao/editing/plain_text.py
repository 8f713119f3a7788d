"""Copies of plain texts and Markdown with corrected figures; notes are not possible: they would become content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.editing.figure_spans import check_new, figure_in
from nianbao.editing.refusals import not_there, other_words
from nianbao.editing.source_text import Edit, SourceText
from nianbao.model.place import line_or_spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.editor import Correction
    from nianbao.readers.source import Source

_BLANK = re.compile(r"[ \u3000\u00a0]*")
_BEHIND = re.compile(r"[^\s|]*")


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a text with corrected figures.

    Raises:
        InputError: a place is not found, or has another text.
    """
    text = SourceText(source.data)
    return text.edited(_corrected(text, correction) for correction in corrections)


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
