"""``nianbao extract`` and what all commands share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nianbao import __version__, cli
from nianbao.cli import ExitCode

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

REPORT = "examples/linjiang-2023.txt"


def test_json_holds_every_cell(nianbao: Run, repo: Path) -> None:
    """All 200 cells of the form, with exact money and the place where each stands."""
    data = json.loads(nianbao("extract", REPORT).stdout)

    assert (data["schema"], data["year"], len(data["cells"]), data["unread"]) == ("nianbao/report/1", 2023, 200, {})
    fees = data["cells"]["disclosure.fees.amount"]
    line = (repo / REPORT).read_text(encoding="utf-8").splitlines()[fees["location"]["line"] - 1]
    assert (fees["value"], fees["state"], fees["raw"]) == (846.3, "number", "846.30")
    assert line[fees["location"]["column"] - 1 :] == "846.30"


def test_text_is_a_line_a_cell(nianbao: Run) -> None:
    """A head line, then key, value and place, parted by tabs."""
    lines = nianbao("extract", REPORT, "--format", "text").stdout.splitlines()

    assert len(lines) == 201
    assert lines[0].split("\t")[0] == "zfxxgk-2021"
    assert all(line.count("\t") == 2 for line in lines)


@pytest.mark.parametrize("path", ["missing.txt", "examples"])
def test_what_cannot_be_read_gets_one_line(nianbao: Run, path: str) -> None:
    """Exit code 3, one line that names the input."""
    done = nianbao("extract", path)

    assert (done.returncode, done.stdout) == (ExitCode.UNREADABLE, "")
    assert done.stderr.count("\n") == 1
    assert path in done.stderr


def test_the_version_is_printed(nianbao: Run) -> None:
    """The version of the package."""
    assert __version__ in nianbao("--version").stdout


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["extract", "-h"]])
def test_help_speaks_both_languages(nianbao: Run, arguments: list[str]) -> None:
    """Help is there for every command, Chinese and English."""
    done = nianbao(*arguments)

    assert done.returncode == ExitCode.CLEAN
    assert "报告" in done.stdout
    assert "report" in done.stdout


def test_help_lists_the_commands_and_exit_codes(nianbao: Run) -> None:
    """Both commands, and what the codes mean."""
    text = nianbao("--help").stdout

    assert all(word in text for word in ("check", "extract", "Exit codes"))


def test_an_error_of_its_own_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 4 and a request to report it; the traceback comes with NIANBAO_DEBUG alone."""

    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr(cli.nianbao, "main", broken)
    monkeypatch.delenv("NIANBAO_DEBUG", raising=False)

    assert cli.run([]) == ExitCode.INTERNAL
    told = capsys.readouterr().err
    assert "out of ink" in told
    assert told.count("\n") == 1

    monkeypatch.setenv("NIANBAO_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.run([])


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Control-C gives 130 and no traceback."""

    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.nianbao, "main", interrupted)

    assert cli.run([]) == ExitCode.INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


def test_a_report_of_nothing_is_read_from_standard_input(nianbao: Run) -> None:
    """An empty standard input is told as such."""
    done = nianbao("extract", "-", stdin="")

    assert done.returncode == ExitCode.UNREADABLE


def test_output_file_equals_standard_output(nianbao: Run, tmp_path: Path) -> None:
    """The same bytes, whichever way."""
    target = tmp_path / "report.json"
    nianbao("extract", REPORT, "--output", target)

    assert target.read_text(encoding="utf-8") == nianbao("extract", REPORT).stdout
