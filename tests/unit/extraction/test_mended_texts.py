"""Tables of texts with what programs have done to them undone: cells repeated, labels broken, blanks of spans."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from nianbao.extraction.tables.labels import labels_of
from nianbao.extraction.tables.repeats import squared, without_repeats
from nianbao.extraction.tables.torn_words import with_whole_lines, with_whole_words
from nianbao.extraction.tables.wrapped import unwrapped
from nianbao.forms.loading import form_by_id
from nianbao.model.document import Table, TableCell

if TYPE_CHECKING:
    from nianbao.extraction.tables.labels import Labels

FORM = form_by_id("zfxxgk-2021")
APPLICATIONS, DISPUTES = (labels_of(FORM.tables[name]) for name in ("applications", "disputes"))


def flow(words: str) -> Table:
    """Return a flow of words."""
    return Table(tuple(TableCell(word, 0, number) for number, word in enumerate(words.split())), "flow")


def lines(text: str, *, loses_blanks: bool = False) -> Table:
    """Return a table of lines of words; "_" is a blank."""
    cells = (
        TableCell(word.strip("_"), row, column)
        for row, line in enumerate(text.split("/"))
        for column, word in enumerate(line.split())
    )
    return Table(tuple(cells), "lines", loses_blanks=loses_blanks)


def shown(table: Table) -> str:
    """Return the words of a table, its rows divided by "/", spans behind the words."""
    rows = (
        " ".join(
            (cell.text or "_") + f"→{cell.colspan}" * (cell.colspan > 1) + f"↓{cell.rowspan}" * (cell.rowspan > 1)
            for cell in row
        )
        for _row, row in groupby(table.cells, lambda cell: cell.row)
    )
    return " / ".join(rows)


@pytest.mark.parametrize(
    ("labels", "words", "whole"),
    [
        (APPLICATIONS, "自然人 商业 企业 科研 机构 其他", "自然人 商业企业 科研机构 其他"),
        (DISPUTES, "结果 维持 其他 结果 尚未 审结 总计", "结果维持 其他结果 尚未审结 总计"),
        (APPLICATIONS, "商业 88 企业", "商业 88 企业"),
        (APPLICATIONS, "商业 企业 单位", "商业企业 单位"),
        (APPLICATIONS, "商 业 企 业", "商业企业"),
    ],
)
def test_parts_of_labels_are_joined(labels: Labels, words: str, whole: str) -> None:
    """Adjacent cells of a flow are one where they give a label of the form; a figure between keeps them apart."""
    assert shown(with_whole_words(flow(words), labels)) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("其他 商业 / 企业 科研 / 机构 总计", "其他 商业企业 科研机构 总计"),
        ("1.重复 / 申请 1 2", "1.重复 / 申请 1 2"),
        ("2.重复 / 申请 1 2", "2.重复申请 1 2"),
        ("3.要求提供 / 公开 / 出版物 1 2", "3.要求提供公开出版物 1 2"),
        ("商业 5 / 企业 6", "商业 5 / 企业 6"),
    ],
)
def test_labels_go_on_in_the_next_line(text: str, whole: str) -> None:
    """The last word of a line and the first of the next are one where they give a label, and so are their lines."""
    assert shown(with_whole_lines(lines(text), APPLICATIONS)) == whole


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("项 项 项 / 内容 数 数 / 子 5 5", "项→3 / 内容 数→2 / 子 5→2"),
        ("项 项 项 / 内容 数 数 / 子 5 6", "项→3 / 内容 数→2 / 子 5 6"),
        ("甲 甲 乙 乙 / 件 数 件 件 / 1 2 3 3", "甲→2 乙→2 / 件 数 件→2 / 1 2 3→2"),
        ("甲 乙 / 件 件 / 1 1", "甲 乙 / 件 件 / 1 1"),
        ("组 组 / 甲 乙 / 甲 丙 / 1 2", "组→2 / 甲↓2 乙 / 丙 / 1 2"),
        ("项 项 项 / 内容 数 数 / 子 _ _ / 丑 5 5", "项→3 / 内容 数→2 / 子 _ _ / 丑 5→2"),
        ("项 项 / 子 5 5", "项 项 / 子 5 5"),
    ],
)
def test_repeated_cells_are_merged_ones(text: str, spans: str) -> None:
    """Equal heads side by side are one below one head, and equal figures below it; figures below two heads are not."""
    assert shown(without_repeats(lines(text))) == spans


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("自然人 自然人 其他 总计 总计 3 1 2 8 8", "自然人 自然人 其他 总计 总计 / 3 1 2 8 8"),
        ("自然人 自然人 其他 甲 1 2 乙 3 4", "自然人 自然人 其他 / 甲 1 2 / 乙 3 4"),
        ("自然人 自然人 其他 其他 1 2 甲 甲 3 4", "自然人 自然人 其他 其他 1 2 甲 甲 3 4"),
        ("自然人 其他 1 2", "自然人 其他 1 2"),
        ("自然人 自然人 其他 自然人 1 2 3 4", "自然人 自然人 其他 自然人 1 2 3 4"),
    ],
)
def test_a_flow_of_repeated_cells_has_rows(words: str, rows: str) -> None:
    """Rows are found where words are repeated in the first, and each row is words and then figures."""
    assert shown(squared(flow(words), APPLICATIONS)) == rows


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("自然人 商业企 科研机 / 业 构 / 总计 1 2", "自然人 商业企业 科研机构 / 总计 1 2"),
        ("2.重 1 2 / 复 / 申请 / 3.其他 3 4", "2.重复申请 1 2 / 3.其他 3 4"),
        ("1.信 / 访举 5 6 / 报投诉 / 类申请", "1.信访举报投诉类申请 5 6"),
        ("（四） 2.没有 1 2 / 无法提供 现成信息需要 / 另行制作", "（四） 2.没有现成信息需要另行制作 1 2"),
        ("2.重 1 2 / 复 / 3.其他 3 4", "2.重 1 2 / 复 / 3.其他 3 4"),
    ],
)
def test_labels_over_several_lines_are_whole(text: str, whole: str) -> None:
    """In a text laid out with spaces, labels are put together from the lines around their figures, if all is there."""
    assert shown(unwrapped(lines(text, loses_blanks=True), APPLICATIONS)) == whole
    assert shown(unwrapped(lines(text), APPLICATIONS)) == shown(lines(text))
