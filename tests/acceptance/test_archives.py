"""Archives and folders of all kinds of files: what is a report is checked, and nothing in them harms a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.packing import locked, packed, renamed

from nianbao import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Check = Callable[..., dict[str, Any]]

MEBIBYTE = 2**20
LETTER = "这是一封信。\n祝好。".encode()


@pytest.fixture(scope="module")
def years(repo: Path) -> dict[str, bytes]:
    """Return two years of one organ."""
    examples = repo / "examples"
    return {
        "2023.txt": (examples / "linjiang-2023.txt").read_bytes(),
        "2024.html": (examples / "linjiang-2024.html").read_bytes(),
    }


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that checks and gives the result as data, with the exit code."""

    def run(*arguments: str | Path) -> dict[str, Any]:
        code = cli.run(["check", *map(str, arguments), "--format", "json"])
        done = capsys.readouterr()
        assert done.err == ""
        result: dict[str, Any] = json.loads(done.out)
        return result | {"code": code}

    return run


def read(result: dict[str, Any]) -> list[str]:
    """Return the names of the reports that were read."""
    return [one["path"] for one in result["reports"] if one["sha256"]]


def problems(result: dict[str, Any]) -> list[tuple[str, str]]:
    """Return name and code of all problems."""
    return [(problem["path"], problem["code"]) for report in result["reports"] for problem in report["problems"]]


def archive(folder: Path, files: Mapping[str, bytes], name: str = "a.zip") -> Path:
    """Write an archive."""
    file = folder / name
    file.write_bytes(packed(files))
    return file


def test_an_archive_means_the_reports_in_it(
    check: Check, nianbao: Run, years: dict[str, bytes], tmp_path: Path
) -> None:
    """As a folder does; each is known by its name in the archive, and finds its year before there."""
    others = {"信.txt": LETTER, "扫描.jpg": b"\xff\xd8\xff", "data.csv": b"1,2", ".hidden.txt": b"?"}
    file = archive(tmp_path, {f"年报/{name}": data for name, data in years.items()} | others)

    result = check(file)

    assert result["code"] == 0
    assert read(result) == [f"{file}/年报/2023.txt", f"{file}/年报/2024.html"]
    assert result["reports"][1]["prior"]["path"] == f"{file}/年报/2023.txt"
    assert result["skipped"] == [f"{file}/信.txt", f"{file}/扫描.jpg"]
    assert f"{file}/年报/2024.html" in nianbao("check", file, COLUMNS="200").stdout


def test_names_of_chinese_windows_are_shown_as_written(check: Check, years: dict[str, bytes], tmp_path: Path) -> None:
    """They are GBK, and do not say so."""
    name = "临江区/2024年报.html".encode("gb18030")
    data = renamed(packed({"x" * len(name): years["2024.html"]}), b"x" * len(name), name)
    (tmp_path / "a.zip").write_bytes(data)

    assert read(check(tmp_path / "a.zip")) == [f"{tmp_path / 'a.zip'}/临江区/2024年报.html"]


def test_archives_are_looked_for_in_folders_and_in_archives(
    check: Check, years: dict[str, bytes], tmp_path: Path
) -> None:
    """Those without a report are passed over there; three in each other are opened, and the fourth is told."""
    data = packed(years)
    for _level in range(2):
        data = packed({"b.zip": data})
    archive(tmp_path, {"c.zip": packed({"d.zip": packed({"e.zip": packed(years)})})}, "deep.zip")
    archive(tmp_path, {"信.txt": LETTER}, "letters.zip")
    (tmp_path / "years.zip").write_bytes(data)

    result = check(tmp_path)

    inner = tmp_path / "years.zip" / "b.zip" / "b.zip"
    assert read(result) == [f"{inner}/2023.txt", f"{inner}/2024.html"]
    assert problems(result) == [(f"{tmp_path}/deep.zip/c.zip/d.zip/e.zip", "too-deep")]
    assert result["skipped"] == [f"{tmp_path}/letters.zip/信.txt", f"{tmp_path}/letters.zip"]


