"""Labels that a page break cuts in two are whole again where the form has their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.extraction.tables.breaks import mended
from nianbao.extraction.tables.labels import labels_of
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = next(form for form in builtin_forms() if form.id == "zfxxgk-2021")


def table(*pages: Sequence[Sequence[str]]) -> Table:
    """Make a table of rows that stand on pages one after the other."""
    rows = [(page, row) for page, group in enumerate(pages, 1) for row in group]
    return Table(
        tuple(
            TableCell(text, number, column, location=Location(page=page))
            for number, (page, row) in enumerate(rows)
            for column, text in enumerate(row)
        )
    )


def rows(found: Table) -> list[list[str]]:
    """Return the texts of a table by rows."""
    return [
        [cell.text for cell in found.cells if cell.row == row] for row in sorted({cell.row for cell in found.cells})
    ]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ((("行政强", ""),), (("制", ""), ("行政处罚", "2")), [["行政强制", ""], ["行政处罚", "2"]]),
        ((("行政强", "5"),), (("制", ""), ("行政处罚", "2")), [["行政强制", "5"], ["行政处罚", "2"]]),
        ((("行政强", ""),), (("制", "5"), ("行政处罚", "2")), [["行政强制", "5"], ["行政处罚", "2"]]),
        ((("信", "本年处理决"),), (("息内容", "定数量"),), [["信息内容", "本年处理决定数量"]]),
        ((("行政许可", "1"),), (("行政处罚", "2"),), [["行政许可", "1"], ["行政处罚", "2"]]),
        ((("甲", "1"),), (("乙", "2"),), [["甲", "1"], ["乙", "2"]]),
        ((("行政强", "5"),), (("制", "6"),), [["行政强", "5"], ["制", "6"]]),
    ],
    ids=["blank", "figures above", "figures below", "heads", "two rows", "other words", "figures on both sides"],
)
def test_cut_labels(
    above: Sequence[Sequence[str]], below: Sequence[Sequence[str]], expected: Sequence[Sequence[str]]
) -> None:
    """Two rows are one where their labels make one of the form; two figures are never made one."""
    labels = labels_of(FORM.tables["disclosure"])

    assert rows(mended(table(above, below), labels)) == expected


def test_labels_on_one_page_stay_as_they_are() -> None:
    """Without a page break there is no reason why a label should be cut; nor where pages are not known."""
    labels = labels_of(FORM.tables["disclosure"])
    cut = table((("行政强", ""), ("制", "")))
    unknown = cut._replace(cells=tuple(cell._replace(location=Location()) for cell in cut.cells))

    assert mended(cut, labels) == cut
    assert mended(unknown, labels) == unknown


def test_a_head_over_several_rows_is_mended_alone() -> None:
    """Where the rows at the break are not the same, the label that is cut is one, and rows stay as they are."""
    labels = labels_of(FORM.tables["disputes"])
    upper = (TableCell("结果维", 0, 0, location=Location(page=1)), TableCell("复议", 0, 1, 1, 2, Location(page=1)))
    lower = tuple(
        TableCell(text, 1, column, location=Location(page=2)) for column, text in enumerate(("持", "结果纠正", "总计"))
    )

    found = mended(Table((*upper, *lower)), labels)

    assert [(cell.text, cell.row, cell.rowspan) for cell in found.cells] == [
        ("结果维持", 0, 2),
        ("复议", 0, 1),
        ("结果纠正", 1, 1),
        ("总计", 1, 1),
    ]
