"""Tables drawn with lines of signs: grids, and columns below runs of signs."""

from __future__ import annotations

import pytest

from nianbao.model.document import Paragraph, Table
from nianbao.readers import document_from_bytes

Cells = list[tuple[str, int, int, int, int]]

GRID = """\
前文
+------+-------------+
| 项目 | 数量        |
|      +------+------+
|      | 甲   | 乙   |
+======+======+======+
| 长子 | 1    | 2    |
| 目   |      |      |
+------+------+------+
后文
"""
IN_GRID: Cells = [
    ("项目", 0, 0, 2, 1),
    ("数量", 0, 1, 1, 2),
    ("甲", 1, 1, 1, 1),
    ("乙", 1, 2, 1, 1),
    ("长子\n目", 2, 0, 1, 1),
    ("1", 2, 1, 1, 1),
    ("2", 2, 2, 1, 1),
]
SIMPLE = """\
前文

====  ====  ====
项目  数量
----  ----------
名    甲    乙
====  ====  ====
子    1     2
长一
丑    3     4
====  ====  ====

后文
"""
PANDOC = """\
前文

项目      甲    乙
------  ----  ----
子         1     2
丑         3     4

后文
"""
APART = """\
前文

------------------
项目      甲    乙
          一
------  ----  ----
子         1     2
长一

丑         3     4
------------------

后文
"""


def cells_of(text: str) -> Cells:
    """Return the cells of the only table of a text, with prose before and behind it."""
    before, table, after = document_from_bytes(text.encode(), "case").blocks
    assert isinstance(before, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(after, Paragraph)
    assert (before.text, table.shape, after.text) == ("前文", "grid", "后文")
    lines = text.split("\n")
    for cell in table.cells:
        line, column = cell.location.line, cell.location.column
        assert line is not None
        assert column is not None
        assert not cell.text or lines[line - 1][column - 1] == cell.text[0]
    return [cell[:5] for cell in table.cells]


def rows_of(text: str) -> list[list[str]]:
    """Return the texts of the cells, row by row."""
    cells = cells_of(text)
    return [[text for text, at, *_rest in cells if at == row] for row in sorted({cell[1] for cell in cells})]


def test_a_grid_has_its_spans() -> None:
    """Cells without a line between them are one, and their lines are its lines."""
    assert cells_of(GRID) == IN_GRID


def test_a_grid_may_count_each_character_as_one() -> None:
    """Lines that meet only if wide characters take one place are a grid, too."""
    plain = GRID.replace("| 项目 |", "| 项目   |").replace("| 数量        |", "| 数量          |")
    plain = (
        plain.replace("| 甲   | 乙   |", "| 甲    | 乙    |")
        .replace("| 长子 |", "| 长子   |")
        .replace("| 目   |", "|      |")
    )
    assert cells_of(plain) == [("长子", *cell[1:]) if cell[0] == "长子\n目" else cell for cell in IN_GRID]


@pytest.mark.parametrize(
    ("old", "new"),
    [("| 长子 | 1    | 2    |", "| 子   | 1    | 2    |"), ("| 目   |      |      |", "| 目   |      | 3    |")],
)
def test_two_rows_without_a_line_between_are_rows_of_bars(old: str, new: str) -> None:
    """Words that had room in the line above, and figures on several lines, belong to two rows."""
    _before, table, *_rest = document_from_bytes(GRID.replace(old, new).encode(), "case").blocks
    assert isinstance(table, Table)
    assert table.shape == "lines"


def test_lines_that_do_not_meet_are_rows_of_bars() -> None:
    """A grid with a bar too few is read line by line: nothing is known of its columns."""
    _before, table, *_rest = document_from_bytes(GRID.replace("1    | 2", "1      2").encode(), "case").blocks
    assert isinstance(table, Table)
    assert table.shape == "lines"


def test_words_go_over_columns_and_lines() -> None:
    """Words over the space between columns span these; words alone in a line go on with those above."""
    assert cells_of(SIMPLE)[:4] == [("项目", 0, 0, 1, 1), ("数量", 0, 1, 1, 1), ("", 0, 2, 1, 1), ("名", 1, 0, 1, 1)]
    assert rows_of(SIMPLE)[2:] == [["子", "1", "2"], ["长一", "", ""], ["丑", "3", "4"]]


def test_dashes_stand_below_the_heads() -> None:
    """The columns are those of the dashes, wherever the heads stand over them."""
    assert rows_of(PANDOC) == [["项目", "甲", "乙"], ["子", "1", "2"], ["丑", "3", "4"]]


def test_empty_lines_divide_rows() -> None:
    """Between two whole lines of dashes, a row ends where a line is empty."""
    assert rows_of(APART) == [["项目", "甲\n一", "乙"], ["子\n长一", "1", "2"], ["丑", "3", "4"]]


@pytest.mark.parametrize("row", ["子     1     2", "子         1     2    3", "子         1 2"])
def test_figures_out_of_line_have_no_column(row: str) -> None:
    """A row whose figures do not stand as those of other rows is one cell."""
    text = PANDOC.replace("子         1     2", row) + "\n"
    more = text.replace("丑         3     4\n", "丑         3     4\n" * 12)
    assert rows_of(more)[1] == [row]


@pytest.mark.parametrize("text", ["甲\n---\n乙\n", "a -- b\n-- --\n", "== ==\n甲 乙\n", "+--+\n正文\n"])
def test_signs_alone_are_prose(text: str) -> None:
    """Rules, dashes and lines without a table are prose."""
    assert not any(isinstance(block, Table) for block in document_from_bytes(text.encode(), "case").blocks)


@pytest.mark.parametrize("text", [GRID, SIMPLE, PANDOC, APART])
def test_a_table_may_be_all_of_a_text(text: str) -> None:
    """Nothing need stand before a table or behind it."""
    alone = text.replace("前文\n", "").replace("后文\n", "").strip("\n")
    (table,) = document_from_bytes(alone.encode(), "case").blocks
    assert isinstance(table, Table)
    assert [cell[:5] for cell in table.cells] == cells_of(text)
