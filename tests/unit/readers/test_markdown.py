"""Markdown: its marks are no part of what is read, whether its tables are its own or those of pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.model.document import Paragraph, Table
from nianbao.readers import document_from_bytes
from nianbao.readers.plain.markdown import without_emphasis


def drawn(text: str) -> list[str | list[str]]:
    """Return the paragraphs of a text, and its tables as lists of cells, those in doubt with a sign before."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else ["?" * (cell.doubt is not None) + cell.text for cell in block.cells]
        for block in document_from_bytes(text.encode(), "invented").blocks
        if isinstance(block, Paragraph | Table)
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (r"912\.57", ["912.57"]),
        (r"2025\-01\-17", ["2025-01-17"]),
        (r"\_\_甲\_\_", ["__甲__"]),
        (r"甲\\乙", ["甲\\乙"]),
        ("__云岭市政府2024年度报告__", ["云岭市政府2024年度报告"]),
        ("__（一）公开__。全年**新收** _88_ 件", ["（一）公开。全年新收 88 件"]),
        ("本机关__新收__88件", ["本机关新收88件"]),
        ("____年____月", ["____年____月"]),
        ("编号 A__B__C_d_e", ["编号 A__B__C_d_e"]),
        ("1~3月，5~7月", ["1~3月，5~7月"]),
        ("收到~~77~~88件", ["收到88件"]),
        ("收到88^1^件，办结7^[2]^件", ["收到88件，办结7件"]),
        ("收到88[^1]件", ["收到88件"]),
        ("[^1]: 注释", ["[^1]: 注释"]),
        ("收到88<sup>1</sup>件<u>甲</u>", ["收到88件甲"]),
        ("<del>共7件。</del>\n共8件。", ["共8件。"]),
        ("甲&nbsp;&lt;乙&gt;", ["甲 <乙>"]),
        ('收到[8]{lang="EN-US"}[8]{.mark}件', ["收到88件"]),
        ('收到[77]{.deletion author="甲"}[88]{.insertion author="甲"}件', ["收到88件"]),
        ("[甲]、{乙}", ["[甲]、{乙}"]),
        ("收到`88`件，见[附件](a.doc)和[表](<a b> '题')。", ["收到88件，见附件和表。"]),
        ("收到$88$件，==办结==++7++件，收费$5和$6。", ["收到88件，办结7件，收费$5和$6。"]),
        ("收到88[1](#n)件", ["收到88、1件"]),
        ("`__甲__ [a](b)` \\`乙\\`", ["__甲__ [a](b) `乙`"]),
        ("甲<!-- 7 -->乙", ["甲乙"]),
        ("| 甲 | 8 |\n| 乙 <!-- | 5 | --> | 7 |", [["甲", "8", "乙", "7"]]),
        ("<!--\n共7件\n-->\n共8件", ["共8件"]),
        ("![7](a.png)甲", ["甲"]),
        (
            "| 项 | 数 |\n|---|---|\n| 甲 | ~~77~~88 |\n| 乙 | 912\\.57 |\n| 丙 | **88**^1^ |",
            [["项", "数", "甲", "88", "乙", "912.57", "丙", "88"]],
        ),
        ("| 项 | 数 |\n|---|---|\n| 甲 | ~~88~~ |\n| 乙 | 8^8^8 |", [["项", "数", "甲", "?88", "乙", "8 8"]]),
    ],
)
def test_marks_are_not_read(text: str, blocks: list[str | list[str]]) -> None:
    """Escapes give the sign behind them; emphasis and tags go; what is raised or struck out is left out."""
    assert drawn(text) == blocks


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("`898`", "898"),
        ("`` 898 ``", "898"),
        ("$898$", "898"),
        ("$$898$$", "898"),
        (r"$\mathbf{898}$", "898"),
        (r"$1{,}898$", "1,898"),
        ("$898^{1}$", "898"),
        ("[898](#a)", "898"),
        ('[898](<a b> "t")', "898"),
        ("[**898**]()", "898"),
        ("==898==", "898"),
        ("++898++", "898"),
        ("898<!-- 5 -->", "898"),
        ("<!-- 5 -->898", "898"),
        ("<!-- 5 -->", ""),
        ('<a href="a">898</a>', "898"),
        ("<kbd>898</kbd>", "898"),
        ('<img src="a">898', "898"),
        ("898[1](#n)", "898 1"),
        ("8[98](#n)", "8 98"),
        ("`8`98", "8 98"),
        ("8![](a)98", "8 98"),
        ("![898](a.png)", "?"),
        (r"$\frac{898}{5}$", r"?$\frac{898}{5}$"),
        ("[898][1]", "?[898][1]"),
        ("^898^", "?^898^"),
        ("{--5--}{++898++}", "?{--5--}{898}"),
        ("<x>898</x>", "?<x>898</x>"),
        ("[898]", "[898]"),
        ("[898](5)", "[898](5)"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(written: str, read: str) -> None:
    """Marks around a figure are no part of it; figures beside each other stay apart, and unknown marks are a doubt."""
    assert drawn(f"| 项 | 数 |\n|---|---|\n| 甲 | {written} |") == [["项", "数", "甲", read]]


@given(st.text("甲1._*~^\\<s>&;[]`$=+(){}!-a ", max_size=40))
def test_digits_stay_in_order(text: str) -> None:
    """Whatever marks are mixed, no digit or word is made up or exchanged."""
    shown = iter(text)

    assert all(letter in shown for letter in without_emphasis(text) if letter in "甲1")


@pytest.mark.parametrize(
    ("text", "column"),
    [("__甲__乙", 3), (r"| \-5 | 乙 |", 4), ("~~7~~8", 6), ("## **甲**", 6), ("| <img src=a8>88 | 乙 |", 15)],
)
def test_places_are_behind_the_marks(text: str, column: int) -> None:
    """The place of a text is that of its first character in the source."""
    block = document_from_bytes(f"{text}\n".encode(), "invented").blocks[0]
    place = block.cells[0].location if isinstance(block, Table) else block.location

    assert (place.line, place.column) == (1, column)


MIXED = """# 云岭市政府2024年度报告

## __一、总体情况__
全年收到~~77~~88件，a < b。

<table>
<tr><td>甲</td><td>88<sup>1</sup></td></tr>
</table>
**二、其他**\\. #1

| 项 | 数 |
|:--|--:|
| 乙 | 912\\.57 |
| 丙 \\| 丁 | 8 |
尾
#不是标题吗
"""


def test_tables_of_pages_in_markdown_are_read_with_its_prose() -> None:
    """Each line outside a table in HTML is a paragraph, a heading or a row; its place is its line of the file."""
    document = document_from_bytes(MIXED.encode(), "invented.md")

    assert drawn(MIXED) == [
        "云岭市政府2024年度报告",
        "一、总体情况",
        "全年收到88件，a < b。",
        ["甲", "88"],
        "二、其他. #1",
        ["项", "数", "乙", "912.57", "丙 | 丁", "8"],
        "尾",
        "不是标题吗",
    ]
    assert [block.location.line for block in document.blocks] == [1, 3, 4, 7, 9, 11, 15, 16]
    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [1, 2, 0, 0, 0, 1]
    assert document.text == MIXED


def test_a_table_at_the_end_is_closed() -> None:
    """Rows between bars may be the last lines."""
    assert drawn("**题**\n<table><tr><td>甲<td>1</table>\n| 乙 | 2 |\n| 丙 | 3 |") == [
        "题", ["甲", "1"], ["乙", "2", "丙", "3"]
    ]  # fmt: skip


def test_a_page_is_no_markdown() -> None:
    """What begins with a tag is read as it stands."""
    assert drawn("<p>**甲**</p><p># 乙</p>") == ["**甲**", "# 乙"]


@pytest.mark.parametrize("sign", ["#", "**", "__", "> ", "#**", "\\#"])
def test_an_issuer_has_no_marks(sign: str) -> None:
    """Whatever signs of markup stand before a title, the organ's name begins with a word."""
    from nianbao.extraction import extract  # noqa: PLC0415 - for this test alone

    lines = [
        f"{sign}云岭市人民政府2024年政府信息公开工作年度报告",
        "一、总体情况",
        "好。",
        "二、主动公开政府信息情况",
        "好。",
    ]
    report = extract(document_from_bytes("\n".join(lines).encode(), "invented"))

    assert report.issuer is not None
    assert report.issuer.name == "云岭市人民政府"
