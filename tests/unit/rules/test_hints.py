"""Hints on figures that add up: each is found alone, speaks of nothing else, and is silent where it cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from collections.abc import Mapping

PACK = builtin_pack()
ENGINE = Engine([PACK])
NAMES = next(rule for rule in PACK.rules if rule.code == "S007")  # of no table: names are looked up in all


def found(given: Mapping[str, Any]) -> list[str]:
    """Return the rules that fail on the report of an example."""
    made = build(given, NAMES, forms=builtin_forms(), base=PACK.base)
    judged = ENGINE.judge(made.report, made.prior)
    return sorted({one.rule for one in judged.findings if one.outcome == "fail"})


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({}, []),
        ({"收费.金额": 20906000}, ["D008"]),
        ({"blank": ["复议.总计"]}, ["L011"]),
        ({"复议后起诉.维持": "/"}, ["L011"]),
        ({"收费.金额": 12.345678}, ["D005"]),
        ({"去年": {"许可.决定": 60}}, ["D012"]),
    ],
)
def test_what_is_put_into_a_clean_report_alone_is_found_alone(given: Mapping[str, Any], rules: list[str]) -> None:
    """A clean report has no finding; with one thing changed it has that."""
    assert found(given) == rules


@pytest.mark.parametrize(
    ("issuer", "kind", "told"),
    [
        ("云岭市人民政府", "政府", False),
        ("临江自治区人民政府", "政府", False),
        ("国家林业局", "部门", False),
        ("临江区人民政府", "政府", True),
        ("青柳县水务局", "部门", True),
    ],
)
def test_regulations_are_asked_about_where_the_name_says_that_there_can_be_none(
    issuer: str, kind: str, *, told: bool
) -> None:
    """A city may be of either level, and organs of the state and of regions make regulations."""
    given = {"发布机关": issuer, "机关类别": kind, "规章.制发": 1, "规章.有效": 4}
    assert ("D006" in found(given)) is told


def test_hints_against_last_year_are_silent_without_it() -> None:
    """The two rules on what is carried on say that there is no report of last year, and no hint repeats it."""
    made = build({}, NAMES, forms=builtin_forms(), base=PACK.base)
    undecided = {one.rule for one in ENGINE.judge(made.report).findings if one.outcome == "undecided"}
    assert undecided == {"Y001", "Y002"}
