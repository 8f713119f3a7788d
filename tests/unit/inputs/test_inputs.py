"""Which files a run takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(repo: Path, tmp_path: Path) -> Path:
    """Make a folder with a report, a page of notes and what is not looked at."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "report.txt").write_bytes((repo / "examples" / "linjiang-2024.txt").read_bytes())
    (tmp_path / "README.md").write_text("# Notes\n\nNothing to check.", encoding="utf-8")
    (tmp_path / "data.csv").write_text("1,2", encoding="utf-8")
    (tmp_path / "2023.ofd").write_bytes(b"PK")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "old.txt").write_text("?", encoding="utf-8")
    return tmp_path


def test_a_folder_means_the_reports_in_it(nianbao: Run, folder: Path) -> None:
    """Reports are found at any depth; other files are passed over, and it is said which."""
    done = nianbao("check", folder, "--format", "json")

    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert [report["path"] for report in result["reports"]] == [str(folder / "2024" / "report.txt")]
    assert result["skipped"] == [str(folder / "2023.ofd"), str(folder / "README.md")]
    assert "README.md" in nianbao("check", folder).stdout


def test_other_data_in_a_folder_is_passed_over(nianbao: Run, folder: Path) -> None:
    """JSON and YAML may be anything; only where such a file is named itself is it a problem that it is no report."""
    data = folder / "package.json"
    data.write_text('{"cells": {"a": 1}}', encoding="utf-8")
    (folder / "settings.yaml").write_text("select: [A]", encoding="utf-8")

    done = nianbao("check", folder, "--format", "json")

    assert done.returncode == 0
    assert str(data) in json.loads(done.stdout)["skipped"]
    assert nianbao("check", data).returncode == 3
    assert nianbao("check", data, "--only-reports").returncode == 0


def test_a_folder_of_other_files_holds_no_report(nianbao: Run, folder: Path) -> None:
    """Where nothing in a folder is a report, that is the folder's problem."""
    (folder / "2024" / "report.txt").unlink()

    done = nianbao("check", folder, "--format", "json")

    assert done.returncode == 3
    problems = [problem for report in json.loads(done.stdout)["reports"] for problem in report["problems"]]
    assert [(problem["path"], problem["code"]) for problem in problems] == [(str(folder), "no-reports")]


@pytest.mark.parametrize(("options", "code"), [((), 3), (("--only-reports",), 0)])
def test_a_named_file_must_be_a_report(nianbao: Run, folder: Path, options: tuple[str, ...], code: int) -> None:
    """A file that is named and is no report is a problem, unless the caller hands over whatever has changed."""
    done = nianbao("check", folder / "README.md", folder / "2024" / "report.txt", *options)

    assert done.returncode == code
