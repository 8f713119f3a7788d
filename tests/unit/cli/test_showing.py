"""``nianbao check``: how much is shown, in how many words, and that it changes no verdict."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from nianbao.cli import ExitCode

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

CLEAN, PRIOR, DRAFT = "examples/linjiang-2024.txt", "examples/linjiang-2023.txt", "examples/linjiang-2024-draft.txt"
RULES = """
- code: Z001
  name: for-research
  title: {{zh: 供研究, en: for research}}
  equation: 新收 = 办理总计
  within: applications
  severity: {severity}
  persona: {persona}
  basis: [{{document: 某文件}}]
  message: {{zh: 不等, en: not equal}}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a pack with one rule that fails on the examples."""

    def write(persona: str, severity: str = "error") -> Path:
        folder = tmp_path / "mine"
        folder.mkdir()
        (folder / "rules.yaml").write_text(RULES.format(persona=persona, severity=severity), encoding="utf-8")
        return folder

    return write


def test_one_wrong_digit_is_told_as_one(nianbao: Run) -> None:
    """It is one entry of the list, with the figure that it should be, and one cause of both sums that do not agree."""
    done = nianbao("check", DRAFT, "--prior", PRIOR)

    assert done.returncode == ExitCode.FINDINGS
    told = "".join(line.strip() for line in done.stdout.splitlines())
    assert "你要改的 1 处：1. 错误 表三“无法提供 1.本机关不掌握相关政府信息”行“自然人”列：填的是 72，" in told
    assert "很可能应为 27（数字颠倒）" in told
    assert "改为 27 后，表三的 39 项加总都对得上" in told
    assert "1 份报告，2 个错误（可能出自 1 处），" in done.stdout


def test_a_line_for_each_cause(nianbao: Run) -> None:
    """Path, line, column, severity, sentence, codes; and the figures of the run."""
    done = nianbao("check", DRAFT, "--prior", PRIOR, "-q", "--lang", "en", COLUMNS="60")
    first, *rest = done.stdout.splitlines()

    assert first == (
        f"{DRAFT}:53:28: error Table 3, row “unavailable not held”, column “natural persons” says 72 and should "
        "very likely be 27 (digits transposed) (A003, A002)"
    )
    assert " ".join(line.strip() for line in rest).startswith("reports 1, errors 2 (likely causes 1), warnings 0")


def test_in_full_the_equations_are_written_put_right(nianbao: Run) -> None:
    """Every cell by name, and the equations once more as they should be."""
    text = nianbao("check", DRAFT, "--prior", PRIOR, "-v", COLUMNS="120").stdout

    assert "+ 0 [国家秘密] +" in text
    assert (
        "“无法提供 1.本机关不掌握相关政府信息”行改后：30 [总计] = 27 [自然人] + 2 [商业企业] + 0 [科研机构] +" in text
    )


def test_a_draft_with_blanks_is_told_what_follows(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Blank cells whose figures follow from the others are named with them."""
    draft = tmp_path / "draft.txt"
    text = (repo / CLEAN).read_text(encoding="utf-8")
    line = "（一）予以公开 | 38 | 5 |"
    assert text.count(line) == 1
    draft.write_text(text.replace(line, "（一）予以公开 |  | 5 |"), encoding="utf-8")

    told = nianbao("check", draft).stdout

    assert re.search(r"\d\. 可补 表三“（一）予以公开”行“自然人”列：没有填，应填 38  第 \d+ 行", told)


@pytest.mark.parametrize("level", ["error", "warning", "info", "all"])
def test_what_is_shown_changes_no_verdict(nianbao: Run, level: str) -> None:
    """The exit code and the last line are those of the whole run; what is not shown is counted before it."""
    everything, some = nianbao("check", DRAFT), nianbao("check", DRAFT, "--show", level)

    assert some.returncode == everything.returncode == ExitCode.FINDINGS
    assert some.stdout.splitlines()[-1] == everything.stdout.splitlines()[-1]
    assert ("未显示" in some.stdout) is (level != "all")
    assert ("未判 2 项：没有上一年度的年报" in some.stdout) is (level == "all")


def test_every_format_obeys(nianbao: Run) -> None:
    """What is left out of data is counted on standard error."""
    done = nianbao("check", DRAFT, "--show", "error", "--format", "json")
    (report,) = json.loads(done.stdout)["reports"]

    assert {one["outcome"] for one in report["findings"]} == {"fail"}
    assert done.stderr.startswith("未显示")
    assert nianbao("check", DRAFT, "--format", "json").stderr == ""


