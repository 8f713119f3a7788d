"""Copies open in LibreOffice, where it is at hand: notes at their places, figures as they were put right."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from lxml import etree
from tests.support.drawing import draw_report
from tests.support.editing import on_bytes
from tests.support.libreoffice import WORD as WORD_FILE
from tests.support.libreoffice import converted, needs_office
from tests.support.rendering import rendered
from tests.support.thinning import thinned

from nianbao.editing.editor import Correction, Note
from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.model.document import Paragraph
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.editing import BytesEditor

    from nianbao.model.report import Report

    Convert = Callable[[bytes, str, str], bytes]

WORD, SHEET = on_bytes("word"), on_bytes("sheet")
pytestmark = [
    pytest.mark.slow,
    needs_office,
]

EDITORS = {"docx": WORD, "wps": WORD, "sheet": SHEET, "sheets": SHEET}
KEYS = (
    "applications.new.natural_person",
    "applications.total.total",
    "disputes.review.total",
    "disclosure.fees.amount",
)
QUOTE = "在网站上更新目录"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
NAME = OFFICE + "name"


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """Return a function that lets LibreOffice save a file of one ending as one of another."""

    def run(data: bytes, ending: str, target: str) -> bytes:
        source = tmp_path / f"report.{ending}"
        source.write_bytes(data)
        (copy,) = converted([source], target, tmp_path / "made")
        return copy.read_bytes()

    return run


def read(data: bytes) -> Report:
    """Read a report."""
    return extract(document_from_bytes(data, "report"))


def annotated(data: bytes, editor: BytesEditor) -> bytes:
    """Return a copy with notes on some cells, and on words of the prose."""
    document = document_from_bytes(data, "report")
    report = extract(document)
    prose = next(one for one in document.blocks if isinstance(one, Paragraph) and QUOTE in one.text)
    notes = [Note(report.cells[key].location, "error", key, "第一行\n第二行") for key in KEYS]
    assert editor.annotate is not None
    return editor.annotate(data, [*notes, Note(prose.location, "error", QUOTE, "第一行\n第二行", QUOTE)])


def held(data: bytes) -> dict[str, tuple[list[str], str]]:
    """Return the annotations of an OpenDocument text by their first lines: the others, and the words they are on."""
    root: Any = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    found = {}
    for one in root.iter(OFFICE + "annotation"):
        lines = ["".join(line.itertext()) for line in one.iter(TEXT + "p")]
        found[lines[0]] = (lines[1:], _marked(root, one))
    return found


def _marked(root: Any, annotation: Any) -> str:
    """Return the words between an annotation and its end."""
    name = annotation.get(NAME)
    parts: list[str] = []
    inside = False
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if one is annotation:
            inside = event == "end"
            parts += [one.tail or ""] if inside else []
        elif one.tag == OFFICE + "annotation-end" and one.get(NAME) == name:
            return "".join(parts)
        elif inside and next(one.iterancestors(OFFICE + "annotation"), None) is None:
            parts.append((one.text if event == "start" else one.tail) or "")
    return ""


@pytest.mark.parametrize("kind", thinned(["docx", "wps"], every=2))
def test_comments_stand_in_their_places(kind: str, convert: Convert) -> None:
    """Each with its lines, on the words of its cell or passage."""
    data = rendered(draw_report(form_by_id("zfxxgk-2021"), 3), kind)
    report = read(data)
    copy = annotated(data, EDITORS[kind])

    found = held(convert(copy, "docx", "fodt"))

    lines = ["第一行", "第二行"]
    assert found == {**{key: (lines, report.cells[key].raw) for key in KEYS}, QUOTE: (lines, QUOTE)}


@pytest.mark.parametrize("kind", thinned(["sheet", "sheets"], every=2))
def test_notes_stand_on_their_cells(kind: str, convert: Convert) -> None:
    """Each with its lines."""
    data = rendered(draw_report(form_by_id("zfxxgk-2021"), 3), kind)
    report = read(data)
    copy = annotated(data, EDITORS[kind])

    root: Any = etree.fromstring(convert(copy, "xlsx", "fods"), etree.XMLParser(huge_tree=True))

    said = {}
    for one in root.iter(OFFICE + "annotation"):
        lines = ["".join(line.itertext()) for line in one.iter(TEXT + "p")]
        cell = one.getparent()
        said[lines[0]] = (lines[1:], "".join(cell.find(TEXT + "p").itertext()))
    assert {key: said[key] for key in KEYS} == {key: (["第一行", "第二行"], report.cells[key].raw) for key in KEYS}
    assert QUOTE in said[QUOTE][1]


@pytest.mark.parametrize(("kind", "ending"), thinned([("docx", "docx"), ("sheet", "xlsx")], every=2))
def test_copies_are_printed(kind: str, ending: str, convert: Convert) -> None:
    """They become PDFs as any other file."""
    data = rendered(draw_report(form_by_id("zfxxgk-2021"), 3), kind)

    assert convert(annotated(data, EDITORS[kind]), ending, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize(("kind", "ending"), [("docx", "docx"), ("sheet", "xlsx")])
def test_files_that_office_wrote_are_annotated_and_put_right(kind: str, ending: str, convert: Convert) -> None:
    """The copy reads as the file, with one figure other; saved again, it has the same figures and as many notes."""
    form = form_by_id("zfxxgk-2021")
    data = convert(rendered(draw_report(form, 3), kind), ending, ending)
    report, cell = read(data), read(data).cells[KEYS[0]]
    correct = EDITORS[kind].correct
    assert correct is not None

    copy = correct(annotated(data, EDITORS[kind]), [Correction(cell.location, cell.raw, "4711")])
    again = convert(copy, ending, ending)

    wanted = {key: one.value for key, one in report.cells.items()} | {KEYS[0]: 4711}
    assert {key: one.value for key, one in read(copy).cells.items()} == wanted
    assert {key: one.value for key, one in read(again).cells.items()} == wanted
    assert read(annotated(data, EDITORS[kind])).sections == report.sections


def test_a_page_that_office_made_a_word_file_of_is_annotated(repo: Path, convert: Convert) -> None:
    """Reading the copy gives the same blocks; comments are on their cells."""
    page = (repo / "examples" / "linjiang-2024.html").read_bytes()
    data = convert(page, "html", WORD_FILE)
    report = read(data)
    assert WORD.annotate is not None

    copy = WORD.annotate(data, [Note(cell.location, "error", key, "") for key, cell in report.cells.items()])

    found = held(convert(copy, "docx", "fodt"))
    assert document_from_bytes(copy, "x").blocks == document_from_bytes(data, "x").blocks
    assert {key: marked for key, (_lines, marked) in found.items()} == {
        key: one.raw for key, one in report.cells.items()
    }


def test_formulas_are_calculated_when_the_copy_is_opened(convert: Convert) -> None:
    """Results that were taken away are there again when it was saved."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "甲"
    sheet.append(["合计", 84, 7, "=B1+C1", "=D1*2"])
    sheet.append(["甲", 1])
    stream = io.BytesIO()
    made.save(stream)
    data = convert(stream.getvalue(), "xlsx", "xlsx")
    document = document_from_bytes(data, "x")
    cells = {one.text: one.location for block in document.blocks for one in getattr(block, "cells", ())}
    assert SHEET.correct is not None

    copy = SHEET.correct(data, [Correction(cells["84"], "84", "48")])

    def shown(some: bytes) -> list[Any]:
        row = openpyxl.load_workbook(io.BytesIO(some), data_only=True).worksheets[0][1]
        return [one.value for one in row[1:]]

    assert shown(data) == [84, 7, 91, 182]
    assert shown(copy) == [48, 7, 55, None]
    assert shown(convert(copy, "xlsx", "xlsx")) == [48, 7, 55, 110]
