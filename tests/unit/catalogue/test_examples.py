"""Examples describe reports: zeros everywhere, but for what they name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.unit.language.making import NEW, OLD, report, reports, rule

from nianbao.forms.loading import builtin_forms
from nianbao.language.mistakes import Mistake
from nianbao.packtests.examples import base_report, build


@pytest.mark.parametrize(
    ("name", "value", "within", "key", "state"),
    [
        ("新收", 3, "applications", "applications.new.total", "number"),
        ("新收.自然人", 0, "applications", "applications.new.natural_person", "zero"),
        ("新收[自然人]", "", "applications", "applications.new.natural_person", "blank"),
        ("不予公开.国家秘密.自然人", "/", "applications", "applications.denied.state_secret.natural_person", "mark"),
        ("复议", 2, "disputes", "disputes.review.total", "number"),
        ("收费", 1.5, "disclosure", "disclosure.fees.amount", "number"),
        ("规章.有效", "3件", "disclosure", "disclosure.regulations.in_force", "text"),
        ("表三.总计", None, None, "applications.total.total", "blank"),
    ],
)
def test_a_name_means_one_cell(name: str, value: Any, within: str | None, key: str, state: str) -> None:
    """A row or column alone means its total, or its only cell; the value tells the state."""
    made = report({name: value}, within)
    assert made.cells[key].state == state
    assert made.cells.keys() == NEW.slots.keys()


def test_decimals_are_exact() -> None:
    """What YAML reads as a float is the decimal that is written."""
    assert report({"收费": 2090.6}, "disclosure").cells["disclosure.fees.amount"].value == Decimal("2090.6")


def test_a_group_that_is_named_stands_as_one_row() -> None:
    """Its members are not in the report then."""
    made = report({"其他处理": 4}, "applications")
    rows = {key.rpartition(".")[0] for key in made.cells if key.startswith("applications.other")}
    assert rows == {"applications.other"}
    assert made.cells["applications.other.total"].value == 4
    assert len(made.cells) == len(NEW.slots) - 2 * 7


@pytest.mark.parametrize("given", [{"题名年度": 2023, "年度": 2024}, {"年度": 2024, "题名年度": 2023}])
def test_years_and_days_are_facts(given: dict[str, Any]) -> None:
    """The order in which an example names them does not matter."""
    made = report({**given, "统计期止": dt.date(2024, 6, 30)})
    assert (made.year, made.facts["title_year"].value) == (2024, 2023)
    assert made.period == (dt.date(2024, 1, 1), dt.date(2024, 6, 30))


def test_the_year_before_and_another_form_may_be_given() -> None:
    """The report of the year before stands under its own key; there is none otherwise."""
    both = reports({"form": "zfxxgk-2019", "年度": 2020, "去年": {"结转下年": 3}}, "applications")
    assert (both.report.form, both.report.year) == (OLD, 2020)
    assert both.prior is not None
    assert (both.prior.year, both.prior.cells["applications.carried_out.total"].value) == (2019, 3)
    assert reports({}).prior is None


@pytest.mark.parametrize(
    ("given", "within"),
    [
        ({"新收 + 1": 2}, "applications"),
        ({"无此行": 2}, "applications"),
        ({"规章": 2}, "disclosure"),
        ({"form": "x"}, None),
    ],
)
def test_a_name_that_means_no_cell_is_a_mistake(given: dict[str, Any], within: str | None) -> None:
    """An example that changes nothing would prove nothing."""
    with pytest.raises(Mistake):
        report(given, within)


def test_a_section_that_the_form_has_not_is_a_mistake() -> None:
    """Section ids are checked, with the nearest one."""
    with pytest.raises(Mistake, match="did you mean 'problems'"):
        report({"sections": {"problem": "略。"}})


BASE: dict[str, Any] = {"新收[总计]": 4, "sections": {"problems": "人手不足。", "elsewhere": "略。"}, "年度": 2023}


def test_a_base_is_changed_by_examples() -> None:
    """What an example does not speak of is as the base has it; sections are laid over each other one by one."""
    given = {"结转下年": 1, "sections": {"other_matters": "无。"}}

    made = build(given, rule("equation", "", within="applications"), forms=builtin_forms(), base=BASE)

    prose = {section.id: section.text for section in made.report.sections}
    assert (prose["problems"], prose["other_matters"]) == ("人手不足。", "无。")
    assert made.report.cells["applications.new.total"].value == 4
    assert made.named == {"applications.carried_out.total"}


def test_the_report_that_examples_start_from_may_be_had_alone() -> None:
    """It is the base's, of the year asked for."""
    made = base_report(OLD, 2020, base=BASE)

    assert (made.form, made.year, made.cells["applications.new.total"].value) == (OLD, 2020, 4)
    assert sum(bool(cell.value) for cell in made.cells.values()) == 1


def test_a_base_that_names_no_cell_is_a_mistake() -> None:
    """It is told as in an example."""
    with pytest.raises(Mistake, match="no row or column"):
        base_report(NEW, 2024, base={"无此行": 1})
