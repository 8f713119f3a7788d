"""``nianbao fix``: what it shows, asks and writes."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.rendering import rendered
from tests.unit.cli.terminals import all_shown

from nianbao.cli import ExitCode
from nianbao.forms.loading import form_by_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.cli.conftest import Done

    Run = Callable[..., Done]

DRAFT = "examples/linjiang-2024-draft.txt"


@pytest.fixture
def draft(repo: Path, tmp_path: Path) -> Path:
    """Return a copy of the draft with one wrong figure."""
    return Path(shutil.copy(repo / DRAFT, tmp_path / "draft.txt"))


@pytest.fixture
def open_one(repo: Path, tmp_path: Path) -> Path:
    """Return a draft with a second slip, of which there are several readings, and a third that is clear."""
    text = (repo / DRAFT).read_text(encoding="utf-8")
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.count("|") == 14)
    cells = lines[at].split(" | ")
    cells[4] = str(int(cells[4]) + 1)
    lines[at] = " | ".join(cells)
    file = tmp_path / "open.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def answering(file: Path, answers: str, *options: str) -> tuple[int, str]:
    """Run on a terminal and type answers; return the exit code and what the terminal showed."""
    leader, follower = pty.openpty()
    with os.fdopen(leader, "r+b", buffering=0) as screen:
        screen.write(answers.encode())
        process = subprocess.Popen(
            [sys.executable, "-m", "nianbao", "fix", str(file), "--lang", "en", *options],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        )
        os.close(follower)
        seen = all_shown(screen)
    return process.wait(timeout=60), seen.decode()


def test_without_a_terminal_it_shows_and_ends(calling: Run, draft: Path) -> None:
    """The row before and after, what goes away, how to accept; nothing is written, and the exit code is the check's."""
    done = calling("fix", draft, "--lang", "en")

    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (ExitCode.FINDINGS, "")
    assert lines[0] == "[1] confidence high: digits transposed"
    assert lines[1].endswith("draft.txt:53:28")
    assert [line.split()[:2] for line in lines[3:5]] == [["-", "[72]"], ["+", "[27]"]]
    assert lines[5] == "  then gone: A002 wrong-results-total, A003 wrong-row-total"
    assert lines[6] == "--accept 1 accepts and writes a corrected copy"
    assert [one.name for one in draft.parent.iterdir()] == ["draft.txt"]


@pytest.mark.parametrize("word", ["1", "high", "1,1", " 1 "])
def test_what_is_accepted_is_put_right_in_a_copy(calling: Run, draft: Path, word: str) -> None:
    """One figure of one line; the file stays, and the copy is checked again, whose exit code it is."""
    before = draft.read_bytes()

    done = calling("fix", draft, "--accept", word, "--lang", "en")

    copy = draft.with_name("draft.fixed.txt")
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    assert draft.read_bytes() == before
    assert copy.read_bytes() == before.replace(b"| 72 | 2 |", b"| 27 | 2 |")
    assert done.stdout.splitlines()[-2:] == [
        f"corrected copy: {copy} (cells changed: 1)",
        "checked again: 2 findings before, none now",
    ]