@pytest.mark.parametrize(
    ("persona", "reader", "shown"),
    [
        ("drafting", None, True),
        ("review", None, False),
        ("review", "review", True),
        ("research", "review", False),
        ("research", "research", True),
    ],
)
def test_rules_for_other_readers(
    nianbao: Run, pack: Callable[..., Path], *, persona: str, reader: str | None, shown: bool
) -> None:
    """Those who draft see what is for drafting; a rule that is not shown is counted, and still fails the run."""
    done = nianbao("check", CLEAN, "--pack", pack(persona), *(["--persona", reader] if reader else []))

    assert done.returncode == ExitCode.FINDINGS
    assert ("Z001" in done.stdout) is shown
    assert bool(re.search("未显示（--show、--persona）：\\d+ 个错误", done.stdout)) is not shown


def test_settings_say_what_is_shown(nianbao: Run, pack: Callable[..., Path], tmp_path: Path) -> None:
    """A file may choose level and reader; options of the command line win."""
    settings = tmp_path / "nianbao.yaml"
    settings.write_text("show: error\npersona: research\n", encoding="utf-8")
    called = ("check", CLEAN, "--pack", pack("research", "warning"), "--settings", settings)

    assert "Z001" not in nianbao(*called).stdout
    assert "Z001" in nianbao(*called, "--show", "warning").stdout
    assert "Z001" not in nianbao(*called, "--show", "warning", "--persona", "drafting").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-q", "-v"], "-q"),
        (["-q", "--format", "json"], "--quiet"),
        (["-v", "--statistics", "--format", "json"], "--verbose --statistics"),
        (["--show", "bad"], "--show"),
        (["--persona", "clerk"], "--persona"),
    ],
)
def test_what_does_not_go_together_is_told(nianbao: Run, arguments: list[str], words: str) -> None:
    """One line, before anything is read."""
    done = nianbao("check", "missing.txt", *arguments)

    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert words in done.stderr


def test_rules_are_counted_over_many_reports(nianbao: Run) -> None:
    """Findings, reports, code, severity and title."""
    lines = nianbao("check", DRAFT, CLEAN, "--prior", PRIOR, "--statistics", "-q").stdout.splitlines()

    assert [line.split()[:4] for line in lines if re.match(" +\\d", line)] == [
        ["1", "1", "A002", "错误"],
        ["1", "1", "A003", "错误"],
    ]
    assert lines[-1].startswith("2 份报告（1 份有错误），2 个错误（可能出自 1 处）")


def blocks(text: str) -> list[str]:
    """Return the list of a report, and each reason, without line breaks."""
    parts = re.findall(r"^(?:你要改的|第 [^\n]*为什么|为什么：).*?(?=\Z|\n\n)", text, re.MULTILINE | re.DOTALL)
    return ["".join(line.strip() for line in part.splitlines()) for part in parts]


def test_totals_that_are_zero_in_a_published_report(nianbao: Run, corpus: Path) -> None:
    """One total of table 4 has one reading, of the other both are shown, and that the figures cannot decide."""
    told, first, second = blocks(nianbao("check", corpus / "hongze-2023.pdf", COLUMNS="120").stdout)

    assert "“行政复议”的“总计”：填的是 0，可能应为 11（数字成了 0），请核对" in told
    assert "这 2 格中有一格不对，请核对：表四“复议后起诉”的“总计”（填 0，或应为 5）；" in told
    assert "[1]" not in first
    assert "有 2 种改法都说得通" in second
    assert re.search(r"\[1\] .*“复议后起诉”的“总计”：填的是 0，.*应为 5", second)
    assert re.search(r"\[2\] .*“复议后起诉”的“维持”：填的是 5，.*应为 0", second)
    assert "为什么不能断定：" in second


def test_one_digit_exchanged_in_a_published_report(nianbao: Run, corpus: Path, tmp_path: Path) -> None:
    """48 read as 84: one entry of the list, with one reason."""
    lines = (corpus / "qindu-2024.txt").read_text(encoding="utf-8").splitlines()
    lines[lines.index("48 |")] = "84 |"
    report = tmp_path / "slip.txt"
    report.write_text("\n".join(lines), encoding="utf-8")

    told, why = blocks(nianbao("check", report, "--show", "error", COLUMNS="120").stdout)

    assert told.startswith("你要改的 1 处：1. 错误 ")
    assert "填的是 84，很可能应为 48（数字颠倒）" in told
    assert "改为 48 后，表三的 39 项加总都对得上" in why
