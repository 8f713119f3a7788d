"""Pages as sites, Word and WPS write them become prose and grids."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import drawn

from nianbao.errors import InputError
from nianbao.model.document import Paragraph, Table, TableCell
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.document import Document

LONG = "本页所载为虚构机关的工作情况。" * 30


def read(page: str) -> Document:
    """Read a page."""
    return document_from_bytes(f"<html><body>{page}</body></html>".encode(), "invented.html")


def spots(page: str) -> dict[str, tuple[int, int, int, int]]:
    """Return row, column, rowspan and colspan of each cell of the only table, by its text."""
    (table,) = (block for block in read(page).blocks if isinstance(block, Table))
    return {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells}


class Case(NamedTuple):
    """The body of a page and the blocks it is read as."""

    page: str
    blocks: list[str | list[str]]


CASES = {
    "paragraphs": Case("<p>甲</p><p>乙</p>尾", ["甲", "乙", "尾"]),
    "breaks": Case("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
    "a heading in bold": Case("<p><strong>一、标题</strong></p>", ["一、标题"]),
    "a number torn over elements": Case("<p><font>20</font><span>23</span>年<b>3</b><i>02</i>件</p>", ["2023年302件"]),
    "unknown elements": Case("<p><o:p>甲</o:p><ucaptitle>乙</ucaptitle></p>", ["甲乙"]),
    "white space is folded": Case("<p>\n  甲 &nbsp;\n 乙\u3000</p>", ["甲 乙"]),
    "zero-width characters": Case("<p>甲\u200b\ufeff&#8203;乙</p>", ["甲乙"]),
    "lists and parts": Case(
        "<ul><li>甲<li>乙</ul><section>丙<div>丁</div>戊</section>", ["甲", "乙", "丙", "丁", "戊"]
    ),
    "scripts and styles": Case(
        "<script>x='<p>甲</p>'</script><style>p{}</style><noscript>乙</noscript><p>丙</p>", ["丙"]
    ),
    "a script within a sentence": Case("<p>共1<script>f()</script>2件</p>", ["共12件"]),
    "comments": Case("<p>共1<!-- <b>9</b> -->2件</p>", ["共12件"]),
    "forms": Case("<form><input value='甲'><select><option>乙</select><textarea>丙</textarea></form>丁", ["丁"]),
    "hidden": Case(
        "<p style='DISPLAY: none'>甲</p><p hidden>乙</p><p>丙<span style='display:none;'>丁</span></p>", ["丙"]
    ),
    "a hidden cell and row": Case(
        "<table><tr><td style='display:none'>甲<td>乙<td>丙</tr><tr hidden><td>丁</table>", [["乙", "丙"]]
    ),
    "a table": Case("<table><tr><td>甲<td>1<tr><td>乙<td></table>", [["甲", "1", "乙", ""]]),
    "cells without rows": Case(
        "<table><td>甲</td><td>1</td><tr><td>乙</td><td>2</td></table>", [["甲", "1", "乙", "2"]]
    ),
    "a form within a table": Case("<table><form><tr><td>甲<td>1</form></table>", [["甲", "1"]]),
    "lines within a cell": Case(
        "<table><tr><td>甲<br>乙<td><p>丙</p>丁<td>1<br>2</table>", [["甲\n乙", "丙\n丁", "1\n2"]]
    ),
    "line ends of the source within a cell": Case("<table><tr><td>甲\n  乙<td><p>\n3\n</p></table>", [["甲 乙", "3"]]),
    "a torn number in a cell": Case(
        "<table><tr><td><p><span>3</span><span>02</span><span></span></p><td>0</table>", [["302", "0"]]
    ),
    "something hidden in a cell": Case(
        "<table><tr><td><i hidden>9</i>5<td><p style='display:none'>8</p>6</table>", [["5", "6"]]
    ),
    "a blank of Word": Case("<table><tr><td><p><o:p>&nbsp;</o:p></p><td>&emsp;<td>0</table>", [["", "", "0"]]),
    "layout around data": Case(
        "<table><tr><td>栏目<td><p>甲</p><table><tr><td>1<td>2</table>尾</table>", ["栏目", "甲", ["1", "2"], "尾"]
    ),
    "layout around prose": Case(f"<table><tr><td>栏目<td>{LONG}</table>", ["栏目", LONG]),
    "layout around a heading": Case("<table><tr><td><h1>标题</h1><td>日期</table>", ["标题", "日期"]),
    "a caption and stray text": Case(
        "<table><caption>题</caption>散<tr><td>甲<td>1</table>尾", ["散", "题", ["甲", "1"], "尾"]
    ),
    "a page hidden until its script runs": Case("<div><p>甲", ["甲"]),
    "capitals": Case("<P>甲</P><TABLE><TR><TH>乙<TD>1</TABLE>", ["甲", ["乙", "1"]]),
    "a declaration of another encoding": Case("<meta charset=gb2312><p>甲", ["甲"]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_page_is_read_as_drawn(case: Case) -> None:
    """Each way of writing a page gives its prose and its cells, in order, and nothing else."""
    assert drawn(read(case.page)) == case.blocks


@pytest.mark.parametrize("attribute", ["style='display:none'", "hidden"])
def test_a_body_that_its_script_shows_is_read(attribute: str) -> None:
    """Some sites hide the whole page until it is loaded."""
    document = document_from_bytes(f"<html><body {attribute}><p>甲</p></body></html>".encode(), "invented")
    assert drawn(document) == ["甲"]


def test_headings_have_their_level() -> None:
    """The elements h1 to h6 say how deep a heading is, for each of its lines; other text has no level."""
    blocks = read("<h2>甲<br>乙</h2><p>丙</p><h6>丁</h6>").blocks
    assert [block.heading for block in blocks if isinstance(block, Paragraph)] == [2, 2, 0, 6]


def test_title_and_fields_of_a_page_are_kept() -> None:
    """The title and the named fields go with the document; of a field given twice the first counts."""
    page = (
        "<html><head><title> 年报\n2024 </title><meta name='PubDate' content='2025-01-20'><meta name=pubdate content=x>"
    )
    document = document_from_bytes((page + "<meta charset=utf-8><p>甲").encode(), "invented")
    assert document.title == "年报 2024"
    assert dict(document.metadata) == {"pubdate": "2025-01-20"}


SPANS = {
    "rows and columns": (
        "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d",
        {"a": (0, 0, 2, 1), "b": (0, 1, 1, 2), "c": (1, 1, 1, 1), "d": (1, 2, 1, 1)},
    ),
    "to the last row": ("<tr><td rowspan=0>a<td>b<tr><td>c", {"a": (0, 0, 2, 1), "b": (0, 1, 1, 1), "c": (1, 1, 1, 1)}),
    "beyond the last row": (
        "<tr><td rowspan=9>a<td>b<tr><td>c",
        {"a": (0, 0, 2, 1), "b": (0, 1, 1, 1), "c": (1, 1, 1, 1)},
    ),
    "not into the next group": (
        "<tbody><tr><td rowspan=3>a<td>b</tbody><tbody><tr><td>c<td>d</tbody>",
        {"a": (0, 0, 1, 1), "b": (0, 1, 1, 1), "c": (1, 0, 1, 1), "d": (1, 1, 1, 1)},
    ),
    "nonsense": (
        "<tr><td colspan=x rowspan=-2>a<td colspan='²'>b<td colspan=''>c",
        {"a": (0, 0, 1, 1), "b": (0, 1, 1, 1), "c": (0, 2, 1, 1)},
    ),
    "far too wide": ("<tr><td colspan=100000>a<td>b", {"a": (0, 0, 1, 1000), "b": (0, 1000, 1, 1)}),
    "cells that meet": (
        "<tr><td>a<td rowspan=2>b<td>x<tr><td colspan=2>c<td>d",
        {"a": (0, 0, 1, 1), "b": (0, 1, 2, 1), "x": (0, 2, 1, 1), "c": (1, 0, 1, 2), "d": (1, 2, 1, 1)},
    ),
}


@pytest.mark.parametrize(("rows", "expected"), SPANS.values(), ids=SPANS)
def test_spans_make_a_grid(rows: str, expected: dict[str, tuple[int, int, int, int]]) -> None:
    """Cells stand where a browser puts them, and spans end with their group of rows."""
    assert spots(f"<table>{rows}</table>") == expected


def test_spans_beyond_all_measure_stop_counting() -> None:
    """A table that would cover millions of places is read with its cells, spans clamped."""
    (table,) = read("<table>" + ("<tr>" + "<td colspan=1000 rowspan=10000>x" * 3) * 300 + "</table>").blocks
    assert isinstance(table, Table)
    assert len(table.cells) == 900
    assert sum(cell.rowspan * cell.colspan for cell in table.cells) < 1_000_000


def laid_out(table: Table) -> dict[tuple[int, int], str]:
    """Return the text at every place of the expanded grid."""
    return {
        (cell.row + down, cell.column + across): cell.text
        for cell in table.cells
        for down in range(cell.rowspan)
        for across in range(cell.colspan)
    }


@st.composite
def grids(draw: st.DrawFn) -> list[TableCell]:
    """Draw cells that tile a grid without gaps, row by row."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            free = next((at for at in range(column, width) if (row, at) in taken), width) - column
            across, down = draw(st.integers(1, free)), draw(st.integers(1, height - row))
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            text = draw(st.sampled_from(["", "0", "12", "甲类", "<b>"]))
            cells.append(TableCell(text, row, column, down, across))
    return cells


