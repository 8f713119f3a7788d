"""Which equations follow from others: told from few, and such that all of them follow from what remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.packtests.cases import cases_of
from nianbao.packtests.dependence import depend

if TYPE_CHECKING:
    from nianbao.model.proof import Dependence, Remark
    from nianbao.model.rule import Rule

FORM = builtin_forms()[0]
RULES = Engine([builtin_pack()]).rules


def asked(*rules: Rule) -> tuple[Dependence, tuple[Remark, ...]]:
    """Eliminate over the rules that ship and some more."""
    every = (*RULES, *rules)
    return depend(FORM, cases_of(FORM, every, base={}), codes={rule.code for rule in rules} or {r.code for r in RULES})


def equation(source: str, code: str = "Q001", within: str = "applications") -> Rule:
    """Return a rule with another equation."""
    first = next(rule for rule in RULES if rule.code == "A001")
    return first._replace(code=code, options={"equation": source, "within": within})


def test_two_of_the_equations_that_ship_follow_from_others() -> None:
    """A total of totals may be added up along the rows or along the columns."""
    found, remarks = asked()

    assert remarks == ()
    assert [(one.equation.zh, dict(one.from_rules)) for one in found.follows] == [
        ("A003[办理总计]", {"A001": 7, "A003": 3}),
        ("A003[结转下年]", {"A001": 7, "A002": 7, "A003": 23}),
    ]


@pytest.mark.parametrize(
    ("source", "sources"),
    [
        ("新收 = 办理总计 + 结转下年 − 上年结转", {"A001": 1}),
        ("新收 × 2 + 上年结转 × 2 = 办理总计 × 2 + 结转下年 × 2", {"A001": 1}),
        ("新收[总计] + 上年结转[总计] = 合计(办理结果[总计]) + 结转下年[总计]", {"A001": 1, "A002": 1}),
    ],
)
def test_an_equation_in_other_words_follows(source: str, sources: dict[str, int]) -> None:
    """It is told from which it follows."""
    found, remarks = asked(equation(source))

    assert remarks == ()
    assert dict(found.follows[0].from_rules) == sources
    assert found.follows[0].code == "Q001"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("新收[总计] + 上年结转[总计] = 办理总计[总计] + 结转下年[总计] + 1", "Q001 contradicts A001[total]:"),
        ("新收[总计] = 新收[总计] + 1", "Q001 never holds"),
    ],
)
def test_a_contradiction_is_told_with_few_rows(source: str, said: str) -> None:
    """At the line of the rule that cannot hold with the others."""
    _found, (remark,) = asked(equation(source))

    assert said in remark.text.en
    assert (remark.level, remark.code) == ("error", "Q001")
    assert remark.line
