"""Figures in workbooks are put right: numbers stay numbers, words stay words, and results are never wrong."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree
from tests.support.copying import MARK_PARTS, members, other
from tests.support.editing import on_bytes
from tests.support.sheeting import raw_workbook

from nianbao.containers.zipped import Zipped
from nianbao.editing.editor import Correction
from nianbao.errors import InputError
from nianbao.model.location import NOWHERE, Location
from nianbao.readers import document_from_bytes
from nianbao.readers.sheets.xlsx import read_xlsx

correct = on_bytes("sheet").correct
SHEET = "xl/worksheets/sheet1.xml"
STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="0&quot;件&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="4"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="49"/></cellXfs>'
)
STRINGS = (
    "<si><t>84</t></si><si><r><rPr><b/></rPr><t>共8</t></r><r><rPr><i/></rPr><t>4件</t></r></si><si><t>无</t></si>"
)


def inline(text: str) -> str:
    """Return a cell with words of its own, without its name."""
    return f't="inlineStr"><is><t>{text}</t></is></c>'


def book(cell: str, *, more: str = "", **others: Any) -> bytes:
    """Return a workbook in whose B2 stands what is given, with words and figures around it."""
    return raw_workbook(
        f'<sheetData><row r="1"><c r="A1" {inline("甲")}<c r="B1" {inline("乙")}<c r="C1" {inline("丙")}</row>'
        f'<row r="2"><c r="A2" {inline("丁")}{cell}<c r="C2" s="3"><v>7</v></c></row>{more}</sheetData>',
        styles=STYLES,
        strings=STRINGS,
        **others,
    )


def at(ref: str, sheet: str = "甲") -> Location:
    """Return the place of a cell."""
    return Location(sheet=sheet, ref=ref)


def shown(data: bytes) -> dict[str, str]:
    """Return what the cells of a workbook's first sheet show."""
    cells = read_xlsx(Zipped(data)).sheets[0].cells
    return {f"{chr(65 + column)}{row + 1}": text for (row, column), text in cells.items()}


WRITTEN: dict[str, tuple[str, str, str, str]] = {
    "a number": ('<c r="B2"><v>84</v></c>', "84", "48", "48"),
    "a number in a format": ('<c r="B2" s="1"><v>1284</v></c>', "1,284.00", "1248", "1,248.00"),
    "a number with a unit in its format": ('<c r="B2" s="3"><v>84</v></c>', "84件", "48", "48件"),
    "a text of digits": ('<c r="B2" t="s"><v>0</v></c>', "84", "48", "48"),
    "a text of two looks": ('<c r="B2" t="s"><v>1</v></c>', "84", "48", "共48件"),
    "a text of its own": (f'<c r="B2" {inline("84（含1件）")}', "84", "48", "48（含1件）"),
    "a text without a table": ('<c r="B2" t="str"><v>84件</v></c>', "84件", "48", "48件"),
    "a digit mark before a text": (f'<c r="B2" {inline("&apos;84")}', "84", "48", "'48"),
    "a mark": ('<c r="B2" t="s"><v>2</v></c>', "无", "3", "3"),
    "a blank with a style": ('<c r="B2" s="3"/>', "", "48", "48件"),
    "no cell at all": ("", "", "48", "48件"),
    "a decimal": ('<c r="B2"><v>12.5</v></c>', "12.5", "12.05", "12.05"),
    "a zero": ('<c r="B2"><v>0</v></c>', "0", "48", "48"),
}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("strict", [False, True])
def test_a_figure_is_written_over_another(name: str, strict: bool) -> None:  # noqa: FBT001
    """The other words of the cell stay, and so do its style, all other cells and all other parts."""
    cell, old, new, text = WRITTEN[name]
    data = book(cell, strict=strict)

    copy = correct(data, [Correction(at("B2"), old, new)])

    assert shown(copy) == {**shown(data), "B2": text}
    assert other(data, copy) - MARK_PARTS <= {SHEET}


