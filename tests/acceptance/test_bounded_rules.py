"""A rule has a bound of time and of findings for each report: one that passes it is named, and the others run."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import pytest

from nianbao.cli import ExitCode, run
from nianbao.kinds import RuleKinds
from nianbao.kinds.check import check_kind
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.model.location import Location
from nianbao.plugin import fail
from nianbao.plugins.host import load
from nianbao.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.model.finding import Finding
    from nianbao.model.outcome import Outcome

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "examples" / "linjiang-2024.txt"
FORM = ROOT / "schemas" / "forms" / "zfxxgk-2021.yaml"
EVIL = "(?:a+)+[^a-z0-9]"  # needs no word that a search could look for first
WORDS = "a" * 60
RULE = """\
- code: {code}
  name: rule-{number}
  title: {{zh: 规则, en: rule}}
  severity: warning
  message: {{zh: 不对, en: wrong}}
  {check}
"""
GOOD = RULE.format(code="Z999", number=999, check="condition: 年度 = 1")
EVIL_CHECKS = {
    "content, any": f"content: {{sections: [other_matters], any: ['{EVIL}']}}",
    "content, all": f"content: {{sections: [other_matters], all: ['{EVIL}']}}",
    "content, none": f"content: {{sections: [other_matters], none: ['{EVIL}']}}",
    "disclosure": f"disclosure: {{sections: [other_matters], patterns: ['{EVIL}']}}",
    "claim": f"claim: {{patterns: ['{EVIL}(?P<value>)'], equals: '新收[总计]'}}",
    "claim, unless": f"claim: {{patterns: ['(?P<value>)件'], unless: ['{EVIL}'], equals: '新收[总计]'}}",
}


@pytest.fixture(autouse=True)
def _little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give rules so little time that no test has to wait."""
    monkeypatch.setattr("nianbao.bounds.alarm.MAX_SECONDS", 0.3)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Make a report whose prose holds many of a letter."""
    text = REPORT.read_text(encoding="utf-8")
    file = tmp_path / "report.txt"
    file.write_text(re.sub(r"(六、其他需要报告的事项\n)", rf"\1{WORDS}3件\n", text), encoding="utf-8")
    return file


def pack(folder: Path, *checks: str) -> Path:
    """Write a pack of rules with these checks, and one with a finding."""
    place = folder / "own"
    place.mkdir()
    rules = "".join(
        RULE.format(code=f"Z{number:03}", number=number, check=check) for number, check in enumerate(checks, 1)
    )
    (place / "rules.yaml").write_text(rules + GOOD, encoding="utf-8")
    return place


@pytest.mark.parametrize("check", EVIL_CHECKS.values(), ids=EVIL_CHECKS)
def test_a_pattern_that_explodes_is_named(
    check: str, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the exit code of a rule that is wrong, for people and for programs."""
    call = ["check", str(report), "--pack", str(pack(tmp_path, check)), "--select", "Z"]

    codes = [run([*call, "--format", "json", "--lang", lang]) for lang in ("zh", "en")]
    zh, en = (json.loads(line)["reports"][0] for line in re.split("\n(?={)", capsys.readouterr().out))
    shown = run([*call, "--lang", "en"]), capsys.readouterr().out

    assert codes == [ExitCode.USAGE, ExitCode.USAGE]
    assert [one["rule"] for one in zh["findings"] if one["outcome"] == "fail"] == ["Z999"]
    assert [(one["code"], one["message"]) for one in (*zh["problems"], *en["problems"])] == [
        ("rule-crashed", "规则 Z001 运行出错（运行超时：超过 0.3 秒，已中断），其余规则照常检查"),
        ("rule-crashed", "rule Z001 failed in itself (timed out: broken off after 0.3 seconds); the others ran"),
    ]
    assert shown[0] == ExitCode.USAGE
    assert "rule Z001 failed in itself (timed out" in " ".join(shown[1].split())
    assert "Z999" in shown[1]


def test_an_example_that_makes_a_pattern_explode_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``nianbao test`` ends, and says which."""
    check = f"""disclosure: {{sections: [other_matters], patterns: ['{EVIL}']}}
  tests:
    - fail: {{sections: {{other_matters: {WORDS}}}}}"""

    code = run(["test", "--quick", str(pack(tmp_path, check)), "--lang", "en"])

    assert code == ExitCode.FINDINGS
    assert "timed out: broken off after 0.3 seconds" in capsys.readouterr().out


def test_a_form_whose_pattern_explodes_is_named(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it looks for is not read; the rest of the report is, and rules judge it."""
    place = pack(tmp_path)
    (place / "forms").mkdir()
    form = FORM.read_text(encoding="utf-8").replace("id: zfxxgk-2021", "id: own-2021")
    form = form.replace("  title:\n", "  title:\n    - (?P<issuer>(?:\\w+)+)!(?P<year>20\\d\\d)\n", 1)
    (place / "forms" / "own.yaml").write_text(form, encoding="utf-8")

    code = run(["check", str(report), "--pack", str(place), "--select", "Z,A", "--format", "json", "--lang", "zh"])
    checked = json.loads(capsys.readouterr().out)["reports"][0]

    assert code == ExitCode.USAGE
    assert (checked["form"], checked["cells"]["read"]) == ("own-2021", 200)
    assert [(one["code"], one["message"].split("，")[0]) for one in checked["problems"]] == [
        ("rule-crashed", "格式 own-2021 的 patterns.title 运行超时")
    ]


