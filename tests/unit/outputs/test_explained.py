"""Findings that share a cause are told as one: the figure that is wrong, what shows it, and what then holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.unit.outputs.explaining import CASES, THIS, explained, judged, reading, report_of, result_of

from nianbao.model import slip
from nianbao.model.explanation import Component, ImpliedValue
from nianbao.model.outcome import FAIL
from nianbao.model.result import Result
from nianbao.outputs.output import FULL, QUIET, Verbosity
from nianbao.outputs.terminal.excerpts import figures_wanted
from nianbao.outputs.terminal.statistics import RuleCounts
from nianbao.outputs.wording.phrases import LIKELY
from nianbao.outputs.wording.totals import RunTotals
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    Printed = Callable[..., str]

every_case = pytest.mark.parametrize("case", CASES)
both = pytest.mark.parametrize("lang", ["zh", "en"])
EXPLAINED = [name for name in CASES if name not in ("unexplained", "half-filled")]


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Every case, judged once."""
    return {name: result_of(name) for name in CASES}


@every_case
@both
def test_each_case(
    results: dict[str, Result], printed: Printed, snapshot: SnapshotAssertion, *, case: str, lang: str
) -> None:
    """Every kind of slip, several readings, none, last year's report, the prose, and a draft with blanks."""
    assert printed(results[case], width=80, lang=lang) == snapshot


@pytest.mark.parametrize("case", ["one-digit", "two-open", "three-changes"])
@pytest.mark.parametrize("width", [40, 120])
@both
def test_narrow_and_wide(
    results: dict[str, Result], printed: Printed, snapshot: SnapshotAssertion, *, case: str, width: int, lang: str
) -> None:
    """In a narrow terminal the cells that matter stand in a list, in a wide one all in a table."""
    assert printed(results[case], width=width, lang=lang) == snapshot


@pytest.mark.parametrize("case", ["one-digit", "two-open"])
def test_with_colour(results: dict[str, Result], printed: Printed, snapshot: SnapshotAssertion, case: str) -> None:
    """Wrong cells, totals and the sentence stand out."""
    assert printed(results[case], width=100, colour=True) == snapshot


@pytest.mark.parametrize(
    "verbosity", [Verbosity(QUIET, statistics=True), Verbosity(statistics=True)], ids=["quiet", "usual"]
)
@both
def test_many_reports(printed: Printed, snapshot: SnapshotAssertion, *, verbosity: Verbosity, lang: str) -> None:
    """Rules are counted at the end, the most frequent first."""
    text = printed(result_of(*CASES), width=100, lang=lang, verbosity=verbosity)

    assert "\n".join(text.splitlines() if verbosity.detail == QUIET else text.splitlines()[-9:]) == snapshot


@pytest.mark.parametrize("case", ["one-digit", "two-open", "last-year", "half-filled"])
def test_in_full(results: dict[str, Result], printed: Printed, snapshot: SnapshotAssertion, case: str) -> None:
    """Every cell is named, zeros too, and each equation is written again with the figures put right."""
    assert printed(results[case], width=100, verbosity=Verbosity(FULL)) == snapshot


