"""What stands in the parts of an ``.xlsx`` file, and what people are told of how it was read."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.support.parts import drawn
from tests.support.sheeting import raw_workbook

from nianbao.errors import InputError
from nianbao.model.document import Picture
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.document import Document

CELLS = {
    "a number": ('<c r="B1"><v>12</v></c>', "12"),
    "a fraction with binary noise": ('<c r="B1"><v>12.300000000000001</v></c>', "12.3"),
    "a shared string": ('<c r="B1" t="s"><v>0</v></c>', "甲"),
    "a shared string in runs": ('<c r="B1" t="s"><v>1</v></c>', "甲乙"),
    "a shared string with its reading": ('<c r="B1" t="s"><v>2</v></c>', "甲"),
    "a shared string that is not there": ('<c r="B1" t="s"><v>99</v></c>', ""),
    "a string of its own": ('<c r="B1" t="inlineStr"><is><r><t>甲</t></r><r><t> 乙</t></r></is></c>', "甲 乙"),
    "line breaks": ('<c r="B1" t="inlineStr"><is><t>甲_x000D_\n乙\n\n丙</t></is></c>', "甲\n乙\n丙"),
    "true": ('<c r="B1" t="b"><v>1</v></c>', "TRUE"),
    "an error": ('<c r="B1" t="e"><v>#REF!</v></c>', "#REF!"),
    "a formula with a figure": ('<c r="B1"><f>1+1</f><v>2</v></c>', "2"),
    "a formula with words": ('<c r="B1" t="str"><f>A1</f><v>甲</v></c>', "甲"),
    "a formula that shows nothing": ('<c r="B1" t="str"><f>""</f><v></v></c>', ""),
    "a formula without a result": ('<c r="B1"><f>SUM(A1:A2)</f></c>', "=SUM(A1:A2)"),
    "a formula with an empty result": ('<c r="B1"><f>1+1</f><v/></c>', "=1+1"),
    "a day of its own": ('<c r="B1" t="d"><v>2025-01-20T00:00:00</v></c>', "2025-01-20"),
    "a day and hour of its own": ('<c r="B1" t="d"><v>2025-01-20T08:30:00</v></c>', "2025-01-20 08:30:00"),
    "a number by its style": ('<c r="B1" s="1"><v>0.30000000000000004</v></c>', "0.30"),
    "a day by its style": ('<c r="B1" s="2"><v>45000</v></c>', "2023年3月15日"),
    "a style that is not there": ('<c r="B1" s="99"><v>12</v></c>', "12"),
    "a cell without a name": ("<c><v>12</v></c>", "12"),
    "a number that is none": ('<c r="B1"><v>1E+999999</v></c>', "1E+999999"),
}
STRINGS = "<si><t>甲</t></si><si><r><t>甲</t></r><r><t>乙</t></r></si><si><t>甲</t><rPh><t>jia</t></rPh></si>"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts><borders><border/></borders>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/></cellXfs>'
)


def words(reference: str, text: str) -> str:
    """Return a cell that holds words."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(*cells: str, more: str = "") -> str:
    """Return what stands inside a worksheet: a row for each run of cells, and more behind."""
    return f"<sheetData>{''.join(f'<row>{one}</row>' for one in cells)}</sheetData>{more}"


TABLE = rows(words("A1", "项") + words("B1", "甲"), words("A2", "子") + '<c r="B2"><v>1</v></c>')
HIDDEN = rows(words("A1", "别") + words("B1", "乙"), words("A2", "丑") + '<c r="B2"><v>2</v></c>')


def read(data: bytes) -> Document:
    """Read bytes as a document."""
    return document_from_bytes(data, "invented")


def said(document: Document) -> str:
    """Return the notes of a document in Chinese."""
    assert all(note.en and note.zh for note in document.notes)
    return "\n".join(note.zh for note in document.notes)


