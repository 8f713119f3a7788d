"""Copies of PDFs: highlights with notes, appended to the unchanged file."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from nianbao.bounds.watchdog import watched
from nianbao.editing.note_words import AUTHOR, words_of
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.own_work import ANNOTATED_COPY, PRODUCER, OwnWork

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pypdf import PageObject, PdfWriter

    from nianbao.editing.editor import Note
    from nianbao.model.location import Location

    Box = tuple[float, float, float, float]
    from nianbao.readers.source import Source

_COLOURS = {"error": (1, 0.72, 0.68), "warning": (1, 0.89, 0.54), "info": (0.68, 0.85, 1)}
_PRINTED = 4
_SECONDS, _MEGABYTES = 20, 768
_MIN_HIGHLIGHT_POINTS = 6.0  # the minimum height and width of a highlight
logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what goes wrong is reported in our own words

_PROTECTED = Text(
    "PDF 设有保护，不能加批注；请用生成它的 Word 文件，或另存一份没有保护的",
    "is protected, so that no notes can be added: use the Word file that it was made from, "
    "or save it without protection",
)
_BROKEN = Text(
    "PDF 的结构有问题，不能加批注；请重新导出再试",
    "has a broken structure, so that no notes can be added: export it again",
)


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return a PDF with highlights and notes; its own bytes stay unchanged at the beginning of the file.

    Notes without a place on a page are put into the upper left corner of the first page.

    Raises:
        InputError: it is protected or broken, or takes too long.
    """
    try:
        with watched(seconds=_SECONDS, megabytes=_MEGABYTES):
            made = _annotated(source.data, notes)
    except InputError:
        raise
    except Exception as error:  # any error of the library in a broken file
        raise InputError("cannot-write", _BROKEN) from error
    if not made.startswith(source.data):
        raise InputError("cannot-write", _BROKEN)
    return made


def _annotated(data: bytes, notes: Sequence[Note]) -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - for copies of PDFs alone

    if PdfReader(io.BytesIO(data)).is_encrypted:
        raise InputError("locked", _PROTECTED)
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    for number, note in enumerate(notes, 1):
        _add(writer, note, number)
    writer.add_metadata({PRODUCER: OwnWork(ANNOTATED_COPY).mark})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _add(writer: PdfWriter, note: Note, number: int) -> None:
    """Add a note to its page."""
    from pypdf.generic import NameObject, NumberObject, TextStringObject  # noqa: PLC0415 - the same

    index = (note.location.page or 1) - 1
    left, low, right, high = box = _on_paper(writer.pages[index], note.location)
    words = words_of(note)
    colour = _COLOURS[note.severity]
    shade = writer._add_object(_shade(box, colour))  # noqa: SLF001 - what its own annotations are made with
    entries = {
        "Type": NameObject("/Annot"),
        "Subtype": NameObject("/Highlight"),
        "Rect": _numbers(box),
        "QuadPoints": _numbers((left, high, right, high, left, low, right, low)),
        "C": _numbers(colour),
        "F": NumberObject(_PRINTED),
        "T": TextStringObject(AUTHOR),
        "NM": TextStringObject(f"{AUTHOR}-{number}"),
        "Contents": TextStringObject("\n".join((words.title, *words.lines))),
        "AP": _dictionary({"N": shade}),
    }
    if note.day is not None:
        day = TextStringObject(f"D:{note.day:%Y%m%d}")
        entries |= {"CreationDate": day, "M": day}
    writer.add_annotation(index, _dictionary(entries))


def _shade(box: Box, colour: Sequence[float]) -> Any:
    """Return the appearance of a highlight: a transparent area."""
    from pypdf.generic import DecodedStreamObject, NameObject  # noqa: PLC0415 - the same

    left, low, right, high = box
    blend = _dictionary({"Type": NameObject("/ExtGState"), "BM": NameObject("/Multiply")})
    paint = " ".join(f"{part:g}" for part in colour)
    form = DecodedStreamObject()
    form.set_data(f"/G gs {paint} rg {left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re f".encode())
    entries = {
        "Type": NameObject("/XObject"),
        "Subtype": NameObject("/Form"),
        "BBox": _numbers(box),
        "Resources": _dictionary({"ExtGState": _dictionary({"G": blend})}),
    }
    form.update(_dictionary(entries))
    return form


def _dictionary(entries: Mapping[str, Any]) -> Any:
    from pypdf.generic import DictionaryObject, NameObject  # noqa: PLC0415 - the same

    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _numbers(values: Sequence[float]) -> Any:
    from pypdf.generic import ArrayObject, FloatObject  # noqa: PLC0415 - the same

    return ArrayObject(FloatObject(f"{value:.2f}") for value in values)


def _on_paper(page: PageObject, location: Location) -> Box:
    """Convert a box that is counted from the upper left corner of the visible page into the page's coordinates."""
    x0, top, x1, bottom = location.box or (0.0, 0.0, _MIN_HIGHLIGHT_POINTS, _MIN_HIGHLIGHT_POINTS)
    x1, bottom = max(x1, x0 + _MIN_HIGHLIGHT_POINTS), max(bottom, top + _MIN_HIGHLIGHT_POINTS)
    turn = page.rotation % 360
    paper = page.cropbox
    left, low, right, high = (float(edge) for edge in (paper.left, paper.bottom, paper.right, paper.top))
    places = {
        90: (left + top, low + x0, left + bottom, low + x1),
        180: (right - x1, low + top, right - x0, low + bottom),
        270: (right - bottom, high - x1, right - top, high - x0),
    }
    return places.get(turn, (left + x0, high - bottom, left + x1, high - top))