KINDS = {
    '<c r="B2" s="1"><v>84</v></c>': (None, "1"),
    '<c r="B2" s="1" t="s"><v>0</v></c>': ("inlineStr", "1"),
    '<c r="B2" s="1" t="s"><v>2</v></c>': (None, "1"),
    '<c r="B2" s="1"/>': (None, "1"),
    "": (None, "3"),
}


@pytest.mark.parametrize("cell", KINDS)
def test_numbers_stay_numbers_and_texts_texts(cell: str) -> None:
    """In their style; blanks and marks become numbers."""
    data = book(cell)
    copy = correct(data, [Correction(at("B2"), shown(data).get("B2", ""), "48")])

    found = next(one for one in etree.fromstring(members(copy)[SHEET]).iter("{*}c") if one.get("r") == "B2")
    assert (found.get("t"), found.get("s")) == KINDS[cell]


def test_a_text_keeps_its_looks() -> None:
    """The figure has that of the first run with digits; words that cells share are not changed."""
    copy = correct(book('<c r="B2" t="s"><v>1</v></c>'), [Correction(at("B2"), "84", "48")])

    assert "<is><r><rPr><b/></rPr><t>共48</t></r><r><rPr><i/></rPr><t>件</t></r></is>" in members(copy)[SHEET].decode()


def test_a_cell_is_put_in_its_row_and_a_row_in_its_place() -> None:
    """In order, as programs ask for; with the style of the nearest figure of the row."""
    more = '<row r="5" spans="3:3"><c r="C5"><v>1</v></c></row>'
    copy = correct(
        book("", more=more),
        [Correction(at("B2"), "", "48"), Correction(at("B4"), "", "3"), Correction(at("A5"), "", "2")],
    )

    sheet = members(copy)[SHEET].decode()
    assert '</c><c r="B2" s="3"><v>48</v></c><c r="C2"' in sheet
    assert '</row><row r="4"><c r="B4"><v>3</v></c></row><row r="5"><c r="A5"><v>2</v></c><c r="C5">' in sheet


def test_cells_that_do_not_say_where_they_are_are_counted() -> None:
    """As the reader counts them."""
    data = raw_workbook("<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c><c><v>84</v></c></row></sheetData>")

    assert shown(correct(data, [Correction(at("B2"), "84", "48")])) == {"A1": "1", "A2": "2", "B2": "48"}


