"""Each kind of rule: what it says of a report, and what it can be asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.language.making import NEW, reports, rule

from nianbao.kinds import KINDS, RuleContext, RuleKinds
from nianbao.language.mistakes import Mistake
from nianbao.model.report import Section

APPLICATIONS, DISCLOSURE = {"within": "applications"}, {"within": "disclosure"}
FEE = {"sections": ["other_matters"], "patterns": ["费"]}

Said = list[tuple[str, str, str]]


def say(kind: str, option: Any, given: dict[str, Any], **options: Any) -> Said:
    """Return outcome, variant and subject of everything but plain passes that a rule says of an example's report."""
    made = reports(given, options.get("within"))
    compiled = KINDS[kind].compile(rule(kind, option, **options), made.report.form)
    said = compiled.check(RuleContext.of(made.report, made.prior))
    return [(one.outcome, one.variant, one.subject) for one in said if one.outcome != "pass" or one.variant]


@pytest.mark.parametrize(
    ("kind", "option", "options", "given", "said"),
    [
        ("equation", "新收 = 办理总计", APPLICATIONS, {"新收": 1, "办理总计": 1}, []),
        ("equation", "新收 = 办理总计", APPLICATIONS, {"新收": 1}, [("fail", "", "applications.new.total")]),
        ("inequality", "有效 ≥ 制发", DISCLOSURE, {"规章.有效": 2, "规章.制发": 2}, []),
        (
            "inequality",
            "有效 ≥ 制发",
            DISCLOSURE,
            {"规章.制发": 2},
            [("fail", "", "disclosure.regulations.in_force")],
        ),
        ("continuity", "上年结转 = 去年.结转下年", APPLICATIONS, {"上年结转": 4, "去年": {"结转下年": 4}}, []),
        (
            "continuity",
            "上年结转 = 去年.结转下年",
            APPLICATIONS,
            {"上年结转": 4, "去年": {"结转下年": 5}},
            [("fail", "", "applications.carried_in.total")],
        ),
        ("condition", "年度 = 2024", {}, {"年度": 2024}, []),
        ("condition", "年度 = 2024", {}, {"年度": 2023}, [("fail", "", "")]),
        ("cell-state", "by-form", APPLICATIONS, {"新收": "", "上年结转": "/"}, []),
        ("cell-state", "by-form", APPLICATIONS, {"新收": -1}, [("fail", "negative", "applications.new.total")]),
        ("cell-state", "by-form", APPLICATIONS, {"新收": 1.5}, [("fail", "fraction", "applications.new.total")]),
        ("cell-state", "by-form", APPLICATIONS, {"新收": "1件"}, [("fail", "text", "applications.new.total")]),
        ("cell-state", "by-form", DISCLOSURE, {"收费": 1.25}, []),
        ("cell-state", "by-form", DISCLOSURE, {"收费": -1.25}, [("fail", "negative", "disclosure.fees.amount")]),
        ("cell-state", "by-form", DISCLOSURE, {"form": "zfxxgk-2019", "许可.增减": -8}, []),
        ("cell-state", "filled", {}, {}, []),
        ("cell-state", "filled", APPLICATIONS, {"新收": "", "上年结转": "/"}, [("fail", "", "applications")]),
        ("section", "present", {}, {}, []),
        ("section", "present", {}, {"without": ["problems"]}, [("fail", "", "problems")]),
        ("section", "official-heading", {}, {"headings": {"overview": "一 、总体情况："}}, []),
        ("section", "official-heading", {}, {"headings": {"overview": "总体情况"}}, [("fail", "", "overview")]),
        ("section", "in-order", {}, {"without": ["disputes"]}, []),
        ("disclosure", FEE, {}, {"sections": {"other_matters": "甲。未收费。"}}, [("pass", "pass", "")]),
        ("disclosure", FEE, {}, {"sections": {"overview": "未收费。"}}, [("fail", "elsewhere", "")]),
        ("disclosure", FEE, {}, {"sections": {"other_matters": "无。"}}, [("fail", "", "")]),
        ("disclosure", FEE, {}, {"without": ["other_matters"]}, [("fail", "", "")]),
    ],
)
def test_a_kind_says_what_is_so(
    kind: str, option: Any, options: dict[str, Any], given: dict[str, Any], said: Said
) -> None:
    """Each kind fails on what it is for, on the subject that is wrong, and on nothing else."""
    assert say(kind, option, given, **options) == said


