"""The engine: which rules apply, what each says, and findings that can be told apart and found again."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.language.making import OLD, report, reports, rule

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.errors import SourceErrors
from nianbao.kinds import KINDS, RuleKinds
from nianbao.messages import Text
from nianbao.model.report import Cell
from nianbao.model.rule import Applies, Pack

if TYPE_CHECKING:
    from nianbao.model.finding import Finding
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule

ENGINE = Engine([builtin_pack()])


def engine(*rules: Rule, kinds: RuleKinds = KINDS) -> Engine:
    """Return an engine of these rules alone."""
    return Engine([Pack("mine", "1", Text(), (), rules)], kinds=kinds)


def told(judged: Report, code: str, outcome: str = "fail") -> list[Finding]:
    """Return the findings of one rule of the pack that ships, of one outcome."""
    return [one for one in ENGINE.judge(judged).findings if (one.rule, one.outcome) == (code, outcome)]


def test_a_consistent_report_has_no_error_and_no_warning() -> None:
    """42 equations hold, and 40 of the form of 2019; what needs last year's report is undecided, not passed."""
    problems = "公开内容的更新还不够及时，个别答复不够规范。下一年将按月核对栏目。"
    fee = {
        "sections": {"other_matters": "本年度未收取信息处理费。", "problems": problems, "overview": "考核公开工作。"}
    }
    for given, count in ((fee, 42), ({**fee, "form": "zfxxgk-2019", "年度": 2020}, 40)):
        judgement = ENGINE.judge(report(given))
        assert judgement.equations == (count, count)
        assert [one.rule for one in judgement.findings if one.outcome == "fail" and one.severity != "info"] == []
        assert judgement.crashes == ()


def test_a_wrong_cell_fails_its_column_and_its_row() -> None:
    """The finding has both sides, the difference, every cell that takes part, and texts in both languages."""
    judged = report(
        {"予以公开.自然人": 84, "予以公开.总计": 48, "办理总计.自然人": 48, "办理总计.总计": 48}, "applications"
    )
    (column,) = told(judged, "A002")
    assert (column.left, column.right, column.difference) == (48, 84, -36)
    assert len(column.cells) == 1 + 21
    assert all(part in column.message for part in ("自然人", "48", "84", "36"))
    assert all(part in column.texts.en for part in ("48", "84", "36"))
    assert [one.severity for one in told(judged, "A003")] == ["error"]


def test_last_years_report_missing_is_said_once_for_each_rule() -> None:
    """The reason given is repeated in one finding a rule, not in one for each equation."""
    reason = Text("没有给出 2023 年的报告", "no report on 2023 was given")
    missing = [one for one in ENGINE.judge(report({}), prior_reason=reason).findings if one.outcome == "undecided"]
    assert [one.rule for one in missing] == ["Y001", "Y002"]
    assert {one.reason for one in missing} == {reason}


def test_last_years_report_is_compared_where_its_form_allows() -> None:
    """What is carried in compares across forms; the stock of documents only within the newer one."""
    both = reports({"年度": 2021, "上年结转": 3, "去年": {"结转下年": 2}}, "applications")
    assert both.prior is not None
    old = report({"form": "zfxxgk-2019", "年度": 2020, "结转下年": 2}, "applications")._replace(form=OLD)
    for prior, stock in ((both.prior, "pass"), (old, "not-applicable")):
        judgement = ENGINE.judge(both.report, prior)
        assert [one.rule for one in judgement.findings if one.outcome == "fail" and one.rule[0] == "Y"] == ["Y001"]
        only = Engine([builtin_pack()], {"Y002"}).judge(both.report, prior)
        assert set(only.counts) == {stock}


def test_a_group_that_stands_as_one_row_takes_part_in_every_equation() -> None:
    """The report gives one row in place of three: sums hold with it, and fail without its figure."""
    cells = {
        "其他处理.自然人": 4,
        "其他处理.总计": 4,
        "办理总计.自然人": 4,
        "办理总计.总计": 4,
        "新收.自然人": 4,
        "新收.总计": 4,
    }
    judgement = ENGINE.judge(report(cells, "applications"))
    assert judgement.equations == (40, 40)
    wrong = report({**cells, "其他处理.自然人": 5}, "applications")
    assert [one.rule for one in ENGINE.judge(wrong).findings if one.outcome == "fail" and one.rule[0] == "A"] == [
        "A002",
        "A003",
    ]


def test_a_failure_that_rests_on_a_blank_says_so() -> None:
    """The note goes with the message, in both languages."""
    (found,) = told(report({"新收.自然人": 3, "上年结转.自然人": "", "办理总计.自然人": 2}, "applications"), "A001")
    assert "按 0 计算" in found.message
    assert "count as 0" in found.texts.en


def test_a_blank_total_of_something_is_undecided_and_never_a_pass() -> None:
    """It is said once for each rule, with the cells that take part, and counted."""
    judged = report({"新收.自然人": 3, "新收.总计": "", "予以公开.自然人": 3, "予以公开.总计": ""}, "applications")
    (row,) = told(judged, "A003", "undecided")
    assert {"applications.new.total", "applications.granted.total"} <= {one.cell.key for one in row.cells}
    assert told(judged, "A003") == []


