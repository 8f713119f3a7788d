"""Sheets: a cell is read as a person sees it, or not at all, whatever number the file holds for it."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from tests.support.oldoffice import xls
from tests.support.rendering import sheet_laid_out
from tests.support.sheeting import Layout
from tests.support.sheets import distinct_report

from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.report import Report

FORM = form_by_id("zfxxgk-2021")
DRAWN = distinct_report(FORM)
WRITTEN = sheet_laid_out(DRAWN, Layout())
KEY = "disclosure.fees.amount"


def book() -> Any:
    """Return a workbook with a report whose figures all differ."""
    return openpyxl.load_workbook(io.BytesIO(WRITTEN))


def place_of(book: Any, key: str) -> Any:
    """Return the cell of a workbook that holds a cell of the report."""
    value = DRAWN.cells[key]
    (found,) = (cell for row in book.active.iter_rows() for cell in row if cell.value == value)
    return found


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes) -> Report:
    """Read a workbook as a report."""
    return extract(document_from_bytes(data, "invented"))


@pytest.mark.parametrize("save", [saved, xls], ids=["new", "old"])
@pytest.mark.parametrize(
    ("stored", "code", "seen"),
    [
        (65_930_000, "0!.0,", "6593.0"),
        (65_930_000, r"0\.0,", "6593.0"),
        (65_930_000, "[>=10000]0!.0,;0", "6593.0"),
        (65_930_000, "#,##0", "65930000"),
        (0, "0;-0;;@", None),
        (65_930_000, "#,##0!.0,", ""),
        (65_930_000, "[<10]0.0", ""),
        (65_930_000, "0.0E+0", ""),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(save: Any, stored: int, code: str, seen: str | None) -> None:
    """A format that scales a number is followed; where it is not known what one shows, the cell alone is unread."""
    made = book()
    place = place_of(made, KEY)
    place.value, place.number_format = stored, code

    report = read(save(made))

    others = {key: cell.value for key, cell in report.cells.items() if key != KEY}
    assert others == {key: value for key, value in DRAWN.cells.items() if key != KEY}
    if seen == "":
        assert f"“{code}”" in str(report.unread[KEY])
    else:
        assert report.cells[KEY].value == (None if seen is None else Decimal(seen))
        assert not report.unread


def insert_column(sheet: Any, column: int) -> None:
    """Put a column of figures before another one; merged cells around it grow."""
    spans = [(span.min_row, span.min_col, span.max_row, span.max_col) for span in sheet.merged_cells.ranges]
    for span in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(span))
    sheet.insert_cols(column)
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, column).value = row * 7
    for top, left, bottom, right in spans:
        sheet.merge_cells(None, top, left + (left >= column), bottom, right + (right >= column))


@pytest.mark.parametrize(("save", "column"), [(saved, "A"), (saved, "F"), (saved, "Q"), (saved, "BH"), (xls, "F")])
def test_hidden_figures_beside_a_table_are_none_of_it(save: Any, column: str) -> None:
    """Who opens the sheet does not see them: all else is read as if they were not there, and a note says so."""
    made = book()
    insert_column(made.active, column_index_from_string(column))
    made.active.column_dimensions[column].hidden = True

    report = read(save(made))

    assert {key: cell.value for key, cell in report.cells.items()} == dict(DRAWN.cells)
    assert [f"隐藏的 {column} 列没有读" in note.zh for note in report.notes] == [True]


@pytest.mark.parametrize("column", ["A", "F", "J"])
def test_a_hidden_column_of_a_table_moves_no_figure(column: str) -> None:
    """What is not seen is unread, and the others are under their own heads or unread too."""
    made = book()
    made.active.column_dimensions[column].hidden = True
    unseen = {str(cell.value) for cell in made.active[column] if isinstance(cell.value, int)}

    report = read(saved(made))

    figures = {key: cell.value for key, cell in report.cells.items()}
    assert figures.items() <= DRAWN.cells.items()
    assert not unseen & set(map(str, figures.values()))
    assert report.unread.keys() == DRAWN.cells.keys() - figures.keys()


@pytest.mark.parametrize("head", ["", "核对"])
def test_figures_far_to_the_right_are_no_part_of_a_table(head: str) -> None:
    """A check of the sums, with a head or without, behind a wide gap is read apart from the tables."""
    made = book()
    for row in range(23, 49):
        made.active.cell(row, 40).value = row if row > 23 else head

    report = read(saved(made))

    assert {key: cell.value for key, cell in report.cells.items()} == dict(DRAWN.cells)


def test_a_column_of_a_table_behind_a_gap_stays_in_it() -> None:
    """A gap of two columns before the totals does not part them from their rows."""
    made = book()
    sheet = made.active
    for span in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(span))
    sheet.insert_cols(10, 2)

    report = read(saved(made))

    assert {key: cell.value for key, cell in report.cells.items()}.items() <= DRAWN.cells.items()
    assert "applications.granted.total" in report.cells
