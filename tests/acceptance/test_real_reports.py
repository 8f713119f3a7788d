"""Real reports, where the folder of them is at hand: every cell, a clean verdict, and any one cell changed is found."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import nianbao as package
from nianbao.extraction import extract
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

CLEAN = ("qindu-2024.txt", "shuyang-development-2023.html")
PAGES = (*CLEAN, "shanghai-office-2019.html")
PDFS = ("hongze-2023.pdf", "hongze-2024.pdf", "huaian-2024.pdf")
READ = (*PAGES, *PDFS)


def truth(corpus: Path, name: str) -> dict[str, Any]:
    """Return what a person reads in a report's tables."""
    text = (corpus / name).with_suffix(".cells.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return found


def failures(result: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the findings that failed, by rule."""
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in result["reports"][0]["findings"]:
        if finding["outcome"] == "fail":
            found.setdefault(finding["rule"], []).append(finding)
    return found


@pytest.mark.parametrize("name", READ)
def test_all_cells_are_read(corpus: Path, nianbao: Run, name: str) -> None:
    """``extract`` gives every cell of the tables, blanks as blanks."""
    done = nianbao("extract", corpus / name, "--format", "json")

    report = json.loads(done.stdout, parse_float=Decimal)
    expected = truth(corpus, name)
    assert done.returncode == 0
    assert report["form"] == expected["form"]
    assert {key: cell["value"] for key, cell in report["cells"].items()} == expected["cells"]
    assert {cell["state"] for cell in report["cells"].values() if cell["value"] is None} <= {"blank"}
    assert report["unread"] == {}


@pytest.mark.parametrize("name", [*CLEAN, "hongze-2024.pdf", "huaian-2024.pdf"])
def test_clean_reports_have_no_error(corpus: Path, nianbao: Run, name: str) -> None:
    """``check`` ends with 0 and reports no error on reports whose figures hold."""
    done = nianbao("check", corpus / name, "--format", "json")

    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["summary"]["error"] == 0


def test_a_heading_in_other_words_and_the_fee_statement_are_told(corpus: Path, nianbao: Run) -> None:
    """Heading five is not the official one, which is information; that the fee statement is there is shown."""
    done = nianbao("check", corpus / "qindu-2024.txt", "-v")

    assert done.returncode == 0
    assert "S003" in done.stdout
    assert "五、存在问题及改进情况" in done.stdout
    assert "F001" in done.stdout
    assert "未收取政府信息公开信息处理费" in done.stdout
    result = json.loads(nianbao("check", corpus / "qindu-2024.txt", "--format", "json").stdout)
    assert [finding["severity"] for finding in failures(result)["S003"]] == ["info"]


def test_exchanged_digits_break_a_row_and_a_column(corpus: Path, nianbao: Run, tmp_path: Path) -> None:
    """48 read as 84: both equations of the cell fail, with their sides, the difference and the cell at its line."""
    lines = (corpus / "qindu-2024.txt").read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(lines) if text.startswith("1.本机关不掌握")) + 1
    assert lines[line] == "48 |"
    lines[line] = "84 |"
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join(lines), encoding="utf-8")

    done = nianbao("check", copy, "--format", "json")

    assert done.returncode == 1
    found = failures(json.loads(done.stdout))
    assert [(one["left"], one["right"], one["difference"]) for one in found["A002"]] == [(121, 157, -36)]
    assert [(one["left"], one["right"], one["difference"]) for one in found["A003"]] == [(48, 84, -36)]
    for rule in ("A002", "A003"):
        cells = {cell["key"]: cell for cell in found[rule][0]["cells"]}
        wrong = cells["applications.unavailable.not_held.natural_person"]
        assert (wrong["value"], wrong["location"]["line"]) == (84, line + 1)
    shown = "".join(nianbao("check", copy).stdout.split())
    assert "157" in shown
    assert f"第{line + 1}行" in shown
    assert "很可能应为48（数字颠倒）" in shown


def test_places_in_a_pdf_are_page_and_box(corpus: Path, nianbao: Run) -> None:
    """Every cell stands on a page, in a box that lies on it."""
    cells = json.loads(nianbao("extract", corpus / "huaian-2024.pdf").stdout)["cells"].values()

    assert {cell["location"]["page"] for cell in cells} == {3, 4, 5}
    boxes = [cell["location"]["box"] for cell in cells]
    assert all(0 <= left < right <= 600 and 0 <= top < bottom <= 850 for left, top, right, bottom in boxes)


def test_blank_totals_give_no_false_sum(corpus: Path, nianbao: Run) -> None:
    """A report of the older form with blanks for zeros and blank totals: told as blanks, its equations undecided."""
    done = nianbao("check", corpus / "shanghai-office-2019.html", "--format", "json")

    findings = json.loads(done.stdout)["reports"][0]["findings"]
    assert done.returncode == 0
    assert {one["rule"] for one in findings if one["outcome"] == "fail"} == {"A011", "L011", "S003"}
    assert {"A002", "A003"} <= {one["rule"] for one in findings if one["outcome"] == "undecided"}


def test_one_row_takes_the_place_of_its_group(corpus: Path, nianbao: Run) -> None:
    """The single row of the older form in a report of the newer one: told once, and the sums hold with it."""
    done = nianbao("check", corpus / "hongze-2024.pdf", "--prior", corpus / "hongze-2023.pdf", "--format", "json")

    result = json.loads(done.stdout)
    assert list(failures(result)) == ["S012", "D012"]  # and a hint: from 550 licences to 9487
    (finding,) = failures(result)["S012"]
    assert {cell["key"].rsplit(".", 1)[0] for cell in finding["cells"]} == {"applications.other"}
    assert result["reports"][0]["prior"]["year"] == 2023
    assert result["summary"]["undecided"] == 0


def test_totals_that_are_wrong_are_found_and_nothing_else(corpus: Path, nianbao: Run) -> None:
    """Two totals of Table 4 are 0 though their parts are not."""
    done = nianbao("check", corpus / "hongze-2023.pdf", "--format", "json")

    found = failures(json.loads(done.stdout))
    assert done.returncode == 1
    assert sorted(found) == ["L001", "L007", "S012"]  # L007 is a hint: nothing is said of the corrected case
    assert [(one["left"], one["right"]) for one in found["L001"]] == [(0, 11), (0, 5)]


@pytest.mark.parametrize("name", PAGES)
def test_any_other_figure_changed_is_found(corpus: Path, name: str, *, everything: bool) -> None:
    """Whichever figure of Table 3 or 4 is changed in the source, an equation fails that shows the cell."""
    source = (corpus / name).read_text(encoding="utf-8")
    document = document_from_bytes(source.encode(), name)
    report = extract(document)
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    missed = []
    chosen = [
        (key, cell)
        for key, cell in report.cells.items()
        if key.startswith(("applications.", "disputes.")) and cell.value is not None
    ]
    for key, cell in chosen if everything else chosen[::4]:
        place = document.refine(cell.location)
        assert place.line is not None
        assert place.column is not None
        at = starts[place.line - 1] + place.column - 1
        changed = f"{source[:at]}{7 if source[at] != '7' else 3}{source[at + 1 :]}"
        result = package.check(extract(document_from_bytes(changed.encode(), name)))
        shown = {one.cell.key for f in result.findings if f.rule in {"A001", "A002", "A003", "L001"} for one in f.cells}
        if key not in shown:
            missed.append(key)
    assert missed == []
