"""One figure changed anywhere in Table 3 or 4: an equation fails that shows the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import drawn_reports
from tests.support.rendering import rendered

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao import Form

ENGINE = Engine([builtin_pack()])
FORMS = {form.id: form for form in builtin_forms()}


def changed_key(form: Form, data: st.DataObject) -> str:
    """Draw a cell of the tables that have equations."""
    keys = [key for key in form.slots if key.startswith(("applications.", "disputes."))]
    return data.draw(st.sampled_from(keys))


@pytest.mark.parametrize("form_id", FORMS)
@given(data=st.data())
def test_no_consistent_report_is_faulted(form_id: str, data: st.DataObject) -> None:
    """A report drawn by its form has no error and no warning, and all its equations hold."""
    drawn = data.draw(drawn_reports(FORMS[form_id]))

    judgement = ENGINE.judge(extract(document_from_bytes(rendered(drawn, "bars"), "drawn")))

    failed = [finding for finding in judgement.findings if finding.outcome == "fail"]
    assert [finding.rule for finding in failed if finding.severity != "info"] == []
    assert judgement.equations[0] == judgement.equations[1] >= 40


@pytest.mark.parametrize("form_id", FORMS)
@given(data=st.data(), step=st.sampled_from([1, 2, 9, 10, 36, 1000]))
def test_any_changed_cell_is_shown_by_a_failed_equation(form_id: str, data: st.DataObject, step: int) -> None:
    """Whichever cell is changed, and by how much, a failed equation holds it with its value and place."""
    drawn = data.draw(drawn_reports(FORMS[form_id]))
    key = changed_key(FORMS[form_id], data)
    value = (drawn.cells[key] or 0) + step
    report = extract(document_from_bytes(rendered(drawn.with_cell(key, value), "clean"), "drawn"))

    judgement = ENGINE.judge(report)

    failed = [f for f in judgement.findings if f.outcome == "fail" and f.rule in {"A001", "A002", "A003", "L001"}]
    shown = [one.cell for finding in failed for one in finding.cells if one.cell.key == key]
    assert shown
    assert all(cell.value == value and cell.location.line for cell in shown)
