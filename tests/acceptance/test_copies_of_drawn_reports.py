"""Copies of drawn reports in Word and Excel: annotated they read as before, corrected with one figure other."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.copying import MARK_PARTS, comments, notes, other
from tests.support.drawing import drawn_reports
from tests.support.editing import on_bytes
from tests.support.rendering import FILES, rendered
from tests.support.thinning import examples

from nianbao.editing.editor import Correction, Note
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.report import Report

WORD, SHEET = on_bytes("word"), on_bytes("sheet")
FORMS = {form.id: form for form in builtin_forms()}
EDITORS = {"docx": WORD, "wps": WORD, "sheet": SHEET, "sheets": SHEET}


def read(data: bytes) -> Report:
    """Read a report."""
    return extract(document_from_bytes(data, "drawn"))


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("kind", FILES)
@given(data=st.data(), seed=st.integers(0, 2**32))
@examples(2)
def test_an_annotated_copy_reads_as_before(form_id: str, kind: str, data: st.DataObject, seed: int) -> None:
    """Every block is the same, so that a second check finds the same; each note is where it was put."""
    made = rendered(data.draw(drawn_reports(FORMS[form_id], blanks=True)), kind)
    document = document_from_bytes(made, "drawn")
    report = extract(document)
    chosen = random.Random(seed).sample(sorted(report.cells), 5)
    places = [report.cells[key].location for key in chosen] + [report.sections[0].location]
    annotate = EDITORS[kind].annotate
    assert annotate is not None

    copy = annotate(made, [Note(place, "error", str(number), "") for number, place in enumerate(places)])

    assert document_from_bytes(copy, "drawn").blocks == document.blocks
    if EDITORS[kind] is WORD:
        found = [(one.said[0], one.cell) for one in comments(copy).values()]
        cells = [(one.table, one.row, one.cell) for one in places[:-1]]
        assert found == [*((str(number), one) for number, one in enumerate(cells)), ("5", None)]
        marked = [one.marked for one in comments(copy).values()][:-1]
        assert marked == [report.cells[key].raw for key in chosen]
    else:
        said = {place: text for place, (_author, text) in notes(copy).items()}
        assert said == {(one.sheet, one.ref): str(number) for number, one in enumerate(places)}


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("kind", FILES)
@given(data=st.data(), seed=st.integers(0, 2**32), new=st.integers(0, 10**6))
@examples(2)
def test_a_corrected_copy_has_one_figure_other(
    form_id: str, kind: str, data: st.DataObject, seed: int, new: int
) -> None:
    """All other cells and the prose are the same, and so are all other parts of the file."""
    made = rendered(data.draw(drawn_reports(FORMS[form_id], blanks=True)), kind)
    report = read(made)
    key = random.Random(seed).choice(sorted(report.cells))
    correct = EDITORS[kind].correct
    assert correct is not None

    copy = correct(made, [Correction(report.cells[key].location, report.cells[key].raw, str(new))])

    found = read(copy)
    assert {name: cell.value for name, cell in found.cells.items()} == {
        **{name: cell.value for name, cell in report.cells.items()},
        key: new,
    }
    assert (found.sections, found.year, found.issuer) == (report.sections, report.year, report.issuer)
    assert len(other(made, copy) - MARK_PARTS) <= 1
