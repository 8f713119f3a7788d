"""What was found of several reports at once stands after the reports, in every format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from tests.support.writing import data_of, json_of, page_of
from tests.unit.outputs.conftest import make_finding, make_rule, summaries

from nianbao.messages import Text
from nianbao.model.outcome import UNDECIDED
from nianbao.model.result import RunInfo
from nianbao.outputs.output import QUIET, Verbosity
from nianbao.outputs.wording.selecting import select_of_run
from nianbao.outputs.wording.totals import RunTotals
from nianbao.voice import CHINESE, ENGLISH, Voice
from nianbao.yamlfiles.source import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from nianbao.messages import Language
    from nianbao.model.result import Result

    Printed = Callable[..., str]

UNREAD = Text("正文没有读出", "the text was not read")
TWICE = "a.html 与 b.html 是同一机关同一年度的报告。"


@pytest.fixture
def across(odd: Result) -> Result:
    """A run in which two reports are of one organ and year, and another question about them is left open."""
    twice, copied = make_rule("C001", title="同一年度有两份报告"), make_rule("C002", title="照抄")
    run = RunInfo(
        odd.run.packs,
        odd.run.problems,
        findings=(
            make_finding(rule=twice, message=TWICE),
            make_finding(rule=copied, outcome=UNDECIDED, reason=UNREAD)._replace(fingerprint="fedcba9876543210"),
        ),
        rules=summaries(twice, copied),
    )
    return odd._replace(run=run)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_printed_after_the_reports(
    across: Result, odd: Result, printed: Printed, snapshot: SnapshotAssertion, lang: Language
) -> None:
    """With its severity and its words as others have them; what stands before is what stood there without it."""
    text = printed(across, lang=lang)

    reports = printed(odd._replace(run=RunInfo()), lang=lang).splitlines()[:-1]
    assert text.splitlines()[: len(reports)] == reports
    assert "\n".join(text.splitlines()[len(reports) :]) == snapshot


def test_quietly_it_is_one_line(across: Result, printed: Printed) -> None:
    """With the severity in front, since it stands in no single file."""
    lines = printed(across, verbosity=Verbosity(QUIET, statistics=True)).splitlines()

    assert f"错误 {TWICE.removesuffix('。')}（C001）" in lines
    assert [line.split()[:3] for line in lines if "同一年度有两份报告" in line] == [["1", "0", "C001"]]


def test_in_json_it_has_a_place_of_its_own(across: Result, odd: Result) -> None:
    """Under the second schema; without such findings the result is that of the first, letter by letter."""
    data, plain = data_of(CHINESE, across), data_of(CHINESE, odd)

    assert list(data) == ["schema", "tool", "reports", "findings", "problems", "skipped", "summary"]
    assert list(plain) == ["schema", "tool", "reports", "problems", "skipped", "summary"]
    assert (data["schema"], plain["schema"]) == ("nianbao/result/2", "nianbao/result/1")
    assert [finding["message"] for finding in data["findings"]] == [TWICE, "有错"]
    assert data["reports"] == plain["reports"]
    assert data["summary"] == plain["summary"] | {"error": 2, "undecided": 4}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_json_follows_the_schema(across: Result, lang: Language) -> None:
    """Which allows findings of the run under the second version, and under that alone."""
    validator = Draft202012Validator(schema("result"))
    data = json.loads(json_of(Voice(lang), across))

    assert validator.is_valid(data)
    assert not validator.is_valid(data | {"schema": "nianbao/result/1"})
    assert not validator.is_valid({key: value for key, value in data.items() if key != "findings"})
    assert not validator.is_valid(data | {"findings": []})


def test_on_the_page_it_stands_in_a_section_of_its_own(
    across: Result, odd: Result, snapshot: SnapshotAssertion
) -> None:
    """After the reports, with what filters go by; a page without such findings has no such section."""
    page, plain = page_of(ENGLISH, across), page_of(ENGLISH, odd)

    start = page.index('<section class="report" id="across"')
    assert 'id="across"' not in plain
    assert page.index('id="r1"') < start
    assert page[start : page.index("</section>", start)].replace("><", ">\n<") == snapshot
    assert '<option data-say="text" data-zh="C001 同一年度有两份报告"' in page


def test_it_is_selected_and_counted_like_others(across: Result) -> None:
    """By severity; what is left out is counted, and a failure makes the exit code."""
    shown = select_of_run(across.run, show="error", persona="drafting")
    none = select_of_run(across.run._replace(rules={}, findings=()), show="error", persona="drafting")

    assert [finding.rule for finding in shown.findings] == ["C001"]
    assert list(shown.rules) == ["C001"]
    assert none.findings == ()
    assert [RunTotals(run).reaches("error") for run in (shown, none)] == [True, False]
    assert [finding.rule for finding in across.findings][-2:] == ["C001", "C002"]
    assert across.rules["C001"].title.zh == "同一年度有两份报告"
