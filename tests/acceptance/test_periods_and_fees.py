"""What the prose says of period, fee and dates: each phrasing is read as what it says, or is no statement."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.extraction.dated import find_period
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Paragraph
from nianbao.packtests.examples import base_report
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.form import Form
    from nianbao.model.report import Report

DATA = Path(__file__).resolve().parents[1] / "data"
FORM = next(form for form in builtin_forms() if form.id == "zfxxgk-2021")
TODAY = {"today": "2026-06-30"}
FEES = Engine([builtin_pack()], {"F001"})
DATES = Engine([builtin_pack()], {"P003", "P004", "P005", "P006", "P007"}, settings=TODAY)
SAYS = {"yes": {"pass": 1}, "no": {"fail": 1}, "ask": {"undecided": 1}}


def lines(name: str) -> list[list[str]]:
    """Return the fields of a data file, without its remarks."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.id)
@pytest.mark.parametrize(("sentence", "first", "last"), lines("periods.tsv"))
def test_a_sentence_states_its_period_or_none(form: Form, sentence: str, first: str, last: str) -> None:
    """As it stands there."""
    found = find_period([Paragraph(sentence)], form)

    assert ([str(day) for day in found.value] if found else ["-", "-"]) == [first, last]  # type: ignore[attr-defined]


def fee_counts(section_six: str) -> dict[str, int]:
    """Return what is said of the fee where section six says that; a bar stands for a line break."""
    report = base_report(FORM, 2024, base={})
    paragraphs = tuple(map(Paragraph, section_six.split("|")))
    sections = tuple(
        section._replace(paragraphs=paragraphs) if section.id == "other_matters" else section
        for section in report.sections
    )
    return dict(FEES.judge(report._replace(sections=sections)).counts)


@pytest.mark.parametrize(("said", "sentence"), lines("fee-statements.tsv"))
def test_a_fee_statement_is_told_from_what_is_none(said: str, sentence: str) -> None:
    """A mention, a heading, an instruction, a placeholder and the name of the rules state nothing."""
    assert fee_counts(sentence) == SAYS[said]


@pytest.mark.parametrize(
    ("head", "counts"),
    [("收费通知 | 信息处理费金额", SAYS["ask"]), ("发文字号 | 题名", SAYS["no"])],
)
def test_a_table_in_section_six_may_say_what_was_charged(repo: Path, head: str, counts: dict[str, int]) -> None:
    """It is not read, so that nothing is said to be missing if it speaks of fees."""
    text = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8")
    body = text[: text.index("六、其他")]
    table = f"六、其他需要报告的事项\n\n有关情况如下：\n{head}\n2 | 200\n3 | 300\n"

    report = extract(document_from_bytes((body + table).encode(), "report.txt"))

    assert dict(FEES.judge(report).counts) == counts


FEE = st.sampled_from(["信息处理费", "政府信息公开信息处理费", "信息公开处理费"])
WHEN = st.sampled_from(["2024年，", "本年度", "全年", "2024年度全区各单位", ""])
NONE = st.sampled_from(
    ["未收取{}。", "没有产生{}。", "未发生收取{}的情况。", "无{}收取情况。", "不存在收取{}情况。", "{}收取情况：无。"]
)
AMOUNT = st.sampled_from(["收取{}{}元。", "实际收取{}共计{}元。", "对3件申请收取了{}{}元。", "{}收取金额为{}元。"])
FIGURE = st.one_of(st.integers(0, 99_999).map(str), st.sampled_from(["1,300", "三百八十", "0.04万", "２０００"]))
NOTHING = st.sampled_from(
    [
        "收取{}情况",
        "严格执行{}管理办法。",
        "按照要求，应当报告{}收取情况。",
        "收取{}____元。",
        "收取{}情况：××。",
        "收取{}XX元。",
        "请在此处填写{}收取情况。",
        "未收取{}的，应写明“未收取”。",
        "认真学习《政府信息公开{}管理办法》，无其他需要报告的事项。",
        "规范{}收取行为，完善{}制度。",
        "未收到关于{}的投诉。",
        "{}标准为100元/件。",
    ]
)


@settings(max_examples=60, deadline=None)
@given(WHEN, NONE, FEE, AMOUNT, FIGURE)
def test_drawn_statements_are_statements(when: str, none: str, fee: str, amount: str, figure: str) -> None:
    """That nothing was charged, or how much."""
    assert fee_counts(when + none.format(fee)) == SAYS["yes"]
    assert fee_counts(when + amount.format(fee, figure)) == SAYS["yes"]


