"""An auditor writes a rule in twelve lines of Chinese; each typical mistake is told with line, place and cure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

RULE = """\
- code: Q001
  name: too-many-petitions
  title: 信访举报投诉类申请超过办理总数的一半
  inequality: 信访举报投诉 × 2 ≤ 办理总计
  within: 表三
  severity: info
  basis: [{document: 内部核查要点, part: 第三条}]
  message: "{table}“{member}”列：信访类的两倍是 {left} 件，办理总计是 {right} 件。"
  help: 核对是否把信访事项登记成了政府信息公开申请。
  tests:
    - pass: {信访举报投诉: 1, 办理总计: 4}
    - fail: {信访举报投诉: 3, 办理总计: 4}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write the rule into a folder of its own."""
    (tmp_path / "要点").mkdir()
    (tmp_path / "要点" / "规则.yaml").write_text(RULE, encoding="utf-8")
    return tmp_path / "要点"


def test_twelve_lines_make_a_rule(nianbao: Run, repo: Path, pack: Path) -> None:
    """The rule passes its examples, and finds what it is meant to find, in the place where it stands."""
    assert len(RULE.splitlines()) == 12
    assert nianbao("test", pack).returncode == 0
    text = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if "信访举报投诉类申请" in one)
    report = pack.parent / "report.txt"
    report.write_text(text.replace(line, "1.信访举报投诉类申请 | 90 | 0 | 0 | 0 | 0 | 0 | 90"), encoding="utf-8")

    done = nianbao("check", report, "--pack", pack, "--select", "Q", "--format", "json")

    findings = json.loads(done.stdout)["reports"][0]["findings"]
    assert [finding["message"] for finding in findings] == [
        "表三“自然人”列：信访类的两倍是 180 件，办理总计是 86 件。",
        "表三“总计”列：信访类的两倍是 180 件，办理总计是 101 件。",
    ]
    assert findings[0]["location"]["line"] == text.splitlines().index(line) + 1


MISTAKES = [
    (
        "unknown row",
        ("信访举报投诉 ×", "信访举报 ×"),
        4,
        "did you mean '信访举报投诉'?",
        "没有“信访举报”这一行或列；是不是“信访举报投诉”？",
    ),
    ("unknown table", ("within: 表三", "within: 表五"), 5, "no table '表五'", "没有表“表五”"),
    (
        "a name of another table",
        ("within: 表三", "within: 表四"),
        4,
        "no row or column '信访举报投诉'",
        "表四没有“信访举报投诉”这一行或列",
    ),
    ("a group as a cell", ("信访举报投诉 × 2", "不予处理 × 2"), 4, "write 合计(不予处理)", "要合计就写 合计(不予处理)"),
    ("a sum over no group", ("信访举报投诉 × 2", "合计(信访举报投诉) × 2"), 4, "is no group", "“信访举报投诉”不是组"),
    ("cells multiplied", ("× 2", "× 重复申请"), 4, "× needs a number", "单元格不能相乘"),
    ("unknown member", ("信访举报投诉 × 2", "信访举报投诉[法人] × 2"), 4, "no column '法人'", "没有“法人”这一列"),
    ("mixed axes", ("≤ 办理总计", "≤ 自然人"), 4, "pick one in [ ]", "用 [ ] 选定一个"),
    ("a missing bracket", ("信访举报投诉 × 2", "(信访举报投诉 × 2"), 4, "expected ')'", "这里要写“)”"),
    ("an unknown sign", ("≤ 办理总计", "≤ 办理总计 %"), 4, "unexpected '%'", "不认识“%”"),
    ("an unknown function", ("办理总计", "平均(办理结果)"), 4, "unknown function '平均'", "没有函数“平均”"),
    ("a relation of another kind", ("≤", "="), 4, "joined by", "连起来，写的却是 ="),
    ("a division by nothing", ("× 2", "÷ 0"), 4, "÷ 0", "不能除以零"),
    ("an unknown key", ("help:", "hepl:"), 9, "did you mean 'help'?", "没有“hepl”这个键；是不是“help”？"),
    (
        "an unknown severity",
        ("severity: info", "severity: minor"),
        6,
        "is none of 'info', 'warning', 'error'",
        "不能写“minor”；可以写 info、warning、error",
    ),
    ("a code that is none", ("code: Q001", "code: q-1"), 1, "'q-1' does not match", "例如 Z001"),
    ("a code that is taken", ("code: Q001", "code: A001"), 1, "A001", "编号 A001 已被占用"),
    (
        "a place that no message has",
        ("{left} 件", "{lft} 件"),
        8,
        "did you mean 'left'?",
        "消息里没有 {lft} 可填；是不是“left”？",
    ),
    (
        "two kinds in one rule",
        ("  within: 表三", "  within: 表三\n  section: present"),
        1,
        "a rule has one of",
        "一条规则只写一种判断",
    ),
    ("no kind at all", ("  inequality: 信访举报投诉 × 2 ≤ 办理总计\n", ""), 1, "this one has none", "这一条一个也没有"),
    (
        "a form that is none",
        ("  severity: info", "  applies: {forms: [zfxxgk-2020]}"),
        6,
        "no form 'zfxxgk-2020'",
        "没有格式“zfxxgk-2020”",
    ),
    ("an example without a verdict", ("- fail:", "- fails:"), 12, "unknown key 'fails'", "没有“fails”这个键"),
    ("broken YAML", ("title: 信访", "title: '信访"), 3, "not valid YAML", "不是有效的 YAML：引号没有合上"),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_told_at_its_line(
    nianbao: Run, repo: Path, pack: Path, *, mistake: tuple[str, tuple[str, str], int, str, str], lang: str
) -> None:
    """The run stops before any report is judged: file, line, the place by a caret, and the way out, in the language."""
    _name, change, line, english, chinese = mistake
    said = english if lang == "en" else chinese
    file = pack / "规则.yaml"
    assert change[0] in RULE
    file.write_text(RULE.replace(*change, 1), encoding="utf-8")

    done = nianbao("check", repo / "examples" / "linjiang-2024.txt", "--pack", pack, "--lang", lang)

    told = [one for one in done.stderr.splitlines() if said in one]
    assert done.returncode == 2
    assert done.stdout == ""
    assert told, done.stderr
    assert f"{file}:{line}" in told[0] or change[1] == "code: A001"
    assert "Traceback" not in done.stderr


def test_a_wrong_example_is_told_by_the_test_of_the_pack(nianbao: Run, pack: Path) -> None:
    """An example that does not do what it says stands in the answer with its line."""
    file = pack / "规则.yaml"
    file.write_text(RULE.replace("信访举报投诉: 3", "信访举报投诉: 2"), encoding="utf-8")

    done = nianbao("test", "--quick", pack)

    assert done.returncode == 1
    assert f"{file}:12: Q001: 例子写的是 fail，规则却判为 pass" in done.stdout


def test_several_mistakes_are_told_together(nianbao: Run, pack: Path) -> None:
    """One run tells all that is wrong with the names of two rules."""
    second = RULE.replace("Q001", "Q002").replace("办理总计\n", "办理总数\n")
    (pack / "规则.yaml").write_text(RULE.replace("投诉 ×", "投诉类 ×") + second, encoding="utf-8")

    done = nianbao("test", pack)

    assert done.returncode == 2
    assert [one.split(":")[1] for one in done.stderr.splitlines() if "是不是" in one] == ["4", "16"]
