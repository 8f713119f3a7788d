"""Reports among other files: what nianbao wrote, lock files and packs are passed over; what may be one is told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from tests.acceptance.test_unreadable_files import scan
from tests.support.drawing import DENSE, draw_report
from tests.support.pdfreports import Setting, report_pdf
from tests.support.rendering import rendered

from nianbao.cli import ExitCode
from nianbao.forms.loading import form_by_id
from nianbao.inputs import beside
from nianbao.inputs.opening import ReadContext
from nianbao.inputs.passing_over import own_work
from nianbao.linter import Linter
from nianbao.model.own_work import ANNOTATED_COPY, CORRECTED_COPY, RESULT_PAGE
from nianbao.model.result import Checked
from nianbao.readers import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.conftest import Run
    from tests.support.drawing import Drawn

    from nianbao.model.report import Report

FORM = form_by_id("zfxxgk-2021")
LAST = replace(draw_report(FORM, "among", densities=DENSE), year=2023)
GOOD = draw_report(FORM, "among/next", prior=LAST, densities=DENSE)
GRANTED = "applications.granted.natural_person"
WRONG = GOOD.with_cell(GRANTED, int(GOOD.cells[GRANTED] or 0) + 900)
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n"
DRAFT = "临江区人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n\n2024年，本区认真做好政府信息公开工作。\n"
KINDS: dict[str, Callable[[Drawn], bytes]] = {
    "docx": lambda drawn: rendered(drawn, "docx"),
    "xlsx": lambda drawn: rendered(drawn, "sheet"),
    "html": lambda drawn: rendered(drawn, "clean"),
    "pdf": lambda drawn: report_pdf(drawn, Setting()),
}


def checked(nianbao: Run, *arguments: str | Path, cwd: Path) -> dict[str, Any]:
    """Return the result of a check as JSON."""
    result: dict[str, Any] = json.loads(nianbao("check", *arguments, "--format", "json", cwd=cwd).stdout)
    return result


def paths(result: dict[str, Any]) -> list[str]:
    """Return the paths of the reports of a result."""
    return [report["path"] for report in result["reports"]]


@pytest.mark.parametrize("kind", KINDS)
def test_what_nianbao_wrote_is_no_report_among_others(nianbao: Run, tmp_path: Path, kind: str) -> None:
    """Pages of results, copies with notes, and corrected copies beside their originals are passed over and named."""
    report = tmp_path / f"2024.{kind}"
    report.write_bytes(KINDS[kind](WRONG))
    nianbao("check", report, "--annotate", tmp_path / "notes", "--format", "html", "--output", tmp_path / "page.html")
    can_fix = kind != "pdf"
    if can_fix:
        nianbao("fix", report, "--accept", "high")
    written = {"page.html": RESULT_PAGE, f"notes/2024.{kind}": ANNOTATED_COPY}
    written |= {f"2024.fixed.{kind}": CORRECTED_COPY} if can_fix else {}

    for name, work in written.items():
        found = own_work(Source(name, (tmp_path / name).read_bytes()))
        assert found is not None
        assert found.kind == work
    result = checked(nianbao, ".", cwd=tmp_path)
    named = checked(nianbao, *written, f"2024.{kind}", "--only-reports", cwd=tmp_path)

    assert paths(result) == [f"./2024.{kind}"]
    assert sorted(result["skipped"]) == sorted(f"./{name}" for name in written)
    assert paths(named) == [f"2024.{kind}"]
    assert sorted(named["skipped"]) == sorted(written)


def test_what_nianbao_wrote_is_told_where_it_is_named(nianbao: Run, tmp_path: Path) -> None:
    """A page of results is none; a copy is judged, with a line that says what it is."""
    report = tmp_path / "2024.html"
    report.write_bytes(KINDS["html"](WRONG))
    nianbao("check", report, "--annotate", tmp_path / "notes", "--format", "html", "--output", tmp_path / "page.html")

    page = nianbao("check", "page.html", cwd=tmp_path)
    copy = nianbao("check", "notes/2024.html", cwd=tmp_path)

    assert page.returncode == ExitCode.UNREADABLE
    assert "无法读取 page.html：是 nianbao 写的结果网页，不是年报" in page.stdout
    assert copy.returncode == ExitCode.FINDINGS
    assert "这是 nianbao 写的带批注的副本" in copy.stdout


@pytest.mark.parametrize("kind", ["docx", "flow"])
def test_a_corrected_copy_without_its_original_is_the_report(nianbao: Run, tmp_path: Path, kind: str) -> None:
    """Both named, both are judged, and are no conflict; alone, it is a report like others."""
    report = tmp_path / f"2024.{'txt' if kind == 'flow' else kind}"
    report.write_bytes(rendered(WRONG, kind))
    nianbao("fix", report, "--accept", "high")
    copy = report.with_name(f"2024.fixed{report.suffix}")

    both = checked(nianbao, report.name, copy.name, cwd=tmp_path)
    beside_it = checked(nianbao, ".", cwd=tmp_path)
    report.unlink()
    alone = checked(nianbao, ".", cwd=tmp_path)

    assert (paths(both), both.get("findings")) == ([report.name, copy.name], None)
    assert (paths(beside_it), beside_it["skipped"]) == ([f"./{report.name}"], [f"./{copy.name}"])
    assert (paths(alone), alone["summary"]["error"]) == ([f"./{copy.name}"], 0)


def test_files_that_are_none_are_passed_over_and_named(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Lock files of Word and LibreOffice, empty files, and packs; in a folder, and given to the hook by name."""
    names = ["~$2024.docx", ".~lock.2024.docx#", "空.txt"]
    (tmp_path / names[0]).write_bytes(b"\x05clerk" + bytes(156))
    (tmp_path / names[1]).write_text(",clerk,pc,01.12.2024;", encoding="utf-8")
    (tmp_path / names[2]).write_bytes(b" \n")
    shutil.copytree(repo / "rules", tmp_path / "规则")
    shutil.copytree(repo / "schemas" / "forms", tmp_path / "表")
    (tmp_path / "2024.txt").write_bytes(rendered(GOOD, "flow"))
    packs = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.yaml")]

    result = checked(nianbao, ".", cwd=tmp_path)
    named = checked(nianbao, *names, *packs, "2024.txt", "--only-reports", cwd=tmp_path)

    assert len(packs) > 5
    for found, start in ((result, "./"), (named, "")):
        assert paths(found) == [f"{start}2024.txt"]
        assert {start + name for name in (*names, *packs)} <= set(found["skipped"])
        assert found["summary"]["problems"] == 0


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("2024.docx", POINTER, "lfs-pointer"),
        ("2024.txt", POINTER, "lfs-pointer"),
        ("2024.pdf", scan(), "no-text"),
        ("2024.docx", rendered(GOOD, "docx")[:-400], "broken-zip"),
    ],
)
@pytest.mark.parametrize("place", [".", "by name"])
def test_what_may_be_a_report_is_told(
    nianbao: Run, tmp_path: Path, name: str, data: bytes, code: str, place: str
) -> None:
    """A pointer of Git LFS, a scan and a broken file are never passed over."""
    (tmp_path / name).write_bytes(data)

    done = nianbao("check", name if place == "by name" else ".", "--only-reports", "--format", "json", cwd=tmp_path)

    assert done.returncode == ExitCode.UNREADABLE
    assert [problem["code"] for report in json.loads(done.stdout)["reports"] for problem in report["problems"]] == [
        code
    ]


