"""Old workbooks are read as new ones are."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from tests.support.drawing import drawn_reports
from tests.support.oldoffice import ole, record, records, xls
from tests.support.parts import drawn
from tests.support.rendering import sheet_laid_out
from tests.support.sheeting import Layout
from tests.support.thinning import examples

from nianbao.containers.ole import OleFile
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.document import Document

FORMS = {form.id: form for form in builtin_forms()}
_SIDE = Side(style="thin")


def book(*rows: list[Any]) -> Any:
    """Return a workbook with these rows in its one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    return made


def read(data: bytes) -> Document:
    """Read bytes as a document."""
    return document_from_bytes(data, "invented")


@examples(5)
@given(
    data=st.data(),
    layout=st.sampled_from([Layout(), Layout(prose_merged=False, ruled=False), Layout(gap=1, apart=True)]),
)
def test_a_report_reads_as_from_a_new_workbook(data: st.DataObject, layout: Layout) -> None:
    """Cells, sections and places are the same in both formats."""
    form = FORMS[data.draw(st.sampled_from(sorted(FORMS)))]
    source = sheet_laid_out(data.draw(drawn_reports(form)), layout)
    old = xls(openpyxl.load_workbook(io.BytesIO(source)))

    new_one, old_one = extract(read(source)), extract(read(old))

    assert dict(old_one.cells) == dict(new_one.cells)
    assert old_one.sections == new_one.sections


def test_cells_read_as_they_are_seen() -> None:
    """Formats, days, truth values and errors are those of the sheet."""
    made = book(["甲", 0.1 + 0.2, 45000], [True, "#REF!", "　１２ "])
    made.active["B1"].number_format = "0.00"
    made.active["C1"].number_format = 'yyyy"年"m"月"d"日"'

    assert drawn(read(xls(made))) == [["甲", "0.30", "2023年3月15日", "TRUE", "#REF!", "１２"]]


@pytest.mark.parametrize("name", ["Workbook", "Book"])
def test_the_stream_may_have_either_name(name: str) -> None:
    """Older programs called it otherwise."""
    assert drawn(read(xls(book(["子", 1]), stream=name))) == [["子", "1"]]


def test_hidden_things_are_told_of() -> None:
    """Rows are read, columns are left out, a hidden sheet is passed over."""
    made = book(["项", "旧", "甲"], ["子", 2, 1])
    made.active.row_dimensions[2].hidden = True
    made.active.column_dimensions["B"].hidden = True
    other = made.create_sheet("旧表")
    other.sheet_state = "veryHidden"
    other.append(["丑", 2])

    document = read(xls(made))

    assert drawn(document) == [["项", "甲", "子", "1"]]
    told = "\n".join(note.zh for note in document.notes)
    assert "“旧表”" in told
    assert "第 2 行" in told
    assert "隐藏的 B 列" in told


def test_lines_are_seen() -> None:
    """A blank row with lines belongs to its table."""
    made = book(["标题"], ["项", "甲"], ["子", 1], ["丑", None], ["注：无"])
    for row in made.active["A2:B4"]:
        for cell in row:
            cell.border = Border(_SIDE, _SIDE)

    assert drawn(read(xls(made))) == ["标题", ["项", "甲", "子", "1", "丑", ""], "注：无"]


def test_formats_of_runs_and_fonts_count() -> None:
    """What is raised, struck out or white beside others is left out; what is alone in a cell is in doubt."""
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    made = book(
        ["甲", CellRichText("88", TextBlock(raised, "1")), CellRichText(TextBlock(struck, "77"), "88")],
        ["乙", CellRichText(TextBlock(raised, "88")), 88],
        ["丙", 88, 88],
    )
    made.active["C2"].font = Font(strike=True)
    made.active["B3"].font = Font(vertAlign="superscript")
    made.active["C3"].font = Font(color="FFFFFFFF")

    document = read(xls(made))

    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [(cell.text, cell.doubt is not None) for cell in table.cells if cell.column] == [
        ("88", False), ("88", False), ("88", True), ("88", True), ("88", True), ("88", True)
    ]  # fmt: skip
    assert [note.zh for note in document.notes] == [
        "有 1 处上标、下标（注号）没有当作数字读，第一处：Sheet!B1“881”读作“88”",
        "有 1 处划了删除线的文字没有读，第一处：Sheet!C1“7788”读作“88”",
    ]


def test_pictures_stand_where_they_lie() -> None:
    """A picture is known by the records of its shape."""
    anchor = b"\x00\x00\x10\xf0\x12\x00\x00\x00" + struct.pack("<9H", 0, 1, 0, 7, 0, 2, 0, 8, 0)
    shape = record(0xEC, anchor) + record(0x5D, b"\x15\x00\x12\x00" + struct.pack("<H", 8) + bytes(16) + bytes(4))
    document = read(xls(book(["标题"], ["项", "甲"], ["子", 1]), extra=shape))

    assert drawn(document) == ["标题", ["项", "甲", "子", "1"], "[picture]"]
    assert document.blocks[-1].location.ref == "B8"


def test_broken_styles_do_not_keep_a_workbook_from_being_read() -> None:
    """Figures are then read as they are stored, and a note says so."""
    made = book(["子", 12.5])
    made.active["B1"].number_format = "0.00"
    document = read(ole({"Workbook": records(made, extra=record(0xE5, b"\xff\x00"))}))

    assert drawn(document) == [["子", "12.5"]]
    assert "样式" in document.notes[0].zh


def test_a_file_system_in_a_file_is_read_whole() -> None:
    """Streams come back as they were put in; one that is not there is empty."""
    parts = {"Workbook": bytes(range(256)) * 20, "其他": b"x" * 70_000}
    made = ole(parts)

    assert OleFile(made).streams == set(parts)
    assert OleFile(made).stream("Workbook") == parts["Workbook"]
    assert OleFile(made).stream("其他") == parts["其他"]
    assert OleFile(made).stream("没有") == b""


def test_a_chain_that_bites_its_tail_ends() -> None:
    """Sectors that follow each other in a circle are read once."""
    made = bytearray(ole({"Workbook": b"x" * 5000}))
    made[-512:-508] = struct.pack("<I", 0)

    assert len(OleFile(bytes(made)).stream("Workbook")) <= len(made)
