"""What is said of a corrupted report is held against the truth as it should be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.corrupting import Damaged
from tests.support.trials import held_against, upper_bound

from nianbao.messages import Text
from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue
from nianbao.model.report import BLANK, Cell
from nianbao.model.rule import HIGH, LOW
from nianbao.model.slip import UNCLEAR

if TYPE_CHECKING:
    from nianbao.model.finding import Finding
    from nianbao.model.rule import Confidence

CELLS = {"a": 1, "b": 2, "c": None, "d": 0}
NO_FINDINGS: tuple[Finding, ...] = ()


def reading(
    *changes: tuple[str, int], rank: int = 1, confidence: Confidence = LOW, source: str | None = None
) -> Explanation:
    """Return an explanation that changes these cells, each by a slip of its own."""
    made = [Change(key, 0, new, UNCLEAR, step, source=source) for step, (key, new) in enumerate(changes)]
    return Explanation(0, rank, confidence, tuple(made), ())


def judged(*components: list[Explanation], follows: dict[str, int] | None = None) -> Any:
    """Return a judgement with components of these explanations."""
    return SimpleNamespace(
        components=tuple(Component(n, (), tuple(one), note=Text("", "")) for n, one in enumerate(components)),
        following=tuple(ImpliedValue(Cell(key, None, BLANK, ""), value) for key, value in (follows or {}).items()),
    )


def damaged(truth: dict[str, int], slips: int = 0) -> Damaged:
    """Return a corrupted report with that truth, of a slip a cell where nothing else is said."""
    return Damaged(CELLS, truth, "", slips or len(truth), 0)


@pytest.mark.parametrize(
    ("truth", "components", "outcome"),
    [
        ({"a": 5}, [[reading(("a", 5))]], "first"),
        ({"a": 5}, [[reading(("a", 6))]], "wrong"),
        ({"a": 5}, [[reading(("b", 5))]], "wrong"),
        ({"a": 5}, [[reading(("a", 5), ("b", 6))]], "wrong"),
        ({"a": 5}, [[reading(("a", 5), ("b", 2))]], "first"),
        ({"a": 5}, [[reading(("a", 5), ("c", 0))]], "first"),
        ({"a": 5}, [[reading(("b", 6)), reading(("a", 5), rank=2)]], "third"),
        ({"a": 5, "b": 6}, [[reading(("a", 5))], [reading(("b", 6))]], "first"),
        ({"a": 5, "b": 6}, [[reading(("a", 5))]], "fewer"),
        ({"a": 5, "b": 6}, [[reading(("d", 5)), reading(("a", 5), rank=2)], [reading(("b", 6))]], "third"),
        ({"a": 5, "b": 6}, [[reading(("a", 5))], []], "none"),
        ({"a": 5, "b": 6}, [[reading(("d", 1))]], "fewer"),
        ({"a": 5}, [[reading(("a", 5))], [reading(("b", 6))]], "wrong"),
        ({"a": 5}, [[reading(("a", 5), source="last year")]], "wrong"),
        ({"a": 5}, [[reading(("", 5))]], "wrong"),
        ({"a": 5}, [], "none"),
        ({"a": 5}, [[]], "none"),
    ],
)
def test_the_outcome_is_told_by_cells_and_figures(
    truth: dict[str, int], components: list[list[Explanation]], outcome: str
) -> None:
    """All components together are the truth or not; what changes nothing does not count."""
    assert held_against(damaged(truth), judged(*components)).outcome == outcome


def test_blanks_may_follow_in_place_of_being_changed() -> None:
    """A figure that is said to follow for a blank counts as said; for cells that were not changed it does not."""
    found = held_against(damaged({"a": 5, "c": 7}), judged([reading(("a", 5))], follows={"c": 7, "d": 3}))
    contradicted = held_against(damaged({"a": 5, "c": 7}), judged([reading(("a", 5))], follows={"c": 8}))

    assert (found.outcome, contradicted.outcome) == ("first", "fewer")
    assert (found.follows, contradicted.follows) == ((1, 1), (0, 1))


def test_fewer_slips_than_the_truth_are_counted_over_all_components() -> None:
    """What moves together is one slip."""
    assert held_against(damaged({"a": 5, "b": 6}, slips=1), judged([reading(("d", 1))])).outcome == "wrong"
    assert held_against(damaged({"a": 5, "b": 6}), judged([reading(("d", 1))], [reading(("b", 1))])).fewer is False


def test_certain_explanations_are_right_where_all_their_changes_are() -> None:
    """Whether or not they are all of the truth."""
    said = judged([reading(("a", 5), confidence=HIGH)], [reading(("d", 4), confidence=HIGH)], [reading(("d", 4))])

    assert [one.right for one in held_against(damaged({"a": 5, "b": 6}), said).sure] == [True, False]


@pytest.mark.parametrize(
    ("events", "of", "bound"),
    [(0, 3000, 0.000998), (6, 2520, 0.004693), (30, 3000, 0.013545), (3, 3, 1.0), (0, 0, 1.0)],
)
def test_the_upper_bound_is_exact(events: int, of: int, bound: float) -> None:
    """The share at which so few events would be seen once in twenty; where nothing was tried, anything may be."""
    assert upper_bound(events, of) == pytest.approx(bound, rel=5e-3)


@given(events=st.integers(0, 50), of=st.integers(51, 5000))
def test_the_upper_bound_lies_above_the_share(events: int, of: int) -> None:
    """And below it for more trials."""
    assert events / of < upper_bound(events, of) < 1
    assert upper_bound(events, 2 * of) < upper_bound(events, of)