def test_an_archive_of_other_files_holds_no_report(check: Check, tmp_path: Path) -> None:
    """That is the archive's problem where it was named."""
    file = archive(tmp_path, {"信.txt": LETTER, "other/data.csv": b""})

    result = check(file)

    assert (result["code"], problems(result)) == (3, [(str(file), "no-reports")])


def test_members_that_cannot_be_read_are_a_line_each(
    check: Check, nianbao: Run, years: dict[str, bytes], tmp_path: Path
) -> None:
    """A password, a broken file, an empty one: the others are checked."""
    stored = packed({"bad.txt": b"0123456789"}, method=zipfile.ZIP_STORED).replace(b"456", b"654")
    files = {"locked.zip": locked(packed(years)), "broken.zip": stored, "empty.txt": b"", "cut.zip": packed(years)[:99]}
    file = archive(tmp_path, files | years)

    result = check(file)

    assert result["code"] == 3
    assert read(result) == [f"{file}/2023.txt", f"{file}/2024.html"]
    assert problems(result) == [
        (f"{file}/broken.zip/bad.txt", "broken-zip"),
        (f"{file}/cut.zip", "broken-zip"),
        (f"{file}/empty.txt", "empty"),
        (f"{file}/locked.zip/2023.txt", "locked"),
        (f"{file}/locked.zip/2024.html", "locked"),
    ]
    lines = [line for line in nianbao("check", file, COLUMNS="300").stdout.splitlines() if line.startswith("无法读取")]
    assert len(lines) == 5


