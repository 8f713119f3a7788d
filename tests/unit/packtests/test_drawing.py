"""Reports drawn from a seed: consistent, varied, and the same again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.model.rule import DateSpan
from nianbao.packtests.cases import base_of, cases_of, forms_of
from nianbao.packtests.generation import Drawn, draw

PACK = builtin_pack()
ENGINE = Engine([PACK])
CASES = {form.id: cases_of(form, ENGINE.rules, base=base_of([PACK]))[0] for form in builtin_forms()}


def drawn(form_id: str, seed: int) -> Drawn:
    """Draw a report that there is."""
    made = draw(CASES[form_id], seed)
    assert isinstance(made, Drawn)
    return made


@pytest.mark.parametrize("form_id", CASES)
@given(seed=st.integers(0, 10**9))
def test_all_equations_hold_with_those_of_the_year_before(form_id: str, seed: int) -> None:
    """The engine itself finds nothing but hints, and has judged all there is."""
    made = drawn(form_id, seed)

    judgement = ENGINE.judge(made.report, made.prior)

    assert [one.rule for one in judgement.findings if one.outcome != "pass" and one.severity != "info"] == []
    assert judgement.counts["undecided"] == 0
    assert judgement.equations[0] == judgement.equations[1] >= 47
    assert made.prior.year == (made.report.year or 0) - 1


def test_figures_are_sparse_and_dense_small_and_large() -> None:
    """Among fifty reports there are nearly empty and nearly full ones, figures of four digits, and decimals."""
    cells = [[cell.value or 0 for cell in drawn("zfxxgk-2021", seed).report.cells.values()] for seed in range(50)]
    filled = sorted(sum(bool(value) for value in values) for values in cells)

    assert filled[0] < 30
    assert filled[-1] > 180
    assert any(isinstance(value, Decimal) for values in cells for value in values)
    assert any(1000 <= value < 10_000 for values in cells for value in values)


def test_a_seed_gives_the_same_report_again() -> None:
    """So a report that a rule failed on can be drawn once more."""
    assert drawn("zfxxgk-2021", 5).report.cells == drawn("zfxxgk-2021", 5).report.cells
    assert drawn("zfxxgk-2021", 5).report.cells != drawn("zfxxgk-2021", 6).report.cells


def test_rules_for_some_issuers_make_cases_of_their_own() -> None:
    """A rule for townships splits the reports into those it is for and others."""
    rule = next(rule for rule in PACK.rules if rule.code == "A001")
    township = rule._replace(code="T001", applies=rule.applies._replace(issuers=("township",)))

    cases = cases_of(builtin_forms()[0], [rule, township], base={})

    issuers = {tuple(one.code for one in case.rules): {c.issuer for c in case.contexts} for case in cases}
    assert issuers == {("A001",): {"government", "department", "other"}, ("A001", "T001"): {"township"}}


def test_rules_for_some_years_make_cases_of_their_own() -> None:
    """A rule from a later year on is tried on reports from that year on."""
    rule = next(rule for rule in PACK.rules if rule.code == "A001")
    later = rule._replace(code="T001", span=DateSpan(dt.date(2030, 1, 1)))

    cases = cases_of(builtin_forms()[0], [rule, later], base={})

    assert {c.year for case in cases for c in case.contexts if len(case.rules) == 2} == {2030}


def test_forms_are_those_that_rules_speak_of() -> None:
    """By their names, or because the rules fit them."""
    assert forms_of(PACK.rules, builtin_forms()) == builtin_forms()
    only = [rule for rule in PACK.rules if rule.code == "Y002"]
    assert [form.id for form in forms_of(only, builtin_forms())] == ["zfxxgk-2021"]


def test_figures_of_other_organs_bind_no_report() -> None:
    """Reports are drawn without those of the organs below."""
    rule = next(rule for rule in PACK.rules if rule.code == "A001")
    rollup = rule._replace(code="T001", kind="rollup", options={"rollup": "新收 = 下级.新收", "within": "applications"})

    (case,) = cases_of(builtin_forms()[0], [rule, rollup], base={})
    assert {row.rule.code for row in case.rows if row.rule is not None} == {"A001"}
