"""Prose and tables of a sheet are told apart by how the sheet is laid out, without knowing what it says."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import drawn_reports
from tests.support.parts import drawn
from tests.support.rendering import PROSE, sheet_laid_out
from tests.support.sheeting import Layout

from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Document, Table
from nianbao.readers import document_from_bytes
from nianbao.readers.sheets.blocks import Counter, blocks_of
from nianbao.readers.sheets.workbook import MergedRange, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.form import Form

FORMS = builtin_forms()
_BOTH = (True, False)
LAYOUTS = [
    Layout(prose, ruled, spans, int(gap), stretched, all_ruled=lines, apart=apart)
    for prose, ruled, spans, gap in itertools.product(_BOTH, _BOTH, _BOTH, _BOTH)
    for stretched, lines, apart in itertools.product(_BOTH, _BOTH, _BOTH)
    if spans or not stretched
]
LONG = "过去一年，本机关按照要求做好各项工作，回复及时，重点在提高质量，栏目按月更新，内容按季核对。"


def sheet(*rows: str, wide: Sequence[int] = (), ruled: Sequence[int] = (), spans: Sequence[MergedRange] = ()) -> Sheet:
    """Return a sheet of four columns: cells are parted by bars, an empty string is an empty row.

    Args:
        rows: The rows.
        wide: Rows whose first cell is merged over all columns, from 1.
        ruled: Rows with lines around every cell, from 1.
        spans: Further merged ranges.
    """
    cells = {
        (row, column): text
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
        if text.strip()
    }
    lines = frozenset((row - 1, column) for row in ruled for column in range(4))
    return Sheet("甲", cells, (*(MergedRange(row - 1, 0, row - 1, 3) for row in wide), *spans), lines)


def shown(one: Sheet) -> list[str | list[str]]:
    """Return the blocks of a sheet for looking at; tables as their rows, cells parted by bars."""
    found: list[str | list[str]] = []
    for block in blocks_of(one, Counter()):
        if isinstance(block, Table):
            rows = itertools.groupby(block.cells, lambda cell: cell.row)
            found.append(["|".join(cell.text for cell in cells) for _row, cells in rows])
        else:
            found += drawn(Document("", "sheet", "", (block,)))
    return found


CASES: dict[str, tuple[Sheet, list[str | list[str]]]] = {
    "prose, a table, prose": (
        sheet("标题", "项|甲|乙|丙", "子|1|2|3", "注：无"),
        ["标题", ["项|甲|乙|丙", "子|1|2|3"], "注：无"],
    ),
    "a heading between tables that touch it": (
        sheet("项|甲|乙", "子|1|2", "四、下一部分", "别|丁|戊", "丑|3|4"),
        [["项|甲|乙", "子|1|2"], "四、下一部分", ["别|丁|戊", "丑|3|4"]],
    ),
    "a blank row of a table between rows with figures": (
        sheet("标题", "项|甲|乙", "子", "丑|1|2"),
        ["标题", ["项|甲|乙", "子||", "丑|1|2"]],
    ),
    "a blank row with lines at the end of a table": (
        sheet("标题", "项|甲|乙|丙", "子|1|2|3", "丑", "二、下一部分", ruled=[2, 3, 4]),
        ["标题", ["项|甲|乙|丙", "子|1|2|3", "丑|||"], "二、下一部分"],
    ),
    "a blank row with merged blanks at the end of a table": (
        sheet("标题", "项|甲", "子|1", "丑", "二、下一部分", spans=[MergedRange(row, 1, row, 3) for row in (1, 2, 3)]),
        ["标题", ["项|甲", "子|1", "丑|"], "二、下一部分"],
    ),
    "a blank row where prose is merged": (
        sheet("标题", "项|甲|乙|丙", "子|1|2|3", "丑", "二、下一部分", wide=[1, 5]),
        ["标题", ["项|甲|乙|丙", "子|1|2|3", "丑|||"], "二、下一部分"],
    ),
    "a blank row whose label is merged over the columns of labels": (
        sheet(
            "标题",
            "项||甲|乙",
            "子||1|2",
            "丑",
            "二、下一部分",
            spans=[MergedRange(row, 0, row, 1) for row in (1, 2, 3)],
        ),
        ["标题", ["项|甲|乙", "子|1|2", "丑||"], "二、下一部分"],
    ),
    "a row of nothing but a label, where nothing tells whether it is a heading": (
        sheet("标题", "项|甲|乙", "子|1|2", "丑", "二、下一部分"),
        ["标题", ["项|甲|乙", "子|1|2"], "丑", "二、下一部分"],
    ),
    "a wide row inside a table with lines": (
        sheet("标题", "第一组", "项|甲|乙|丙", "子|1|2|3", "第二组", "项|丁|戊|己", wide=[1, 2, 5], ruled=range(2, 7)),
        ["标题", ["第一组", "项|甲|乙|丙", "子|1|2|3", "第二组", "项|丁|戊|己"]],
    ),
    "a heading without lines between tables with lines": (
        sheet("标题", "项|甲|乙|丙", "子|1|2|3", "二、下一部分", "项|丁|戊|己", wide=[1, 4], ruled=[2, 3, 5]),
        ["标题", ["项|甲|乙|丙", "子|1|2|3"], "二、下一部分", ["项|丁|戊|己"]],
    ),
    "lines drawn all over the sheet": (
        sheet("标题", LONG, "项|甲|乙|丙", "子|1|2|3", "二、下一部分", LONG, ruled=range(1, 7)),
        ["标题", LONG, ["项|甲|乙|丙", "子|1|2|3"], "二、下一部分", LONG],
    ),
    "a label over several rows": (
        sheet("项||甲", "子|一|1", "|二", "|三|3", spans=[MergedRange(1, 0, 3, 0)]),
        [["项||甲", "子|一|1", "二|", "三|3"]],
    ),
    "a tall block of prose": (
        sheet(LONG, "", "", "项|甲|乙", "子|1|2", spans=[MergedRange(0, 0, 2, 3)]),
        [LONG, ["项|甲|乙", "子|1|2"]],
    ),
    "an empty row inside a table": (
        sheet("项|甲|乙", "子|1|2", "", "丑|3|4"),
        [["项|甲|乙", "子|1|2", "丑|3|4"]],
    ),
    "an empty row between tables": (
        sheet("项|甲|乙", "子|1|2", "", "别|丁|戊", "丑|3|4"),
        [["项|甲|乙", "子|1|2"], ["别|丁|戊", "丑|3|4"]],
    ),
    "tables of two widths that touch": (
        sheet("项|甲|乙", "子|1|2", "别|丁|戊|己", "丑|3|4|5"),
        [["项|甲|乙", "子|1|2"], ["别|丁|戊|己", "丑|3|4|5"]],
    ),
    "a row of a remark in a table is no new table": (
        sheet("项|甲|乙", "子|1|2", "丑|未统计", "寅|3|4"),
        [["项|甲|乙", "子|1|2", "丑|未统计|", "寅|3|4"]],
    ),
    "columns in which nothing begins": (
        sheet("项||甲", "子||1", spans=[MergedRange(0, 0, 0, 1), MergedRange(1, 0, 1, 1)]),
        [["项|甲", "子|1"]],
    ),
    "headings beside their prose": (
        sheet("标题", "一、总则|" + LONG, "二、细则|" + LONG),
        ["标题", "一、总则", LONG, "二、细则", LONG],
    ),
    "years over figures are heads": (
        sheet("项|甲|乙", "子|1|2", "三、比较", "别|2023年|2024年", "丑|3|4"),
        [["项|甲|乙", "子|1|2"], "三、比较", ["别|2023年|2024年", "丑|3|4"]],
    ),
    "several paragraphs in a cell": (sheet("一、总则\n甲。\n\n  乙。"), ["一、总则", "甲。", "乙。"]),
    "figures as text": (sheet("项|甲|乙|丙", "子|'12| 12 |１２"), [["项|甲|乙|丙", "子|12|12|１２"]]),
}


@pytest.mark.parametrize(("one", "blocks"), CASES.values(), ids=CASES)
def test_rows_are_prose_or_tables(one: Sheet, blocks: list[str | list[str]]) -> None:
    """Lines, merged ranges and the rows around it tell what a row is; where they do not, it is prose."""
    assert shown(one) == blocks


def test_spans_and_places_are_those_of_the_sheet() -> None:
    """A merged cell spans what it covers in the grid; its place is its name, and its number in the table."""
    one = sheet(
        "标题",
        "项|甲||",
        "|乙|丙|",
        "子|1|2|3",
        spans=[MergedRange(1, 0, 2, 0), MergedRange(1, 1, 1, 3), MergedRange(2, 2, 2, 3)],
    )
    table = blocks_of(one, Counter())[1]

    assert isinstance(table, Table)
    assert [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells][:4] == [
        ("项", 0, 0, 2, 1),
        ("甲", 0, 1, 1, 3),
        ("乙", 1, 1, 1, 1),
        ("丙", 1, 2, 1, 2),
    ]
    place = table.cells[3].location
    assert (place.sheet, place.ref, place.table, place.row, place.cell) == ("甲", "C3", 1, 2, 2)


def test_ranges_that_lie_over_each_other_hide_nothing_twice() -> None:
    """In a broken sheet the later range counts as one cell; every cell is given once."""
    one = sheet("项|甲|乙", "子|1|2", spans=[MergedRange(0, 0, 0, 1), MergedRange(0, 1, 1, 2), MergedRange(0, 0, 1, 0)])
    table = next(block for block in blocks_of(one, Counter()) if isinstance(block, Table))

    places = [(cell.row, cell.column) for cell in table.cells]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@given(layout=st.sampled_from(LAYOUTS), blanks=st.booleans(), data=st.data())
def test_no_layout_misleads(form: Form, layout: Layout, blanks: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """However a report is laid out, what is read is right, sections too; only blanks without lines may be unread."""
    report_drawn = data.draw(drawn_reports(form, blanks=blanks))

    report = extract(document_from_bytes(sheet_laid_out(report_drawn, layout), "drawn"))

    assert report.form.id == form.id
    assert all(cell.value == report_drawn.cells[key] for key, cell in report.cells.items())
    assert [section.id for section in report.sections] == [section.id for section in form.sections]
    assert all(PROSE.get(section.id, "") in section.text for section in report.sections)
    missing = set(report_drawn.cells) - set(report.cells)
    assert missing == set(report.unread)
    assert not any(report_drawn.cells[key] is not None for key in missing)
    assert not missing or not (layout.ruled and layout.spans_merged) or layout.all_ruled
