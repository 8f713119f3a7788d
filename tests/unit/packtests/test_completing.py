"""Examples made whole reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.language.names import PRIOR, THIS
from nianbao.model.rule import Example
from nianbao.packtests.cases import base_of
from nianbao.packtests.completing import complete, show_to_all
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from nianbao.model.rule import Expectation

PACK = builtin_pack()
ENGINE = Engine([PACK])
RULES = {rule.code: rule for rule in ENGINE.rules}


def told(code: str, expect: Expectation, given: dict[str, Any], *also: str) -> list[tuple[str, str]]:
    """Return level and text of what is said of an example."""
    example = Example(expect, given, 1, also)
    whole = show_to_all(RULES[code], example, engine=ENGINE, forms=builtin_forms(), base=base_of([PACK]))
    return [(one.level, one.text.en) for one in whole.remarks]


def test_what_is_open_is_filled_and_what_is_named_stays() -> None:
    """Totals, parts and the year before all follow from four figures."""
    given: dict[str, Any] = {"新收": 122, "上年结转": 11, "办理总计": 126, "结转下年": 7, "去年": {"结转下年": 11}}
    made = build(given, RULES["A001"], forms=builtin_forms())

    filled = complete(made, ENGINE.rules)

    assert filled.values is not None
    values = {key: value for (key, period), value in filled.values.items() if period == THIS}
    assert not set(values) & made.named
    columns = [column.id for column in made.report.form.tables["applications"].columns.leaves if not column.total_of]
    assert sum(values[f"applications.new.{column}"] for column in columns) == 122
    assert sum(values[f"applications.carried_in.{column}"] for column in columns) == 11
    assert all(
        values[f"applications.carried_in.{column}"] == filled.values[f"applications.carried_out.{column}", PRIOR]
        for column in columns
    )


@pytest.mark.parametrize(
    ("code", "expect", "given", "level", "said"),
    [
        ("A001", "pass", {"新收.自然人": 3, "办理总计.自然人": 3, "新收.总计": 2}, "error", "no consistent report has"),
        ("A001", "pass", {"新收.商业企业": ""}, "error", "this passing example fails A011"),
        ("S001", "pass", {"sections": {"other_matters": "无。"}}, "error", "this passing example fails F001"),
        ("A001", "fail", {"without": ["disputes"], "新收": 3}, "info", "S001 also fail on this example"),
        ("A010", "fail", {"予以公开.自然人": 2.5}, "info", "A003[granted] fail too"),
    ],
)
def test_what_comes_of_an_example_is_told(
    code: str, expect: Expectation, given: dict[str, Any], level: str, said: str
) -> None:
    """Whether others fail, and whether there is such a report at all."""
    remarks = told(code, expect, given)

    assert [found for found, _text in remarks] == [level]
    assert said in remarks[0][1]


def test_the_rest_of_a_report_may_make_up_for_figures() -> None:
    """What alone would not balance is carried in from the year before."""
    assert told("A001", "pass", {"新收": 3, "办理总计": 4}) == []


def test_others_may_be_named_beforehand() -> None:
    """What the example says itself is no news."""
    assert told("A001", "pass", {"新收.商业企业": ""}, "A011") == []
    assert told("A001", "pass", {}, "A011") == [("warning", "A011 should fail on this example too, but do not")]
