"""Text as copying leaves it: flows with a cell a line, rows a line, Markdown, prose; each with its exact place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import parts

from nianbao.errors import InputError
from nianbao.model.document import Paragraph, Table
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.document import Document


def read(text: str) -> Document:
    """Read a text."""
    return document_from_bytes(text.encode(), "invented.txt")


def drawn(document: Document) -> list[str | list[list[str]]]:
    """Return blocks in a form that is easy to write down: prose as strings, tables as rows of strings."""
    found: list[str | list[list[str]]] = []
    for block in document.blocks:
        if not isinstance(block, Table):
            found.append(block.text if isinstance(block, Paragraph) else "[picture]")
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        found.append([[block.shape], *rows.values()])
    return found


class Case(NamedTuple):
    """A text and the blocks it is read as."""

    text: str
    blocks: list[str | list[list[str]]]


CASES = {
    "a cell a line": Case("甲类 |\n0 |\n5 |\n", [[["flow"], ["甲类", "0", "5"]]]),
    "spare bars are no cells": Case("甲类 |\n12 | ||\n5 | |||\n", [[["flow"], ["甲类", "12", "5"]]]),
    "bars of full width": Case(
        "项｜甲｜乙\n子｜1｜2\n丑｜3｜4\n", [[["lines"], ["项", "甲", "乙"], ["子", "1", "2"], ["丑", "3", "4"]]]
    ),
    "bars in prose are prose": Case("首页｜新闻｜2024\n甲\n", ["首页｜新闻｜2024", "甲"]),
    "boxes": Case(
        "┌──┬──┬──┐\n│项│甲│乙│\n├──┼──┼──┤\n│子│1 │2 │\n│丑│3 │4 │\n└──┴──┴──┘\n",
        [[["lines"], ["项", "甲", "乙"], ["子", "1", "2"], ["丑", "3", "4"]]],
    ),
    "rules with crosses": Case(
        " 项 | 甲\n----+----\n 子 | 1\n 丑 | 3\n", [[["lines"], ["项", "甲"], ["子", "1"], ["丑", "3"]]]
    ),
    "a line of bars is filler": Case("甲类 |\n0 |\n||\n乙类 |\n|||\n", [[["flow"], ["甲类", "0", "乙类"]]]),
    "a bar of its own is a blank cell": Case("甲类 |\n|\n5 |\n|\n", [[["flow"], ["甲类", "", "5", ""]]]),
    "a bar may open each row": Case("|\n内容 |\n数量 |\n|\n甲类 |\n5 |\n", [[["flow"], ["内容", "数量", "甲类", "5"]]]),
    "a bar may end each row": Case("内容 |\n数量 |\n|\n甲类 |\n5 |\n|\n", [[["flow"], ["内容", "数量", "甲类", "5"]]]),
    "a bar before the end of a row is a blank cell": Case(
        "内容 |\n|\n甲类 |\n5 |\n|\n|\n乙类 |\n|\n5 |\n|\n", [[["flow"], ["内容", "甲类", "5", "", "乙类", "|", "5"]]]
    ),
    "bars that end nearly all rows are in doubt": Case(
        "内容 |\n|\n" + "甲类 |\n5 |\n|\n" * 5 + "乙类 |\n5 |\n丙类 |\n5 |\n",
        [[["flow"], ["内容", "|", *("甲类", "5", "|") * 5, "乙类", "5", "丙类", "5"]]],
    ),
    "bars that end few rows are blank cells": Case(
        "内容 |\n数量 |\n甲类 |\n|\n乙类 |\n5 |\n|\n丙类 |\n5 |\n丁类 |\n",
        [[["flow"], ["内容", "数量", "甲类", "", "乙类", "5", "", "丙类", "5", "丁类"]]],
    ),
    "a cell with a line break before its bar": Case(
        "甲| 乙  \n丙  \n丁| 戊  \n子| 1  \n", [[["lines"], ["甲", "乙"], ["丙"], ["丁", "戊"], ["子", "1"]]]
    ),
    "the last cell without a bar": Case(
        "甲类 |\n0 |\n5\n三、下一部分", [[["flow"], ["甲类", "0", "5"]], "三、下一部分"]
    ),
    "a heading ends a table": Case(
        "甲类 |\n20.6 |\n三、下一部分\n（说明） |\n7 |\n",
        [[["flow"], ["甲类", "20.6"]], "三、下一部分", [["flow"], ["（说明）", "7"]]],
    ),
    "blank lines within a flow": Case("甲类 |\n\n0 |\n\n5 |\n", [[["flow"], ["甲类", "0", "5"]]]),
    "bars between values": Case("甲类\n|\n0\n|\n5\n乙类\n|\n1\n", ["甲类", "0", "5", "乙类", "1"]),
    "rows with a right edge": Case(
        "甲类 | 0 | 5 |\n乙类 | 1 | 2 |\n", [[["lines"], ["甲类", "0", "5"], ["乙类", "1", "2"]]]
    ),
    "ragged tails are blanks": Case(
        "甲类 | 0 | 5 | |\n乙类 | 1 | ||\n丙类 | 1 | 2 |\n",
        [[["lines"], ["甲类", "0", "5", ""], ["乙类", "1", "", ""], ["丙类", "1", "2"]]],
    ),
    "rows with both edges": Case("| 甲类 | 0 |\n| 乙类 | |\n", [[["lines"], ["甲类", "0"], ["乙类", ""]]]),
    "rows with a left edge": Case("| 甲类 | 0\n| 乙类 | 1\n", [[["lines"], ["甲类", "0"], ["乙类", "1"]]]),
    "rows without edges": Case("甲类 | 0\n乙类 | 1\n", [[["lines"], ["甲类", "0"], ["乙类", "1"]]]),
    "tabs": Case("甲类\t0\t5\n\t1\t2\n", [[["lines"], ["甲类", "0", "5"], ["", "1", "2"]]]),
    "rows of one width, mostly blank": Case(
        "甲类\t\t\n乙类\t\t\n丙类\t\t\n丁类\t\t\n戊类\t\t5\n",
        [[["lines"], ["甲类", "", ""], ["乙类", "", ""], ["丙类", "", ""], ["丁类", "", ""], ["戊类", "", "5"]]],
    ),
    "indented prose": Case("\t\t甲类的情况\n\t乙类的情况\n", ["甲类的情况", "乙类的情况"]),
    "Markdown": Case(
        "## 标题\n| 项 | **数** |\n|:--|--:|\n| 甲 | 1 |\n\n正文**粗**字",
        ["标题", [["lines"], ["项", "数"], ["甲", "1"]], "正文粗字"],
    ),
    "a short rule under a head": Case("|项|数|\n|-|-|\n|甲|-|\n", [[["lines"], ["项", "数"], ["甲", "-"]]]),
    "dashes as values": Case("甲类 | 4 | -\n乙类 | - | -\n", [[["lines"], ["甲类", "4", "-"], ["乙类", "-", "-"]]]),
    "two Markdown tables": Case(
        "|项|数|\n|-|-|\n|甲|1|\n\n|项|量|\n|-|-|\n|乙|2|\n",
        [[["lines"], ["项", "数"], ["甲", "1"]], [["lines"], ["项", "量"], ["乙", "2"]]],
    ),
    "a bar within a cell": Case("甲\\|乙 | 1\n丙 | 2", [[["lines"], ["甲|乙", "1"], ["丙", "2"]]]),
    "a break within a cell": Case("甲<br>乙 | 1\n丙 | 2", [[["lines"], ["甲\n乙", "1"], ["丙", "2"]]]),
    "navigation": Case("首页 | 新闻 | 公开\n正文", [[["lines"], ["首页", "新闻", "公开"]], "正文"]),
    "a single cell is prose": Case("一、标题 |\n正文", ["一、标题", "正文"]),
    "bars alone": Case("正文\n|||\n正文", ["正文", "正文"]),
    "cells as paragraphs": Case("甲类\n\n 0\n\n5 \n", ["甲类", "0", "5"]),
    "underscores stay": Case("编号 A__B__C", ["编号 A__B__C"]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_text_is_read_as_drawn(case: Case) -> None:
    """Each way of laying out a table gives its cells and no others."""
    assert drawn(read(case.text)) == case.blocks


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_places_point_at_the_content(case: Case) -> None:
    """Line and column of every paragraph and every cell with content lead to its first character."""
    lines = case.text.split("\n")
    for part in parts(read(case.text)):
        line, column = part.location.line, part.location.column
        assert line is not None
        assert column is not None
        assert lines[line - 1][column - 1 :].startswith(part.text[:1])


def test_places_in_tables_are_counted_from_one() -> None:
    """Tables, rows and cells count from 1; a flow has no rows."""
    document = read("甲 |\n1 |\n一\n乙 | 2\n丙 | 3\n")
    flow, _prose, lines = document.blocks
    assert isinstance(flow, Table)
    assert isinstance(lines, Table)
    assert [cell.location[:5] for cell in flow.cells] == [(1, 1, 1, None, 1), (2, 1, 1, None, 2)]
    assert lines.cells[-1].location[:5] == (5, 5, 2, 2, 2)


def test_spare_bars_are_kept_as_a_span() -> None:
    """How many columns a cell spans can still be seen from the bars behind it."""
    (table,) = read("甲 | |||\n1 | ||\n2 |\n").blocks
    assert isinstance(table, Table)
    assert [cell.colspan for cell in table.cells] == [4, 3, 1]


def test_markdown_headings_have_their_level() -> None:
    """As many signs, so deep a heading; prose has none."""
    blocks = read("# 甲\n### 乙 ###\n丙\n#丁\n").blocks
    assert [(block.text, block.heading) for block in blocks if isinstance(block, Paragraph)] == [
        ("甲", 1),
        ("乙", 3),
        ("丙", 0),
        ("#丁", 0),
    ]


@pytest.mark.parametrize(("text", "code"), [("|" * 300_000, "too-many-cells"), ("a\n" * 400_000, "too-many-lines")])
def test_floods_are_refused(text: str, code: str) -> None:
    """More cells or lines than any report has are refused before they are kept."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.code == code


