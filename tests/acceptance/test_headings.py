"""Headings, titles and periods as offices write them: found where they can be told, and otherwise left alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.report import Report

FORM = form_by_id("zfxxgk-2021")
IDS = [section.id for section in FORM.sections]
PROSE = {
    "overview": "过去一年，本机关按照要求做好各项公开工作。",
    "disclosure": "主动公开的内容见栏目。",
    "applications": "申请的办理见下。",
    "disputes": "本年没有此类案件，情况正常。",
    "problems": "更新还不够及时，下一年补上。",
    "other_matters": "本年度未收取政府信息公开信息处理费。",
}
TITLE = "临江区2024年政府信息公开工作年度报告"
HEADINGS = {
    "overview": [
        "概述",
        "一、工作概述",
        "一、工作概况",
        "一、工作基本情况",
        "一、工作开展情况",
        "一、工作开展总体情况",
        "一、总体公开情况",
        "一、总体情况、",
        "一、 总体情况",
        "1、 总体情况",
        "1.总体情况",
        "一、2020年政府信息公开总体情况",
        "一、2024年度总体情况",
        "一、本年度政务信息总体公开情况",
        "总体情况",
        "一.总体情况",
        "一,总体情况",
        "、总体情况",
        "一、总体情况：",
    ],
    "disclosure": [
        "二、行政机关主动公开政府信息情况",
        "二、主动公开政府信息的情况",
        "二、主动公开政府政府情况",
        "一、主动公开政府信息情况",
        "主动公开政府信息情况",
        "二、主动公开情况",
        "二、2024年主动公开政府信息情况",
    ],
    "applications": [
        "三、依申请公开政府信息情况",
        "三、收到和处理政府信息公开总体情况",
        "三、政府信息依申请公开办理情况",
        ")依申请公开情况",
        "三、收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请情况",
    ],
    "disputes": [
        "四、政府信息公开行政复议和行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "四、行政复议行政诉讼",
        "四、政府信息公开行政复议行政诉讼情况",
        "四、行政复议",
        "四、政府信息公开行政法复议、行政诉讼情况",
        "四、行政复议、行政诉讼情况",
    ],
    "problems": [
        "五、存在问题及改进情况",
        "五、存在的问题及改进情况",
        "五、存在的主要问题及改进措施",
        "五、存在的主要问题及整改措施",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "五、当前存在的主要问题及下步改进措施",
    ],
    "other_matters": [
        "六、其它需要报告事项",
        "六、其他事项",
        "六、其它报告事项",
        "六、需要说明的其他事项与附表",
        "六、其他需要报告事项",
    ],
}


def read(*lines: str, page: bool = False) -> Report:
    """Read lines of text, or of a page."""
    text = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>" if page else "\n".join(lines)
    return extract(document_from_bytes(text.encode(), "case"))


def sections(**headings: str) -> list[str]:
    """Return the lines of a report in which some headings stand otherwise."""
    lines = [TITLE]
    for section in FORM.sections:
        lines += [headings.get(section.id, section.heading), PROSE[section.id]]
    return lines


def found(report: Report) -> dict[str, str]:
    """Return the prose of the sections found, by id."""
    return {section.id: section.text for section in report.sections}


@pytest.mark.parametrize("page", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(("section", "heading"), [(name, one) for name, ones in HEADINGS.items() for one in ones])
def test_a_heading_in_other_words_heads_its_section(section: str, heading: str, *, page: bool) -> None:
    """All six sections are found, each with its own prose, and the heading is told as printed."""
    report = read(*sections(**{section: heading}), page=page)

    assert found(report) == PROSE
    assert next(one.heading for one in report.sections if one.id == section).replace(" ", "") == heading.replace(
        " ", ""
    )
    assert [one.id for one in report.sections] == IDS


@pytest.mark.parametrize("gap", ["", " ", "：", "。", "　"], ids=["nothing", "space", "colon", "stop", "wide space"])
@pytest.mark.parametrize("section", IDS)
def test_prose_on_the_line_of_its_heading_is_prose(section: str, gap: str) -> None:
    """Whatever stands between a heading and its prose, and also where nothing does."""
    lines = sections()
    at = lines.index(PROSE[section])
    lines[at - 1 : at + 1] = [f"{lines[at - 1]}{gap}{PROSE[section]}"]

    assert {name: text.strip("：。　 ") for name, text in found(read(*lines)).items()} == {
        name: text.strip("。") for name, text in PROSE.items()
    }


def test_prose_may_follow_a_heading_with_another_number() -> None:
    """Where a sign parts them."""
    lines = sections(disclosure="一、主动公开政府信息情况：见栏目。")

    assert found(read(*lines))["disclosure"] == f"见栏目。\n{PROSE['disclosure']}"


def test_headings_behind_the_last_sentence_of_the_section_before() -> None:
    """A heading that is glued to the prose before it begins its section all the same."""
    lines = sections()
    glued = [TITLE, lines[1], *(f"{lines[n]}{lines[n + 1]}" for n in range(2, len(lines) - 1, 2)), lines[-1]]

    assert found(read(*glued)) == PROSE


TABLE = """<table><tr><td>项目</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>1</td><td>2</td><td>LAST</td></tr>MORE</table>"""


@pytest.mark.parametrize(
    ("last", "more"),
    [
        ("3<br/>三、收到和处理政府信息公开申请情况", ""),
        ("3 三、收到和处理政府信息公开申请情况", ""),
        ("3", "<tr><td colspan=4>三、收到和处理政府信息公开申请情况</td></tr>"),
    ],
    ids=["next line", "same line", "row of its own"],
)
def test_a_heading_at_the_end_of_a_table_heads_its_section(last: str, more: str) -> None:
    """It is no part of the last figure."""
    table = TABLE.replace("LAST", last).replace("MORE", more)
    lines = [f"<p>{line}</p>" for line in sections() if not line.startswith("三、")]
    lines.insert(lines.index(f"<p>{PROSE['disclosure']}</p>") + 1, table)

    report = extract(document_from_bytes(f"<html><body>{''.join(lines)}</body></html>".encode(), "case"))

    assert found(report) == PROSE
    assert report.cells["disclosure.regulations.in_force"].value == 3


def test_a_report_on_one_line_has_its_sections() -> None:
    """A whole report without a single break is parted at its headings."""
    assert found(read("".join(sections()))) == PROSE


def test_headings_that_are_spoken_of_are_none() -> None:
    """Words of headings inside a sentence, in quotes or in a list of parts, begin no section."""
    lines = sections()
    lines[2] += "全文包括总体情况、主动公开政府信息情况和其他需要报告的事项；详见“三、收到和处理政府信息公开申请情况”。"

    report = read(*lines)

    assert [one.id for one in report.sections] == IDS
    assert found(report)["overview"] == lines[2]


def test_a_list_of_contents_is_passed_over() -> None:
    """On lines of its own or on one line, before the text."""
    contents = [section.heading for section in FORM.sections]

    assert found(read(TITLE, *contents, *sections()[1:])) == PROSE
    assert found(read(TITLE, " ".join(contents), *sections()[1:])) == PROSE


def test_numbers_may_begin_again_inside_a_section() -> None:
    """Parts of a section that are numbered like sections, and two more sections, change none of the six."""
    lines = sections()
    at = lines.index(PROSE["problems"])
    lines[at:at] = ["一、存在的不足", "二、下一步打算"]
    lines.insert(lines.index(PROSE["disputes"]) + 1, "五、收费及减免情况")

    report = read(*lines)

    assert [one.id for one in report.sections] == IDS
    assert [one.text for one in report.extra_headings] == ["五、收费及减免情况", "一、存在的不足", "二、下一步打算"]


@pytest.mark.parametrize(
    "matter",
    [
        "图文解读链接：临江区2024年年报解读",
        "附件下载",
        "附件：临江区年报.docx",
        "扫描二维码查看",
        "相关链接",
        "【打印本页】",
        "上一篇：无",
        "主办：临江区人民政府办公室",
    ],
)
def test_what_a_page_has_behind_the_report_is_no_prose_of_it(matter: str) -> None:
    """Links, attachments and the like end the last section."""
    assert found(read(*sections(), matter, "更多内容"))["other_matters"] == PROSE["other_matters"]


@pytest.mark.parametrize(
    ("title", "issuer", "year"),
    [
        ("临江区2024年政府信息公开工作年度报告", "临江区", 2024),
        ("临江区2024年政府信息公开年度报告", "临江区", 2024),
        ("临江区2024年信息公开年度报告", "临江区", 2024),
        ("临江区2024年政府信息公开工作报告", "临江区", 2024),
        ("临江区2024年政府信息公开年报", "临江区", 2024),
        ("2024年度政府信息公开工作年度报告", None, 2024),
        ("2024年白石镇政府信息公开工作年度报告", "白石镇", 2024),
        ("2024年度白石镇人民政府政府信息公开工作年度报告", "白石镇人民政府", 2024),
        ("临江区水务局2025年度政府信息公开工作年度报告", "临江区水务局", 2025),
        ("临江区水务局关于2021年度政府信息公开工作的年度报告", "临江区水务局", 2021),
        ("关于2021年度政府信息公开工作的年度报告", None, 2021),
        ("临江区教育局2023年政府政务公开年报", "临江区教育局", 2023),
        ("临江区 2024 年 政府信息公开工作年度报告", "临江区", 2024),
        ("临江区202020年政府信息公开工作年度报告", None, None),
    ],
)
def test_titles(title: str, issuer: str | None, year: int | None) -> None:
    """Issuer and year are read from every kind of title; a year of six digits is none."""
    report = read(title, *sections()[1:])

    assert (report.issuer and report.issuer.name, report.year) == (issuer, year)


def test_a_title_over_lines_and_twice() -> None:
    """A title split over lines is put together; one printed again changes nothing."""
    split = read("临江区水务局", "2024年政府信息公开", "工作年度报告", *sections()[1:])
    twice = read(TITLE, TITLE, *sections()[1:])

    assert (split.issuer and split.issuer.name, split.year) == ("临江区水务局", 2024)
    assert (twice.issuer and twice.issuer.name, twice.year) == ("临江区", 2024)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("统计期限自2024年1月1日起至2024年12月31日止。", (2024, 1, 1), (2024, 12, 31)),
        ("所列数据的统计期限为2024年1月1日至12月31日。", (2024, 1, 1), (2024, 12, 31)),
        ("数据统计期限从2024年1月1日-12月31日止。", (2024, 1, 1), (2024, 12, 31)),
        ("统计时间：2024年1月1日到2024年12月31日。", (2024, 1, 1), (2024, 12, 31)),
        ("统计期限自2020年1月1日起至2020年12月31日止。", (2020, 1, 1), (2020, 12, 31)),
        ("统计期限自2024年1月1日起至2024年12月30日止。", (2024, 1, 1), (2024, 12, 30)),
        ("统计期限自2024 年 1 月 1 日起至 2024 年 12 月 31 日止。", (2024, 1, 1), (2024, 12, 31)),
    ],
)
def test_periods_are_read_as_they_stand(sentence: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    """Also those of another year, or that end a day too soon: that is for rules to say."""
    report = read(TITLE, "本报告" + sentence, *sections()[1:])

    assert report.period == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限自20191月1日起至2019年12月31日止。",
        "统计期限自20251月1日起至12月31日止。",
        "统计期限自202111日至20211231日。",
        "统计期限自202020年1月1日起至202020年12月31日止。",
        "统计期限截至2024年12月31日。",
        "统计期限自2024年2月30日起至2024年12月31日止。",
    ],
)
def test_a_period_that_lost_its_signs_is_not_guessed(sentence: str) -> None:
    """A period is known when both of its days are."""
    assert read(TITLE, "本报告" + sentence, *sections()[1:]).period is None
