"""Notes on cells of workbooks stand where their findings are, and nothing else of the file changes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from tests.support.copying import MARK_PARTS, members, notes, other
from tests.support.editing import on_bytes
from tests.support.sheeting import MAIN, STRICT, raw_workbook

from nianbao.editing.editor import Note
from nianbao.errors import InputError
from nianbao.model.location import NOWHERE, Location
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

annotate = on_bytes("sheet").annotate
SHEET = "xl/worksheets/sheet1.xml"
CHANGED = {
    *("[Content_Types].xml", "xl/worksheets/_rels/sheet1.xml.rels", SHEET, "xl/comments1.xml"),
    "xl/drawings/vmlDrawing1.vml",
}
ROWS = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>84</v></c></row>'
SAID = "应为48\n第一行\n第二行"


def note(location: Location, title: str = "应为48") -> Note:
    """Return a note."""
    return Note(location, "error", title, "第一行\n第二行")


def at(ref: str, sheet: str = "甲") -> Location:
    """Return the place of a cell."""
    return Location(sheet=sheet, ref=ref)


def book(*sheets: str) -> bytes:
    """Return a workbook as programs write it, with figures in two cells of each of its sheets."""
    made = openpyxl.Workbook()
    for name in sheets or ("甲",):
        sheet = made.create_sheet(name)
        sheet["A1"], sheet["B2"] = "标题", 84
    del made["Sheet"]
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


PLACED: dict[str, tuple[Location, tuple[str, str]]] = {
    "a cell": (at("B2"), ("甲", "B2")),
    "a blank cell": (at("C2"), ("甲", "C2")),
    "a cell of another sheet": (at("B2", "乙"), ("乙", "B2")),
    "a sheet": (Location(sheet="乙"), ("乙", "A1")),
    "a sheet that is not there": (at("B2", "癸"), ("甲", "A1")),
    "no place": (NOWHERE, ("甲", "A1")),
}


@pytest.mark.parametrize("name", PLACED)
def test_a_note_is_on_its_cell(name: str) -> None:
    """And the file reads as before, its other parts byte for byte the same."""
    location, place = PLACED[name]
    data = book("甲", "乙")

    copy = annotate(data, [note(location)])

    assert notes(copy) == {place: ("nianbao", SAID)}
    assert document_from_bytes(copy, "x").blocks == document_from_bytes(data, "x").blocks
    assert len(other(data, copy) - MARK_PARTS) == len(CHANGED - MARK_PARTS)


def test_several_notes_on_a_cell_are_one() -> None:
    """In their order, with an empty line between them."""
    copy = annotate(book(), [note(at("B2"), "一"), note(at("A1"), "二"), note(at("B2"), "三")])

    assert {place: said for place, (_author, said) in notes(copy).items()} == {
        ("甲", "A1"): "二\n第一行\n第二行",
        ("甲", "B2"): "一\n第一行\n第二行\n\n三\n第一行\n第二行",
    }


def noted() -> bytes:
    """Return a workbook with a note of somebody's."""
    made = openpyxl.load_workbook(io.BytesIO(book()))
    made.worksheets[0]["A1"].comment = Comment("原有的批注", "某人")
    return saved(made)


def test_notes_of_others_stay() -> None:
    """With their authors; what is said of the same cell goes behind what they say. Drawings are added to."""
    data = noted()
    copy = annotate(data, [note(at("A1")), note(at("B2"))])

    assert notes(copy) == {("甲", "A1"): ("某人", f"原有的批注\n\n{SAID}"), ("甲", "B2"): ("nianbao", SAID)}
    drawing = next(name for name in members(data) if name.endswith(".vml"))
    before, after = members(data)[drawing], members(copy)[drawing]
    assert after.startswith(before[: before.rindex(b"</xml>")])
    assert len(re.findall(rb"<\w+:ClientData", after)) == 2
    assert len({*re.findall(rb'id="(_x0000_s\d+)"', after)}) == 2
    assert {SHEET, "[Content_Types].xml"}.isdisjoint(other(data, copy))


def test_a_copy_can_be_annotated_again() -> None:
    """The notes of both times are there, by one author, and the box of a note grows with what it says."""
    first = annotate(book(), [note(at("B2"), "一")])
    copy = annotate(first, [note(at("B2"), "二"), note(at("C3"), "三")])

    assert notes(copy) == {
        ("甲", "B2"): ("nianbao", "一\n第一行\n第二行\n\n二\n第一行\n第二行"),
        ("甲", "C3"): ("nianbao", "三\n第一行\n第二行"),
    }
    assert anchor(copy)[:6] == anchor(first)[:6]
    assert anchor(copy)[6] > anchor(first)[6]


def test_the_same_file_and_notes_give_the_same_copy() -> None:
    """Byte for byte; no notes give the file itself."""
    data = book()

    assert annotate(data, [note(NOWHERE)]) == annotate(data, [note(NOWHERE)])
    assert annotate(data, []) is data


ORDER = (
    "<sheetData>" + ROWS + '</sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells><pageMargins/>'
    '<drawing r:id="d"/>{}<tableParts count="0"/><extLst/>'
)


