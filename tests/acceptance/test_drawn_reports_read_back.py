"""Reports drawn by a form, written as files of many kinds, are read back cell by cell."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import drawn_reports
from tests.support.rendering import FILES, PAGES, PROSE, TEXTS, rendered
from tests.support.thinning import examples

from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.location import Location

FORMS = {form.id: form for form in builtin_forms()}


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("kind", [*TEXTS, *PAGES, *FILES])
@examples(8)
@given(data=st.data(), blanks=st.booleans())
def test_every_cell_is_read_back_exactly(form_id: str, kind: str, data: st.DataObject, blanks: bool) -> None:  # noqa: FBT001
    """Whatever a report is written as, each of its cells is read with its value, blanks as blanks."""
    drawn = data.draw(drawn_reports(FORMS[form_id], blanks=blanks))

    report = extract(document_from_bytes(rendered(drawn, kind), "drawn"))

    assert report.form.id == form_id
    assert {key: cell.value for key, cell in report.cells.items()} == dict(drawn.cells)
    assert report.unread == {}


@pytest.mark.parametrize("kind", [*TEXTS, *PAGES, *FILES])
@examples(8)
@given(data=st.data())
def test_what_stands_around_the_tables_is_read(kind: str, data: st.DataObject) -> None:
    """Issuer, year, period and the six sections with their prose are found in every kind of file."""
    drawn = data.draw(drawn_reports(FORMS["zfxxgk-2021"]))

    report = extract(document_from_bytes(rendered(drawn, kind), "drawn"))

    assert report.issuer is not None
    assert (report.issuer.name, report.year) == (drawn.issuer, drawn.year)
    assert report.period == (dt.date(drawn.year, 1, 1), dt.date(drawn.year, 12, 31))
    assert [section.id for section in report.sections] == [section.id for section in drawn.form.sections]
    assert all(PROSE.get(section.id, "") in section.text for section in report.sections)


@pytest.mark.parametrize("kind", [*TEXTS, *(kind for kind in PAGES if kind != "gb18030")])
@examples(8)
@given(data=st.data())
def test_places_point_at_what_was_read(kind: str, data: st.DataObject) -> None:
    """The line and column given for a cell are those of its content in the source."""
    drawn = data.draw(drawn_reports(FORMS["zfxxgk-2021"]))
    source = rendered(drawn, kind)
    lines = source.decode().split("\n")

    document = document_from_bytes(source, "drawn")
    report = extract(document)

    for cell in report.cells.values():
        place: Location = document.refine(cell.location)
        assert place.line is not None
        assert place.column is not None
        assert lines[place.line - 1][place.column - 1 :].lstrip().startswith(cell.raw[:1])


@pytest.mark.parametrize("kind", ["sheet", "sheets"])
@examples(5)
@given(data=st.data())
def test_places_name_the_cells_of_sheets(kind: str, data: st.DataObject) -> None:
    """Sheet and cell given for a figure are those that hold it."""
    drawn = data.draw(drawn_reports(FORMS["zfxxgk-2021"]))
    source = rendered(drawn, kind)
    book = openpyxl.load_workbook(io.BytesIO(source))

    report = extract(document_from_bytes(source, "drawn"))

    for cell in report.cells.values():
        place = cell.location
        assert Decimal(str(book[place.sheet or ""][place.ref or ""].value)) == Decimal(cell.raw)