def test_nothing_that_is_there_is_written_over(calling: Run, draft: Path) -> None:
    """The same copy is kept, another one has a number; a file that is named is replaced, unless it is the report."""
    for _time in range(2):
        calling("fix", draft, "--accept", "1")
    assert {one.name for one in draft.parent.iterdir()} == {"draft.txt", "draft.fixed.txt"}

    draft.with_name("draft.fixed.txt").write_text("mine", encoding="utf-8")
    calling("fix", draft, "--accept", "1")
    named = calling("fix", draft, "--accept", "1", "--output", draft.with_name("draft.fixed.txt"))

    assert draft.with_name("draft.fixed-2.txt").is_file()
    assert named.returncode == ExitCode.CLEAN
    assert "| 27 | 2 |" in draft.with_name("draft.fixed.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--accept", "2"], "there is no 2"),
        (["--accept", "all"], "numbers"),
        (["--accept", "1", "--output", "./draft.txt"], "the file itself"),
        (["--accept", "1", "--output", "missing/x.txt"], "cannot write"),
        (["--accept", "1", "--output", "."], "cannot write"),
        (["--accpt", "1"], "No such option"),
        (["--pack", "missing"], "missing"),
    ],
)
def test_wrong_calls_are_told(calling: Run, draft: Path, options: list[str], words: str) -> None:
    """On the error stream; nothing is written."""
    done = calling("fix", "draft.txt", *options, "--lang", "en", cwd=draft.parent)

    assert done.returncode == ExitCode.USAGE
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert [one.name for one in draft.parent.iterdir()] == ["draft.txt"]


@pytest.mark.parametrize("path", ["missing.txt", ".", "empty.txt"])
def test_what_cannot_be_read_is_told(calling: Run, tmp_path: Path, path: str) -> None:
    """As check tells it."""
    (tmp_path / "empty.txt").touch()

    done = calling("fix", path, "--lang", "en", cwd=tmp_path)

    assert done.returncode == ExitCode.UNREADABLE
    assert done.stderr.startswith("cannot read")


def test_one_report_at_a_time(calling: Run, draft: Path) -> None:
    """A folder with several has to be narrowed down."""
    shutil.copy(draft, draft.with_name("other.txt"))

    done = calling("fix", draft.parent, "--lang", "en")

    assert done.returncode == ExitCode.USAGE
    assert "several reports" in done.stderr


def test_the_one_report_of_a_folder_is_put_right(calling: Run, draft: Path) -> None:
    """Its copy stands beside it."""
    done = calling("fix", draft.parent, "--accept", "1", "--lang", "en")

    assert done.returncode == ExitCode.CLEAN
    assert {one.name for one in draft.parent.iterdir()} == {"draft.txt", "draft.fixed.txt"}


def test_a_report_that_is_elsewhere_is_named(calling: Run, draft: Path) -> None:
    """That a page leads to; of an archive it is said what to do."""
    page = draft.with_name("page.html")
    page.write_text(f"<p>2024年政府信息公开工作年度报告</p><a href={draft.name}.zip>年度报告.zip</a>", encoding="utf-8")
    with zipfile.ZipFile(draft.with_name("draft.txt.zip"), "w") as archive:
        archive.write(draft, "draft.txt")

    (draft.parent / "docs").mkdir()
    word = draft.parent / "docs" / "年度报告.docx"
    word.write_bytes(rendered(draw_report(form_by_id("zfxxgk-2021"), "led"), "docx"))
    leading = word.with_name("page.html")
    leading.write_text(f"<p>2024年政府信息公开工作年度报告</p><a href={word.name}>年度报告.docx</a>", encoding="utf-8")

    elsewhere = calling("fix", leading, "--lang", "en")
    led, packed = (calling("fix", draft.with_name(name), "--lang", "en") for name in ("page.html", "draft.txt.zip"))
    refused = calling("fix", draft.with_name("draft.txt.zip"), "--accept", "1", "--lang", "en")

    assert (elsewhere.returncode, str(word) in elsewhere.stderr) == (ExitCode.USAGE, True)
    assert all("in an archive" in one.stderr and "[27]" in one.stdout for one in (led, packed))
    assert refused.returncode == ExitCode.USAGE
    assert "unpack it" in refused.stderr


def test_what_is_not_written_is_shown_all_the_same(calling: Run, repo: Path) -> None:
    """Standard input has no file: what should be changed is shown, accepting it is a wrong call."""
    text = (repo / DRAFT).read_text(encoding="utf-8")

    shown = calling("fix", "-", "--lang", "en", stdin=text)
    refused = calling("fix", "-", "--accept", "1", "--lang", "en", stdin=text)

    assert (shown.returncode, "[27]" in shown.stdout) == (ExitCode.FINDINGS, True)
    assert shown.stdout.endswith("nothing was changed\n")
    assert shown.stderr.startswith("no copy of -")
    assert (refused.returncode, refused.stdout) == (ExitCode.USAGE, "")


