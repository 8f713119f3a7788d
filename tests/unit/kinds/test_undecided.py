"""Prose, dates and two years: what cannot be judged, what does not apply, and the evidence of what fails."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.language.making import reports, rule

import nianbao
from nianbao.kinds import KINDS, RuleContext
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.location import Location
from nianbao.model.report import Fact, Section

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report

CLAIM = {"patterns": ["收到[^,]{0,12}?申请[^,]{0,3}?(?P<value>)[余多]?件"], "equals": "新收.总计"}
CONTENT = {"sections": ["overview", "problems"], "min_length": 5}
FAR, COPIED = {"compare": "prior", "factor": 2}, {"compare": "prior", "repeated": 0.5}
SAME = {"sections": ["overview"], "min_length": 3}
TERM = {"substitute": {"甲": "乙"}}
LOW = {"confidence": "low"}
NEEDED: dict[str, tuple[Any, dict[str, Any]]] = {
    "outlier": (FAR, LOW),
    "similarity": (SAME, {}),
}


def judge(kind: str, option: Any, report: Report, prior: Report | None = None, **given: Any) -> list[Outcome]:
    """Return what a rule says of a report."""
    reason = given.pop("prior_reason", None)
    compiled = KINDS[kind].compile(rule(kind, option, **given), report.form)
    return list(compiled.check(RuleContext.of(report, prior, prior_reason=reason)))


def judged(kind: str, option: Any, given: dict[str, Any], **more: Any) -> list[str]:
    """Return the outcomes of a rule on an example's reports."""
    made = reports(given)
    return [one.outcome for one in judge(kind, option, made.report, made.prior, **more)]


def prose(text: str) -> dict[str, Any]:
    """Return an example whose overview says something."""
    return {"表三.新收": 122, "sections": {"overview": text}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收到申请约122件。", ["undecided"]),
        ("收到申请120余件。", ["undecided"]),
        ("收到申请近一百件。", ["undecided"]),
        ("收到申请100件左右。", ["undecided"]),
        ("收到申请几十件。", ["undecided"]),
        ("收到申请十百件。", ["undecided"]),
        ("收到申请122件。网上收到申请105件。", ["pass", "undecided"]),
        ("网上收到申请105件，收到申请122件。", ["undecided", "pass"]),
        ("收到申请105件，另收到申请17件。", ["fail", "fail"]),
        ("没有别的。", ["not-applicable"]),
        ("收到申请占12%件。", ["not-applicable"]),
    ],
)
def test_claims_that_cannot_be_judged(text: str, said: list[str]) -> None:
    """Approximations, and figures beside one that agrees, are undecided; each figure has its own outcome."""
    assert judged("claim", CLAIM, prose(text)) == said


@pytest.mark.parametrize("value", ["12件（含补正1件）", None])
def test_a_claim_about_a_cell_that_holds_no_number_is_undecided(value: str | None) -> None:
    """A cell with words, or one that was not read, decides nothing."""
    made = reports({"表三.新收": value or 0, "sections": {"overview": "收到申请122件。"}}).report
    if value is None:
        made = made._replace(
            cells={key: cell for key, cell in made.cells.items() if key != "applications.new.total"},
            unread={"applications.new.total": Text("这一格撕开了", "torn")},
        )
    (said,) = judge("claim", CLAIM, made)

    assert said.outcome == "undecided"
    assert said.reason is not None
    assert ("torn" if value is None else "12") in said.reason.en


def test_a_wrong_claim_shows_both_figures_the_sentence_and_the_cells() -> None:
    """The cells stand on the right side, the sentence is quoted around its figure, and its place is given."""
    made = reports({"表三.新收": 122}).report
    text = "本年度" + "认真做好各项工作，" * 30 + "共收到申请 1,205 件，均已答复" + "，并逐件归档" * 20
    place = Location(line=7)
    made = made._replace(sections=(Section("overview", "一", (Paragraph(text, place),)),))
    (said,) = judge("claim", CLAIM, made)

    assert (said.outcome, said.left, said.right, said.location) == ("fail", 1205, 122, place)
    assert said.subject == "applications.new.total"
    assert [(one.key, one.role) for one in said.cells] == [("applications.new.total", "right")]
    assert said.arguments["difference"] == 1083
    assert "收到申请 1,205 件" in str(said.arguments["quote"])
    assert len(str(said.arguments["quote"])) <= 80


def test_a_figure_cut_off_by_the_length_of_its_sentence_is_no_claim() -> None:
    """Sentences longer than can be read are taken in parts; a figure at the cut may be half of one."""
    text = "办" * 493 + "收到申请12" + "05件"
    option = {"patterns": ["收到申请(?P<value>)"], "equals": "新收.总计"}

    assert len("办" * 493 + "收到申请12") == 499
    assert judged("claim", option, prose("办" + text)) == ["not-applicable"]


