"""Conditions over a report's facts: true, false, or not to be told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.language.making import NEW, OLD, report

from nianbao.language.evaluate import Sources
from nianbao.language.expressions import compile_expression
from nianbao.language.mistakes import Mistake
from nianbao.language.names import Scope

if TYPE_CHECKING:
    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report

KNOWN = report({"年度": 2024})._replace(published=dt.date(2025, 1, 20))
NO_PERIOD = KNOWN._replace(period=None)


def ask(source: str, asked: Report, **others: Any) -> Outcome:
    """Ask the one instance of an expression of a report."""
    (one,) = compile_expression(source, Scope.of(asked.form)).instances
    return one.ask(Sources(asked, **others))


@pytest.mark.parametrize(
    ("source", "truth", "without_period"),
    [
        ("年度 = 2024", True, True),
        ("year ≠ 2024", False, False),
        ("年度 + 0.5 = 2024.5", True, True),
        ("年度 ÷ 5 = 404.8", True, True),
        ("年度 × 2 − 48 ＝ 4000", True, True),
        ("−年度 < 0", True, True),
        ("统计期起 = 日期(年度, 1, 1) 且 统计期止 = date(year, 12, 31)", True, None),
        ("统计年度 = 2024 且 年度 = 1", False, False),
        ("年度 = 1 且 统计年度 = 2024", False, False),
        ("统计年度 = 1 或 年度 = 2024", True, True),
        ("统计年度 = 2024 或 年度 = 1", True, None),
        ("若 统计年度 = 2023 则 年度 = 2024", True, True),
        ("若 年度 = 2023 则 统计年度 = 1", True, True),
        ("若 年度 = 2024 则 统计年度 = 1", False, None),
        ("非 统计年度 = 2023", True, None),
        ("年度 ≥ 格式首年 且 年度 ≤ 格式末年", True, True),
        ("公布日期 ≤ 日期(年度 + 1, 1, 31)", True, True),
        ("公布日期 ≤ 日期(年度, 2, 30)", None, None),
    ],
)
def test_a_condition_is_true_false_or_unknown(source: str, *, truth: bool | None, without_period: bool | None) -> None:
    """What is not known leaves an answer open only where it matters; the reason then says what is missing."""
    for asked, expected in ((KNOWN, truth), (NO_PERIOD, without_period)):
        outcome = ask(source, asked)
        assert {"pass": True, "fail": False, "undecided": None}[outcome.outcome] is expected
        assert (outcome.reason is None) is (expected is not None)


def test_the_years_of_a_form_bound_it() -> None:
    """The older form has a last year, the newer one has none."""
    source = "年度 ≥ 格式首年 且 年度 ≤ 格式末年"
    assert ask(source, KNOWN._replace(form=OLD)).outcome == "fail"
    assert ask(source, KNOWN._replace(form=OLD, year=2020)).outcome == "pass"
    assert ask(source, KNOWN._replace(year=2099)).outcome == "pass"


@pytest.mark.parametrize(
    ("source", "at", "reason"),
    [
        ("年度 = 统计期起", 3, "a number cannot be compared with a date"),
        ("年份 = 2024", 0, "unknown name '年份'; did you mean '年度'?"),
        ("年度 且 年度 = 1", 0, "expected a truth, found a number"),
        ("日子(1, 2, 3) = 统计期起", 0, "unknown function '日子'"),
        ("日期(1, 2) = 统计期起", 0, "日期() takes number, number, number"),
        ("年度 ÷ 7 = 1", 3, "1 ÷ 7 has no exact decimal; multiply the other side instead"),
        ("1 ÷ 年度 = 1", 2, "÷ needs a number behind it"),
        ("统计期起 + 1 = 年度", 9, "a date cannot be compared with a number"),
        ("年度 + 统计期起 = 1", 5, "expected a number, found a date"),
    ],
)
def test_a_condition_that_means_nothing_is_refused_before_any_report(source: str, at: int, reason: str) -> None:
    """Types and names are checked when a rule is read, at their place."""
    with pytest.raises(Mistake) as caught:
        compile_expression(source, Scope.of(NEW))
    assert caught.value.reason.en.startswith(reason)
    assert caught.value.at == at