def written(cells: list[TableCell]) -> str:
    """Write cells as a table; rows that only have cells from above are empty."""
    rows: list[str] = [""] * (max(cell.row + cell.rowspan for cell in cells))
    for cell in cells:
        rows[cell.row] += f'<td rowspan="{cell.rowspan}" colspan={cell.colspan}>{cell.text.replace("<", "&lt;")}</td>'
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@given(grids())
def test_any_grid_comes_back(cells: list[TableCell]) -> None:
    """A grid with any spans has, written as a page and read, the same text at every place."""
    (table,) = read(written(cells)).blocks
    assert isinstance(table, Table)
    assert laid_out(table) == laid_out(Table(tuple(cells)))


HOSTILE = {
    "deep blocks": ("<div>" * 100_000 + "x", "too-deep"),
    "deep tables": ("<table><tr><td>" * 50_000, "too-deep"),
    "a million cells": ("<table><tr>" + "<td>1" * 1_000_000, "too-many-cells"),
    "a million tags": ("<p>" + "<br>a" * 1_000_001, "too-many-tags"),
    "a tag of attributes": ("<p " + " ".join(f"a{number}" for number in range(100_000)) + ">x", "too-many-attributes"),
}


@pytest.mark.parametrize(("page", "code"), HOSTILE.values(), ids=HOSTILE)
def test_pages_made_to_exhaust_are_refused(page: str, code: str) -> None:
    """What would take the parser minutes or the machine's memory gets a code instead."""
    with pytest.raises(InputError) as caught:
        read(page)
    assert caught.value.code == code


