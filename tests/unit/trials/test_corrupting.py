"""Corruptions change exactly what they say, in ways that an equation notices."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import mistyping
from tests.support.corrupting import FAMILIES, HELD_OUT, agreement
from tests.support.drawing import draw_report
from tests.support.mistyping import ONE_FIGURE
from tests.support.slipping import (
    exchanged_across,
    exchanged_down,
    ground,
    old_totals,
    shifted_column,
    shifted_row,
    torn,
    zeroed_row,
)
from tests.support.thinning import examples
from tests.support.trials import PLACES, Setting, draw_case, engine, report_of

from nianbao.forms.loading import builtin_forms, form_by_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.slipping import Ground, Slip
    from tests.support.trials import Case

FORM = form_by_id("zfxxgk-2021")
figures = st.integers(0, 99_999)
seeds = st.integers(0, 2**32)


def settings_of(family: str) -> st.SearchStrategy[Setting]:
    """Draw settings of a family in all conditions."""
    return st.builds(
        Setting,
        st.just(family),
        seeds.map(str),
        st.integers(1, FAMILIES[family].most),
        st.sampled_from(list(PLACES)),
        st.sampled_from(["dense", "sparse"]),
        st.sampled_from([form.id for form in builtin_forms()]),
        st.booleans(),
        st.booleans(),
    )


def made(slip: Slip, seed: int) -> tuple[Ground, list[tuple[int | None, int | None]]]:
    """Make a slip somewhere in 表三 of a full report; return what stood there, and what stands there now, in order."""
    dice = random.Random(seed)
    here = ground(draw_report(FORM, seed, densities=(0.9,)), "applications")
    changes = next(
        found for key in dice.sample(here.keys, len(here.keys)) if (found := slip(here, key, dice)) is not None
    )
    return here, [(here.held(key), new) for key, new in changes.items()]


@pytest.mark.parametrize("family", FAMILIES)
@examples(8)
@given(data=st.data())
def test_the_truth_is_all_that_changed(family: str, data: st.DataObject) -> None:
    """With the true figures put back, the report is what it was, and all equations hold; without, one fails."""
    case = draw_case(data.draw(settings_of(family)))
    if case is None:
        return
    true, damaged = case.drawn.cells, case.damaged
    prior = None if case.prior is None else case.prior.cells

    changed = {key for key in true if (true[key] or 0) != (damaged.cells[key] or 0)}
    assert changed == damaged.truth.keys() != set()
    assert all(damaged.truth[key] == (true[key] or 0) for key in changed)
    assert agreement(case.drawn.form).notices(damaged.cells, changed, prior=prior)
    assert not agreement(case.drawn.form).notices({**damaged.cells, **damaged.truth}, true, prior=prior)


@pytest.mark.parametrize("family", [name for name, family in FAMILIES.items() if family.counts == "cells"])
@examples(8)
@given(data=st.data())
def test_as_many_cells_change_as_slips_are_counted(family: str, data: st.DataObject) -> None:
    """Where each cell is a slip, there are k of them, or more where one slip takes several cells."""
    setting = data.draw(settings_of(family))
    case = draw_case(setting)
    if case is not None:
        assert case.damaged.slips == len(case.damaged.truth) >= setting.k


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_finds_its_place(family: str) -> None:
    """In Table 3 of reports dense and sparse, with k as large as it goes."""
    for fullness in ("dense", "sparse"):
        assert draw_case(Setting(family, "place", FAMILIES[family].most, fullness=fullness)) is not None


def test_a_setting_gives_the_same_case_again() -> None:
    """And another seed another."""

    def drawn(seed: str) -> Case | None:
        return draw_case(Setting("mixed", seed, 3))

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


@given(seed=seeds, fullness=st.sampled_from(["dense", "sparse"]), with_prior=st.booleans(), blanks=st.booleans())
def test_the_rules_are_silent_before_the_corruption(
    seed: int, fullness: str, *, with_prior: bool, blanks: bool
) -> None:
    """The engine finds all equations of a true report to hold, with that of the year before."""
    setting = Setting("wrong digit", str(seed), fullness=fullness, with_prior=with_prior, blanks=blanks)
    case = draw_case(setting)
    assert case is not None

    judgement = engine().judge(report_of(case.drawn), None if case.prior is None else report_of(case.prior))

    assert judgement.equations[0] == judgement.equations[1]


def test_dense_and_sparse_reports_differ() -> None:
    """Of the dense ones the emptiest has more figures than most of the sparse ones."""
    counts = {
        fullness: sorted(
            sum(bool(value) for value in case.drawn.cells.values())
            for seed in range(40)
            if (case := draw_case(Setting("wrong digit", str(seed), fullness=fullness))) is not None
        )
        for fullness in ("dense", "sparse")
    }

    assert counts["dense"][0] > counts["sparse"][20]


@pytest.mark.parametrize(
    ("becomes", "figure", "found"),
    [
        (mistyping.wrong_digit, 0, set(range(1, 10))),
        (mistyping.wrong_digit, 10, {*range(20, 100, 10), *range(11, 20)}),
        (mistyping.transposed, 122, {212}),
        (mistyping.transposed, 10, set()),
        (mistyping.transposed, 48, {84}),
        (mistyping.dropped, 105, {10, 15}),
        (mistyping.dropped, 7, set()),
        (mistyping.doubled, 48, {448, 488}),
        (mistyping.doubled, 0, set()),
        (mistyping.zero_too_many, 12, {102, 120}),
        (mistyping.zero_missing, 100, {10}),
        (mistyping.zero_missing, 12, set()),
        (mistyping.looks_alike, 17, {11, 77}),
        (mistyping.next_key, 5, {2, 4, 6, 8}),
        (mistyping.off_by_ten, 3, {0, 13}),
        (mistyping.with_sign, 5, {-5}),
    ],
)
def test_a_figure_becomes_what_the_slip_says(
    becomes: Callable[[int, random.Random], int | None], figure: int, found: set[int]
) -> None:
    """Over many draws all that a slip may give is given, and nothing else; ``None`` stands for nothing."""
    drawn = {becomes(figure, random.Random(seed)) for seed in range(300)}

    assert drawn - {None} == found
    assert found or drawn == {None}


@pytest.mark.parametrize("name", ONE_FIGURE)
@given(figure=figures, seed=seeds)
def test_a_figure_stays_a_figure(name: str, figure: int, seed: int) -> None:
    """Whatever becomes of it has no more than a few digits, and a sign only where that is the slip."""
    new = ONE_FIGURE[name](figure, random.Random(seed))

    assert new is None or (abs(new) < 10**7 and (new >= 0 or name == "sign"))


@given(seed=seeds)
def test_exchanged_neighbours_stand_in_each_others_place(seed: int) -> None:
    """Across and down."""
    for slip in (exchanged_across, exchanged_down):
        _here, ((old, new), (other, other_new)) = made(slip, seed)
        assert (new, other_new) == (other, old)


@given(seed=seeds)
def test_shifted_figures_keep_their_order(seed: int) -> None:
    """All but the one that falls out at the end, which may have entered at the other."""
    for slip in (shifted_column, shifted_row):
        _here, changes = made(slip, seed)
        old, new = [one for one, _ in changes], [one for _, one in changes]
        assert (new[1:] == old[:-1] and new[0] in (0, None, old[-1])) or (
            new[:-1] == old[1:] and new[-1] in (0, None, old[0])
        )


@given(seed=seeds)
def test_a_torn_number_stands_in_two_cells(seed: int) -> None:
    """Its pieces side by side make it whole again, and the rest of the row has slid or was not there."""
    here, changes = made(torn, seed)
    old, new = [one for one, _ in changes], [one for _, one in changes]

    assert f"{new[0]}{new[1]}" in {str(one) for one in old[:2]}
    assert len(old) == 2 or new[2:] == old[1:-1]
    assert all(key in here.cells for key in here.keys)


@given(seed=seeds)
def test_a_zeroed_row_holds_nothing(seed: int) -> None:
    """All seven cells of it."""
    assert [new for _old, new in made(zeroed_row, seed)[1]] == [0] * 7


@given(seed=seeds)
def test_old_totals_are_behind_by_the_same(seed: int) -> None:
    """One to three totals, all less by what was counted late."""
    _here, changes = made(old_totals, seed)

    assert len(changes) in (1, 2, 3)
    assert {(old or 0) - (new or 0) for old, new in changes} in [{rise} for rise in range(1, 6)]


def test_what_is_held_out_is_not_what_is_aimed_at() -> None:
    """At least twenty families are held out."""
    assert sum(family.group == HELD_OUT for family in FAMILIES.values()) >= 20
