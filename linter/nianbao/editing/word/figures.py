"""Writes figures of a Word file's tables in the style of the old figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.editing.figure_spans import figure_in, in_short
from nianbao.editing.marking import mark_office
from nianbao.editing.place_words import no_cell, where
from nianbao.editing.signs import Sign, write
from nianbao.editing.word.fields import computed, is_computed
from nianbao.editing.word.filling import fill
from nianbao.editing.word.ranges import TEXT, signs
from nianbao.editing.word.tree import WordText, paragraphs_of
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.own_work import corrected_copy_of
from nianbao.readers.word.xml_names import TEXT_BOX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.containers.zipped import Zipped
    from nianbao.editing.editor import Correction
    from nianbao.editing.word.tree import WordPlace

_NOT_TEXT = Text(
    "{where}的“{said}”不是普通文字（自动编号、符号或文本框），没有改动；请在 Word 里自己改",
    "“{said}” in {where} is no plain text (an automatic number, a sign or a text box), and was not changed: put it "
    "right in Word",
)


def corrected(zipped: Zipped, corrections: Sequence[Correction]) -> bytes:
    """Return a Word file with new figures in cells.

    Raises:
        InputError: it cannot be read or has a signature; a cell is not found, or has another text than expected.
    """
    text = WordText(zipped)
    for correction in corrections:
        place = text.cell(correction.location)
        if place is None:
            raise no_cell(correction.location)
        _put_right(text, place, correction)
    if not corrections:
        return zipped.data
    mark_office(text.parts, corrected_copy_of(zipped.data))
    return text.packed()


def _put_right(text: WordText, place: WordPlace, correction: Correction) -> None:
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
        fill(place, correction.new, where=at)
        return
    stretch = signs_read[figure.start : figure.end]
    if any(sign.element is None or sign.element.tag != TEXT for sign in stretch):
        raise InputError("cell-not-text", _NOT_TEXT.format(where=at, said=in_short(old)))
    if any(is_computed(sign.element, place.cell) for sign in stretch):
        raise computed(at)
    write(stretch, figure.new)


def _signs(text: WordText, cell: Any) -> Iterator[Sign]:
    """Give the characters of a cell, with a line feed after each paragraph."""
    for paragraph in paragraphs_of(cell):
        yield from signs(paragraph, text.styles)
        yield Sign("\n", None, 0)
