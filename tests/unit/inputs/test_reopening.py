"""Exact places: at once where a source cannot be read again, else when something of a report is shown."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from tests.support.packing import packed

from nianbao.inputs.reopening import exact_places
from nianbao.linter import Linter
from nianbao.outputs.json import render_report
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.report import Report

KEY = "applications.total.total"


@pytest.fixture
def page(repo: Path) -> str:
    """Return the source of a page with a wrong total."""
    source = (repo / "examples" / "linjiang-2024.html").read_text(encoding="utf-8")
    return source.replace(">101<", ">888<")


def column_of(page: str) -> tuple[int, int]:
    """Return line and column of the wrong total in a source."""
    before = page[: page.index("888")]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def shown(path: str) -> tuple[Report, tuple[int | None, int | None]]:
    """Check a file and return its report, with the place that a finding names for the total."""
    (checked,) = Linter().check([path]).reports()
    assert checked.report is not None
    places = {one.key: one.location[:2] for finding in checked.findings for one in finding.cells}
    return checked.report, places[KEY]


def test_places_of_a_file_are_found_when_something_is_shown(tmp_path: Path, page: str) -> None:
    """The report itself keeps the lines that reading gave, and no text; the finding has line and column."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    report, place = shown(str(tmp_path / "page.html"))

    assert place == column_of(page)
    assert report.cells[KEY].location.column is None
    assert exact_places(report)(report.cells[KEY].location)[:2] == place


def test_places_of_data_are_found_in_the_data(tmp_path: Path, page: str) -> None:
    """A figure of data that name no places stands where the data have it."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    data = json.loads(render_report(CHINESE, shown(str(tmp_path / "page.html"))[0]))
    data["cells"] = {key: cell["value"] for key, cell in data["cells"].items()}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (tmp_path / "data.json").write_text(text, encoding="utf-8")

    _report, place = shown(str(tmp_path / "data.json"))

    assert place == column_of(text)


@pytest.mark.parametrize("way", ["standard input", "archive"])
def test_places_are_exact_at_once_where_nothing_can_be_read_again(
    way: str, tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a page on standard input, or in an archive, has the same places as a file."""
    (tmp_path / "all.zip").write_bytes(packed({"page.html": page.encode()}))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(page.encode())))

    report, place = shown("-" if way == "standard input" else str(tmp_path / "all.zip"))

    assert place == report.cells[KEY].location[:2] == column_of(page)


def test_a_report_read_exactly_needs_its_file_no_more(tmp_path: Path, page: str) -> None:
    """All that is in it has line and column."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")

    report = Linter().read(file, exact=True)
    file.unlink()

    places = [cell.location for cell in report.cells.values()]
    places += [section.location for section in report.sections]
    places += [paragraph.location for section in report.sections for paragraph in section.paragraphs]
    places.append(report.facts["title"].location)
    assert len(places) > 200
    assert all(place.line and place.column for place in places)


@pytest.mark.parametrize("later", ["another one", "gone"])
def test_a_file_that_changed_keeps_the_places_of_before(tmp_path: Path, page: str, later: str) -> None:
    """No place is looked for in a text that is not the one that was read."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    run = Linter().check([str(file)])
    file.write_text("\n" + page, encoding="utf-8")
    if later == "gone":
        file.unlink()

    (checked,) = run.reports()

    places = {one.key: one.location[:2] for finding in checked.findings for one in finding.cells}
    assert places[KEY] == (column_of(page)[0], None)