def test_bombs_are_refused_and_the_rest_of_the_run_is_checked(
    check: Check, years: dict[str, bytes], repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file of much, and many files that are much together, also in archives of an archive."""
    monkeypatch.setattr("nianbao.inputs.archive.MAX_UNPACKED_BYTES", 60 * MEBIBYTE)
    large = archive(tmp_path, {"a.html": b"0" * 40 * MEBIBYTE} | years, "large.zip")
    many = packed({f"{number}.html": b"\x89PNG\r\n" + b"\0" * 9 * MEBIBYTE for number in range(3)})
    crowd = archive(tmp_path, {f"{number}.zip": many for number in range(9)}, "crowd.zip")

    result = check(large, crowd, repo / "examples" / "linjiang-2024.txt")

    found = problems(result)
    assert result["code"] == 3
    assert found[0] == (f"{large}/a.html", "too-large")
    assert found[-1] == (str(crowd), "too-large")
    assert {code for _name, code in found[1:-1]} == {"not-text"}
    assert read(result) == [f"{large}/2023.txt", f"{large}/2024.html", str(repo / "examples" / "linjiang-2024.txt")]


def test_an_archive_may_be_larger_than_a_report(check: Check, years: dict[str, bytes], tmp_path: Path) -> None:
    """Up to a limit of its own; what only has its ending may not."""
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"a.jpg": b"\xff\xd8\xff" * 12 * MEBIBYTE} | years, method=zipfile.ZIP_STORED))
    for name, start in (("large.zip", b"PK\x03\x04"), ("page.zip", b"<html>")):
        with (tmp_path / name).open("wb") as stream:
            stream.write(start)
            stream.truncate((300 if name == "large.zip" else 40) * MEBIBYTE)

    result = check(file, tmp_path / "large.zip", tmp_path / "page.zip")

    assert read(result) == [f"{file}/2023.txt", f"{file}/2024.html"]
    assert problems(result) == [(str(tmp_path / name), "too-large") for name in ("large.zip", "page.zip")]
    assert "解压后检查文件夹" in result["reports"][2]["problems"][0]["message"]


@pytest.mark.parametrize("files", [{"2024.html": "2024.html"}, {"in/2024.html": "2024.html", "信.txt": ""}])
def test_extract_and_diff_take_the_one_report_of_an_archive(
    nianbao: Run, years: dict[str, bytes], tmp_path: Path, repo: Path, files: dict[str, str]
) -> None:
    """Whatever else is in it."""
    file = archive(tmp_path, {name: years.get(source, LETTER) for name, source in files.items()})

    assert json.loads(nianbao("extract", file).stdout)["year"] == 2024
    assert nianbao("diff", file, repo / "examples" / "linjiang-2024.html").returncode == 0


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("2023.txt", "2024.html"), "2 份文件像年报"),
        ((), "没有可以检查的年报"),
        (("empty.txt",), "empty.txt：文件是空的"),
    ],
)
def test_extract_needs_one_report(
    nianbao: Run, years: dict[str, bytes], tmp_path: Path, names: tuple[str, ...], told: str
) -> None:
    """Of several, or of none, it says so."""
    file = archive(tmp_path, {name: years.get(name, b"") for name in names})

    done = nianbao("extract", file)

    assert done.returncode == 3
    assert done.stderr.startswith(f"无法读取 {file}：")
    assert told in done.stderr


def test_standard_input_may_be_an_archive(years: dict[str, bytes]) -> None:
    """It is taken as bytes, whatever they are."""
    command = [sys.executable, "-m", "nianbao", "check", "-", "--format", "json"]
    done = subprocess.run(command, input=packed(years), capture_output=True, check=False)

    assert read(json.loads(done.stdout)) == ["-/2023.txt", "-/2024.html"]


def test_a_page_in_an_archive_dates_the_report_beside_it(
    check: Check, nianbao: Run, years: dict[str, bytes], tmp_path: Path
) -> None:
    """By its link; the report is read once, as a file of the archive."""
    undated = years["2024.html"].replace(b"PubDate", b"Other").replace("发布日期".encode(), b"")
    page = '<meta name="PubDate" content="2025-03-31"><p><a href="附件/r.html">2024年年度报告.doc</a></p>'.encode()
    file = archive(tmp_path, {"网页/p.html": page, "网页/附件/r.html": undated})

    assert read(check(file)) == [f"{file}/网页/附件/r.html"]
    assert json.loads(nianbao("extract", file).stdout)["published"] == "2025-03-31"


HOSTILE = ("a\nb.txt", "\x1b[2J\x1b]0;x\x07.txt", "x" * 250 + ".txt", "a b；c.txt", "-rf.txt", "\u202etxt.txt")


@pytest.mark.parametrize("name", HOSTILE, ids=["newline", "escape", "long", "blank", "dash", "direction"])
def test_hostile_names_are_shown_on_one_line(nianbao: Run, tmp_path: Path, name: str) -> None:
    """In a folder and in an archive, by people and by programs."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / name).write_bytes(b"")
    for given in (folder, archive(tmp_path, {name: b""})):
        done = nianbao("check", given, COLUMNS="900")
        assert done.returncode == 3
        assert done.stdout.count("无法读取") == 2  # the problem, and the count of problems
        assert not set("\x1b\x07\u202e") & set(done.stdout)
    extracted = nianbao("extract", tmp_path / name)
    assert extracted.returncode == 3
    assert extracted.stderr.count("\n") == 1
    assert "\x1b" not in extracted.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes there")
def test_names_that_are_no_text_are_read_and_written(nianbao: Run, years: dict[str, bytes], tmp_path: Path) -> None:
    """To a terminal and to a file, as text and as JSON."""
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.html", "wb") as stream:  # noqa: PTH123 - a path of bytes
        stream.write(years["2024.html"])
    for form in ("text", "json"):
        output = tmp_path / "out"
        assert nianbao("check", tmp_path, "--format", form).returncode == 0
        assert nianbao("check", tmp_path, "--format", form, "--output", output).returncode == 0
        assert output.read_text(encoding="utf-8")
        output.unlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_places_that_are_no_files_are_told_or_passed(check: Check, years: dict[str, bytes], tmp_path: Path) -> None:
    """Pipes, devices, links to themselves and folders in a ring: a line each, and nothing waits."""
    (tmp_path / "2024.html").write_bytes(years["2024.html"])
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "ring").symlink_to(tmp_path)

    result = check(tmp_path, "/dev/zero", "x" * 5000)

    assert read(result) == [str(tmp_path / "2024.html")]
    assert problems(result) == [
        (str(tmp_path / "device.txt"), "cannot-open"),
        (str(tmp_path / "pipe.txt"), "cannot-open"),
        (str(tmp_path / "self.txt"), "cannot-open"),
        ("/dev/zero", "cannot-open"),
        ("x" * 5000, "cannot-open"),
    ]