@pytest.mark.parametrize(("cell", "text"), CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("strict", [False, True], ids=["usual", "strict"])
def test_a_cell_reads_as_it_is_seen(cell: str, text: str, strict: bool) -> None:  # noqa: FBT001
    """Whatever kind of cell it is, and whichever edition of the standard the file follows."""
    sheet = rows(words("A1", "子") + cell + words("C1", "末"), words("A2", "丑") + words("B2", "寅"))

    document = read(raw_workbook(sheet, strict=strict, strings=STRINGS, styles=STYLES))

    assert document.format == "sheet"
    assert drawn(document) == [["子", text, "末", "丑", "寅", ""]]


def test_a_formula_without_a_result_is_told_of() -> None:
    """Its cell holds words and is no blank; the note names it and says what to do."""
    document = read(raw_workbook(rows(words("A1", "子") + '<c r="B1"><f>1+1</f></c>')))

    assert "B1" in said(document)
    assert "保存" in said(document)


def test_hidden_rows_are_read_and_hidden_columns_are_not() -> None:
    """The notes name sheet, rows and columns; those that hold nothing are passed over in silence."""
    sheet = (
        '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="1"/></cols><sheetData>'
        f'<row r="1">{words("A1", "子")}<c r="B1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
        f'<row r="2" hidden="1">{words("A2", "丑")}<c r="B2"><v>3</v></c><c r="C2"><v>4</v></c></row>'
        f'<row r="3" ht="0">{words("A3", "寅")}<c r="B3"><v>5</v></c><c r="C3"><v>6</v></c></row>'
        '<row r="9" hidden="1"/></sheetData>'
    )

    document = read(raw_workbook(sheet))

    assert drawn(document) == [["子", "2", "丑", "4", "寅", "6"]]
    assert "“甲”隐藏的第 2–3 行" in said(document)
    assert "“甲”隐藏的 B 列没有读" in said(document)
    assert len(document.notes) == 2


def test_a_merged_cell_that_begins_in_a_hidden_column_is_seen() -> None:
    """It stays where any of its columns is shown."""
    sheet = (
        '<cols><col min="2" max="3" width="0"/></cols><sheetData>'
        f"<row>{words('A1', '项')}{words('B1', '甲')}</row>"
        f'<row>{words("A2", "子")}{words("B2", "乙")}<c r="D2"><v>2</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="B1:D1"/><mergeCell ref="B2:C2"/></mergeCells>'
    )

    document = read(raw_workbook(sheet))

    assert [cell for cell in drawn(document)[0] if cell] == ["项", "甲", "子", "2"]
    assert "隐藏的 B 列没有读" in said(document)


def test_hidden_sheets_are_passed_over_and_told_of() -> None:
    """While a sheet that is shown has figures, the hidden one is none of the report."""
    document = read(raw_workbook(HIDDEN, TABLE, hidden=[0]))

    assert drawn(document) == [["项", "甲", "子", "1"]]
    assert "没有读：“甲”" in said(document)


def test_hidden_sheets_are_read_where_nothing_else_has_figures() -> None:
    """Then all sheets are read in their order, and the note says so."""
    document = read(raw_workbook(HIDDEN, rows(words("A1", "说明")), hidden=[0]))

    assert drawn(document) == [["别", "乙", "丑", "2"], "说明"]
    assert "也读了隐藏的工作表：“甲”" in said(document)


def test_empty_sheets_are_passed_over() -> None:
    """The tables are counted through the sheets that hold something."""
    document = read(raw_workbook("<sheetData/>", TABLE, rows(), HIDDEN))

    assert [block.location.table for block in document.blocks] == [1, 2]
    assert [block.location.sheet for block in document.blocks] == ["乙", "丁"]


def test_a_workbook_with_nothing_in_it_is_empty() -> None:
    """It is refused as an empty file is."""
    with pytest.raises(InputError) as caught:
        read(raw_workbook(rows(), rows(words("A1", "  "))))
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("name", "prose", "blocks"),
    [
        ("二、主要数据", "说明", ["说明", "二、主要数据"]),
        ("二、主要数据", "二、 主要数据（续）", ["二、 主要数据（续）"]),
        ("Sheet2", "说明", ["说明"]),
        ("表 1", "说明", ["说明"]),
        ("2024", "说明", ["说明"]),
    ],
)
def test_the_name_of_a_sheet_is_a_heading_where_no_cell_says_it(name: str, prose: str, blocks: list[str]) -> None:
    """Only a name with the ordinal of a heading, and only where no paragraph begins with its words."""
    data = raw_workbook(rows(words("A1", prose)), TABLE)
    renamed = replaced(data, "xl/workbook.xml", lambda text: text.replace('name="乙"', f'name="{name}"'))

    assert drawn(read(renamed)) == [*blocks, ["项", "甲", "子", "1"]]


