"""Readings: slips over one cell or several, as few as can be, the likeliest first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.trials import report_of

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import form_by_id
from nianbao.model.rule import HIGH, MEDIUM
from nianbao.model.slip import EXCHANGED, EXCHANGED_APART, JOINED, MOVED, SHIFTED_COLUMN, SHIFTED_ROW, TORN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.explanation import Component, Explanation

FORM = form_by_id("zfxxgk-2021")
ENGINE = Engine([builtin_pack()])
ROW = "applications.granted."
COLUMNS = [column.id for column in FORM.tables["applications"].columns.leaves]


def judged(changes: Mapping[str, int | None], *, base: Mapping[str, int]) -> tuple[Component, ...]:
    """Return what is said of a report of zeros with a row of figures, and then with other figures."""
    drawn = draw_report(FORM, 1)
    cells = dict.fromkeys(drawn.cells, 0) | dict(base) | dict(changes)
    return ENGINE.judge(report_of(drawn, cells)).components


def consistent(row: Mapping[str, int], *, other: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the figures of a report in which requests came in, and were answered in one or two ways."""
    cells: dict[str, int] = {}
    for name, figures in (("granted", row), ("denied.state_secret", other or {})):
        cells |= {f"applications.{name}.{column}": value for column, value in figures.items()}
        cells[f"applications.{name}.total"] = sum(figures.values())
    for name in ("new", "total"):
        both = {column: row.get(column, 0) + (other or {}).get(column, 0) for column in COLUMNS[:-1]}
        cells |= {f"applications.{name}.{column}": value for column, value in both.items()}
        cells[f"applications.{name}.total"] = sum(both.values())
    return cells


def only(components: tuple[Component, ...]) -> Explanation:
    """Return the first explanation of the only component."""
    (component,) = components
    return component.explanations[0]


@pytest.mark.parametrize(
    ("slip", "changes"),
    [
        (EXCHANGED, {"natural_person": 7, "enterprise": 12}),
        (MOVED, {"welfare": 0, "legal": 5}),
        (TORN, {"natural_person": 1, "enterprise": 2, "research": 7, "welfare": 3, "legal": 5, "other_org": 0}),
        (TORN, {"welfare": 0, "legal": 5}),
        (SHIFTED_ROW, {"enterprise": 12, "research": 7, "welfare": 3, "legal": 5, "other_org": 0}),
    ],
)
def test_figures_that_moved_are_one_slip(slip: str, changes: dict[str, int]) -> None:
    """Within a row: exchanged, moved, torn in two, shifted by a cell; all is put right in one go."""
    figures = {"natural_person": 12, "enterprise": 7, "research": 3, "welfare": 5, "legal": 0, "other_org": 0}
    if slip == TORN and len(changes) == 2:
        figures |= {"welfare": 25, "legal": 0}
        changes = {"welfare": 2, "legal": 5}
    explanation = only(judged({f"{ROW}{name}": value for name, value in changes.items()}, base=consistent(figures)))

    assert {change.slip for change in explanation.changes} == {slip}
    assert explanation.slips == 1
    assert {change.key: change.new for change in explanation.changes} == {
        f"{ROW}{name}": figures[name] for name, value in changes.items() if value != figures[name]
    }


def test_two_numbers_run_together_are_taken_apart() -> None:
    """12 and 7 became 127 and nothing."""
    base = consistent({"natural_person": 12, "enterprise": 7, "research": 40})
    explanation = only(judged({f"{ROW}natural_person": 127, f"{ROW}enterprise": 0}, base=base))

    assert [(one.slip, one.new) for one in explanation.changes] == [(JOINED, 12), (JOINED, 7)]


def test_a_column_that_slid_down_is_put_back() -> None:
    """All its cells move up again, and the last one gets what the sums ask for."""
    column = [f"applications.{row.id}.natural_person" for row in FORM.tables["applications"].rows.leaves]
    base = consistent({"natural_person": 12, "research": 3}, other={"natural_person": 7, "legal": 2})
    slid = {after: base.get(before, 0) for before, after in pairwise(column)} | {column[0]: 0}
    explanation = only(judged(slid, base=base))

    assert {change.slip for change in explanation.changes} == {SHIFTED_COLUMN}
    assert {change.key: change.new for change in explanation.changes} == {
        key: base.get(key, 0) for key in column if base.get(key, 0) != slid[key]
    }