def test_a_report_that_adds_up_has_nothing_to_put_right(calling: Run) -> None:
    """Which is said."""
    done = calling("fix", "examples/linjiang-2024.txt", "--lang", "en")

    assert (done.returncode, done.stdout) == (
        ExitCode.CLEAN,
        "there is no figure to put right, and no sentence to add\n",
    )


def test_settings_choose_rules_and_language(calling: Run, draft: Path) -> None:
    """Rules that do not run have nothing to explain; what the command line says wins."""
    settings = draft.with_name("settings.yaml")
    settings.write_text("ignore: [A002, A003]\nlang: en\n", encoding="utf-8")

    done = calling("fix", draft, "--settings", settings)
    spoken = calling("fix", draft, "--settings", settings, "--lang", "zh")

    assert (done.returncode, done.stdout) == (
        ExitCode.CLEAN,
        "there is no figure to put right, and no sentence to add\n",
    )
    assert spoken.stdout == "没有可以改的数字，也没有可以补的句子\n"


def test_blanks_that_follow_may_be_accepted(calling: Run, draft: Path) -> None:
    """By their number or all at once."""
    text = draft.read_text(encoding="utf-8").replace("| 72 | 2 |", "| 27 | 2 |")
    draft.write_text(text.replace("| 38 | 5 |", "|  | 5 |"), encoding="utf-8")

    done = calling("fix", draft, "--accept", "blanks", "--lang", "en")

    assert "+ [38]" in " ".join(done.stdout.split())
    assert done.returncode == ExitCode.CLEAN
    assert "| 38 | 5 |" in draft.with_name("draft.fixed.txt").read_text(encoding="utf-8")


def test_last_years_figure_is_to_be_changed_there(calling: Run, repo: Path, tmp_path: Path) -> None:
    """It is shown, and cannot be accepted."""
    prior = (repo / "examples/linjiang-2023.txt").read_text(encoding="utf-8")
    slip = ("| 6 | 1 | 0 | 0 | 0 | 0 | 7", "| 9 | 1 | 0 | 0 | 0 | 0 | 7")
    (tmp_path / "2023.txt").write_text(prior.replace(*slip), encoding="utf-8")

    shown = calling("fix", "examples/linjiang-2024.txt", "--prior", tmp_path / "2023.txt", "--lang", "en")
    refused = calling(
        "fix", "examples/linjiang-2024.txt", "--prior", tmp_path / "2023.txt", "--accept", "1", "--lang", "en"
    )

    assert "to be changed by hand" in shown.stdout
    assert shown.stdout.endswith("nothing was changed\n")
    assert refused.returncode == ExitCode.USAGE


def test_a_terminal_is_asked(draft: Path) -> None:
    """Yes writes, no and quit do not; what is no answer is asked again."""
    copy = draft.with_name("draft.fixed.txt")

    refused, seen = answering(draft, "n\n")
    quitted, _seen = answering(draft, "q\n")
    assert (refused, quitted, copy.exists()) == (ExitCode.FINDINGS, ExitCode.FINDINGS, False)
    assert "change it?" in seen
    assert "nothing was changed" in seen

    accepted, seen = answering(draft, "what\ny\n")
    assert (accepted, copy.is_file()) == (ExitCode.CLEAN, True)
    assert seen.count("change it?") == 2


def test_what_is_open_is_always_asked(open_one: Path) -> None:
    """All takes what is clear; of readings that exclude each other one is taken, and the others are not asked for."""
    _code, seen = answering(open_one, "a\nn\ny\n")

    assert seen.count("change it?") == 3
    assert "| 27 | 2 |" in open_one.with_name("open.fixed.txt").read_text(encoding="utf-8")
    assert "none now" in seen