def test_a_hostile_report_gets_a_bounded_number_of_findings() -> None:
    """A paragraph of nothing but claims and wrong words ends in a few hundred outcomes."""
    text = "收到申请5件甲。" * 5000

    assert len(judged("claim", CLAIM, prose(text))) == len(judged("term", TERM, prose(text))) == 200


@pytest.mark.parametrize(
    ("kind", "option"),
    [("content", CONTENT), ("claim", CLAIM), ("term", TERM)],
)
def test_prose_without_any_heading_is_undecided(kind: str, option: Any) -> None:
    """Where no section was recognised, nothing can be said of the prose."""
    said = judge(kind, option, reports({}).report._replace(sections=()))

    assert {one.outcome for one in said} == {"undecided"}


@pytest.mark.parametrize(
    ("kind", "option"),
    [
        ("content", {**CONTENT, "sections": ["overview"]}),
        ("claim", {**CLAIM, "sections": ["overview"]}),
        ("term", {**TERM, "sections": ["overview"]}),
    ],
)
def test_a_section_that_is_missing_is_another_rules_matter(kind: str, option: Any) -> None:
    """A rule on the prose of a section does not apply where there is no such section."""
    assert judged(kind, option, {"without": ["overview"]}) == ["not-applicable"]


def test_each_section_has_an_outcome_of_its_own() -> None:
    """One section may be too short while the other is not."""
    made = reports({"sections": {"overview": "写得很清楚。", "problems": "短。"}}).report
    said = judge("content", CONTENT, made)

    assert [(one.outcome, one.variant, one.subject) for one in said] == [
        ("pass", "", "overview"),
        ("fail", "short", "problems"),
    ]


def test_words_are_told_with_their_right_form_and_place() -> None:
    """Each use of a wrong word is an outcome; one inside its right form is none, nor is one inside another."""
    option = {"substitute": {"申请": "公开申请", "请示件": "请示"}, "forbidden": ["示件表"]}
    made = reports(prose("公开申请一。申请二，申 请三。请示件表。")).report
    said = judge("term", option, made)

    assert [(one.variant, one.arguments["wrong"], one.arguments["right"]) for one in said] == [
        ("", "申请", "公开申请"),
        ("", "申请", "公开申请"),
        ("", "请示件", "请示"),
    ]
    assert {one.subject for one in said} == {"overview:申请", "overview:请示件"}
    assert said[1].arguments["quote"] == "申请二，申 请三"


def test_a_report_published_late_says_how_late_and_where() -> None:
    """The date, its deadline and the days between are given, and the place of the date."""
    made = reports({"公布日期": "2025-04-03"}).report
    made = made._replace(facts={**made.facts, "published": Fact(None, "2025-04-03", Location(line=3))})
    (said,) = judge("deadline", {"day": "03-31"}, made)

    assert (said.outcome, said.location.line, said.arguments["days"]) == ("fail", 3, 3)
    assert (said.arguments["date"], said.arguments["deadline"]) == (dt.date(2025, 4, 3), dt.date(2025, 3, 31))


@pytest.mark.parametrize(
    ("year", "day", "last"),
    [(2023, "L-02", 29), (2024, "L-02", 28), (2023, "02-29", 29), (2024, "02-29", 28), (2024, "L-12", 31)],
)
def test_the_last_day_of_a_month_depends_on_the_year(year: int, day: str, last: int) -> None:
    """February has 28 or 29 days in the year after the report's."""
    made = reports({"年度": year, "公布日期": "2020-01-01"}).report
    (said,) = judge("deadline", {"day": day}, made)

    assert getattr(said.arguments["deadline"], "day", None) == last


def test_a_date_that_was_not_read_is_undecided() -> None:
    """Neither the date nor what its deadline rests on may be missing; the reasons differ."""
    made = reports({"公布日期": "2025-01-01"}).report
    cases = [
        (made._replace(published=None), {"day": "03-31"}),
        (made._replace(year=None), {"day": "03-31"}),
        (made._replace(period=None), {"days_after": 90}),
        (made._replace(period=None), {"fact": "period_end", "day": "L-12"}),
    ]
    said = [judge("deadline", option, report)[0] for report, option in cases]

    assert [one.outcome for one in said] == ["undecided"] * 4
    assert said[0].reason == said[3].reason != said[1].reason == said[2].reason


@pytest.mark.parametrize("kind", NEEDED)
def test_without_last_years_report_nothing_is_decided(kind: str) -> None:
    """The reason why there is none is passed on; without one, that there is none."""
    option, more = NEEDED[kind]
    why = Text("去年的报告读不出来", "unreadable")

    assert judged(kind, option, {}, **more) == ["undecided"]
    (said,) = judge(kind, option, reports({}).report, prior_reason=why, **more)
    assert said.reason == why