def test_slips_that_have_nothing_to_do_with_each_other_are_explained_apart() -> None:
    """Two wrong digits in different rows and columns are two components, each with its own findings."""
    base = consistent({"natural_person": 48, "research": 31}, other={"enterprise": 75})
    components = judged({f"{ROW}natural_person": 84, "applications.denied.state_secret.enterprise": 57}, base=base)

    assert sorted(change.new for one in components for change in one.explanations[0].changes) == [48, 75]
    assert len(components) == 2
    assert not set(components[0].findings) & set(components[1].findings)
    assert {one.explanations[0].confidence for one in components} == {HIGH}


def test_a_figure_below_zero_is_wrong_in_every_reading() -> None:
    """Its row and column could be mended elsewhere; it would still stand there."""
    base = consistent({"natural_person": 18, "research": 31})
    explanation = only(judged({f"{ROW}natural_person": -18}, base=base))

    assert [(one.key, one.new) for one in explanation.changes] == [(f"{ROW}natural_person", 18)]


def test_where_nothing_explains_it_that_is_said() -> None:
    """Six wrong figures are more than three slips."""
    base = consistent({"natural_person": 48, "research": 31, "legal": 3}, other={"enterprise": 75, "other_org": 9})
    wrong = {f"{ROW}natural_person": 7, f"{ROW}research": 300, f"{ROW}legal": 50}
    secret = {"enterprise": 1, "other_org": 77, "natural_person": 505}
    wrong |= {f"applications.denied.state_secret.{name}": value for name, value in secret.items()}
    components = judged(wrong, base=base)

    assert all(not one.explanations and one.readings == 0 for one in components)
    assert all("逐格核对" in str(one.note) for one in components)


def test_one_equation_over_five_cells_names_all_of_them() -> None:
    """Each cell has a reading in full, so that any can be chosen; and it is said that the figures cannot decide."""
    figures = {"upheld": 6, "corrected": 20, "other": 10, "pending": 30, "total": 67}
    (component,) = judged({f"disputes.review.{name}": value for name, value in figures.items()}, base={})

    assert component.readings == 5
    assert len(component.explanations) == 5
    named = [change.key for one in component.explanations for change in one.changes]
    assert {*named, *(change.key for change in component.others)} == {f"disputes.review.{name}" for name in figures}
    assert all(one.confidence not in {HIGH, MEDIUM} for one in component.explanations)
    assert component.note


def test_a_search_that_was_given_up_is_sure_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, whatever it found until then."""
    monkeypatch.setattr("nianbao.diagnosis.locate._STEPS", 2)
    base = consistent({"natural_person": 48, "research": 31}, other={"enterprise": 75})
    wrong = {f"{ROW}natural_person": 84, "applications.denied.state_secret.enterprise": 57}
    components = judged(wrong, base=base)

    assert components
    for component in components:
        assert "没有查完" in str(component.note)
        assert all(one.confidence != HIGH for one in component.explanations)


def test_two_cells_far_apart_with_each_others_figures_are_one_slip() -> None:
    """Two figures that share no equation stand in each other's cells."""
    figures = {"natural_person": 12, "enterprise": 7, "research": 3, "welfare": 5, "legal": 0, "other_org": 0}
    other = {"natural_person": 31, "enterprise": 0, "research": 64, "welfare": 1, "legal": 0, "other_org": 2}
    changes = {f"{ROW}natural_person": 64, "applications.denied.state_secret.research": 12}
    explanation = only(judged(changes, base=consistent(figures, other=other)))

    assert {change.slip for change in explanation.changes} == {EXCHANGED_APART}
    assert explanation.slips == 1
    assert explanation.confidence == HIGH