@settings(max_examples=60, deadline=None)
@given(WHEN, NOTHING, FEE)
def test_drawn_talk_of_the_fee_is_no_statement(when: str, nothing: str, fee: str) -> None:
    """Whatever stands before it."""
    assert fee_counts(when + nothing.replace("{}", fee)) == SAYS["no"]


def report_of(
    repo: Path,
    organ: str = "云岭市临江区人民政府",
    *,
    head: str = "",
    signature: str = "",
    metadata: Mapping[str, str] = MappingProxyType({}),
) -> Report:
    """Return the example's report of another organ, with a line in its head and lines below."""
    text = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8")
    body = re.sub(r"发布日期[^\n]*\n", "", text.split("\n", 1)[1])
    whole = f"{organ}2024年政府信息公开工作年度报告\n{head}\n{body}\n{signature}\n"
    return extract(document_from_bytes(whole.encode(), "report.txt")._replace(metadata=metadata))


LATE_HEADS = ["发布日期：2025-06-17", "发布时间：2025年6月17日 09:30 来源：本网", "2025-06-17 09:30　来源：办公室"]


@pytest.mark.parametrize("head", LATE_HEADS)
@pytest.mark.parametrize(
    ("organ", "codes"),
    [
        ("云岭市临江区民政局", {"P003"}),
        ("云岭市临江区人民政府", {"P004"}),
        ("云岭市武山镇人民政府", set[str]()),
        ("云岭市临江区人民政府办公室", set[str]()),
        ("云岭经济开发区管委会", set[str]()),
    ],
)
def test_the_deadline_depends_on_the_kind_of_issuer(repo: Path, organ: str, codes: set[str], head: str) -> None:
    """31 January for departments, 31 March for governments; the regulations name none for townships."""
    report = report_of(repo, organ, head=head)

    found = {finding.rule: finding for finding in DATES.judge(report).findings}

    assert found.keys() == codes
    assert all("2025-06-17" in finding.texts.zh and finding.severity == "warning" for finding in found.values())


@pytest.mark.parametrize(
    ("head", "signature", "metadata", "outcomes"),
    [
        ("", "", {}, {}),
        ("发布日期：2025-03-31", "", {}, {}),
        ("", "云岭市临江区人民政府\n2025年3月20日", {}, {}),
        ("", "云岭市临江区人民政府\n2025年6月17日", {}, {"P004": "fail"}),
        ("", "", {"modified": "2025-06-17"}, {"P004": "undecided"}),
        ("", "", {"modified": "2025-02-17"}, {}),
        ("发布日期：2025-03-20", "", {"modified": "2025-06-17"}, {}),
        ("发布日期：2024-12-20", "", {}, {"P005": "fail"}),
        ("发布日期：2025-01-17", "", {"pubdate": "2024-12-30"}, {}),
        ("发布日期：2024-12-20", "", {"pubdate": "2025-01-17"}, {}),
        ("发布日期：2025-01-17", "", {"pubdate": "2025-06-17"}, {"P004": "undecided"}),
        ("发布日期：2025-06-17", "", {"pubdate": "2025-01-17"}, {"P004": "undecided"}),
        ("发布日期：2025-06-17", "", {"pubdate": "2025-06-18"}, {"P004": "fail"}),
        ("发文日期：2024-12-20", "", {}, {}),
        ("发文日期：2025-06-17", "", {}, {"P004": "fail"}),
        ("发布日期：2099-01-20", "", {}, {"P004": "fail", "P006": "fail"}),
        ("发布日期：2026-07-01", "", {}, {"P004": "fail", "P006": "fail"}),
    ],
)
def test_each_date_counts_as_what_it_is(
    repo: Path, head: str, signature: str, metadata: dict[str, str], outcomes: dict[str, str]
) -> None:
    """A signature that is late proves that publication was; the file's own date is a hint and never a finding."""
    report = report_of(repo, head=head, signature=signature, metadata=metadata)

    assert {finding.rule: finding.outcome for finding in DATES.judge(report).findings} == outcomes


@pytest.mark.parametrize(("year", "codes"), [(2025, set[str]()), (2026, {"P007"}), (2099, {"P007"})])
def test_a_year_that_is_not_over_is_found(year: int, codes: set[str]) -> None:
    """By the day of the run, which settings may give."""
    report = base_report(FORM, year, base={})

    assert {finding.rule for finding in DATES.judge(report).findings} == codes
