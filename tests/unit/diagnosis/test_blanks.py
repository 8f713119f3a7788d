"""What follows for blanks, against trying every figure in every one of them."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from nianbao.diagnosis.blanks import BlankEquation, Kinds, deduce

MOST = 5
NAMES = [(name, "this") for name in "abcd"]
COUNTS = Kinds(lambda _cell, value: isinstance(value, int) and 0 <= value <= MOST)


@given(
    rows=st.lists(
        st.tuples(st.integers(-8, 8), st.dictionaries(st.sampled_from(NAMES), st.sampled_from([1, -1]), min_size=1)),
        min_size=1,
        max_size=4,
    )
)
def test_what_follows_is_true_of_every_filling(rows: list[tuple[int, dict[tuple[str, str], int]]]) -> None:
    """Figures that follow stand in all fillings; rows that contradict each other have none."""
    equations = {number: BlankEquation(known, unknown) for number, (known, unknown) in enumerate(rows)}

    said = deduce(equations, COUNTS)

    fillings = [
        filling
        for figures in product(range(MOST + 1), repeat=len(NAMES))
        for filling in [dict(zip(NAMES, figures, strict=True))]
        if all(known + sum(weight * filling[cell] for cell, weight in unknown.items()) == 0 for known, unknown in rows)
    ]
    if said.contradictions:
        assert fillings == []
    for cell, value in said.values.items():
        assert all(filling[cell] == value for filling in fillings)


def test_a_single_blank_is_the_rest_of_its_sum() -> None:
    """48 in all, 40 known: the blank is 8."""
    said = deduce({0: BlankEquation(40 - 48, {NAMES[0]: 1})}, COUNTS._replace(fits=lambda _cell, value: value >= 0))
    assert said.values == {NAMES[0]: 8}


def test_blanks_of_a_sum_that_is_full_are_zero() -> None:
    """What is known adds up already: none of the blanks can be more than 0."""
    said = deduce({0: BlankEquation(0, {NAMES[0]: 1, NAMES[1]: 1, NAMES[2]: 1})}, COUNTS)
    assert said.values == dict.fromkeys(NAMES[:3], 0)


def test_a_sum_that_is_overfull_can_no_longer_add_up() -> None:
    """The known parts are more than the total: no figures for the blanks mend that."""
    said = deduce({7: BlankEquation(3, {NAMES[0]: 1, NAMES[1]: 1})}, COUNTS)
    assert said.contradictions == (frozenset({7}),)
    assert said.values == {}


def test_rows_are_solved_together() -> None:
    """Two sums over two blanks determine both, though neither does alone."""
    first, second = NAMES[:2]
    said = deduce({0: BlankEquation(-5, {first: 1, second: 1}), 1: BlankEquation(-1, {first: 1, second: -1})}, COUNTS)
    assert said.values == {first: 3, second: 2}


def test_contradicting_rows_are_named_and_others_go_on() -> None:
    """One blank cannot be 2 and 3; another that follows elsewhere still does."""
    first, second = NAMES[:2]
    rows = {0: BlankEquation(-2, {first: 1}), 1: BlankEquation(-3, {first: 1}), 2: BlankEquation(-4, {second: 1})}
    said = deduce(rows, COUNTS)
    assert said.contradictions == (frozenset({0, 1}),)
    assert said.values == {second: 4}


def test_rows_that_supplied_a_figure_belong_to_its_contradiction() -> None:
    """A row leaves 0 for two blanks, another wants 3 of one of them, and a third has nothing to do with it."""
    first, second, third = NAMES[:3]
    rows = {
        4: BlankEquation(0, {first: 1, second: 1}),
        5: BlankEquation(-3, {second: 1, third: 1}),
        6: BlankEquation(-1, {third: 1}),
    }
    assert deduce(rows, COUNTS).contradictions == (frozenset({4, 5, 6}),)


def test_a_figure_with_a_sign_may_be_below_zero() -> None:
    """A change of so many items, such as of licences dropped."""
    kinds = Kinds(lambda _cell, value: isinstance(value, int), frozenset(NAMES[:1]))
    assert deduce({0: BlankEquation(3, {NAMES[0]: 1})}, kinds).values == {NAMES[0]: -3}