@pytest.mark.parametrize("strict", [False, True])
def test_the_mark_stands_where_the_standard_has_it(strict: bool) -> None:  # noqa: FBT001
    """Behind the drawing and before the tables, with the names of the file's edition."""
    copy = members(annotate(raw_workbook(ORDER.format(""), strict=strict), [note(at("B2"))]))
    root = etree.fromstring(copy[SHEET])
    edition = STRICT if strict else MAIN
    office = "purl.oclc.org" if strict else "schemas.openxmlformats.org/officeDocument"

    assert [etree.QName(one).localname for one in root][-4:] == ["drawing", "legacyDrawing", "tableParts", "extLst"]
    assert root.find(f"{{{edition}}}legacyDrawing") is not None
    assert etree.fromstring(copy["xl/comments1.xml"]).tag == f"{{{edition}}}comments"
    links = etree.fromstring(copy["xl/worksheets/_rels/sheet1.xml.rels"])
    assert all(office in str(one.get("Type")) for one in links)
    assert {str(one.get("Target")) for one in links} == {"../comments1.xml", "../drawings/vmlDrawing1.vml"}


ODD: dict[str, Callable[[], bytes]] = {
    "broken styles": lambda: raw_workbook(f"<sheetData>{ROWS}</sheetData>", parts={"xl/styles.xml": "<x"}),
    "a link to nothing": lambda: raw_workbook(
        ORDER.format('<legacyDrawing r:id="z"/>'),
        parts={
            "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="z" Type="x/vmlDrawing" Target="../NULL"/>'
            '<Relationship Id="d" Type="x/drawing" Target="../NULL"/></Relationships>'
        },
    ),
    "all cells merged": lambda: raw_workbook(
        f'<sheetData>{ROWS}</sheetData><mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    ),
    "rows without height": lambda: raw_workbook(
        f'<sheetFormatPr defaultRowHeight="0" zeroHeight="1" defaultColWidth="x"/><sheetData>{ROWS}</sheetData>'
    ),
    "cells without names": lambda: raw_workbook(
        "<sheetData>" + re.sub(r' r="\w+"', "", ROWS.replace('<c r="B2">', "<c/><c>")) + "</sheetData>"
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_annotated_too(name: str) -> None:
    """What the reader reads can be annotated, and is read as before."""
    data = ODD[name]()
    copy = annotate(data, [note(at("B2"))])
    held = members(copy)

    assert [one.get("ref") for one in etree.fromstring(held["xl/comments1.xml"]).iter("{*}comment")] == ["B2"]
    assert b"<x:Row>1</x:Row><x:Column>1</x:Column>" in held["xl/drawings/vmlDrawing1.vml"]
    assert document_from_bytes(copy, "x").blocks == document_from_bytes(data, "x").blocks


def anchor(copy: bytes) -> list[int]:
    """Return where the first note lies: left column and offset, top row, right column, bottom row, each with offset."""
    found = re.search(rb"<x:Anchor>([\d, ]+)</x:Anchor>", members(copy)["xl/drawings/vmlDrawing1.vml"])
    assert found is not None
    return [int(one) for one in found[1].split(b",")]


def test_a_note_is_as_large_as_its_words() -> None:
    """To the right of its cell, or of the range that this is merged to; wide columns count as such."""
    plain = raw_workbook(f"<sheetData>{ROWS}</sheetData>")
    merged = raw_workbook(f'<sheetData>{ROWS}</sheetData><mergeCells><mergeCell ref="B2:D2"/></mergeCells>')
    wide = raw_workbook(f'<cols><col min="1" max="9" width="100"/></cols><sheetData>{ROWS}</sheetData>')
    long = Note(at("B2"), "error", "应为48", "\n".join(["很长的一行" * 20] * 5))

    small, large = anchor(annotate(plain, [note(at("B2"))])), anchor(annotate(plain, [long]))
    assert (small[0], small[2]) == (2, 0)
    assert large[4] > small[4]
    assert large[6] > small[6] + 10
    assert anchor(annotate(merged, [note(at("B2"))]))[0] == 4
    assert anchor(annotate(wide, [long]))[4] == 2


def test_signs_that_no_file_may_hold_are_left_out() -> None:
    """Control characters and halves of pairs."""
    copy = annotate(book(), [Note(at("B2"), "error", "a\x00b\ud800c", "<&>\x0b")])

    assert notes(copy) == {("甲", "B2"): ("nianbao", "abc\n<&>")}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw_workbook(f"<sheetData>{ROWS}</sheetData>", parts={"_xmlsignatures/sig1.xml": "<x/>"}), "signed"),
        (raw_workbook(), "empty"),
        (
            raw_workbook(
                ORDER.format('<legacyDrawing r:id="z"/>'),
                parts={
                    "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships><Relationship Id='z' Type='x/vmlDrawing' "
                    "Target='../d.vml'/></Relationships>",
                    "xl/d.vml": "no drawing",
                },
            ),
            "broken-part",
        ),
    ],
)
def test_what_cannot_be_annotated_is_told(data: bytes, code: str) -> None:
    """In one line of each language."""
    with pytest.raises(InputError) as caught:
        annotate(data, [note(at("B2"))])

    assert caught.value.code == code
    assert "\n" not in caught.value.message.zh + caught.value.message.en


def test_the_editor_is_called_as_the_reader() -> None:
    """By the format that documents carry."""
    assert document_from_bytes(book(), "x").format == "sheet"
