"""The façade: reading, checking, and runs over files and folders."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import nianbao
from nianbao.api import check, read
from nianbao.engine.checking import RelatedReports
from nianbao.errors import InputError
from nianbao.linter import Linter
from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.result import Result


@pytest.fixture
def folder(repo: Path, tmp_path: Path) -> Path:
    """A folder with two years of reports, one of them deeper, and what is no report."""
    (tmp_path / "older").mkdir()
    (tmp_path / ".hidden").mkdir()
    shutil.copy(repo / "examples" / "linjiang-2024.txt", tmp_path / "b.txt")
    shutil.copy(repo / "examples" / "linjiang-2023.txt", tmp_path / "older" / "a.TXT")
    shutil.copy(repo / "examples" / "linjiang-2024-draft.txt", tmp_path / ".hidden" / "c.txt")
    shutil.copy(repo / "examples" / "linjiang-2024-draft.txt", tmp_path / ".d.txt")
    (tmp_path / "notes.csv").write_text("1,2", encoding="utf-8")
    return tmp_path


def failed(result: Result) -> set[str]:
    """Return the codes of the rules that failed."""
    return {finding.rule for finding in result.findings if finding.outcome == FAIL}


def test_a_folder_gives_its_reports(folder: Path) -> None:
    """Files by their endings, deeper ones too, in order; hidden ones are left out."""
    result = Linter().check([str(folder)]).result()

    assert [one.path for one in result.reports] == [str(folder / "b.txt"), str(folder / "older" / "a.TXT")]


def test_reports_of_one_run_find_their_year_before(folder: Path) -> None:
    """The report of 2024 is judged with that of 2023; that one has none."""
    newer, older = Linter().check([str(folder)]).result().reports

    assert newer.prior is not None
    assert (newer.prior.name, older.prior) == (older.path, None)
    assert "Y001" in {finding.rule for finding in older.findings if finding.outcome == UNDECIDED}
    assert "Y001" not in {finding.rule for finding in newer.findings}


def test_one_bad_input_leaves_the_others(folder: Path) -> None:
    """It becomes a problem in its place."""
    paths = [str(folder / "gone.txt"), str(folder / "b.txt")]

    bad, good = Linter().check(paths).result().reports

    assert (bad.report, [problem.code for problem in bad.problems]) == (None, ["not-found"])
    assert good.report is not None


def test_an_earlier_report_that_cannot_be_read_is_a_problem_of_the_run(folder: Path) -> None:
    """The report is judged without it."""
    result = Linter().check([str(folder / "b.txt")], related=RelatedReports([str(folder / "gone.txt")])).result()

    assert [problem.path for problem in result.run.problems] == [str(folder / "gone.txt")]
    assert result.reports[0].prior is None


def test_an_earlier_report_given_is_not_checked_itself(folder: Path) -> None:
    """It serves as the year before alone."""
    result = Linter().check([str(folder / "b.txt")], related=RelatedReports([str(folder / "older")])).result()

    assert [one.path for one in result.reports] == [str(folder / "b.txt")]
    assert result.reports[0].prior is not None


def test_only_the_rules_chosen_run(repo: Path) -> None:
    """Codes leave the others out."""
    linter = Linter(Settings(select=("A003",)))
    result = linter.check([str(repo / "examples" / "linjiang-2024-draft.txt")]).result()

    assert {finding.rule for finding in result.findings} == {"A003"}


def test_progress_is_told(folder: Path) -> None:
    """After each input: how many are done, of how many."""
    told: list[tuple[int, int]] = []

    Linter().check([str(folder)], progress=lambda done, total: told.append((done, total))).result()

    assert told == [(1, 2), (2, 2)]


def test_places_in_pages_are_exact(repo: Path, tmp_path: Path) -> None:
    """Cells of a finding have line and column, where the figure stands in the page's source."""
    source = (repo / "examples" / "linjiang-2024.html").read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(source.replace(">103<", ">888<", 1), encoding="utf-8")

    findings = [
        one for one in Linter().check([str(page)]).result().findings if one.outcome == FAIL and one.left is not None
    ]

    cells = [one.cell for finding in findings for one in finding.cells if one.cell.value == 888]
    assert cells
    for cell in cells:
        line, column = cell.location.line, cell.location.column
        assert line is not None
        assert column is not None
        assert page.read_text(encoding="utf-8").splitlines()[line - 1][column - 1 :].startswith("888")


def test_python_gets_the_same_as_the_command_line(repo: Path) -> None:
    """Read both years, check one with the other, look at the findings."""
    prior, report = (read(repo / "examples" / f"linjiang-{name}.txt") for name in ("2023", "2024-draft"))

    result = check(report, prior=prior)

    assert failed(result) == {"A002", "A003"}
    assert all(finding.message and finding.cells for finding in result.findings if finding.outcome == FAIL)
    assert failed(result) == failed(Linter().check([report.name], related=RelatedReports([prior.name])).result())


def test_several_reports_are_checked_together(repo: Path) -> None:
    """Each finds the year before among the others."""
    reports = [read(repo / "examples" / f"linjiang-{year}.txt") for year in (2024, 2023)]

    newer, older = check(*reports).reports

    assert (newer.prior, older.prior) == (reports[1], None)


def test_reading_what_is_no_report_raises(tmp_path: Path) -> None:
    """The error has a code, and says in both languages what to do."""
    letter = tmp_path / "letter.txt"
    letter.write_text("祝好。", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read(letter)

    assert caught.value.code == "not-a-report"
    assert caught.value.message.zh
    assert caught.value.message.en


@pytest.mark.parametrize("name", nianbao.__all__)
def test_public_names_are_there(name: str) -> None:
    """Every name that the package promises can be had from it."""
    assert getattr(nianbao, name) is not None


def test_other_names_are_not() -> None:
    """A name that is not promised is an ordinary mistake."""
    with pytest.raises(AttributeError, match="lint"):
        nianbao.lint  # noqa: B018


def test_importing_the_package_imports_little() -> None:
    """Neither readers nor rules are loaded before they are asked for, and a check loads no heavy library."""
    code = (
        "import sys, nianbao; loaded = sys.modules.keys() - {'nianbao.version'}; "
        "print([m for m in loaded if m.startswith(('nianbao.', 'lxml', 'yaml', 'rich'))])"
    )
    heavy = (
        "import sys, nianbao.cli.check, nianbao.outputs.terminal.text; "
        "print([m for m in ('jsonschema', 'rapidfuzz', 'rich.table', 'rich.progress', 'difflib') if m in sys.modules])"
    )

    for script in (code, heavy):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"