def test_breaking_off_writes_nothing(draft: Path) -> None:
    """The end of what is typed, too."""
    code, _seen = answering(draft, "\x04")

    assert code == ExitCode.INTERRUPTED
    assert not draft.with_name("draft.fixed.txt").exists()


def test_colours_are_for_terminals(draft: Path, calling: Run) -> None:
    """And not for those that want none."""
    assert "\x1b[" not in calling("fix", draft).stdout
    assert "\x1b[" not in answering(draft, "q\n")[1]


def test_pdfs_are_put_right_elsewhere(calling: Run, tmp_path: Path, corpus: Path) -> None:
    """What should be changed is shown, with where to change it."""
    shutil.copy(corpus / "hongze-2023.pdf", tmp_path / "report.pdf")

    shown = calling("fix", tmp_path / "report.pdf", "--lang", "en")

    assert shown.returncode == ExitCode.FINDINGS
    assert "Word" in shown.stderr
    assert "[11]" in shown.stdout
    assert "instead of 3, not with it" in shown.stdout


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_reports_as_data_are_put_right(calling: Run, draft: Path, kind: str) -> None:
    """What ``extract`` prints, and the same as YAML."""
    data = draft.with_name("report.json")
    calling("extract", draft, "--output", data)
    if kind == "yaml":
        data = data.rename(data.with_suffix(".yaml"))
        data.write_text(f"# 报告\n---\n{data.read_text(encoding='utf-8')}", encoding="utf-8")

    done = calling("fix", data, "--accept", "1", "--lang", "en")

    copy = data.with_name(f"report.fixed.{kind}")
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    mark = re.compile(r"# nianbao corrected copy of [0-9a-f]{16}\n\Z")
    texts = [mark.sub("", file.read_text(encoding="utf-8")).splitlines() for file in (data, copy)]
    differ = [pair for pair in zip(*texts, strict=True) if pair[0] != pair[1]]
    assert len(differ) in {1, 2}
    assert all(new == old.replace("72", "27") for old, new in differ)


def test_a_figure_that_stands_for_two_is_not_put_right(calling: Run, draft: Path) -> None:
    """Another cell of the data is its alias: the copy would say something else, and is not written."""
    data = draft.with_name("report.yaml")
    cells = json.loads(calling("extract", draft).stdout)["cells"]
    lines = [f"  {key}: {json.dumps(cell['value'])}" for key, cell in cells.items() if key.startswith("applications")]
    twice = "\n".join(["  disclosure.penalties.decisions: *x", *lines]).replace(": 72", ": &x 72", 1)
    head, *others = twice.split("\n")
    text = "\n".join(["schema: nianbao/report/1", "form: zfxxgk-2021", "year: 2024", "cells:", *others, head, ""])
    data.write_text(text, encoding="utf-8")

    done = calling("fix", data, "--accept", "1", "--lang", "en")

    assert done.returncode == ExitCode.USAGE
    assert "change them by hand" in done.stderr
    assert not data.with_name("report.fixed.yaml").exists()


def test_a_page_of_other_encoding_is_put_right(calling: Run, tmp_path: Path) -> None:
    """Its bytes are those of the file but for the figure and the mark of a copy."""
    drawn = draw_report(form_by_id("zfxxgk-2021"), "fix")
    key = "applications.granted.natural_person"
    file = tmp_path / "page.html"
    file.write_bytes(rendered(drawn.with_cell(key, int(drawn.cells[key] or 0) + 900), "gb18030"))

    done = calling("fix", file, "--accept", "high")

    assert done.returncode == ExitCode.CLEAN
    made = (tmp_path / "page.fixed.html").read_bytes()
    assert re.sub(rb'<meta name="generator" content="nianbao corrected copy of [0-9a-f]{16}">', b"", made) == rendered(
        drawn, "gb18030"
    )
