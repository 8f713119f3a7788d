"""``nianbao check --annotate``: copies with notes beside what is printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.rendering import rendered

from nianbao.cli import ExitCode
from nianbao.forms.loading import form_by_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.cli.conftest import Done

    Run = Callable[..., Done]

KEY = "disputes.review.total"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a page with one wrong figure."""
    drawn = draw_report(form_by_id("zfxxgk-2021"), "annotate")
    file = tmp_path / "in" / "年报.html"
    file.parent.mkdir()
    file.write_bytes(rendered(drawn.with_cell(KEY, int(drawn.cells[KEY] or 0) + 1), "clean"))
    return file


@pytest.mark.parametrize(("lang", "words"), [("zh", "带批注的副本 1 份"), ("en", "copies with notes (1)")])
def test_copies_are_told_on_the_error_stream(calling: Run, report: Path, tmp_path: Path, lang: str, words: str) -> None:
    """What is printed and the exit code are those without copies."""
    call = ("check", report, "--format", "json", "--lang", lang, "--persona", "research")
    plain = calling(*call)

    done = calling(*call, "--annotate", tmp_path / "out")

    assert (done.returncode, done.stdout, plain.stderr) == (ExitCode.FINDINGS, plain.stdout, "")
    assert done.stderr.startswith(words)
    assert str(tmp_path / "out" / "年报.html") in done.stderr
    assert done.stderr.count("\n") == 1


def test_notes_speak_the_language_of_the_run(calling: Run, report: Path, tmp_path: Path) -> None:
    """That of ``--lang``."""
    for lang in ("zh", "en"):
        calling("check", report, "--annotate", tmp_path / lang, "--lang", lang)

    assert "错误：" in (tmp_path / "zh" / "年报.html").read_text(encoding="utf-8")
    assert "error: " in (tmp_path / "en" / "年报.html").read_text(encoding="utf-8")


def test_what_is_not_shown_is_not_noted(calling: Run, report: Path, tmp_path: Path) -> None:
    """Levels that ``--show`` leaves out have no notes either."""
    page = report.read_text(encoding="utf-8").replace("<h2>六、", "<h2>六、关于")
    report.write_text(page, encoding="utf-8")

    for level in ("all", "error"):
        calling("check", report, "--annotate", tmp_path / level, "--show", level)

    noted = {one: (tmp_path / one / "年报.html").read_text(encoding="utf-8") for one in ("all", "error")}
    assert noted["all"].count('<b class="error">') == noted["error"].count('<b class="error">') > 0
    assert noted["all"].count('<b class="info">') > 0 == noted["error"].count('<b class="info">')


def test_a_clean_report_has_no_copy(calling: Run, tmp_path: Path) -> None:
    """Which is said."""
    done = calling("check", "examples/linjiang-2024.txt", "--annotate", tmp_path / "out", "--lang", "en")

    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "nothing to note: no copy was made\n")


def test_what_takes_no_notes_is_told_in_a_line(calling: Run, report: Path, tmp_path: Path) -> None:
    """A text and standard input; the others have their copies, and the exit code is the findings'."""
    draft = "examples/linjiang-2024-draft.txt"
    text = report.read_text(encoding="utf-8")

    done = calling("check", draft, report, "-", "--annotate", tmp_path / "out", "--lang", "en", stdin=text)

    assert done.returncode == ExitCode.FINDINGS
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        f"no copy of {draft}",
        "no copy of -",
        "copies with notes (1)",
    ]


@pytest.mark.parametrize("where", ["in", "in/copies"])
def test_a_folder_among_those_checked_is_refused(calling: Run, report: Path, tmp_path: Path, where: str) -> None:
    """The call is wrong, and nothing is written."""
    done = calling("check", report.parent, "--annotate", tmp_path / where, "--lang", "en")

    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "choose another" in done.stderr
    assert [one.name for one in report.parent.iterdir()] == [report.name]


def test_a_folder_that_cannot_be_written_is_refused(calling: Run, report: Path, tmp_path: Path) -> None:
    """In one line."""
    (tmp_path / "file").write_text("x", encoding="utf-8")

    done = calling("check", report, "--annotate", tmp_path / "file" / "out", "--lang", "en")

    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("nianbao: cannot write")


def test_unreadable_inputs_still_win(calling: Run, report: Path, tmp_path: Path) -> None:
    """Copies are made of what could be read."""
    done = calling("check", report, "missing.html", "--annotate", tmp_path / "out", "--format", "json")

    assert done.returncode == ExitCode.UNREADABLE
    assert (tmp_path / "out" / "年报.html").is_file()
    assert len(json.loads(done.stdout)["reports"]) == 2