def test_long_scripts_are_no_flood_of_attributes() -> None:
    """A comparison in a script looks like a tag that never ends; that is no reason to refuse a page."""
    page = "<script>if (a <b) {" + " word" * 60_000 + "}</script><p>甲</p>"
    assert drawn(read(page)) == ["甲"]


def test_long_text_and_open_comments_are_read() -> None:
    """A paragraph of many megabytes is one paragraph; comments that never end hide the rest."""
    assert drawn(read("<p>" + "甲" * 4_000_000)) == ["甲" * 4_000_000]
    assert drawn(read("<p>甲</p>" + "<!--" * 100_000)) == ["甲"]


def test_a_table_inside_a_cell_of_figures_is_named() -> None:
    """Its rows and columns cannot be told apart; that it is there is."""
    row = f"<tr><td>甲</td>{'<td>1</td>' * 6}</tr>\n"
    inner = f"<tr><td colspan=7><table>{row}</table></td></tr>"

    nested = document_from_bytes(f"<table>\n{row * 2}{inner}{row}</table>".encode(), "nested")
    laid_out = document_from_bytes(f"<table><tr><td>1<td><table>{row * 3}</table></table>".encode(), "laid out")

    assert [note.zh.partition("），")[0] for note in nested.notes] == ["第 1 行的表格里，格子中又套着表格（第 4 行"]
    assert laid_out.notes == ()
