"""Periods in all their phrasings, the dates of a report, each as what it is, and the organ that a sentence names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.extraction.dated import find_file_date, find_period, find_signed
from nianbao.extraction.facts import find_facts
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Document, Paragraph
from nianbao.model.report import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORM = builtin_forms()[0]
NUMERALS = "〇一二三四五六七八九"
ANCHORS = ["统计期限", "统计时间", "本报告所列数据的统计期限", "本报告所列数据", "數據統計期限", "统计区间"]
JOINTS = [
    "自{}至{}。",
    "自{}起至{}止。",
    "自{}起，至{}止。",
    "自{}起、至{}止。",
    "为{}—{}。",
    "为{}～{}。",
    "：{}-{}",
    "从{}到{}止。",
    "为{} 至 {}，不含派出机构。",
]


def numeral(number: int) -> str:
    """Return a number below 100 as a numeral."""
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, NUMERALS[tens] + "十")
    return ten + (NUMERALS[ones] if ones or not tens else "")


WRITINGS: dict[str, Callable[[dt.date], str]] = {
    "年月日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "two digits": lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    "full width": lambda day: f"{day.year}年{day.month}月{day.day}日".translate(
        {ord("0") + digit: ord("０") + digit for digit in range(10)}
    ),
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
    "hyphens": lambda day: day.isoformat(),
    "numerals": lambda day: (
        "".join(NUMERALS[int(digit)] for digit in str(day.year)) + f"年{numeral(day.month)}月{numeral(day.day)}日"
    ),
    "first month": lambda day: f"{day.year}年{'元' if day.month == 1 else day.month}月{day.day}日",
}
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2029, 12, 31))


@settings(max_examples=150, deadline=None)
@given(DAYS, DAYS, st.sampled_from(ANCHORS), st.sampled_from(JOINTS), st.sampled_from(sorted(WRITINGS)))
def test_any_two_days_are_read_as_they_are_written(
    first: dt.date, last: dt.date, anchor: str, joint: str, writing: str
) -> None:
    """In every phrasing and every writing."""
    written = WRITINGS[writing]
    sentence = f"现公布年度报告。{anchor}{joint.format(written(first), written(last))}"

    found = find_period([Paragraph(sentence)], FORM)

    assert found is not None, sentence
    assert found.value == Period(first, last), sentence


@settings(max_examples=80, deadline=None)
@given(DAYS, DAYS, st.sampled_from(ANCHORS))
def test_a_year_that_stands_once_is_that_of_both_days(first: dt.date, last: dt.date, anchor: str) -> None:
    """If they are in order; else nothing is certain."""
    sentence = f"{anchor}自{first.year}年{first.month}月{first.day}日起至{last.month}月{last.day}日止。"
    if (last.month, last.day) == (2, 29):
        last = last.replace(day=28)
        sentence = sentence.replace("2月29日止", "2月28日止")

    found = find_period([Paragraph(sentence)], FORM)

    end = last.replace(year=first.year)
    assert (found.value if found else None) == (Period(first, end) if first <= end else None), sentence


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["云岭市临江区人民政府", "2025年1月20日"], "2025-01-20"),
        (["云岭市临江区住房和城乡建设局", "二〇二五年一月二十日"], "2025-01-20"),
        (["雲嶺市臨江區人民政府", "2025年1月20日"], "2025-01-20"),
        (["云岭市临江区人民政府 2025年1月20日"], "2025-01-20"),
        (["武山镇人民政府", "2025.1.20", "扫一扫在手机打开当前页", "打印本页"], "2025-01-20"),
        (["截至年底，共有：", "2025年1月20日"], None),
        (["云岭市临江区人民政府", "2025年1月20日起施行"], None),
        (["云岭市临江区人民政府", "2025年2月30日"], None),
    ],
)
def test_the_date_under_the_signature_is_its_own_fact(lines: list[str], day: str | None) -> None:
    """It stands near the end, below an organ's name; it is not that of publication."""
    paragraphs = [Paragraph(text) for text in ["标题", "一、总体情况", "全年公开信息三百条。", "六、其他事项", *lines]]
    found = find_signed(paragraphs, FORM)

    assert (found and str(found.value)) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("来源：区政府办公室　发布时间：2025-01-17 10:00　浏览次数：12", "2025-01-17"),
        ("2025-01-17 16:20　来源：本网", "2025-01-17"),
        ("[2025年1月17日] 浏览：12", "2025-01-17"),
        ("发布于2025/1/17", "2025-01-17"),
        ("公布时间：二〇二五年一月十七日", "2025-01-17"),
        ("發佈日期：2025年1月17日", "2025-01-17"),
        ("生成日期：2024-12-20", None),
        ("打印时间：2025-06-20", None),
        ("成文日期：2025-01-10", None),
        ("发文日期：2024-12-25", None),
        ("更新发布时间：2026-05-06", None),
        ("日期：2026-05-06 10:11 (访问时间)", None),
        ("首次发布：2025-01-17　更新发布：2025-06-03", "2025-01-17"),
        ("（2025年1月17日公布）", "2025-01-17"),
        ("公布日期：2025年4月1日起三日内", None),
        ("（四）平台建设。目录改版，公布日期：2025年12月28日。", None),
        ("本年度新版目录的公布日期：2025年12月28日。", None),
    ],
)
def test_the_head_of_a_page_says_when_it_was_published(line: str, day: str | None) -> None:
    """With a label or before the source; dates of other things are passed over."""
    facts = find_facts(Document("page", "text", "", (Paragraph("年报"), Paragraph(line), Paragraph("正文"))), FORM)

    assert (facts.published and str(facts.published)) == day