@pytest.mark.parametrize(
    ("kind", "option", "options", "path"),
    [
        ("equation", "新收 ≥ 1", APPLICATIONS, ("equation",)),
        ("inequality", "新收 = 1", APPLICATIONS, ("inequality",)),
        ("equation", "新收 = 无此行", APPLICATIONS, ("equation",)),
        ("equation", "新收 = 1", {"within": "表九"}, ("within",)),
        ("cell-state", "filled", {"within": "表九"}, ("within",)),
        ("condition", "年份 = 1", {}, ("condition",)),
        ("disclosure", {"sections": ["others"], "patterns": ["费"]}, {}, ("disclosure", "sections", 0)),
        ("disclosure", {"sections": ["overview"], "patterns": ["费", "("]}, {}, ("disclosure", "patterns", 1)),
    ],
)
def test_options_that_mean_nothing_are_refused_at_their_place(
    kind: str, option: Any, options: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    """A rule that cannot work is refused when it is compiled, with the option that is wrong."""
    with pytest.raises(Mistake) as caught:
        KINDS[kind].compile(rule(kind, option, **options), NEW)
    assert caught.value.path == path


def test_continuity_without_last_year_is_undecided_for_each_of_its_equations() -> None:
    """No report of the year before is no pass; the reason given is passed on."""
    compiled = KINDS["continuity"].compile(rule("continuity", "上年结转 = 去年.结转下年", within="applications"), NEW)
    said = list(compiled.check(RuleContext.of(reports({}).report)))
    assert [one.outcome for one in said] == ["undecided"] * 7
    assert len({one.reason for one in said}) == 1


def test_a_section_behind_a_later_one_is_out_of_order() -> None:
    """The one that stands too late is named, with the one it should stand before."""
    order = ["applications", "overview", "disclosure", "disputes", "problems", "other_matters"]
    assert say("section", "in-order", {"order": order}) == [("fail", "", "overview"), ("fail", "", "disclosure")]


def test_a_statement_is_found_across_width_and_white_space_and_quoted_as_it_stands() -> None:
    """Sentences are matched in half-width signs without white space; the quotation is the source's own words."""
    made = reports({"sections": {"other_matters": "其一。收取 ３８０ 元费用；其二。"}}).report
    option = {"sections": ["other_matters"], "patterns": ["收取380元费用"]}
    compiled = KINDS["disclosure"].compile(rule("disclosure", option), NEW)
    (said,) = compiled.check(RuleContext.of(made))
    assert said.arguments["quote"] == "收取 ３８０ 元费用"


@pytest.mark.parametrize(
    ("kind", "option", "options", "given"),
    [
        ("equation", "新收 = 办理总计", APPLICATIONS, {"新收": 1}),
        ("condition", "年度 = 1", {}, {}),
        ("cell-state", "by-form", APPLICATIONS, {"新收": -1, "上年结转": "x", "结转下年": 0.5}),
        ("cell-state", "filled", APPLICATIONS, {"新收": ""}),
        ("section", "present", {}, {"without": ["overview"]}),
        ("section", "official-heading", {}, {"headings": {"overview": "总体"}}),
        ("section", "in-order", {}, {"order": ["disputes", "overview"]}),
        ("disclosure", FEE, {}, {"sections": {"other_matters": "费"}}),
        ("disclosure", FEE, {}, {"sections": {"overview": "费"}}),
        ("disclosure", FEE, {}, {}),
    ],
)
def test_every_outcome_fills_the_places_that_its_variant_promises(
    kind: str, option: Any, options: dict[str, Any], given: dict[str, Any]
) -> None:
    """What messages may speak of is there in each failure and each piece of evidence."""
    made = reports(given, options.get("within")).report
    compiled = KINDS[kind].compile(rule(kind, option, **options), made.form)
    told = [one for one in compiled.check(RuleContext.of(made)) if one.outcome == "fail" or one.variant]
    assert told
    for one in told:
        assert one.arguments.keys() >= compiled.places[one.variant]
        assert one.arguments.keys() >= compiled.places[""]


def test_a_report_with_a_section_twice_names_both_headings() -> None:
    """Headings are looked at one by one, also where a section stands twice."""
    made = reports({}).report
    twice = made._replace(sections=(*made.sections, Section("overview", "七、再说", ())))
    compiled = KINDS["section"].compile(rule("section", "official-heading"), NEW)
    assert [one.outcome for one in compiled.check(RuleContext.of(twice))].count("fail") == 1


class TestCompiledOnce:
    """What a rule is compiled to is kept for all forms of equal content."""

    def test_equal_forms_share_what_is_compiled(self) -> None:
        """And others, or other groups that stand as one row, do not."""
        kinds, judged = RuleKinds(KINDS), rule("equation", "新收 = 办理总计", **APPLICATIONS)
        same = replace(NEW)

        first = kinds.compile(judged, NEW)

        assert same is not NEW
        assert kinds.compile(judged, same) is first
        assert kinds.compile(judged, NEW.with_merged(frozenset({"applications.other"}))) is not first
        assert kinds.compile(judged, replace(NEW, id="another")) is not first
        assert kinds.compile(judged._replace(), NEW) is not first

    def test_a_mistake_is_kept_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rule that does not fit a form is compiled once, and refused each time."""
        kinds, judged = RuleKinds(KINDS), rule("equation", "旧收 = 办理总计", **APPLICATIONS)
        with pytest.raises(Mistake) as first:
            kinds.compile(judged, NEW)
        monkeypatch.setattr(kinds, "_by_name", {})

        with pytest.raises(Mistake) as second:
            kinds.compile(judged, NEW)

        assert second.value is not first.value
        assert (second.value.reason, second.value.at) == (first.value.reason, first.value.at)

    def test_what_is_kept_has_a_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Reports may bring forms without end; what was kept first goes first."""
        monkeypatch.setattr("nianbao.kinds.kind._MAX_SHAPES", 2)
        kinds, judged = RuleKinds(KINDS), rule("equation", "新收 = 办理总计", **APPLICATIONS)
        forms = [replace(NEW, id=f"form-{number}") for number in range(3)]

        compiled = [kinds.compile(judged, form) for form in forms]

        assert kinds.compile(judged, forms[2]) is compiled[2]
        assert kinds.compile(judged, forms[0]) is not compiled[0]