def test_figures_far_from_last_years_show_both_cells() -> None:
    """This year's cell and last year's are the evidence, told apart by year and source."""
    made = reports({"表三.新收": 100, "去年": {"表三.新收": 10}})
    (said,) = (one for one in judge("outlier", FAR, made.report, made.prior, **LOW) if one.outcome == "fail")

    assert [(one.value, one.year, one.role) for one in said.cells] == [(100, 2024, "left"), (10, 2023, "right")]
    assert (said.left, said.right) == (100, 10)
    assert said.cells[1].source is not None
    assert (said.subject, said.arguments["this"], said.arguments["before"]) == ("applications.new.total", 100, 10)


def test_a_copied_table_shows_the_figures_that_are_last_years() -> None:
    """The cells that stayed the same are the evidence, those that changed are not; how many of how many is said."""
    figures = {"维持": 4, "纠正": 2, "其他": 1, "未结": 3, "总计": 10}
    before = {f"表四.复议.{name}": value for name, value in figures.items()}
    made = reports({**before, "表四.复议.未结": 5, "表四.复议.总计": 12, "去年": before})
    (said,) = (one for one in judge("outlier", COPIED, made.report, made.prior, **LOW) if one.outcome == "fail")

    assert {one.key.rpartition(".")[2] for one in said.cells} == {"upheld", "corrected", "other"}
    assert (said.subject, said.arguments["count"], said.arguments["of"]) == ("disputes", 3, 5)


def test_tables_of_nothing_but_zeros_are_not_compared() -> None:
    """An empty table is like another without having been copied."""
    assert judged("outlier", FAR, {"去年": {}}, **LOW) == ["not-applicable"] * 3
    assert judged("outlier", COPIED, {"去年": {}}, **LOW) == ["not-applicable"] * 3


def test_text_that_only_changed_its_numbers_is_last_years() -> None:
    """Years and counts, in digits and numerals, do not make a text a new one; percent says how near it is."""
    made = reports(
        {
            "sections": {"overview": "2024年培训十二次，答复122件。"},
            "去年": {"sections": {"overview": "2023年培训9次，答复一百零五件。"}},
        }
    )
    (said,) = judge("similarity", SAME, made.report, made.prior)

    assert (said.outcome, said.arguments["percent"], said.subject) == ("fail", 100, "overview")


@pytest.mark.parametrize(
    ("pattern", "equals", "said"),
    [
        ("合计(?P<value>)件", "新收.总计", ["pass"]),
        ("(?:收到|快递)[^,]{0,10}?(?P<value>)件", "新收.总计", ["fail", "fail"]),
        ("(?:收到|快递|合计)[^,]{0,10}?(?P<value>)件", "新收.总计", ["undecided", "undecided", "pass"]),
        ("上年结转(?P<value>)件", "上年结转.总计", ["pass"]),
        ("回复(?P<value>)件", "办理总计.总计", ["pass"]),
        ("(?P<value>)件正在办理", "结转下年.总计", ["pass"]),
        ("复议(?P<value>)件", "复议.总计", ["pass"]),
        ("(?P<value>)件[^,]{0,4}复议决定", "复议.总计 − 复议.未结", ["pass"]),
        ("诉讼(?P<value>)件", "直接起诉.总计 + 复议后起诉.总计", ["pass"]),
    ],
)
def test_claims_of_a_real_report(pattern: str, equals: str, said: list[str], corpus: Path) -> None:
    """What a published report says of its own tables is found and agrees; parts of a sum are no errors beside it."""
    report = nianbao.read(corpus / "qindu-2024.txt")
    option = {"patterns": [pattern], "equals": equals, "sections": ["overview"]}

    assert sorted(one.outcome for one in judge("claim", option, report)) == sorted(said)


@given(number=st.integers(1, 10**6), style=st.sampled_from(["{}", "{:,}", "wide", "spaced", "numeral"]))
def test_a_figure_agrees_with_its_cell_and_no_other_however_it_is_written(number: int, style: str) -> None:
    """In digits of either width, with separators or in numerals, a figure is the whole of itself."""
    wide, digits = str.maketrans("0123456789,", "０１２３４５６７８９，"), "〇一二三四五六七八九"
    said = {
        "wide": f"{number:,}".translate(wide),
        "spaced": f"{number:,}".replace(",", " "),
        "numeral": "".join(digits[int(digit)] for digit in str(number)),
    }.get(style) or style.format(number)
    made = {"sections": {"overview": f"收到申请{said}件。"}}

    assert judged("claim", CLAIM, {**made, "表三.新收": number}) == ["pass"]
    assert judged("claim", CLAIM, {**made, "表三.新收": number + 1}) == ["fail"]
    assert judged("claim", CLAIM, {**made, "表三.新收": number % 1000 if number > 999 else 0}) == ["fail"]