def replaced(data: bytes, part: str, change: object) -> bytes:
    """Return a workbook with one part changed by a function of its text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, change(text.decode()) if name == part and callable(change) else text)
    return stream.getvalue()


@pytest.mark.parametrize("styles", ["<cellXfs><xf numFmtId='x' borderId='y'/></cellXfs>", "", "<cellXfs>"])
def test_broken_styles_do_not_keep_a_sheet_from_being_read(styles: str) -> None:
    """Figures are then read as they are stored; a note says so where nothing of the styles could be read."""
    document = read(raw_workbook(TABLE, styles=styles))

    assert drawn(document) == [["项", "甲", "子", "1"]]
    assert bool(document.notes) is (styles == "<cellXfs>")


def test_a_zip_with_backslashes_and_other_letters_is_a_workbook() -> None:
    """Some programs write the names of parts as paths of Windows."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw_workbook(TABLE))) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("/", "\\").replace("xl", "XL"), source.read(name))

    assert drawn(read(stream.getvalue())) == [["项", "甲", "子", "1"]]


DRAWING = (
    '<wsDr xmlns="d" xmlns:a="a"><twoCellAnchor><from><col>1</col><row>0</row></from>'
    '<pic><nvPicPr><cNvPr id="1" descr="盖章"/></nvPicPr></pic></twoCellAnchor>'
    "<oneCellAnchor><from><col>0</col><row>9</row></from>"
    "<sp><txBody><a:p><a:r><a:t>注：</a:t></a:r><a:r><a:t>甲。</a:t></a:r></a:p><a:p/><a:p><a:r><a:t>乙。</a:t></a:r></a:p>"
    "</txBody></sp></oneCellAnchor></wsDr>"
)
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="d1" Type="x/drawing" Target="../drawings/drawing1.xml"/>'
    '<Relationship Id="d2" Type="x/image" TargetMode="External" Target="http://example.invalid/a"/></Relationships>'
)


def test_pictures_and_boxes_stand_where_they_lie() -> None:
    """A picture over a table comes behind it, a box with words behind what stands above it."""
    data = raw_workbook(
        TABLE + '<drawing r:id="d1"/>',
        parts={"xl/drawings/drawing1.xml": DRAWING, "xl/worksheets/_rels/sheet1.xml.rels": LINK},
    )
    document = read(data)

    assert drawn(document) == [["项", "甲", "子", "1"], "[picture]", "注：甲。", "乙。"]
    assert document.blocks[1] == Picture("盖章", document.blocks[1].location)
    assert (document.blocks[1].location.sheet, document.blocks[1].location.ref) == ("甲", "B1")
    assert document.blocks[2].location.ref == "A10"


@pytest.mark.parametrize(
    "formula", ['<f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>', '<f>_xlfn.DISPIMG("ID_1",1)</f>']
)
def test_a_picture_kept_in_a_cell_is_a_picture(formula: str) -> None:
    """WPS keeps pictures in cells as formulas."""
    document = read(raw_workbook(rows(words("A1", "标题"), f'<c r="A2" t="str">{formula}</c>')))

    assert drawn(document) == ["标题", "[picture]"]


def test_a_broken_drawing_is_passed_over() -> None:
    """The cells are what counts."""
    data = raw_workbook(
        TABLE + '<drawing r:id="d1"/>',
        parts={"xl/drawings/drawing1.xml": "<wsDr>", "xl/worksheets/_rels/sheet1.xml.rels": LINK},
    )
    assert drawn(read(data)) == [["项", "甲", "子", "1"]]


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    """As programs on Macintosh computers did."""
    sheet = rows(words("A1", "日") + '<c r="B1" s="2"><v>43538</v></c>')
    document = read(raw_workbook(sheet, styles=STYLES, properties='date1904="1"'))

    assert drawn(document) == [["日", "2023年3月15日"]]
