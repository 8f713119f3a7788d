"""A statement of another kind, in English: offices found in the report, days, marks, two tables that must agree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import ROOT

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

PACK = ROOT / "examples" / "quarterly"
STATEMENT = (PACK / "statement.md").read_text(encoding="utf-8")
BOATS = "| Registry of Boats | 0 | N/A | N/A | N/A |\n"


def as_html(text: str) -> str:
    """Write the statement as a page."""
    lines = []
    for line in text.splitlines():
        if line.startswith("| ---"):
            continue
        if line.startswith("|"):
            cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.strip("| ").split("|"))
            lines.append(f"<tr>{cells}</tr>")
        else:
            lines.append(f"<p>{line.lstrip('# ')}</p>")
    page = "\n".join(lines).replace("</p>\n<tr>", "</p>\n<table>\n<tr>").replace("</tr>\n<p>", "</tr>\n</table>\n<p>")
    return f"<!doctype html><html><body>{page}</body></html>"


def checked(nianbao: Run, folder: Path, statement: str, name: str = "statement.md") -> dict[str, Any]:
    """Check a statement by the pack and return its part of the result."""
    file = folder / name
    file.write_text(statement, encoding="utf-8")
    done = nianbao("check", file, "--pack", PACK, "--format", "json", "--lang", "en")
    assert done.returncode in {0, 1}, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)["reports"][0]
    return report


@pytest.mark.parametrize(("name", "turn"), [("statement.md", str), ("statement.html", as_html)])
def test_a_statement_that_holds_is_silent(nianbao: Run, tmp_path: Path, name: str, turn: Callable[[str], str]) -> None:
    """Form, year, issuer, and a row for each office, whatever the offices are called."""
    report = checked(nianbao, tmp_path, turn(STATEMENT), name)

    assert (report["form"], report["year"], report["findings"]) == ("fee-quarter", 2026, [])
    assert report["cells"] == {"read": 35, "expected": 35}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "| 21 | 19 |",
            "| 21 | 18 |",
            {"Q001": ["requests.offices.harbour_office"], "Q002": ["requests.offices.harbour_office"]},
        ),
        ("| 28 | 28 |", "| 82 | 28 |", {"Q001": ["requests.total"], "Q002": ["requests.offices.harbour_office"]}),
        ("| 41.50 |", "| 41.05 |", {"Q003": ["fees.total"]}),
        (
            "| Market Hall | 1 |",
            "| Market Hall | 2 |",
            {"Q003": ["fees.total"], "Q004": ["requests.offices.market_hall"]},
        ),
        ("| 30.25 |", "| 42.25 |", {"Q003": ["fees.total"], "Q006": ["fees.offices.harbour_office"]}),
        ("14 April 2026", "14 May 2026", {"Q007": [""]}),
        ("quarter 1 of", "quarter 2 of", {"Q008": [""]}),
        ("27 March 2026", "27 May 2026", {"Q009": ["fees.offices.harbour_office"]}),
        (
            "| Market Hall | 1 | 8.00 | 8.00 | 2 February 2026 |\n| Registry of Boats | 0 |",
            "| Registry of Boats | 1 |",
            {
                "Q003": ["fees.total"],
                "Q004": ["requests.offices.registry_of_boats"],
                "Q005": ["requests.offices.market_hall"],
            },
        ),
    ],
)
def test_what_is_wrong_is_found(nianbao: Run, tmp_path: Path, old: str, new: str, found: dict[str, list[str]]) -> None:
    """Every rule of the pack, at the office concerned, with a message in English and the place in the file."""
    assert old in STATEMENT
    report = checked(nianbao, tmp_path, STATEMENT.replace(old, new))
    failed = [one for one in report["findings"] if one["outcome"] == "fail"]

    assert {one["rule"] for one in failed} == set(found)
    for one in failed:
        rows = [cell["key"].rpartition(".")[0] for cell in one["cells"]]
        assert not found[one["rule"]][0] or set(found[one["rule"]]) & set(rows)
        assert one["message"].isascii() or "“" in one["message"]
        assert one["location"].get("line")


def test_an_office_that_one_table_lacks_is_not_taken_for_zero(nianbao: Run, tmp_path: Path) -> None:
    """Whether the tables agree about it cannot be judged, and that is said."""
    report = checked(nianbao, tmp_path, STATEMENT.replace(BOATS, ""))

    (undecided,) = report["findings"]
    assert (undecided["rule"], undecided["outcome"]) == ("Q004", "undecided")
    assert "Registry of Boats" in undecided["message"]


def test_the_pack_is_proved(nianbao: Run) -> None:
    """Its examples, consistent statements, and every slip in its figures."""
    done = nianbao("test", PACK, "--format", "json", "--lang", "en")

    assert done.returncode == 0, done.stdout
    (proof,) = json.loads(done.stdout)
    assert proof["sound"] is True


def test_offices_are_asked_for_by_name(nianbao: Run) -> None:
    """An expression may name a row that only this statement has."""
    done = nianbao("eval", "harbour_office.paid", PACK / "statement.md", "--pack", PACK, "--within", "fees")

    assert done.stdout.splitlines()[0] == "30.25", done.stderr


def test_no_word_of_python_was_needed() -> None:
    """The pack is data."""
    assert {file.suffix for file in PACK.rglob("*") if file.is_file()} == {".yaml", ".md"}
