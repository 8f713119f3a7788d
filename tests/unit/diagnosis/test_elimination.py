"""Exact elimination: solutions satisfy the rows, and what is left over follows from the rows it is said to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from nianbao.diagnosis.elimination import reduce
from nianbao.diagnosis.equations import ONE, Constraint
from nianbao.language.names import PRIOR, THIS

if TYPE_CHECKING:
    from nianbao.diagnosis.equations import Number, Variable

VARIABLES = [(name, THIS) for name in "abcd"]
weights = st.integers(-3, 3)


@st.composite
def systems(draw: st.DrawFn) -> list[Constraint]:
    """Draw a few equations over a few cells."""
    rows = []
    for _number in range(draw(st.integers(1, 6))):
        row = {variable: draw(weights) for variable in (*VARIABLES, ONE)}
        rows.append(Constraint({variable: weight for variable, weight in row.items() if weight}, "="))
    return rows


def together(rows: list[Constraint], origin: dict[int, Number]) -> dict[Variable, Number]:
    """Add rows up with their factors."""
    sums: dict[Variable, Number] = {}
    for number, factor in origin.items():
        for variable, weight in rows[number].weights.items():
            sums[variable] = sums.get(variable, 0) + factor * weight
    return {variable: weight for variable, weight in sums.items() if weight}


@given(systems(), st.lists(st.integers(-9, 9), min_size=4, max_size=4))
def test_solutions_satisfy_every_row_that_left_nothing_over(rows: list[Constraint], figures: list[int]) -> None:
    """Whatever the free cells are worth, the rows hold when the solved ones are worth what is said."""
    reduced = reduce(rows, solve_for=bool, totals=frozenset())
    values: dict[Variable, Number] = {**dict(zip(VARIABLES, figures, strict=True)), ONE: 1}
    for variable, solution in reduced.solved.items():
        values[variable] = sum((weight * values[one] for one, weight in solution.items()), 0)

    worth = [sum((weight * values[one] for one, weight in row.weights.items()), 0) for row in rows]

    assert all(not set(solution) & set(reduced.solved) for solution in reduced.solved.values())
    wrong = {left.row for left in reduced.left if left.weights}
    if not wrong:
        assert worth == [0] * len(rows)


@given(systems())
def test_a_leftover_is_the_sum_of_the_rows_it_came_from(rows: list[Constraint]) -> None:
    """The rows named add up, with their factors, to what is left: nothing, or a number that is not 0."""
    reduced = reduce(rows, solve_for=bool, totals=frozenset())

    assert len(reduced.solved) + len(reduced.left) == len(rows)
    for left in reduced.left:
        assert left.origin[left.row] == 1
        assert together(rows, dict(left.origin)) == dict(left.weights)
        assert set(left.weights) <= {ONE}


@given(systems())
def test_a_solution_is_the_sum_of_the_rows_it_came_from(rows: list[Constraint]) -> None:
    """So a cell that cannot be what it must be leads back to rules."""
    reduced = reduce(rows, solve_for=bool, totals=frozenset())

    for variable, solution in reduced.solved.items():
        assert together(rows, dict(reduced.origins[variable])) == {**solution, variable: -1}


def test_a_total_is_solved_for_and_not_its_parts() -> None:
    """It is whole and not negative whatever the parts are."""
    row = Constraint({("a", THIS): -1, ("b", THIS): -1, ("t", THIS): 1}, "=")

    assert list(reduce([row], solve_for=bool, totals=frozenset()).solved) == [("t", THIS)]


def test_what_is_known_is_never_solved_for() -> None:
    """A row of known cells alone is left over, to be looked at when their values are there."""
    row = Constraint({("a", PRIOR): 2, ONE: -3}, "=")

    reduced = reduce([row], solve_for=lambda one: one[1] == THIS, totals=frozenset())

    assert reduced.solved == {}
    assert reduced.left[0].weights == row.weights


def test_weights_stay_exact() -> None:
    """Thirds are thirds."""
    row = Constraint({("a", THIS): 3, ("b", THIS): -1}, "=")

    reduced = reduce([row], solve_for=lambda one: one == ("a", THIS), totals=frozenset())

    assert reduced.solved == {("a", THIS): {("b", THIS): Fraction(1, 3)}}
