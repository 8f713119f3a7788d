"""Rows whose cells are parted by spaces: told from prose by their figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import drawn

from nianbao.readers import document_from_bytes
from nianbao.readers.plain.spaced import spaced_parts

TABLE = ["项目 甲 乙 丙", "子 1 2 3", "丑 4 +5 -6", "寅 7 8.5 /"]
CELLS = [cell for line in TABLE for cell in line.split()]
PROSE = ["2024 年 1 月", "共 3 件", "见第 5 页", "止 7"]
CASES = {
    "a table": (TABLE, [["项目", "甲", "乙", "丙", "子", "1", "2", "3", "丑", "4", "+5", "-6", "寅", "7", "8.5", "/"]]),
    "one long row": (["甲 乙 丙 丁 戊", "1 2 3 4 5"], [["甲", "乙", "丙", "丁", "戊", "1", "2", "3", "4", "5"]]),
    "prose around it": (
        ["一、标题", "一句话 有空格。", *TABLE, "又一句话，2024年有3件。"],
        [
            "一、标题",
            "一句话 有空格。",
            CELLS,
            "又一句话，2024年有3件。",
        ],
    ),
    "a heading between two": (
        [*TABLE, "二、标题", *TABLE],
        [[*CELLS, "二、标题", *CELLS]],
    ),
    "a sentence between two": (
        [*TABLE, "这是一句话。", *TABLE],
        [CELLS, "这是一句话。", CELLS],
    ),
    "two rows": (["甲 1 2", "乙 3 4"], ["甲 1 2", "乙 3 4"]),
    "figures in prose": (
        ["2024 年 1 月", "共 3 件", "见第 5 页", "止 7"],
        ["2024 年 1 月", "共 3 件", "见第 5 页", "止 7"],
    ),
    "single figures before a table": (["共 3", "这是一句话。", *TABLE], ["共 3", "这是一句话。", CELLS]),
    "a long line": (["甲" * 130 + " 1 2 3 4 5 6"], ["甲" * 130 + " 1 2 3 4 5 6"]),
}


@pytest.mark.parametrize(("lines", "blocks"), CASES.values(), ids=CASES)
def test_rows_of_figures_are_tables(lines: list[str], blocks: list[str | list[str]]) -> None:
    """Three rows with figures, or one with many, with the heads above and what stands between; all else is prose."""
    assert drawn(document_from_bytes("\n".join(lines).encode(), "case")) == blocks


def test_cells_have_the_places_of_their_words() -> None:
    """Line and column, from 1."""
    document = document_from_bytes("\n".join(TABLE).encode(), "case")
    table = document.blocks[0]

    assert [(cell.location.line, cell.location.column) for cell in table.cells[:6]] == [  # type: ignore[union-attr]
        (1, 1),
        (1, 4),
        (1, 6),
        (1, 8),
        (2, 1),
        (2, 3),
    ]


@given(st.lists(st.text("甲乙 1.2/。", max_size=12), max_size=12))
def test_every_line_is_in_one_part(lines: list[str]) -> None:
    """The parts of a run follow each other from its first line to its last."""
    parts = spaced_parts(lines)

    assert [number for part in parts for number in range(part.begin, part.end)] == list(range(len(lines)))
