"""Equations over real cells: exact sums, and care where a cell holds no number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.language.making import NEW, report, reports

from nianbao.language.evaluate import COMPARISONS, counted, holds, is_blank, judge, prepare, values_of
from nianbao.language.linear import equations
from nianbao.model.report import BLANK

if TYPE_CHECKING:
    from nianbao.model.outcome import Relation

NATURAL = "新收[自然人] + 上年结转[自然人] = 办理总计[自然人] + 结转下年[自然人]"
TOTAL = "新收[总计] = 合计(新收[申请人])"


def say(source: str, cells: dict[str, Any]) -> tuple[str, Any, Any, str, str]:
    """Return outcome, sides, note and reason of one equation over a report of zeros with these cells."""
    (one,) = equations(source, NEW, within="applications")
    outcome = judge(prepare(one), report(cells, "applications"))
    return outcome.outcome, outcome.left, outcome.right, str(outcome.note or ""), str(outcome.reason or "")


@pytest.mark.parametrize(
    ("source", "cells", "outcome", "note"),
    [
        (NATURAL, {"新收.自然人": 3, "办理总计.自然人": 3}, "pass", False),
        (NATURAL, {"新收.自然人": 3, "上年结转.自然人": "", "办理总计.自然人": 3}, "pass", True),
        (NATURAL, {"新收.自然人": 3, "上年结转.自然人": "/", "办理总计.自然人": 2}, "fail", True),
        (NATURAL, {"新收.自然人": 3, "办理总计.自然人": 2}, "fail", False),
        (TOTAL, {"新收.总计": "", "新收.自然人": "", "新收.商业企业": ""}, "pass", True),
        (TOTAL, {"新收.总计": "—"}, "pass", True),
        (TOTAL, {"新收.总计": "", "新收.自然人": 2}, "undecided", False),
        (TOTAL, {"新收.总计": "/", "新收.自然人": 2}, "undecided", False),
        (TOTAL, {"新收.总计": 2, "新收.自然人": "2件"}, "undecided", False),
        (TOTAL, {"新收.总计": "", "新收.自然人": "2件"}, "undecided", False),
        ("办理总计[总计] = 新收[总计]", {"办理总计.总计": "", "予以公开": 1}, "undecided", False),
        ("办理总计[总计] = 新收[总计]", {"办理总计.总计": "", "其他处理": 1}, "undecided", False),
        ("办理总计[总计] = 新收[总计]", {"办理总计.总计": "", "予以公开": "1件"}, "undecided", False),
    ],
)
def test_a_cell_without_a_number_is_never_taken_for_one(
    source: str, cells: dict[str, Any], outcome: str, *, note: bool
) -> None:
    """Blank parts and marks count as 0 and are noted; a blank total of something, and words, leave it undecided."""
    said = say(source, cells)
    assert said[0] == outcome
    assert bool(said[3]) is note
    assert bool(said[4]) is (outcome == "undecided")


def test_a_cell_that_was_not_read_is_undecided_with_the_readers_reason() -> None:
    """The reason why a cell was not read is passed on; without one it is said which cell is missing."""
    (one,) = equations(TOTAL, NEW, within="applications")
    whole = report({})
    del whole.cells["applications.new.legal"]  # type: ignore[attr-defined]
    outcome = judge(prepare(one), whole)
    assert outcome.outcome == "undecided"
    assert "法律服务机构" in str(outcome.reason)


def test_a_failure_has_all_its_cells_with_sides_and_years() -> None:
    """Evidence names every cell that takes part, its side, its weight, and the report it stands in."""
    (one,) = equations("上年结转[总计] = 去年.结转下年[总计]", NEW, within="applications")
    both = reports({"上年结转": 7, "去年": {"结转下年": 9}}, "applications")
    outcome = judge(prepare(one), both.report, prior=both.prior)
    assert [(i.cell.key, i.role, i.year, i.source) for i in outcome.cells] == [
        ("applications.carried_in.total", "left", 2024, None),
        ("applications.carried_out.total", "right", 2023, "example"),
    ]
    assert (outcome.outcome, outcome.left, outcome.right) == ("fail", 7, 9)


_AMOUNTS = st.integers(-50, 50) | st.decimals(-9, 9, places=2)
_WEIGHTS = st.integers(-9, 9) | st.decimals(-9, 9, places=1)
_ROWS = ("新收", "上年结转", "办理总计", "结转下年", "予以公开")


@given(
    st.lists(st.tuples(_WEIGHTS, st.sampled_from(_ROWS)), min_size=1, max_size=6),
    st.lists(st.tuples(_WEIGHTS, st.sampled_from(_ROWS)), max_size=4),
    st.lists(_AMOUNTS, min_size=5, max_size=5),
    st.sampled_from(sorted(COMPARISONS)),
    _AMOUNTS,
)
def test_evaluation_is_the_same_as_direct_arithmetic(
    left: list[tuple[Any, str]], right: list[tuple[Any, str]], amounts: list[Any], relation: Relation, constant: Any
) -> None:
    """Any linear relation, compiled and evaluated, says what adding up the numbers by hand says, exactly."""
    values = dict(zip(_ROWS, amounts, strict=True))

    def write(side: list[tuple[Any, str]]) -> str:
        return " + ".join(f"({weight}) × {row}[自然人]" for weight, row in side)

    def add(side: list[tuple[Any, str]]) -> Decimal:
        return sum((Decimal(weight) * Decimal(values[row]) for weight, row in side), Decimal(0))

    source = f"{write(left)} {relation} {write(right) or '0'} + ({constant})"
    (one,) = equations(source, NEW, within="applications")
    made = report({f"{row}.自然人": amount for row, amount in values.items()}, "applications")
    expected = COMPARISONS[relation](add(left), add(right) + Decimal(constant))
    assert judge(prepare(one, exact=True), made).outcome == ("pass" if expected else "fail")
    assert holds(prepare(one), values_of(made)) in {expected, None}
    if expected:
        assert judge(prepare(one), made).outcome == "pass"


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("新收[自然人] < 新收[自然人]", "fail"),
        ("新收[自然人] > 新收[自然人]", "fail"),
        ("新收[自然人] <= 新收[自然人]", "pass"),
        ("新收[自然人] = 新收[自然人] + 0.01", "fail"),
        ("新收[自然人] + 新收[自然人] < 2 × 新收[自然人]", "fail"),
        ("新收[自然人] < 上年结转[自然人]", "pass"),
        ("新收[自然人] = 上年结转[自然人] + 0.009", "pass"),
        ("新收[自然人] = 上年结转[自然人] + 0.01", "fail"),
    ],
)
def test_a_figure_stands_for_all_that_round_to_it_but_not_for_two_at_once(source: str, outcome: str) -> None:
    """Two cells that say 1.25 may differ by less than 0.01; a cell differs from itself in nothing."""
    (one,) = equations(source, NEW, within="applications")
    made = report({"新收.自然人": Decimal("1.25"), "上年结转.自然人": Decimal("1.25")}, "applications")

    assert judge(prepare(one), made).outcome == outcome


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(["自然人", "商业企业", "其他"]))
def test_the_fast_way_and_the_careful_way_agree(amount: int, slip: int, column: str) -> None:
    """A sum that is wrong by any amount in any column is found by both ways of evaluating; a right one by neither."""
    (one,) = equations(TOTAL, NEW, within="applications")
    sums = prepare(one)
    for total, expected in ((amount, True), (amount + slip, False)):
        made = report({f"新收.{column}": amount, "新收.总计": total}, "applications")
        assert holds(sums, values_of(made)) is expected
        assert judge(sums, made).outcome == ("pass" if expected else "fail")


_WRITTEN = st.sampled_from([0, 0, 1, 2, "", "/", "2件"])


@given(st.lists(_WRITTEN, min_size=8, max_size=8), st.sampled_from([NATURAL, TOTAL, "新收[总计] >= 办理总计[总计]"]))
def test_blanks_count_the_same_in_both_ways(written: list[Any], source: str) -> None:
    """With blanks taken as what they count as, the fast way says what the careful way says, or leaves it to that."""
    names = [f"{row}.{column}" for row in _ROWS[:4] for column in ("自然人", "总计")]
    made = report(dict(zip(names, written, strict=True)), "applications")
    sums = prepare(equations(source, NEW, within="applications")[0])
    outcome = judge(sums, made).outcome

    blanks = frozenset(key for key, cell in made.cells.items() if cell.state == BLANK)
    fast = None if is_blank(sums, blanks) else holds(sums, counted(made))
    assert fast is {"pass": True, "fail": False}.get(outcome)


@pytest.mark.parametrize(("source", "shown"), [("新收[总计] ÷ 2 > 50", "47"), ("新收[总计] × 0.25 > 50", "23.5")])
def test_a_side_has_no_zeros_that_nobody_wrote(source: str, shown: str) -> None:
    """Whole figures halved are whole where they can be."""
    assert str(say(source, {"新收.总计": 94})[1]) == shown
