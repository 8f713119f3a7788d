"""PDFs with highlights and notes behind what is there."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.utils import apply_matrix_rect
from pdfplumber.pdf import PDF
from pypdf import PdfReader, PdfWriter
from tests.support.editing import on_bytes
from tests.support.pdffiles import cells, pages, ruled, say, stream

from nianbao.editing.editor import Note
from nianbao.errors import InputError
from nianbao.model.document import Table
from nianbao.model.location import NOWHERE, Location
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nianbao.model.document import Document

annotate = on_bytes("pdf").annotate
COLUMNS, ROWS = (80, 200, 320, 440), (200, 230, 260, 290)
TEXTS = (("row", "new", "old"), ("first", "84", "7"), ("second", "12", "3"))
CONTENT = say(80, 120, "政府信息公开工作年度报告") + ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, TEXTS)


def read(data: bytes) -> Document:
    """Read a PDF."""
    return document_from_bytes(data, "file.pdf")


def place_of(data: bytes, words: str) -> Location:
    """Return where the cell with some words stands."""
    tables = (block for block in read(data).blocks if isinstance(block, Table))
    return next(cell.location for table in tables for cell in table.cells if cell.text == words)


def on_top(data: bytes, page: int = 0) -> list[Any]:
    """Return what stands on top of a page."""
    return [one.get_object() for one in PdfReader(io.BytesIO(data)).pages[page].get("/Annots", ())]


class _Shown(PDFPageInterpreter):
    """Knows how places of a page become places of what is looked at."""

    def render_contents(self, *_given: object, ctm: Any = None) -> None:
        self.seen = ctm


def on_screen(data: bytes, rect: Iterable[Any]) -> tuple[float, ...]:
    """Return where a rectangle of the first page is looked at, from the upper left corner, as another library says."""
    page = next(iter(PDF(io.BytesIO(data)).pages))
    manager = PDFResourceManager()
    shown = _Shown(manager, PDFDevice(manager))
    shown.process_page(page.page_obj)
    edges = list(map(float, rect))
    left, low, right, high = apply_matrix_rect(shown.seen, (edges[0], edges[1], edges[2], edges[3]))
    crop = page.mediabox if page.rotation else page.cropbox
    across, down = page.mediabox[0] - crop[0], page.mediabox[1] - crop[1]
    return left + across, page.height - high + down, right + across, page.height - low + down


@pytest.mark.parametrize(
    "extra",
    [
        "",
        "/Rotate 90",
        "/Rotate 180",
        "/Rotate 270",
        "/CropBox[50 100 500 800]",
        "/MediaBox[-20 -30 575 812]",
        "/MediaBox[-20 -30 575 812]/CropBox[0 10 560 800]",
        "/MediaBox[-20 -30 575 812]/Rotate 90",
        "/Rotate -90",
    ],
)
def test_a_highlight_lies_on_its_cell(extra: str) -> None:
    """However the page is turned, cut or shifted."""
    data = pages(CONTENT, extra=extra.encode())
    place = place_of(data, "4\n8" if "180" in extra else "84")  # what stands on its head is in doubt

    copy = annotate(data, [Note(place, "error", "错误：84 应为 48", "第一行\n第二行")])

    (note,) = on_top(copy)
    box = on_screen(data, note["/Rect"])
    assert box == pytest.approx(place.box, abs=0.02)
    assert [float(one) for one in note["/QuadPoints"]] == pytest.approx(
        [float(note["/Rect"][at]) for at in (0, 3, 2, 3, 0, 1, 2, 1)]
    )
    assert (note["/Subtype"], note["/Contents"]) == ("/Highlight", "错误：84 应为 48\n第一行\n第二行")
    assert [getattr(block, "cells", None) for block in read(copy).blocks] == [
        getattr(block, "cells", None) for block in read(data).blocks
    ]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_highlight_lies_on_its_cell_where_a_page_is_cut_and_turned(turn: int) -> None:
    """The content is the same, however it is shown, and so is the place of the highlight in it."""
    (plain,) = on_top(annotate(data := pages(CONTENT), [Note(place_of(data, "84"), "error", "x", "")]))
    data = pages(CONTENT, extra=b"/CropBox[50 100 500 800]/Rotate %d" % turn)

    (note,) = on_top(annotate(data, [Note(place_of(data, "84"), "error", "x", "")]))

    assert [float(one) for one in note["/Rect"]] == pytest.approx([float(one) for one in plain["/Rect"]], abs=0.02)


def test_what_is_there_stays_before_what_is_added() -> None:
    """All bytes of the file, and the annotations that it has; copies are the same every time."""
    old = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    extra = b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[9 9 30 30]/Contents(old)/AP<</N 6 0 R>>>>]"
    data = pages(CONTENT, CONTENT, extra=extra, more=[old])
    place = place_of(data, "84")
    notes = [
        Note(place, "error", "a", "b"),
        Note(NOWHERE, "info", "c", "d"),
        Note(place._replace(page=2), "warning", "e", ""),
    ]

    copy = annotate(data, notes)

    assert copy.startswith(data)
    assert [one["/Contents"] for one in on_top(copy)] == ["old", "a\nb", "c\nd"]
    assert [one["/Contents"] for one in on_top(copy, 1)] == ["old", "e"]
    assert annotate(data, notes) == copy


def test_the_properties_of_the_file_stay() -> None:
    """Its title and days are found, although the new end of the file does not lead to them."""
    data = pages(CONTENT, more=[b"<</Title(report)/CreationDate(D:20250117)>>"])
    number = re.search(rb"(\d+) 0 obj\s*<</Title", data)
    assert number is not None
    data = data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info " + number[1] + b" 0 R")

    copy = annotate(data, [Note(place_of(data, "84"), "error", "a", "b")])

    assert (read(copy).title, read(copy).metadata) == ("report", {"created": "2025-01-17"})


@pytest.mark.parametrize("objects", [True, False])
def test_files_of_other_programs_take_notes(objects: bool) -> None:  # noqa: FBT001
    """With tables of objects of the newer kind, and files that were changed before."""
    writer = PdfWriter(io.BytesIO(pages(CONTENT)), incremental=objects)
    writer.add_metadata({"/Title": "年报"})
    made = io.BytesIO()
    writer.write(made)
    place = place_of(made.getvalue(), "84")

    copy = annotate(made.getvalue(), [Note(place, "error", "a", "b")])
    again = annotate(copy, [Note(place, "error", "c", "d")])

    assert [one["/Contents"] for one in on_top(again)] == ["a\nb", "c\nd"]
    assert place_of(again, "84") == place


def test_a_protected_file_takes_none() -> None:
    """It is told what does."""
    writer = PdfWriter(io.BytesIO(pages(CONTENT)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)

    with pytest.raises(InputError, match="Word") as caught:
        annotate(made.getvalue(), [Note(NOWHERE, "error", "a", "b")])

    assert caught.value.code == "locked"


@pytest.mark.parametrize(
    ("data", "page"), [(b"%PDF-1.7\nnothing", 1), (pages(CONTENT)[:300], 1), (pages(CONTENT), 7), (b"", 1)]
)
def test_a_broken_file_is_told_in_a_line(data: bytes, page: int) -> None:
    """Whatever the library meets, and a page that is not there."""
    with pytest.raises(InputError) as caught:
        annotate(data, [Note(Location(page=page, box=(1, 1, 9, 9)), "error", "a", "b")])

    assert caught.value.code == "cannot-write"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
@pytest.mark.parametrize(
    "extra", ["", "/Rotate 90", "/CropBox[50 100 500 800]", "/MediaBox[-20 -30 575 812]/Rotate 270"]
)
def test_other_programs_show_it_there(extra: str, tmp_path: Path) -> None:
    """Poppler paints the cell, and nothing else."""
    data = pages(CONTENT, extra=extra.encode())
    place = place_of(data, "84")
    copy = annotate(data, [Note(place, "error", "a", "b")])
    (tmp_path / "copy.pdf").write_bytes(copy)

    command = ["pdftoppm", "-r", "72", "-cropbox", str(tmp_path / "copy.pdf"), str(tmp_path / "shown")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)

    (file,) = tmp_path.glob("*.ppm")
    head, width, _height, rest = file.read_bytes().split(maxsplit=3)
    pixels = rest.split(b"\n", 1)[1]
    red = [at for at in range(len(pixels) // 3) if pixels[3 * at] > 200 > pixels[3 * at + 2] > 100]
    across, down = [at % int(width) for at in red], [at // int(width) for at in red]
    assert head == b"P6"
    assert (min(across), min(down), max(across) + 1, max(down) + 1) == pytest.approx(place.box, abs=2)