@pytest.mark.parametrize(
    ("line", "metadata", "published"),
    [
        ("发布日期：2025-01-17", "2024-12-30", "2025-01-17"),
        ("发布日期：2025-01-17", "2026-05-20", "2025-01-17"),
        ("", "2026-05-20", "2026-05-20"),
        ("发布日期：2025-01-17", "", "2025-01-17"),
    ],
)
def test_what_is_printed_comes_before_the_metadata_of_the_page(line: str, metadata: str, published: str) -> None:
    """A move or a template of the site changes these; they are a fact of their own."""
    page = Document("page", "html", "", (Paragraph("年报"), Paragraph(line)), metadata={"pubdate": metadata})
    facts = find_facts(page, FORM)

    assert str(facts.published) == published
    assert ("metadata_date" in facts.found) is bool(metadata)


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ({"created": "2025-01-17", "modified": "2025-06-17"}, "2025-06-17"),
        ({"created": "2025-01-17"}, "2025-01-17"),
        ({"modified": "2025-13-41", "created": "2025-01-17"}, "2025-01-17"),
        ({"pubdate": "2025-01-17"}, None),
        ({}, None),
    ],
)
def test_the_date_of_the_file_is_no_date_of_publication(metadata: Mapping[str, str], day: str | None) -> None:
    """It is the day on which it was saved last."""
    document = Document("file", "word", "", (Paragraph("年报"),), metadata=metadata)
    found = find_file_date(document)

    assert (found and str(found.value)) == day
    assert find_facts(document, FORM).found.get("file_date") == found


@pytest.mark.parametrize(
    ("sentence", "organ"),
    [
        ("根据《条例》的规定,现公布武山镇2024年政府信息公开工作年度报告。", "武山镇"),
        ("现将云岭市临江区卫生健康局2024年度政府信息公开工作年度报告公布如下。", "云岭市临江区卫生健康局"),
        ("本报告由云岭市临江区民政局编制。", "云岭市临江区民政局"),
        ("本年度报告由云岭市临江区教育局根据《条例》编制。", "云岭市临江区教育局"),
        ("本报告由本机关编制。", None),
        ("现将2024年政府信息公开工作年度报告公布如下。", None),
    ],
)
def test_a_sentence_names_the_organ_where_no_title_does(sentence: str, organ: str | None) -> None:
    """As it stands there."""
    facts = find_facts(Document("file", "text", "", (Paragraph(sentence),)), FORM)

    assert (facts.issuer and facts.issuer.name) == organ


def test_a_title_comes_before_a_sentence() -> None:
    """Whose office compiled it does not matter then."""
    lines = ("云岭市临江区2024年政府信息公开工作年度报告", "本报告由区政府办公室编制。")
    facts = find_facts(Document("file", "text", "", tuple(map(Paragraph, lines))), FORM)

    assert facts.issuer is not None
    assert facts.issuer.name == "云岭市临江区"
