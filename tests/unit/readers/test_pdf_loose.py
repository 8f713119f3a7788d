"""Tables of PDFs that have no lines: read where rows and columns are certain, and left alone where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.parts import drawn
from tests.support.pdffiles import pages, rule, say

from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

ACROSS = (60, 160, 220, 280)


def written(rows: Sequence[Sequence[str]], *, top: float = 100, across: Sequence[float] = ACROSS) -> bytes:
    """Write rows of texts below each other without lines; a row is as high as its highest text."""
    made = b""
    for row in rows:
        made += b"".join(say(x, top, text) for x, text in zip(across, row, strict=False) if text)
        top += 15 * max(text.count("\n") + 1 for text in row)
    return made


def read(*contents: bytes) -> list[str | list[str]]:
    """Read a file of those pages."""
    return drawn(document_from_bytes(pages(*contents), "x"))


HEADS = ("内容", "制作", "公开", "总数")


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([HEADS, ("规章", "1", "20", "300"), ("文件", "4", "5", "6")], None),
        ([HEADS, ("规章", "1", "", "300"), ("文件", "4", "5", "6")], None),
        (
            [HEADS, ("行政规范\n性文件", "1", "20", "300"), ("许可", "4", "5", "6")],
            [*HEADS, "行政规范性文件", "1", "20", "300", "许可", "4", "5", "6"],
        ),
        (
            [("内容", "本年\n制作", "本年\n公开", "总数"), ("规章", "1", "20", "300"), ("文件", "4", "5", "6")],
            ["内容", "本年制作", "本年公开", "总数", "规章", "1", "20", "300", "文件", "4", "5", "6"],
        ),
        (
            [HEADS, ("规章", "1234\n5", "20", "300"), ("文件", "4", "5", "6")],
            [*HEADS, "规章", "12345", "20", "300", "文件", "4", "5", "6"],
        ),
        ([("内容", "金额"), ("收费", "3.50"), ("采购", "1,234")], None),
    ],
    ids=["full", "a blank", "a label of two lines", "heads of two lines", "a number of two lines", "money"],
)
def test_texts_beside_and_below_each_other_are_a_table(rows: Sequence[Sequence[str]], cells: list[str] | None) -> None:
    """Rows by their figures, columns by what stands below each other, blanks where a column has nothing."""
    assert read(say(60, 60, "一、标题") + written(rows)) == [
        "一、标题",
        cells or [text for row in rows for text in row],
    ]


def test_blanks_are_placed_in_their_columns() -> None:
    """Where figures are missing, those that are there stay below their heads."""
    (table,) = document_from_bytes(
        pages(written([HEADS, ("规章", "1", "2", "3"), ("文件", "", "5", ""), ("许可", "", "", "9")])), "x"
    ).blocks

    places = {(cell.row, cell.column): cell.text for cell in table.cells}  # type: ignore[union-attr]
    assert places[2, 2] == "5"
    assert places[3, 3] == "9"
    assert [places[row, 1] for row in (2, 3)] == ["", ""]


@pytest.mark.parametrize(
    ("row", "reading"),
    [
        ((("规章", 60), ("1", 160), ("20", 250), ("300", 280)), ["规章", "1", "", "20", "300"]),
        ((("规章", 60), ("123456789012345678", 160), ("300", 280)), ["规章", "123456789012345678?", "300?"]),
        ((("规章", 60), ("1", 160), ("2\n34", 220), ("5", 280)), ["规章", "1?", "2 34?", "5?"]),
    ],
    ids=["between two columns", "over two columns", "two numbers below each other"],
)
def test_figures_in_no_column_for_certain_are_in_doubt(row: Sequence[tuple[str, float]], reading: list[str]) -> None:
    """The figures of such a row are given where they are, each with the doubt; its words are not in doubt."""
    marks = b"".join(say(x, 130, text) for text, x in row)

    (table,) = document_from_bytes(pages(written([HEADS, ("文件", "4", "5", "6")]) + marks), "x").blocks

    last = max(cell.row for cell in table.cells)  # type: ignore[union-attr]
    cells = [cell for cell in table.cells if cell.row == last]  # type: ignore[union-attr]
    assert [cell.text + "?" * (cell.doubt is not None) for cell in cells] == reading


@pytest.mark.parametrize(
    "content",
    [
        say(60, 100, "联系人：甲") + say(300, 100, "电话：乙") + say(60, 115, "地址：丙") + say(300, 115, "邮编：丁"),
        say(60, 100, "本年收到") + say(120, 100, "12") + say(150, 100, "件。"),
        say(60, 100, "号 ， 邮 编 ： 123456 ， 电 话 ："),
        say(60, 100, "甲。") + say(300, 300, "2025"),
    ],
    ids=["pairs of words", "one row", "a stretched line", "a lone number"],
)
def test_prose_is_no_table(content: bytes) -> None:
    """Words in columns without figures, one row alone, and wide lines stay prose."""
    assert all(isinstance(part, str) for part in read(content))


def test_lines_below_rows_alone_make_no_columns() -> None:
    """A table with level lines only is read by what stands below each other."""
    rows = [HEADS, ("规章", "1", "20", "300"), ("文件", "4", "5", "6")]
    lines = b"".join(rule(55, y, 330, y) for y in (88, 103, 118, 133))

    assert read(lines + written(rows)) == [[text for row in rows for text in row]]


def test_a_table_over_two_pages_is_one() -> None:
    """Rows go on, and so do labels that the page cuts, line by line."""
    upper = written([HEADS, ("行政规范", "1", "2", "3")], top=780)
    lower = say(60, 60, "性文件") + written([("许可", "4", "5", "6")], top=75)

    assert read(upper, lower) == [[*HEADS, "行政规范性文件", "1", "2", "3", "许可", "4", "5", "6"]]


def test_what_begins_a_page_goes_on_or_begins() -> None:
    """Labels cut by the page go on beside each other; one that begins an item does not."""
    across = (60, 110, 200, 260)
    upper = written([("组", "内容", "制作", "公开"), ("四类情", "2.行政规", "1", "2")], top=780, across=across)
    goes_on = say(60, 60, "形") + say(110, 60, "范性") + written([("", "3.许可", "5", "6")], top=75, across=across)
    begins = say(60, 60, "形") + say(110, 60, "3.范性") + written([("", "4.许可", "5", "6")], top=75, across=across)

    assert read(upper, goes_on)[0][4:] == ["四类情形", "2.行政规范性", "1", "2", "3.许可", "5", "6"]
    assert read(upper, begins)[0][4:] == ["四类情形", "2.行政规", "1", "2", "3.范性", "4.许可", "5", "6"]


def test_a_title_over_a_cell_is_no_part_of_it() -> None:
    """What is drawn before a cell of several lines, and is wider, is a text of its own."""
    content = say(60, 100, "第二十条各项") + written([("信息\n内容", "制作", "公开"), ("规章", "1", "2")], top=115)

    assert read(content) == ["第二十条各项", ["信息内容", "制作", "公开", "规章", "1", "2"]]


def test_a_label_cut_by_a_row_stands_beside_its_figures() -> None:
    """Where figures say that a row begins in the middle of a text, it is cut there."""
    content = say(60, 100, "内容") + say(160, 100, "制作") + say(220, 100, "公开")
    content += (
        say(60, 115, "规章\n文件") + say(160, 130, "1") + say(220, 130, "2") + written([("许可", "5", "6")], top=145)
    )

    assert read(content) == [["内容", "制作", "公开", "规章", "文件", "1", "2", "许可", "5", "6"]]


def test_a_page_crowded_with_texts_has_no_such_table() -> None:
    """Thousands of scattered texts are a drawing; they are prose, and take no time."""
    crowd = b"".join(say(60 + 20 * (place % 20), 60 + 3 * (place // 20), "1", size=2) for place in range(4100))

    assert all(isinstance(part, str) for part in read(crowd))


def test_a_heading_between_tables_parts_them() -> None:
    """What stands alone above a table is prose, however near."""
    rows = [HEADS, ("规章", "1", "2", "3")]
    content = written(rows) + say(60, 130, "二、另一张表的标题写得长") + written(rows, top=145)

    assert read(content) == [[*HEADS, *rows[1]], "二、另一张表的标题写得长", [*HEADS, *rows[1]]]