@every_case
@given(width=st.integers(min_value=40, max_value=130), lang=st.sampled_from(["zh", "en"]), full=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_no_line_is_wider_than_the_terminal(
    request: pytest.FixtureRequest, printed: Printed, *, case: str, width: int, lang: str, full: bool
) -> None:
    """At any width from 40 on every line fits, wide characters counted as two."""
    result = request.getfixturevalue("results")[case]
    text = printed(result, width=width, lang=lang, verbosity=Verbosity(FULL if full else "usual", statistics=True))

    assert [line for line in text.splitlines() if cell_len(line) > width] == []


@every_case
def test_colours_change_nothing_but_colours(results: dict[str, Result], printed: Printed, case: str) -> None:
    """The text without its escape sequences is that of a plain console."""
    assert re.sub(r"\x1b\[[0-9;]*m", "", printed(results[case], colour=True)) == printed(results[case])


@pytest.mark.parametrize("case", EXPLAINED)
def test_one_reason_for_a_cause(results: dict[str, Result], printed: Printed, case: str) -> None:
    """However many findings share it; each rule stands once, behind all else, with its advice."""
    (checked,) = results[case].reports
    text = printed(results[case])
    before, behind = text.split("建议和依据：")

    assert before.count("为什么：") == 1
    assert re.findall(r"[A-Z]\d{3}", before) == []
    assert sorted({one.rule for one in checked.findings if one.outcome == FAIL}) == sorted(
        re.findall(r"（([A-Z]\d{3})）", "".join(line.strip() for line in behind.splitlines()))
    )


@pytest.mark.parametrize("case", EXPLAINED)
@both
def test_a_line_for_an_entry(results: dict[str, Result], printed: Printed, *, case: str, lang: str) -> None:
    """In few words an entry takes one line, however long: path, line, column, severity, words, and last the codes."""
    lines = printed(results[case], width=40, lang=lang, verbosity=Verbosity(QUIET)).splitlines()
    told = [line for line in lines if line.startswith("examples/")]

    assert len(told) == (3 if case == "three-changes" else 1)
    for line in told:
        assert re.match(r"examples/\S+:\d+:\d+: (错误|警告|error|warning) \S", line)
        assert re.search(r"[（(][A-Z]\d{3}([、,] ?[A-Z]\d{3})*[）)]$", line)


def test_each_slip_has_words(printed: Printed) -> None:
    """Of three slips each has an entry and a place, in the order of the report."""
    text = re.sub("\n {5}", "", printed(result_of("three-changes"), width=120))

    assert [word in text for word in ("数字颠倒", "漏一位数字", "重复一位数字")] == [True] * 3
    assert "你要改的 3 处：" in text
    assert re.findall(r"^  (\d)\. 错误 .*第 (\d+) 行$", text, re.MULTILINE) == [
        ("1", "43"),
        ("2", "44"),
        ("3", "53"),
    ]


def test_how_sure_it_is() -> None:
    """Each confidence has a word of its own in both languages."""
    words = set(LIKELY.values())

    assert len({one.zh for one in words}) == len({one.en for one in words}) == 3


def test_readings_are_told_apart(printed: Printed) -> None:
    """Three in full, each marked in the table; the rest in one line, and why it is open."""
    text = printed(result_of("many-open"), width=120)

    assert [f"    [{number}] 表四" in text for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "12 → 11[1]" in text
    assert "另有 2 种改法：表四 行政复议 · 其他 1 → 2、表四 行政复议 · 未结 2 → 3" in text
    assert "为什么不能断定：" in text


def test_a_nearly_certain_reading_stands_first(printed: Printed) -> None:
    """The table marks it alone; what else is possible stands behind it in a line."""
    text = printed(result_of("likelier"), width=120)

    assert text.index("很可能应为 27") < text.index("也可能是") < text.index("也许应为 131")
    assert "72 → 27 " in text
    assert "86 → 131" not in text


def test_without_a_cause_findings_stand_as_they_are(printed: Printed) -> None:
    """Each is an entry of the list, and it is said once why nothing more is known."""
    text = printed(result_of("unexplained"))

    assert re.findall(r"\n  (\d)\. 错误 ", text) == ["1", "2"]
    assert text.count("注意：在规定的步数内") == 1


def test_each_cause_has_its_numbers(printed: Printed) -> None:
    """Of several causes it is said which entries of the list they explain."""
    (checked,) = result_of("unexplained").reports
    (one,) = checked.components
    parts = tuple(one._replace(number=number, findings=(name,)) for number, name in enumerate(one.findings))

    text = printed(Result((checked._replace(components=parts),)))
    assert text.index("第 1 处，为什么：") < text.index("第 2 处，为什么：")


def test_columns_stand_as_the_form_has_them(printed: Printed) -> None:
    """Also where the first row drawn has a later column alone."""
    key = "applications.unavailable.not_held.enterprise"
    checked = judged(report_of(THIS, slips={key: 7}))
    checked = explained(checked, reading(checked, (slip.OTHER_DIGIT, {key: 2})))

    assert re.search(" 自然人  商业企业  法律服务机构  总计$", printed(Result((checked,))), re.MULTILINE)


def test_readings_that_are_not_told_are_counted(printed: Printed) -> None:
    """Where no single figure tells the further ones apart, they are a number."""
    (checked,) = result_of("many-open").reports
    parts = tuple(one._replace(others=()) for one in checked.components)

    assert "  另有 2 种改法从略" in printed(Result((checked._replace(components=parts),)))


def test_what_follows_is_told_with_its_place(printed: Printed) -> None:
    """Figures one by one, zeros counted; nothing but zeros is one line."""
    (checked,) = result_of("half-filled").reports
    zeros = checked._replace(following=tuple(one for one in checked.following if not one.value))

    text, short = printed(Result((checked,))), printed(Result((zeros,)))

    assert re.search(r"应填 38  第 43 行\n.*应填 101  第 64 行\n  另有 3 格没有填，应填 0", text)
    assert "\n  3 格没有填，应填 0" in short
    assert printed(Result((checked,)), verbosity=Verbosity(FULL)).count("：没有填，应填 0") == 3


def test_a_cell_that_the_form_does_not_know_is_named_by_its_key(printed: Printed) -> None:
    """What no slot is for is told by its key, and nothing breaks."""
    (checked,) = result_of("half-filled").reports
    odd = checked.following[0].cell._replace(key="no.such.cell")

    assert "no.such.cell：没有填，应填 7" in printed(Result((checked._replace(following=(ImpliedValue(odd, 7),)),)))


def test_a_component_without_its_findings_is_not_told(printed: Printed) -> None:
    """A component whose findings are not among those told leaves no trace."""
    (checked,) = result_of("half-filled").reports
    stray = checked._replace(components=(Component(0, ("0" * 16,)),), following=())

    assert printed(Result((stray,))) == printed(Result((stray._replace(components=()),)))


def test_errors_and_their_causes_are_counted(printed: Printed) -> None:
    """Of many reports: how many have errors, and how many slips account for how many of these."""
    result = result_of("one-digit", "three-changes", "unexplained", "half-filled")

    totals = RunTotals.of(result)
    assert (totals.faulty, totals.causes) == (3, (7, 4))
    assert "4 份报告（3 份有错误），9 个错误（其中 7 个可能出自 4 处）" in printed(result, width=120)
    assert "1 份报告，2 个错误（可能出自 1 处），" in printed(result_of("one-digit"))


def test_rules_are_counted_by_findings_and_reports() -> None:
    """A rule that fails twice in a report counts twice, and one report."""
    counts = RuleCounts()
    for checked in result_of("three-changes", "one-digit").reports:
        counts.add(checked)

    counted = {count.rule.code: (count.findings, count.reports) for count in counts.by_frequency}
    assert counted == {"A003": (4, 2), "A002": (3, 2)}
    assert RuleCounts().lines(CHINESE, width=80) == []


def test_readings_that_change_one_cell_are_no_chain(draft: Result) -> None:
    """Readings that agree on a figure share it; others stand beside it."""
    (checked,) = draft.reports
    row = "applications.unavailable.not_held"
    wrong, total = f"{row}.natural_person", f"{row}.total"
    changes = ({wrong: 27}, {wrong: 27, total: 29}, {wrong: 28})
    readings = [reading(checked, (slip.OTHER_DIGIT, change)) for change in changes]

    assert list(figures_wanted(CHINESE, readings).values()) == [" → 27[1][2] / 28[3]", " → 29[2]"]
    assert list(figures_wanted(CHINESE, readings[:1]).values()) == [" → 27"]