REFUSED: dict[str, tuple[bytes, Correction, str, str]] = {
    "another figure": (book('<c r="B2"><v>85</v></c>'), Correction(at("B2"), "84", "48"), "cell-differs", "says “85”"),
    "not blank": (book('<c r="B2"><v>85</v></c>'), Correction(at("B2"), "", "48"), "cell-differs", "says “85”"),
    "blank": (book(""), Correction(at("B2"), "84", "48"), "cell-differs", "says “”"),
    "a formula": (
        book('<c r="B2"><f>A1+C2</f><v>84</v></c>'),
        Correction(at("B2"), "84", "48"),
        "calculated-cell",
        "adds up",
    ),
    "a formula without result": (
        book('<c r="B2"><f>A1+C2</f></c>'),
        Correction(at("B2"), "", "48"),
        "calculated-cell",
        "adds up",
    ),
    "a part of a formula over a range": (
        book('<c r="B2"><v>84</v></c>', more='<row r="3"><c r="A3"><f t="array" ref="A2:B3">x</f><v>1</v></c></row>'),
        Correction(at("B2"), "84", "48"),
        "calculated-cell",
        "adds up",
    ),
    "a format that shows it otherwise": (
        book('<c r="B2" s="2"><v>0.84</v></c>'),
        Correction(at("B2"), "84", "48"),
        "cell-shown-otherwise",
        "4800%",
    ),
    "a format that cuts it": (
        book('<c r="B2" s="1"><v>84</v></c>'),
        Correction(at("B2"), "84.00", "48.125"),
        "cell-shown-otherwise",
        "48.13",
    ),
    "two figures": (
        book(f'<c r="B2" {inline("84（84）")}'),
        Correction(at("B2"), "84", "48"),
        "cell-unclear",
        "which figure",
    ),
    "words": (book(f'<c r="B2" {inline("见附件")}'), Correction(at("B2"), "见附件", "48"), "cell-unclear", "by hand"),
    "an error": (book('<c r="B2" t="e"><v>#REF!</v></c>'), Correction(at("B2"), "#REF!", "48"), "cell-unclear", "hand"),
    "signs written as codes": (
        book(f'<c r="B2" {inline("84_x000D_")}'),
        Correction(at("B2"), "84", "48"),
        "cell-unclear",
        "by hand",
    ),
    "no such sheet": (book(""), Correction(at("B2", "癸"), "84", "48"), "no-cell", "sheet 癸"),
    "no cell": (book(""), Correction(at("B0"), "84", "48"), "no-cell", "cell B0"),
    "no place": (book(""), Correction(NOWHERE, "84", "48"), "no-cell", "has no"),
    "no figure": (book('<c r="B2"><v>84</v></c>'), Correction(at("B2"), "84", "=1+1"), "not-a-figure", "“=1+1”"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told(name: str) -> None:
    """What, where, and what to do, in one line of each language."""
    data, correction, code, words = REFUSED[name]

    with pytest.raises(InputError) as caught:
        correct(data, [correction])

    assert (caught.value.code, words in caught.value.message.en) == (code, True), caught.value.message.en
    assert "\n" not in caught.value.message.zh + caught.value.message.en


COUNTED: dict[str, tuple[str, str]] = {
    "a sum of a range": ("<f>SUM(B2:C2)</f><v>91</v>", "55"),
    "a sum of cells": ("<f>sum(B2, C2)+1</f><v>92</v>", "56"),
    "additions": ("<f>$B$2+C2-(A9-2)</f><v>93</v>", "57"),
    "a sum that counts words as nothing": ("<f>SUM(A1:C2)</f><v>91</v>", "55"),
    "a sum of another cell": ("<f>SUM(C2:C2)</f><v>7</v>", "7"),
    "another function": ("<f>MAX(B2:C2)</f><v>84</v>", "=MAX(B2:C2)"),
    "another function of another cell": ("<f>MAX(C2,C2)</f><v>7</v>", "7"),
    "a product": ("<f>B2*2</f><v>168</v>", "=B2*2"),
    "a result that was wrong before": ("<f>SUM(B2:C2)</f><v>90</v>", "=SUM(B2:C2)"),
    "a whole column": ("<f>SUM(B:B)</f><v>84</v>", "=SUM(B:B)"),
    "a name": ("<f>SUM(申请)</f><v>84</v>", "=SUM(申请)"),
    "a place that is worked out": ('<f>SUM(INDIRECT("B2"))</f><v>84</v>', '=SUM(INDIRECT("B2"))'),
    "words": ('<f>B2&amp;"件"</f><v>84</v>', '=B2&"件"'),
    "its own sheet by name": ("<f>甲!B2+C2</f><v>91</v>", "=甲!B2+C2"),
    "itself": ("<f>B2+D4</f><v>84</v>", "=B2+D4"),
}


@pytest.mark.parametrize("name", COUNTED)
def test_results_of_formulas_are_counted_anew_or_taken_away(name: str) -> None:
    """A result that a change reaches is what the sum comes to; one that is not understood is none at all."""
    formula, text = COUNTED[name]
    data = book('<c r="B2"><v>84</v></c>', more=f'<row r="4"><c r="D4">{formula}</c></row>')

    copy = correct(data, [Correction(at("B2"), "84", "48")])

    assert shown(copy)["D4"] == text
    assert b'fullCalcOnLoad="1"' in members(copy)["xl/workbook.xml"]


def test_sums_of_sums_and_shared_formulas_are_counted_anew() -> None:
    """In whatever order they stand; what rests on a result that was taken away goes too."""
    more = (
        '<row r="3"><c r="A3"><f>SUM(B4:C4)</f><v>101</v></c></row>'
        '<row r="4"><c r="B4"><f t="shared" ref="B4:C4" si="0">SUM(B2:B3)+5</f><v>89</v></c>'
        '<c r="C4"><f t="shared" si="0"/><v>12</v></c></row>'
        '<row r="5"><c r="A5"><f>B4*2</f><v>178</v></c><c r="B5"><f>A5+1</f><v>179</v></c></row>'
    )

    found = shown(correct(book('<c r="B2"><v>84</v></c>', more=more), [Correction(at("B2"), "84", "48")]))

    assert [found[ref] for ref in ("A3", "B4", "C4", "A5", "B5")] == ["65", "53", "12", "=B4*2", "=A5+1"]


def test_a_total_that_comes_out_right_needs_no_writing() -> None:
    """A correction of a calculated cell holds where those of its parts bring it about; else it is refused."""
    more = '<row r="4"><c r="D4"><f>SUM(B2:C2)</f><v>91</v></c></row>'
    data = book('<c r="B2"><v>84</v></c>', more=more)
    part = Correction(at("B2"), "84", "48")

    assert shown(correct(data, [Correction(at("D4"), "91", "55"), part]))["D4"] == "55"
    with pytest.raises(InputError, match="公式") as caught:
        correct(data, [part, Correction(at("D4"), "91", "56")])
    assert caught.value.code == "calculated-cell"


def test_results_in_other_sheets_are_taken_away() -> None:
    """Where their formulas name the sheet; what only stands beside them stays."""
    first = '<sheetData><row r="1"><c r="A1"><v>84</v></c></row></sheetData>'
    formulas = '<c r="A1"><f>甲!A1</f><v>84</v></c><c r="B1"><f>C1+1</f><v>4</v></c>'
    second = f'<sheetData><row r="1">{formulas}<c r="C1"><v>3</v></c></row></sheetData>'

    copy = correct(raw_workbook(first, second), [Correction(at("A1"), "84", "48")])

    cells = read_xlsx(Zipped(copy)).sheets[1].cells
    assert cells == {(0, 0): "=甲!A1", (0, 1): "4", (0, 2): "3"}


def test_a_circle_of_formulas_ends() -> None:
    """Their results are taken away."""
    more = '<row r="4"><c r="A4"><f>B4+B2</f><v>84</v></c><c r="B4"><f>A4-84</f><v>0</v></c></row>'

    found = shown(correct(book('<c r="B2"><v>84</v></c>', more=more), [Correction(at("B2"), "84", "48")]))

    assert (found["A4"], found["B4"]) == ("=B4+B2", "=A4-84")


def test_a_workbook_without_formulas_is_not_told_to_calculate() -> None:
    """Only the sheet is another; two figures of one text are written one after the other."""
    data = book(f'<c r="B2" {inline("84（含1件）")}')
    copy = correct(data, [Correction(at("B2"), "84", "48"), Correction(at("B2"), "1", "2")])

    assert shown(copy)["B2"] == "48（含2件）"
    assert other(data, copy) - MARK_PARTS == {SHEET}
    assert correct(data, []) is data


def test_places_are_those_of_the_reader() -> None:
    """A figure is put right at the place that its cell has in the document."""
    data = book('<c r="B2"><v>84</v></c>')
    block = document_from_bytes(data, "x").blocks[0]
    place = next(one.location for one in block.cells if one.text == "84")  # type: ignore[union-attr]

    assert shown(correct(data, [Correction(place, "84", "48")]))["B2"] == "48"
