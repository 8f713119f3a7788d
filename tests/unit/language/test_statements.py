"""Statements and values over cells, days, words and other organs' reports."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.unit.language.making import NEW, report, reports, rule

from nianbao.forms.loading import load_form
from nianbao.forms.open_axes import with_members
from nianbao.language.evaluate import Sources
from nianbao.language.expressions import compile_expression
from nianbao.language.mistakes import Mistake
from nianbao.language.names import Scope
from nianbao.model.location import Location
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report

QUARTER = load_form(ROOT / "examples" / "quarterly" / "forms" / "fee-quarter.yaml")
TWO = {"members": {"offices": ["Harbour", "Market"]}}


def ask(source: str, asked: Report, *, within: str | None = None, **others: Any) -> list[Outcome]:
    """Ask every instance of an expression of a report."""
    made = compile_expression(source, Scope.of(asked.form, within))
    return [one.ask(Sources(asked, **others)) for one in made.instances]


def quarter(**given: Any) -> Report:
    """Return a statement of the invented quarterly form with two offices."""
    return build({**TWO, **given}, rule("equation", ""), forms=[QUARTER]).report


def one(source: str, asked: Report, **others: Any) -> str:
    """Return the outcome of the one instance of a statement."""
    (outcome,) = ask(source, asked, **others)
    return outcome.outcome


CELLS = report({"新收.自然人": 3, "新收.商业企业": 2, "新收.总计": 5, "上年结转.自然人": "", "结转下年.自然人": "一件"})


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("若 新收[总计] > 0 则 新收[自然人] > 0", "pass"),
        ("若 新收[总计] > 0 则 新收[科研机构] > 0", "fail"),
        ("新收[总计] = 5 且 非 新收[自然人] = 5", "pass"),
        ("新收[总计] = 4 或 新收[自然人] = 3", "pass"),
        ("若 结转下年[自然人] > 0 则 新收[自然人] > 9", "undecided"),
        ("若 新收[总计] = 4 则 结转下年[自然人] > 0", "pass"),
        ("有(新收[自然人]) 且 有(新收[科研机构])", "pass"),
        ("有(上年结转[自然人])", "fail"),
        ("缺(上年结转[自然人])", "pass"),
        ("has(carried_out[natural_person])", "pass"),
        ("计数(新收[申请人]) = 6", "pass"),
        ("计数(上年结转[申请人]) = 5", "pass"),
        ("计数(新收 > 0) = 3", "pass"),
        ("count(new >= 3 and new[total] = 5) = 2", "pass"),
        ("最大(新收[申请人]) = 3 且 最小(新收[申请人]) = 0", "pass"),
        ("max(新收[自然人], 新收[商业企业], 4) = 4", "pass"),
        ("绝对值(新收[商业企业] − 新收[自然人]) = 1", "pass"),
        ("abs(-2) = 2 and min(3, 4) = 3", "pass"),
        ("最大(新收[申请人]) × 2 > 新收[总计] + 0.5", "pass"),
    ],
)
def test_statements_over_cells(source: str, outcome: str) -> None:
    """Blanks count as 0 in sums and hold nothing; words in a cell leave open what hangs on them, and only that."""
    assert one(source, CELLS, within="applications") == outcome


def test_the_cells_that_a_statement_looked_at_are_its_evidence() -> None:
    """With their places; the first one is where to look."""
    marked = CELLS._replace(cells={key: cell._replace(location=Location(line=7)) for key, cell in CELLS.cells.items()})
    (outcome,) = ask("最大(新收[申请人]) ≤ 2", marked, within="applications")

    assert [cell.key.rpartition(".")[2] for cell in outcome.cells][:2] == ["natural_person", "enterprise"]
    assert (outcome.outcome, outcome.left, outcome.right, outcome.location.line) == ("fail", 3, 2, 7)


def test_open_names_make_an_instance_for_each_member() -> None:
    """As in equations; a count aligns what it counts by itself."""
    outcomes = ask("若 新收 > 0 则 有(新收[总计])", CELLS, within="applications")

    assert [one.outcome for one in outcomes] == ["pass"] * 7


SAID = CELLS._replace(published=dt.date(2025, 1, 20))


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("公布日期 − 统计期止 = 20", "pass"),
        ("公布日期 ≤ 统计期止 + 31", "pass"),
        ("published - 20 = period_end", "pass"),
        ("有(公布日期) 且 年度 = 2024", "pass"),
        ('机关类别 = "government"', "pass"),
        ("发布机关 ≠ “临江区人民政府”", "fail"),
        ("缺(题名)", "pass"),
        ("去年.发布机关 = 「临江区」", "undecided"),
        ("若 缺(题名) 则 年度 = 2024", "pass"),
        ("题名 = 'x'", "undecided"),
    ],
)
def test_days_and_words(source: str, outcome: str) -> None:
    """Days are counted from and to, words compared; what is not said leaves it open."""
    assert one(source, SAID) == outcome


@pytest.mark.parametrize(
    ("source", "at", "reason"),
    [
        ('机关类别 < "a"', 5, "a text can only be compared by = and ≠"),
        ("机关类别 = 1", 5, "a text cannot be compared with a number"),
        ("有(1)", 0, "有() takes the name of one cell"),
        ("计数() = 1", 0, "计数() takes a group, or a statement"),
        ("计数(新收) = 1", 3, "expected a truth, found a number"),
        ("最大() = 1", 0, "最大() takes one number or more"),
        ("绝对值(1, 2) = 1", 0, "绝对值() takes number"),
        ("最大(申请人) > 1 且 自然人 > 最大(办理结果)", 23, "this name leaves the columns open and another the rows"),
        ("公布日期 + 公布日期 = 公布日期", 7, "expected a number, found a date"),
        ("下级.公布日期 > 公布日期", 0, "'下级.公布日期' is of several reports"),
        ("“临江", 0, "this text is not closed; put ” behind it"),
        ("新受 > 1", 0, "no row or column '新受'"),
        ("若新收 > 1 则 新收 > 0", 8, "expected a sign or the end, found '则'; put a space behind '若'"),
        ("公布日 > 统计期止", 0, "unknown name '公布日'; did you mean '公布日期'?"),
    ],
)
def test_what_means_nothing_is_refused_before_any_report(source: str, at: int, reason: str) -> None:
    """Types, functions and names are looked at when a rule is read."""
    with pytest.raises(Mistake) as caught:
        compile_expression(source, Scope.of(NEW))
    assert caught.value.reason.en.startswith(reason)
    assert caught.value.at == at


def test_reports_of_organs_above_and_below_are_reached() -> None:
    """Those below are added up; without such reports the line does not apply."""
    made = reports({"新收": 5, "上级": {"新收": 9}, "下级": [{"新收": 2}, {"新收": 3}]}, "applications")

    for source, outcome in (("新收[总计] = 下级.新收[总计]", "pass"), ("新收[总计] > 上级.新收[总计]", "fail")):
        (told,) = ask(source, made.report, parent=made.parent, children=made.children)
        assert told.outcome == outcome
        assert one(source, made.report) == "not-applicable"
    below = ask("最大(下级.新收[总计], 1) = 5", made.report, children=made.children)
    assert [cell.source for cell in below[0].cells] == ["example", "example"]


@pytest.mark.parametrize(
    ("due", "paid", "total", "stated", "exact"),
    [
        ("1.2", "2.2", "3.5", "pass", "fail"),
        ("1.2", "2.2", "3.6", "fail", "fail"),
        ("1.25", "2.25", "3.5", "pass", "pass"),
        ("1.2", "2", "3.3", "pass", "fail"),
        ("1", "2", "4", "fail", "fail"),
        ("1.20", "0", "1.30", "fail", "fail"),
    ],
)
def test_figures_with_decimals_stand_for_what_rounds_to_them(
    due: str, paid: str, total: str, *, stated: str, exact: str
) -> None:
    """The width of each is half its last place; two figures alone must be the same; whole figures are exact."""
    asked = quarter(**{"fees.Harbour.due": float(due), "fees.Market.due": float(paid), "fees.total.due": float(total)})
    for precise, expected in ((False, stated), (True, exact)):
        made = compile_expression("total = sum(offices)", Scope.of(asked.form, "fees"), exact=precise)
        (column,) = [one for one in made.instances if one.binding.member == "due"]
        assert column.ask(Sources(asked)).outcome == expected


@pytest.mark.parametrize(
    ("source", "within", "reason"),
    [
        ("due = requests", "fees", "units mixed: 'Requests' has no unit, 'Fees due' USD; multiply one of them"),
        ("due + requests > 0", "fees", "units mixed"),
        ("last_paid + due > 0", "fees", "a date cannot be compared with a number"),
        ("due + last_paid > 0", "fees", "expected a number, found a date"),
        ("sum(offices) = total + last_paid", "fees", "this name leaves the rows open"),
        ("fees.due = requests.columns.answered", None, "units mixed"),
        ("offices > 1", "fees", "'offices' is a group"),
    ],
)
def test_what_cannot_be_added_is_refused(source: str, within: str | None, reason: str) -> None:
    """Units, days and groups are told at load."""
    with pytest.raises(Mistake) as caught:
        compile_expression(source, Scope.of(quarter().form, within, cells_first=True))
    assert caught.value.reason.en.startswith(reason)


def test_a_factor_brings_units_together() -> None:
    """What is multiplied may be in any unit."""
    assert compile_expression("due × 100 ≥ requests", Scope.of(quarter().form, "fees")).sums


def test_two_tables_meet_at_the_members_that_reports_bring() -> None:
    """Also where one of them lacks a member: nothing is told apart then, and it can be asked for."""
    both = with_members(QUARTER, {"requests.offices": ["Harbour", "Market"], "fees.offices": ["harbour"]})
    asked = build(TWO, rule("equation", ""), forms=[QUARTER]).report._replace(form=both)
    cells = {key: cell for key, cell in asked.cells.items() if not key.startswith("fees.offices.market")}
    asked = asked._replace(cells=cells)

    agree = {one.subject: one for one in ask_instances("requests.charged = fees.requests", asked)}
    assert list(agree) == [f"requests.{row}.charged" for row in ("offices.harbour", "offices.market", "total")]
    outcome = agree["requests.offices.market.charged"].ask(Sources(asked))
    assert (outcome.outcome, str(outcome.reason)) == ("undecided", "Table 2“Market”不在报告里")
    there = ask("有(fees.requests) 或 缺(requests.charged)", asked)
    assert [one.outcome for one in there] == ["pass", "pass", "fail"]  # Harbour, all offices, and Market


def ask_instances(source: str, asked: Report) -> Any:
    """Return the instances of an expression."""
    return compile_expression(source, Scope.of(asked.form)).instances


def test_without_any_member_it_cannot_be_told() -> None:
    """An empty sum is no sum of 0."""
    made = compile_expression("total = sum(offices)", Scope.of(QUARTER, "requests"))

    assert made.instances == ()
    assert made.reason is not None
    assert made.reason.en == "the report has no row or column of “Offices”"


@given(
    st.lists(st.sampled_from(["1", "新收", "(", ")", "+", "-", "且", "若", "则", "=", "有(", "最大(", ",", "“a”", "."]))
)
def test_no_text_breaks_the_compiler(parts: list[str]) -> None:
    """It compiles, or it is a mistake with a reason."""
    with suppress(Mistake):
        assert compile_expression(" ".join(parts), Scope.of(NEW, "applications")).type


def test_long_sums_of_facts_compile_at_once() -> None:
    """Each part is looked at once, however deep it stands."""
    assert compile_expression(f"{' + '.join(['年度'] * 190)} > 1", Scope.of(NEW)).instances


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("若 新收[总计] > 0 则 上年结转[总计] = 0 且 结转下年[总计] > 3", "carried_out.total"),
        ("新收[总计] > 0 且 (办理总计[总计] > 0 且 结转下年[总计] = 0)", "applications.total.total"),
        ("非 (新收[总计] > 0 且 结转下年[总计] = 0)", "new.total"),
        ("新收[总计] < 0 或 结转下年[总计] > 0", "new.total"),
        ("计数(新收 > 0 且 结转下年 > 0) ≥ 1 且 结转下年[总计] > 0", "new.natural_person"),
    ],
)
def test_the_part_that_makes_a_statement_false_comes_first(source: str, first: str) -> None:
    """Its cells stand before those of parts that are true; where no part is to blame, the order is that of reading."""
    said = report({"新收": 5})
    (outcome,) = ask(source, said)
    assert outcome.outcome == "fail"
    assert outcome.cells[0].key.endswith(first)
    assert len({cell.key for cell in outcome.cells}) == len(outcome.cells)
