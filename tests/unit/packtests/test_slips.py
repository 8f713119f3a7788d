"""Slips change what a cell says, each in its own manner."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.diagnosis.equations import exact
from nianbao.forms.loading import builtin_forms
from nianbao.model.proof import SLIPS
from nianbao.model.slip import BLANKED, DOUBLED, DROPPED, MOVED, OTHER_DIGIT, TRANSPOSED, ZERO_ADDED, ZEROED
from nianbao.packtests.slips import neighbours, slips

if TYPE_CHECKING:
    from nianbao.diagnosis.equations import Number
    from nianbao.model.form import Form

figures = st.one_of(
    st.integers(0, 99_999), st.integers(-999, -1), st.integers(1, 99_999).map(lambda n: exact(Fraction(n, 100)))
)


@given(value=figures, beside=st.sampled_from([0, 5]), seed=st.integers(0, 99))
def test_each_slip_changes_the_cell(value: Number, beside: int, seed: int) -> None:
    """None says what was there before, and none says what another one says."""
    made = list(slips("a", {"a": value, "b": beside}, neighbour="b", dice=random.Random(seed)))

    figures_of = [slip.cells["a"] for slip in made if slip.kind not in {MOVED, ZEROED, BLANKED}]
    assert value not in [slip.cells["a"] for slip in made]
    assert len(set(figures_of)) == len(figures_of)
    assert {slip.kind for slip in made} <= set(SLIPS)
    assert any(slip.kind == MOVED for slip in made) is bool(value and not beside)
    assert any(slip.kind == BLANKED for slip in made) is bool(value)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (TRANSPOSED, 48, {84}),
        (TRANSPOSED, 110, {101}),
        (OTHER_DIGIT, 7, {*range(10)} - {7}),
        (DROPPED, 26, {2, 6}),
        (DOUBLED, 26, {226, 266}),
        (ZERO_ADDED, 26, {260}),
        (ZERO_ADDED, Fraction(5, 2), {25}),
        (
            DROPPED,
            Fraction(25, 2),
            {Fraction(5, 2), Fraction(3, 2), Fraction(12, 10), Fraction(15, 10), Fraction(25, 10)},
        ),
        (TRANSPOSED, -48, {-84}),
    ],
)
def test_figures_are_misread_in_known_ways(kind: str, value: Number, expected: set[Number]) -> None:
    """Whatever the place in the figure, the result is one of a few."""
    made = {
        slip.cells["a"]
        for seed in range(40)
        for slip in slips("a", {"a": value}, neighbour=None, dice=random.Random(seed))
        if slip.kind == kind
    }

    assert made
    assert made <= expected


def test_a_figure_slides_to_the_cell_beside_it() -> None:
    """The cell is empty then, and the one beside it has the figure; where that one is taken nothing slides."""
    made = list(slips("a", {"a": 7, "b": 0}, neighbour="b", dice=random.Random(0)))

    assert [dict(slip.cells) for slip in made if slip.kind == MOVED] == [{"a": 0, "b": 7}]


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.id)
def test_neighbours_stand_in_the_same_row(form: Form) -> None:
    """All cells but those that stand alone in their row have one."""
    beside = neighbours(form)

    assert all(form.slots[key].row == form.slots[other].row for key, other in beside.items())
    assert set(form.slots) - set(beside) == {key for key, slot in form.slots.items() if len(slot.row.columns) == 1}