def test_files_of_one_report_are_told_and_the_best_is_taken(nianbao: Run, tmp_path: Path) -> None:
    """Their figures agree: last year's report is the one in the better format, and nothing is left undecided for it."""
    (tmp_path / "2023.html").write_bytes(rendered(LAST, "clean"))
    (tmp_path / "2023.docx").write_bytes(rendered(LAST, "docx"))
    (tmp_path / "2024.docx").write_bytes(rendered(GOOD, "docx"))

    result = checked(nianbao, ".", cwd=tmp_path)

    told = [(finding["rule"], finding["severity"]) for finding in result["findings"]]
    assert told == [("C001", "info")]
    assert all(name in result["findings"][0]["message"] for name in ("./2023.html", "./2023.docx"))
    assert next(one for one in result["reports"] if one["path"] == "./2024.docx")["prior"]["path"] == "./2023.docx"
    assert nianbao("check", ".", "--ignore", "C001", cwd=tmp_path).stdout.count("C001") == 0


def test_copies_of_a_file_are_told(nianbao: Run, tmp_path: Path) -> None:
    """Files with the same bytes are several reports of one year, too: their findings are told for each."""
    for name in ("甲.docx", "乙.docx", "丙.html"):
        (tmp_path / name).write_bytes(rendered(LAST, "clean" if name.endswith("html") else "docx"))

    result = checked(nianbao, ".", cwd=tmp_path)

    assert [(finding["rule"], finding["severity"]) for finding in result["findings"]] == [("C001", "info")]
    assert "3 份文件" in result["findings"][0]["message"]


