"""Cells filled such that rows hold: found where there is a way, and the rows named where there is none."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.diagnosis.equations import ONE, Constraint
from nianbao.language.names import THIS
from nianbao.packtests.filling import Sort, fill, make_system

A, B, C, D = ((name, THIS) for name in "abcd")
COUNT, CHANGE, AMOUNT = Sort(), Sort(signed=True), Sort(whole=False)


@given(known=st.integers(0, 500), seed=st.integers(0, 99))
def test_what_is_left_open_follows_from_what_is_known(known: int, seed: int) -> None:
    """Two sums over three open cells; all are counts, and both sums hold."""
    rows = [Constraint({A: 1, B: 1, D: -1}, "="), Constraint({A: 1, C: 2, D: -1}, "=")]
    sorts = dict.fromkeys((A, B, C), COUNT)

    filled = fill(make_system(rows, sorts), {D: known}, sorts=sorts, dice=random.Random(seed))

    assert filled.values is not None
    a, b, c = (filled.values[one] for one in (A, B, C))
    assert a + b == a + 2 * c == known
    assert all(isinstance(one, int) and one >= 0 for one in (a, b, c))


@given(start=st.integers(0, 50), least=st.integers(0, 60), seed=st.integers(0, 99))
def test_inequalities_are_kept(start: int, least: int, seed: int) -> None:
    """A figure that is too small or too large is moved until it fits."""
    rows = [
        Constraint({A: 1, ONE: -least}, ">="),
        Constraint({A: 1, ONE: -least - 9}, "<"),
        Constraint({A: 1, ONE: -least - 3}, "!="),
    ]
    sorts = {A: COUNT}

    filled = fill(make_system(rows, sorts), {A: start}, sorts=sorts, dice=random.Random(seed))

    assert filled.values is not None
    assert least <= filled.values[A] < least + 9
    assert filled.values[A] != least + 3


@pytest.mark.parametrize(
    ("row", "sort", "found"),
    [
        (Constraint({A: 1, ONE: 4}, "="), COUNT, None),
        (Constraint({A: 1, ONE: 4}, "="), CHANGE, -4),
        (Constraint({A: 2, ONE: -5}, "="), COUNT, None),
        (Constraint({A: 2, ONE: -5}, "="), AMOUNT, Fraction(5, 2)),
        (Constraint({A: 3, ONE: -1}, "="), AMOUNT, None),
    ],
)
def test_a_cell_holds_what_its_column_asks_for(row: Constraint, sort: Sort, found: Fraction | None) -> None:
    """Counts are whole and not negative, changes may be negative, amounts have decimals that end."""
    sorts = {A: sort}

    filled = fill(make_system([row], sorts), {}, sorts=sorts, dice=random.Random(0))

    assert (filled.values or {}).get(A) == found
    assert filled.surely is (found is None)
    assert filled.against == (() if found is not None else (row,))


def test_rows_that_contradict_each_other_are_all_named() -> None:
    """The way back leads to each of them."""
    rows = [Constraint({A: 1, B: -1}, "="), Constraint({B: 1, C: -1}, "="), Constraint({A: 1, C: -1, ONE: 1}, "=")]
    sorts = dict.fromkeys((A, B, C), COUNT)

    filled = fill(make_system(rows, sorts), {}, sorts=sorts, dice=random.Random(0))

    assert filled.values is None
    assert filled.surely
    assert sorted(map(rows.index, filled.against)) == [0, 1, 2]


def test_a_search_without_end_is_given_up() -> None:
    """Two wishes that pull one cell in two ways end the search, and one of them is named."""
    rows = [Constraint({A: 1, ONE: -9}, ">="), Constraint({A: 1, ONE: -3}, "<=")]
    sorts = {A: COUNT}

    filled = fill(make_system(rows, sorts), {}, sorts=sorts, dice=random.Random(0))

    assert filled.values is None
    assert not filled.surely
    assert filled.against[0] in rows
