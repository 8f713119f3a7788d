"""``nianbao check``: what it takes, prints and ends with."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.unit.cli.terminals import all_shown

from nianbao.cli import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

CLEAN, PRIOR, DRAFT = "examples/linjiang-2024.txt", "examples/linjiang-2023.txt", "examples/linjiang-2024-draft.txt"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([CLEAN, "--prior", PRIOR], ExitCode.CLEAN),
        ([DRAFT, "--prior", PRIOR], ExitCode.FINDINGS),
        ([DRAFT, "--fail-on", "never"], ExitCode.CLEAN),
        ([DRAFT, "--fail-on", "info"], ExitCode.FINDINGS),
        ([DRAFT, "--select", "Y"], ExitCode.CLEAN),
        ([DRAFT, "--select", "S,A003"], ExitCode.FINDINGS),
        ([DRAFT, "--ignore", "A"], ExitCode.CLEAN),
        ([DRAFT, "missing.txt"], ExitCode.UNREADABLE),
        ([CLEAN, "--prior", "missing.txt"], ExitCode.UNREADABLE),
        ([], ExitCode.USAGE),
        ([CLEAN, "--colour"], ExitCode.USAGE),
        ([CLEAN, "--fail-on", "sometimes"], ExitCode.USAGE),
        ([CLEAN, "--select", "Q1"], ExitCode.USAGE),
        ([CLEAN, "--pack", "missing-pack"], ExitCode.USAGE),
        ([CLEAN, "--output", "missing-folder/out.txt"], ExitCode.USAGE),
        (["-", "-"], ExitCode.USAGE),
    ],
    ids=str,
)
def test_exit_codes(nianbao: Run, arguments: list[str], code: ExitCode) -> None:
    """Unreadable inputs win over findings; wrong usage is told before anything is read; never a traceback."""
    done = nianbao("check", *arguments)

    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr


def test_a_mistyped_code_is_answered_with_the_nearest(nianbao: Run) -> None:
    """One line on the error stream, nothing on the other."""
    done = nianbao("check", CLEAN, "--select", "A0003", "--lang", "en")

    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "'A0003'" in done.stderr
    assert "did you mean A003?" in done.stderr


def test_json_is_json_and_says_what_was_checked(nianbao: Run) -> None:
    """The result names the report, the year before, and both equations that the slip breaks."""
    data = json.loads(nianbao("check", DRAFT, "--prior", PRIOR, "--format", "json").stdout)

    (report,) = data["reports"]
    assert (report["path"], report["year"], report["prior"]["path"]) == (DRAFT, 2024, PRIOR)
    assert {one["rule"] for one in report["findings"] if one["outcome"] == "fail"} == {"A002", "A003"}
    assert data["summary"]["error"] == 2


def test_standard_input_is_read(nianbao: Run, repo: Path) -> None:
    """A dash stands for it."""
    done = nianbao("check", "-", stdin=(repo / DRAFT).read_text(encoding="utf-8"), NIANBAO_LANG="en")

    assert done.returncode == ExitCode.FINDINGS
    assert "1. error Table 3" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "variable", "word"),
    [([], None, "份报告"), ([], "en", "reports 1"), (["--lang", "zh"], "en", "份报告"), ([], "fr", "份报告")],
)
def test_languages(nianbao: Run, arguments: list[str], variable: str | None, word: str) -> None:
    """Chinese unless asked otherwise; the option wins over the environment."""
    done = nianbao("check", CLEAN, *arguments, NIANBAO_LANG=variable)

    assert word in done.stdout.splitlines()[-1]


def test_output_goes_to_a_file_as_a_whole(nianbao: Run, tmp_path: Path) -> None:
    """The file replaces what was there, nothing is printed and nothing else is left behind."""
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")

    done = nianbao("check", CLEAN, "--format", "json", "--output", target)

    assert (done.returncode, done.stdout) == (ExitCode.CLEAN, "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "nianbao/result/1"
    assert [file.name for file in tmp_path.iterdir()] == ["out.json"]


def test_settings_stand_behind_the_command_line(nianbao: Run, tmp_path: Path) -> None:
    """A file may choose rules, level and language; options of the command line win."""
    settings = tmp_path / "nianbao.yaml"
    settings.write_text("select: [A]\nfail_on: never\nlang: en\n", encoding="utf-8")

    quiet = nianbao("check", DRAFT, "--settings", settings)
    loud = nianbao("check", DRAFT, "--settings", settings, "--fail-on", "error", "--lang", "zh")

    assert (quiet.returncode, "1. error Table 3" in quiet.stdout, "F001" in quiet.stdout) == (
        ExitCode.CLEAN,
        True,
        False,
    )
    assert (loud.returncode, "1. 错误 表三" in loud.stdout) == (ExitCode.FINDINGS, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("selct: [A]\n", "'select'"),
        ("fail_on: often\n", "'never'"),
        ("select: [A\n", "YAML"),
        ("select: [A]\nselect: [S]\n", "twice"),
        ("- A\n", "object"),
    ],
)
def test_wrong_settings_are_told_at_their_line(nianbao: Run, tmp_path: Path, text: str, words: str) -> None:
    """File, line, what is wrong and what it should be."""
    settings = tmp_path / "nianbao.yaml"
    settings.write_text(text, encoding="utf-8")

    done = nianbao("check", CLEAN, "--settings", settings, NIANBAO_LANG="en")

    assert done.returncode == ExitCode.USAGE
    assert f"{settings}:" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(repo: Path) -> None:
    """With a closed pipe the command ends without a word."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nianbao", "check", *[CLEAN] * 60],
        cwd=repo,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=60), errors) == (ExitCode.CLEAN, b"")


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_told_not_to(repo: Path, variables: dict[str, str], *, coloured: bool) -> None:
    """NO_COLOR takes every escape sequence away, also on a terminal."""
    environment = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    leader, follower = pty.openpty()
    with os.fdopen(leader, "rb", buffering=0) as screen:
        done = subprocess.run(
            [sys.executable, "-m", "nianbao", "check", DRAFT],
            cwd=repo,
            env={**environment, "TERM": "xterm-256color", "COLUMNS": "100", **variables},
            stdout=follower,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
        os.close(follower)
        seen = all_shown(screen)

    assert done.returncode == ExitCode.FINDINGS
    assert "A003" in seen.decode()
    assert (b"\x1b[" in seen) is coloured


def test_a_stream_that_knows_no_chinese_gets_utf8(nianbao: Run) -> None:
    """ASCII standard output is turned to UTF-8 instead of failing."""
    done = nianbao("check", DRAFT, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")

    assert done.returncode == ExitCode.FINDINGS
    assert "错误" in done.stdout


def test_broken_rules_of_a_pack_are_told_with_a_caret(nianbao: Run, tmp_path: Path) -> None:
    """The file and line of the mistake, the line itself, a caret below."""
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "rules.yaml").write_text(
        "- code: Z001\n  name: trial\n  equation: 新收 + 上年结赚 = 办理总计\n  within: applications\n",
        encoding="utf-8",
    )

    done = nianbao("check", CLEAN, "--pack", pack)

    assert done.returncode == ExitCode.USAGE
    assert "rules.yaml:3" in done.stderr
    assert any(line.strip() == "^" for line in done.stderr.splitlines())