WORDS = st.text(alphabet="甲乙丙丁0123456789.+", min_size=1, max_size=6)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=1, max_size=6), st.sampled_from(["|", "\t"]))
def test_rows_come_back(rows: list[list[str]], separator: str) -> None:
    """Rows written a line each are read with every cell in its row and column."""
    edge = "|" if separator == "|" else ""
    (table,) = read("\n".join(edge + separator.join(row) + edge for row in rows)).blocks
    assert isinstance(table, Table)
    assert {(cell.row, cell.column): cell.text for cell in table.cells} == {
        (down, across): text for down, row in enumerate(rows) for across, text in enumerate(row)
    }


@given(st.lists(WORDS, min_size=2, max_size=30))
def test_flows_come_back(cells: list[str]) -> None:
    """Cells written a line each, with a bar behind each, are read in order."""
    (table,) = read("".join(f"{cell} |\n" for cell in cells)).blocks
    assert isinstance(table, Table)
    assert (table.shape, [cell.text for cell in table.cells]) == ("flow", cells)


@given(st.text(alphabet="甲1 |\t\n*#-\\<br>:", max_size=60))
def test_any_text_has_true_places(text: str) -> None:
    """However bars, signs and blanks are mixed, no place leads out of the text."""
    lines = text.split("\n")
    try:
        document = read(text)
    except InputError as error:
        assert error.code == "empty"  # noqa: PT017 - both ways out are right
        return
    for part in parts(document) if document.format == "text" else ():
        line, column = part.location.line, part.location.column
        assert line is not None
        assert column is not None
        if part.text:
            assert lines[line - 1][column - 1] in {part.text[0], "\\"}
