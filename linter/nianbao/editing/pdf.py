"""Copies of PDFs: highlights with notes, written behind what is there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from nianbao.editing.base import Editor
from nianbao.errors import InputError
from nianbao.messages import Text, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PageObject, PdfWriter

    from nianbao.editing.base import Note
    from nianbao.model.location import Location

    Box = tuple[float, float, float, float]

_COLOURS = {"error": (1, 0.72, 0.68), "warning": (1, 0.89, 0.54), "info": (0.68, 0.85, 1)}
_PRINTED = 4
_LEAST = 6.0  # points that a highlight is high and wide at least
_PROTECTED = Text(
    "PDF 设有保护，不能加批注；请用生成它的 Word 文件，或另存一份没有保护的",
    "is protected, so that no notes can be added: use the Word file that it was made from, or save it without protection",
)
_BROKEN = Text(
    "PDF 的结构有问题，不能加批注；请重新导出再试", "has a broken structure, so that no notes can be added: export it again"
)


def annotate(data: bytes, notes: Sequence[Note]) -> bytes:
    """Return a PDF with highlights that say what is wrong; its own bytes stay as they are, before what is added.

    Notes without a place on a page stand in the upper left corner of the first page.

    Raises:
        InputError: it is protected or broken.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - for copies of PDFs alone

    try:
        if PdfReader(io.BytesIO(data)).is_encrypted:
            raise InputError("locked", _PROTECTED)
        writer = PdfWriter(io.BytesIO(data), incremental=True)
        for number, note in enumerate(notes, 1):
            _add(writer, note, number)
        made = io.BytesIO()
        writer.write(made)
    except InputError:
        raise
    except Exception as error:  # whatever the library meets in a file that is not what it should be
        raise InputError("cannot-write", _BROKEN) from error
    if not made.getvalue().startswith(data):
        raise InputError("cannot-write", _BROKEN)
    return made.getvalue()


def _add(writer: PdfWriter, note: Note, number: int) -> None:
    """Add a note to its page."""
    from pypdf.generic import (  # noqa: PLC0415 - the same
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    index = (note.location.page or 1) - 1
    page = writer.pages[index]
    left, low, right, high = corners = _on_paper(page, note.location)
    said = "\n".join(map(clean, (note.title, *note.body.split("\n"))))
    colour = _COLOURS.get(note.severity, _COLOURS["info"])
    given: dict[str, Any] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Highlight"),
        "/Rect": _numbers(corners),
        "/QuadPoints": _numbers((left, high, right, high, left, low, right, low)),
        "/C": _numbers(colour),
        "/F": NumberObject(_PRINTED),
        "/T": TextStringObject("nianbao"),
        "/NM": TextStringObject(f"nianbao-{number}"),
        "/Contents": TextStringObject(said),
        "/AP": DictionaryObject({NameObject("/N"): writer._add_object(_shade(corners, colour))}),  # noqa: SLF001
    }
    writer.add_annotation(index, DictionaryObject({NameObject(name): value for name, value in given.items()}))


def _shade(box: Box, colour: Sequence[float]) -> Any:
    """Return what a highlight looks like: an area that what is below shines through."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject  # noqa: PLC0415 - the same

    blend = DictionaryObject({NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")})
    state = DictionaryObject({NameObject("/G"): blend})
    form = DecodedStreamObject()
    form.set_data(_drawn(box, colour))
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers(box),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): state}),
        }
    )
    return form


def _drawn(box: Box, colour: Sequence[float]) -> bytes:
    left, low, right, high = box
    paint = " ".join(f"{part:g}" for part in colour)
    return f"/G gs {paint} rg {left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re f".encode()


def _numbers(values: Sequence[float]) -> Any:
    from pypdf.generic import ArrayObject, FloatObject  # noqa: PLC0415 - the same

    return ArrayObject(FloatObject(f"{value:.2f}") for value in values)


def _on_paper(page: PageObject, location: Location) -> Box:
    """Return a box, as it is counted from the upper left corner of what is looked at, as the page counts it."""
    x0, top, x1, bottom = location.box or (0.0, 0.0, _LEAST, _LEAST)
    x1, bottom = max(x1, x0 + _LEAST), max(bottom, top + _LEAST)
    turn = int(page.get("/Rotate", 0) or 0) % 360
    paper = page.mediabox if turn else page.cropbox
    left, low, right, high = (float(edge) for edge in (paper.left, paper.bottom, paper.right, paper.top))
    places = {
        90: (left + top, low + x0, left + bottom, low + x1),
        180: (right - x1, low + top, right - x0, low + bottom),
        270: (right - bottom, high - x1, right - top, high - x0),
    }
    return places.get(turn, (left + x0, high - bottom, left + x1, high - top))


EDITOR = Editor("pdf", annotate)