class Found(NamedTuple):
    """What comes of checking a report: what a check found, the other rules that found something, and problems."""

    findings: list[Finding]
    others: set[str]
    problems: list[str]


def found(check: Callable[..., object], report: Path, tmp_path: Path) -> Found:
    """Check a report with a check in Python."""
    shipped = load(external=False)
    kinds = RuleKinds({**shipped.kinds, "check": check_kind({"own": check})})  # type: ignore[dict-item]
    settings = Settings(select=("Z",), packs=(str(pack(tmp_path, "check: own")),))
    checked = Linter(settings, plugins=shipped._replace(kinds=kinds)).check([str(report)]).result().reports[0]
    findings = [one for one in checked.findings if one.rule == "Z001"]
    others = {one.rule for one in checked.findings} - {"Z001"}
    return Found(findings, others, [one.text.get("en") for one in checked.problems])


def loop() -> NoReturn:
    """Run on for ever."""
    while True:
        pass


def give() -> Iterator[Outcome]:
    """Give outcomes for ever."""
    while True:
        yield fail()


def leave() -> NoReturn:
    """End the process, as a script may."""
    raise SystemExit(3)


def interrupt() -> NoReturn:
    """Interrupt the run, as only the user may."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (loop, "timed out: broken off after 0.3 seconds"),
        (lambda: time.sleep(1e6), "timed out: broken off after 0.3 seconds"),
        (lambda: [fail()] * 300_000, "ValueError: gave more than 200000 outcomes"),
        (leave, "SystemExit: 3"),
        (interrupt, "KeyboardInterrupt"),
    ],
    ids=["loop", "sleep", "too many", "exit", "interrupt"],
)
def test_a_check_in_python_that_does_not_end_is_named(
    check: Callable[..., object], words: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one that would end the process end it."""
    if "ValueError" in words:
        monkeypatch.setattr("nianbao.bounds.alarm.MAX_SECONDS", 600)

    result = found(check, report, tmp_path)

    assert result == Found([], {"Z999"}, [f"rule Z001 failed in itself ({words}); the others ran"])


def test_a_check_that_gives_for_ever_is_named(report: Path, tmp_path: Path) -> None:
    """By its time or by how much it gives, whichever is less."""
    result = found(give, report, tmp_path)

    assert (result.findings, result.others, len(result.problems)) == ([], {"Z999"}, 1)


def test_a_rule_that_always_overruns_is_given_up(report: Path, tmp_path: Path) -> None:
    """A run of many reports does not wait for it on each."""
    calls: list[int] = []

    def check() -> None:
        calls.append(1)
        loop()

    shipped = load(external=False)
    kinds = RuleKinds({**shipped.kinds, "check": check_kind({"own": check})})
    settings = Settings(select=("Z",), packs=(str(pack(tmp_path, "check: own")),))
    run_of_five = Linter(settings, plugins=shipped._replace(kinds=kinds)).check([str(report)] * 5)
    texts = [one.text.get("zh") for checked in run_of_five.result().reports for one in checked.problems]

    assert len(calls) == 3
    assert [("不再运行" in one) for one in texts] == [False, False, False, True, True]


def test_findings_of_a_rule_are_bounded(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more line says how many there are; it is as grave as the gravest that is left out."""
    monkeypatch.setattr("nianbao.bounds.alarm.MAX_SECONDS", 600)

    def check() -> Iterator[Outcome]:
        for number in range(100_000):
            outcome = fail(at=Location(line=number + 1))
            yield outcome._replace(severity="error") if number == 90_000 else outcome

    result = found(check, report, tmp_path)

    assert result.problems == []
    assert len(result.findings) == 1001
    assert [one.message for one in result.findings[1:]] == ["不对"] * 1000
    assert [one.location.line for one in result.findings[1:]] == [*range(1, 1001)]
    assert result.findings[0].texts == Text(
        "这条规则另有 99000 处，没有列出", "99000 more that this rule finds are not listed"
    )
    assert result.findings[0].severity == "error"
    assert len({one.fingerprint for one in result.findings}) == 1001


def test_as_many_as_a_report_may_have_are_all_shown(report: Path, tmp_path: Path) -> None:
    """The bound is beyond what any real report comes to."""
    result = found(lambda: [fail(at=Location(line=one)) for one in range(1, 1001)], report, tmp_path)

    assert [one.message for one in result.findings] == ["不对"] * 1000


def test_a_pattern_that_may_explode_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``nianbao test`` names the rule and its line before any report has made it explode; the pack is sound."""
    check = f"""content: {{sections: [other_matters], none: ['{EVIL}']}}
  help: {{zh: 改, en: change}}
  tests:
    - pass: {{sections: {{other_matters: 未收取信息处理费}}}}
    - fail: {{sections: {{other_matters: 未收取信息处理费，aa未}}}}
"""
    place = pack(tmp_path, check)
    rules = place / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").removesuffix(GOOD), encoding="utf-8")

    codes = [run(["test", str(place), "--reports", "1", "--format", "json", "--lang", lang]) for lang in ("zh", "en")]
    shown = capsys.readouterr().out

    assert codes == [ExitCode.CLEAN, ExitCode.CLEAN]
    assert f"正则表达式“{EVIL}”可能拖垮" in shown
    assert f"the pattern '{EVIL}' may explode" in shown
    assert shown.count(f'"file": "{rules}"') == 2