def test_words_in_a_cell_leave_its_equations_undecided_and_fail_its_own_rule() -> None:
    """What is not a number is named; no sum is made with it."""
    judged = report({"新收.自然人": "3件", "新收.总计": 3, "办理总计.总计": 3}, "applications")
    assert len(told(judged, "A010")) == 1
    assert told(judged, "A001", "undecided")
    assert told(judged, "A003", "undecided")


def test_a_rule_that_crashes_is_named_and_the_others_run() -> None:
    """Whatever goes wrong inside one rule stays there."""

    def broken(subject: Any) -> Any:
        raise ZeroDivisionError("oops")

    good, bad = rule("condition", "年度 = 1", code="Z002"), rule("section", "present", code="Z001")
    kind = KINDS["section"]
    compiled = kind.compile(bad, report({}).form)
    broken_kind = kind._replace(compile=lambda *_: compiled._replace(check=broken))
    judgement = engine(bad, good, kinds=RuleKinds({**KINDS, "section": broken_kind})).judge(report({}))
    assert [(crash.rule.code, crash.error.get("en")) for crash in judgement.crashes] == [
        ("Z001", "ZeroDivisionError: oops")
    ]
    assert [one.rule for one in judgement.findings] == ["Z002"]


def test_two_rules_with_one_code_are_refused_with_both_places() -> None:
    """Otherwise one of them would silently not run."""
    first = rule("condition", "年度 = 1")
    with pytest.raises(SourceErrors, match=r"code Z001 is taken: rules\.yaml:1"):
        engine(first, rule("condition", "年度 = 2"))


def test_fingerprints_are_of_rule_report_and_place_alone() -> None:
    """They stay when values and lines change, and tell columns, years and repeated sections apart."""

    def prints(given: dict[str, Any]) -> list[str]:
        return [one.fingerprint for one in told(report(given, "applications"), "A001")]

    one, other = {"新收.自然人": 3}, {"新收.自然人": 9, "新收.商业企业": 0}
    assert prints(one) == prints(other)
    assert set(prints(one)).isdisjoint(prints({"新收.商业企业": 3}))
    assert set(prints(one)).isdisjoint(prints({**one, "年度": 2023}))
    made = report({"headings": {"problems": "存在问题"}})
    twice = made._replace(sections=(*made.sections, made.sections[4]))
    found = [finding.fingerprint for finding in ENGINE.judge(twice).findings]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("applies", "given", "runs"),
    [
        (Applies(forms=("zfxxgk-2019",)), {}, False),
        (Applies(forms=("zfxxgk-2021",)), {}, True),
        (Applies(issuers=("department",)), {}, False),
        (Applies(issuers=("government", "township")), {}, True),
    ],
)
def test_a_rule_runs_on_the_reports_it_is_for(applies: Applies, given: dict[str, Any], *, runs: bool) -> None:
    """A rule that is not for a report is counted as such, and finds nothing."""
    judgement = engine(rule("condition", "年度 = 1", applies=applies)).judge(report(given))
    assert judgement.counts == {"fail" if runs else "not-applicable": 1}


def test_findings_stand_in_order_of_outcome_severity_and_place() -> None:
    """Failures first, errors before warnings before notes, then as they stand in the report."""
    judged = report({"新收.自然人": 1, "予以公开.科研机构": "", "headings": {"problems": "x"}}, "applications")
    found = [(one.outcome, one.severity, one.location.line or 0) for one in ENGINE.judge(judged).findings]
    order = {"fail": 0, "undecided": 1, "pass": 2}
    rank = {"error": 0, "warning": 1, "info": 2}
    assert [(order[a], rank[b]) for a, b, _ in found] == sorted((order[a], rank[b]) for a, b, _ in found)


def test_evidence_found_is_a_finding_that_passes() -> None:
    """The sentence that satisfies a rule is quoted."""
    (found,) = told(report({"sections": {"other_matters": "甲。本年度未收取信息处理费。"}}), "F001", "pass")
    assert "本年度未收取信息处理费" in found.message


def test_rules_are_not_kept_ready_for_every_report_there_ever_was() -> None:
    """Reports that each bring a form of their own leave nothing behind but the last of them."""
    running = engine(rule("equation", "新收[自然人] = 办理总计[自然人]", within="applications"))
    forms = []
    for _ in range(200):
        form = replace(OLD)
        forms.append(weakref.ref(form))
        assert running.judge(report({"form": OLD.id, "年度": 2020})._replace(form=form)).counts == {"pass": 1}
    del form
    gc.collect()

    assert sum(form() is not None for form in forms) < 100


def test_sums_are_exact() -> None:
    """Amounts of any length are added without rounding."""
    long = "0." + "0" * 60 + "1"
    made = report({})
    cells = {**made.cells, "disclosure.fees.amount": Cell("disclosure.fees.amount", Decimal(long), "number", long)}
    source = rule("inequality", "收费 + 1 > 1", within="disclosure")
    assert engine(source).judge(made._replace(cells=cells)).counts == {"pass": 1}
