"""What is no readable report gets one clear line, and never a traceback."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.pdffiles import PIXEL, pages, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
OTHER_PAGE = "<html><body><h1>天气预报</h1><p>明天晴</p><table><tr><td>温度</td><td>20</td></tr></table></body></html>"
BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "picture.html": PICTURE,
    "other.html": OTHER_PAGE.encode(),
    "prose.txt": "这是一封信。\n祝好。".encode(),
    "archive.docx": b"PK\x03\x04" + b"\0" * 100,
    "broken.pdf": b"%PDF-1.7\n" + b"\0" * 100,
    "scan.pdf": pages(b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"/XObject<</I 6 0 R>>", more=[PIXEL]),
    "letter.pdf": pages(say(60, 100, "这是一封信。") + say(60, 130, "祝好。")),
}


@pytest.mark.parametrize("name", BAD)
def test_an_unreadable_file_gets_one_line(nianbao: Run, tmp_path: Path, name: str) -> None:
    """The line names the file and says what to do; the exit code is 3."""
    file = tmp_path / name
    file.write_bytes(BAD[name])

    done = nianbao("check", file, "--format", "text")

    lines = [line for line in (done.stdout + done.stderr).splitlines() if str(file) in line or name in line]
    assert done.returncode == 3
    assert len(lines) == 1
    assert "；" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "missing.txt", "not-found"),
        (lambda folder: _made(folder / "empty"), "no-reports"),
        (lambda folder: _pipe(folder / "pipe.txt"), "cannot-open"),
        (lambda folder: _loop(folder / "loop.txt"), "cannot-open"),
    ],
    ids=["missing", "folder with none", "named pipe", "link to itself"],
)
def test_what_cannot_be_opened_is_a_problem(
    nianbao: Run, tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    """A path that leads to no report is told as that input's problem."""
    done = nianbao("check", make(tmp_path), "--format", "json")

    result = json.loads(done.stdout)
    assert done.returncode == 3
    assert [problem["code"] for report in result["reports"] for problem in report["problems"]] == [code]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def test_a_huge_page_is_refused_in_little_time_and_memory(repo: Path, tmp_path: Path) -> None:
    """A page of 60 GB costs less than 1 GB of memory, so that it is not read to its end, and says what to do."""
    page = (repo / "examples" / "linjiang-2024.html").read_bytes()
    huge = tmp_path / "huge.html"
    with huge.open("wb") as file:
        file.write(page * (60_000_000 // len(page) + 1))
        file.truncate(60_000_000_000)  # holes, which take no room on the disk

    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "check", str(huge)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)),
        env={**os.environ, "PYTHONUTF8": "1"},
    )

    assert done.returncode == 3
    assert "32 MB" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_one_bad_input_does_not_stop_the_others(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Good reports of the same run are checked; unreadable ones win over findings in the exit code."""
    (tmp_path / "bad.html").write_bytes(PICTURE)

    done = nianbao("check", repo / "examples" / "linjiang-2024-draft.txt", tmp_path / "bad.html", "--format", "json")

    result = json.loads(done.stdout)
    assert done.returncode == 3
    assert [len(report["problems"]) for report in result["reports"]] == [0, 1]
    assert result["summary"]["error"] == 2


def test_a_report_without_a_table_is_told_that(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Where Table 3 is missing its equations are undecided, said with it, and nothing else is made of it."""
    lines = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("三、收到")) + 1
    end = next(n for n, line in enumerate(lines) if line.startswith("四、政府"))
    file = tmp_path / "without.txt"
    file.write_text("\n".join([*lines[:start], "（略）", *lines[end:]]), encoding="utf-8")

    done = nianbao("check", file, "--format", "json")

    findings = json.loads(done.stdout)["reports"][0]["findings"]
    undecided = [finding["rule"] for finding in findings if finding["outcome"] == "undecided"]
    assert done.returncode == 1
    assert {"A001", "A002", "A003"} <= set(undecided)
    assert len(undecided) == len(set(undecided))
    assert [finding["rule"] for finding in findings if finding["outcome"] == "fail"] == ["S007"]
    told = nianbao("check", file, "-v").stdout
    assert f"未判 {len(undecided) - 2} 项，因为第 1 处（A001、A002、A003" in told


def test_a_missing_section_is_an_error(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """A section of which there is nothing at all is found by S001."""
    text = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8")
    file = tmp_path / "without.txt"
    file.write_text(text[: text.index("五、存在")] + text[text.index("六、其他") :], encoding="utf-8")

    done = nianbao("check", file, "--format", "json")

    findings = json.loads(done.stdout)["reports"][0]["findings"]
    assert done.returncode == 1
    assert [f["rule"] for f in findings if f["outcome"] == "fail" and f["severity"] == "error"] == ["S001"]


def test_tables_without_headings_are_no_missing_sections(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Where no heading at all is recognised, that sections are missing cannot be told."""
    lines = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8").split("\n")
    file = tmp_path / "tables.txt"
    file.write_text("\n".join(line for line in lines if "|" in line), encoding="utf-8")

    done = nianbao("check", file, "--format", "json")

    findings = json.loads(done.stdout)["reports"][0]["findings"]
    assert done.returncode == 0
    assert [f["outcome"] for f in findings if f["rule"] == "S001"] == ["undecided"]


def test_a_row_that_does_not_fit_is_told_once_with_its_line(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """A row with a cell too few is undecided; the line to look at is given, and the reason stands once."""
    lines = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if line.startswith("2.重复申请"))
    lines[number] = lines[number].rpartition(" | ")[0]
    file = tmp_path / "short.txt"
    file.write_text("\n".join(lines), encoding="utf-8")

    done = nianbao("check", file, COLUMNS="200")

    assert done.returncode == 0
    assert done.stdout.count(f"一行（第 {number + 1} 行）有 6 个数据格，应有 7 个") == 1


def test_blank_cells_are_folded_like_zeros(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """In the table drawn again, columns of a long sum that hold nothing are one line."""
    text = (repo / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("2.重复申请"))
    file = tmp_path / "blank.txt"
    file.write_text(text.replace(line, "2.重复申请 | 4 | | | | | | 1"), encoding="utf-8")

    assert "其余 5 列为 0 或未填" in nianbao("check", file).stdout
