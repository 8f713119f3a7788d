"""Writes figures of a Word file's tables in the style of the old figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.editing.figure_spans import figure_in, in_short
from nianbao.editing.place_words import no_cell, where
from nianbao.editing.signs import Sign, write
from nianbao.editing.word.fields import computed, is_computed
from nianbao.editing.word.filling import fill
from nianbao.editing.word.ranges import TEXT, run_of, signs
from nianbao.editing.word.tree import paragraphs_of
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.word.xml_names import TEXT_BOX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.editing.editor import Correction
    from nianbao.editing.word.tracking import Tracker
    from nianbao.editing.word.tree import WordText

_NOT_TEXT = Text(
    "{where}的“{said}”不是普通文字（自动编号、符号或文本框），没有改动；请在 Word 里自己改",
    "“{said}” in {where} is no plain text (an automatic number, a sign or a text box), and was not changed: put it "
    "right in Word",
)


def put_right(text: WordText, correction: Correction, *, tracker: Tracker | None) -> None:
    """Write the new figure of a cell, as a tracked change if there is a tracker.

    Raises:
        InputError: the cell is not found, or has another text than expected.
    """
    place = text.cell(correction.location)
    if place is None:
        raise no_cell(correction.location)
    at = where(correction.location)
    if next(place.cell.iterancestors(TEXT_BOX), None) is not None:  # which is in the file twice
        raise InputError("cell-not-text", _NOT_TEXT.format(where=at, said=in_short(place.text)))
    meant = figure_in(place.text, correction.old, new=correction.new, where=at)
    signs_read = list(_signs(text, place.cell))
    text_read = "".join(sign.char for sign in signs_read)
    is_all = "".join(text_read.split()) == "".join(place.text.split())
    old = correction.old if is_all else place.text[meant.start : meant.end]
    try:
        figure = figure_in(text_read, old, new=correction.new, where=at)
    except InputError as error:  # text from elsewhere: numbers of lists, text boxes
        raise InputError("cell-not-text", _NOT_TEXT.format(where=at, said=in_short(old))) from error
    if figure.start == figure.end:
        filled = fill(place, correction.new, where=at)
        if tracker is not None:
            tracker.mark_inserted(filled)
        return
    stretch = signs_read[figure.start : figure.end]
    if any(sign.element is None or sign.element.tag != TEXT for sign in stretch):
        raise InputError("cell-not-text", _NOT_TEXT.format(where=at, said=in_short(old)))
    if any(is_computed(sign.element, place.cell) for sign in stretch):
        raise computed(at)
    if tracker is None:
        write(stretch, figure.new)
    elif all(run_of(sign.element) is sign.element.getparent() for sign in stretch):
        tracker.replace(stretch, figure.new)
    else:
        raise InputError("cell-not-text", _NOT_TEXT.format(where=at, said=in_short(old)))


def _signs(text: WordText, cell: Any) -> Iterator[Sign]:
    """Give the characters of a cell, with a line feed after each paragraph."""
    for paragraph in paragraphs_of(cell):
        yield from signs(paragraph, text.styles)
        yield Sign("\n", None, 0)