def test_reports_that_differ_are_told_and_none_is_taken(nianbao: Run, tmp_path: Path) -> None:
    """Which of two is last year's report is not guessed."""
    (tmp_path / "2023.html").write_bytes(rendered(LAST, "clean"))
    (tmp_path / "2023.docx").write_bytes(rendered(LAST.with_cell(GRANTED, 1234), "docx"))
    (tmp_path / "2024.docx").write_bytes(rendered(GOOD, "docx"))

    result = checked(nianbao, ".", cwd=tmp_path)

    assert [(finding["rule"], finding["severity"]) for finding in result["findings"]] == [("C001", "warning")]
    assert next(one for one in result["reports"] if one["path"] == "./2024.docx")["prior"] is None


@pytest.mark.parametrize(
    "place", ["2023.docx", "上年/2023.docx", "../2023/报告.docx", "../2023年年报/2024年2月公布.docx"]
)
def test_last_years_report_is_found_beside(nianbao: Run, tmp_path: Path, place: str) -> None:
    """In the folder of a report, and in a neighbouring one for its year; it is evidence, and not judged."""
    folder = tmp_path / "2024"
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    file.write_bytes(rendered(LAST.with_cell(GRANTED, 1234), "docx"))
    (folder / "2024.docx").write_bytes(rendered(GOOD, "docx"))

    result = checked(nianbao, "2024.docx", "--prior-beside", cwd=folder)

    is_found = not place.startswith("上年")
    assert paths(result) == ["2024.docx"]
    assert (result["reports"][0]["prior"] is not None) == is_found
    assert result["summary"]["error"] == 0


def test_the_search_beside_is_bounded(tmp_path: Path) -> None:
    """Few files are read for a report, and none after the time is over."""
    for number in range(30):
        (tmp_path / f"2023-{number}.txt").write_bytes(b"no report\n")
    (tmp_path / "2024.txt").write_bytes(rendered(GOOD, "flow"))
    linter = Linter()
    report = linter.read(tmp_path / "2024.txt")
    reading = ReadContext(linter.forms, linter.readers)

    def read(clock: Callable[[], float]) -> int:
        finder = beside.BesideFinder(reading, [report.name], fits=lambda _other, _report: False, clock=clock)
        finder.look_for(report)
        return len(finder.seen)

    times = iter([0.0, 1.0, 2.0, 100.0])
    assert read(lambda: 0.0) == 8
    assert read(lambda: next(times)) == 2


def interrupted(inputs: Iterable[Report], after: int) -> Iterator[Checked]:
    """Give a few reports, as if judged, and then the interrupt of a user."""
    yield from (Checked(report.name, report) for report in islice(inputs, after))
    raise KeyboardInterrupt


def test_where_the_page_is_and_what_it_says(nianbao: Run, tmp_path: Path) -> None:
    """On standard error: who asked for a page sees nothing else."""
    (tmp_path / "2024.docx").write_bytes(rendered(WRONG, "docx"))

    done = nianbao("check", "2024.docx", "--format", "html", "--output", "结果.html", cwd=tmp_path)

    assert "结果网页写在 结果.html，用浏览器打开。1 份报告：2 个错误，0 个警告" in done.stderr


@pytest.mark.parametrize(("after", "told"), [(0, "检查了 0 份，共 3 份"), (2, "检查了 2 份，共 3 份")])
def test_an_interrupted_run_says_what_it_has_done(
    nianbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, told: str
) -> None:
    """How many reports were checked, and that no file was written."""
    names = [f"{number}.txt" for number in range(3)]
    for name in names:
        (tmp_path / name).write_bytes(rendered(GOOD, "flow"))
    monkeypatch.setattr("nianbao.linter.judge_all", lambda inputs, *_others, **_named: interrupted(inputs, after))

    done = nianbao("check", *names, "--format", "json", "--output", "out.json", cwd=tmp_path)

    assert done.returncode == ExitCode.INTERRUPTED
    assert done.stderr.strip() == f"已中断：{told}；没有写 out.json"
    assert not (tmp_path / "out.json").exists()
