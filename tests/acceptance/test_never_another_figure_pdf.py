"""PDFs whose pages cut, repeat or overprint tables: each cell that is read has its true figure, the others a reason."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.libreoffice import needs_office
from tests.support.pdfreports import Setting, report_pdf
from tests.support.printing import RULED, browser_path, browser_printer, drawn_print, page_to_print, printed_by_office
from tests.support.sheets import distinct_report
from tests.support.thinning import scaled, thinned

from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms, form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.drawing import Drawn

    from nianbao.model.report import Report

FORM = form_by_id("zfxxgk-2021")
CUTS = (1, 2, 3, 4, 7, 13, 20, 26)
WHOLE = {
    "in one piece": Setting(),
    "heads one character a line": Setting(narrow=1),
    **{f"cut by a browser behind row {row}": Setting(cut=row) for row in CUTS},
    **{f"cut by an office program behind row {row}": Setting(cut=row, browser=False) for row in CUTS[2:]},
    **{f"heads repeated behind row {row}": Setting(cut=row, repeated=True, browser=False) for row in CUTS},
    "narrow heads, cut": Setting(narrow=1, cut=2),
    "without lines": Setting(ruled=False),
}
DOUBTFUL = {
    "without lines, cut": (Setting(ruled=False, cut=7), 21),
    "a figure printed over another": (Setting(over="applications.granted.enterprise"), 7),
    "a figure printed over another, without lines": (Setting(ruled=False, over="applications.granted.enterprise"), 7),
}


def read(data: bytes) -> Report:
    """Read a PDF as a report."""
    return extract(document_from_bytes(data, "printed.pdf"), builtin_forms())


def wrong(report: Report, drawn: Drawn) -> dict[str, object]:
    """Return the cells that hold something else than is printed; a cell that is not read needs a reason."""
    assert set(report.unread) == drawn.cells.keys() - report.cells.keys()
    return {key: (cell.value, drawn.cells[key]) for key, cell in report.cells.items() if cell.value != drawn.cells[key]}


@pytest.mark.parametrize("name", thinned(WHOLE, every=4))
def test_every_cell_is_read(name: str) -> None:
    """However the pages cut the tables, and whatever is printed over the rows below a head."""
    drawn = draw_report(FORM, f"pdf/{name}")

    report = read(report_pdf(drawn, WHOLE[name]))

    assert {key: cell.value for key, cell in report.cells.items()} == dict(drawn.cells)


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_is_unread(name: str) -> None:
    """Some rows are not read, each with its reason; no cell has another figure."""
    setting, most = DOUBTFUL[name]
    drawn = distinct_report(FORM, 5)

    report = read(report_pdf(drawn, setting))

    assert wrong(report, drawn) == {}
    assert len(report.unread) <= most
    assert setting.over not in report.cells


def printed(seed: int) -> Drawn:
    """Draw a report in which all figures differ, or a usual one, or one with blanks."""
    form = builtin_forms()[seed % 2]
    return distinct_report(form, seed) if seed % 3 else draw_report(form, f"printed/{seed}", blanks=seed % 2 == 0)


@pytest.mark.slow
@pytest.mark.skipif(browser_path() is None, reason="no browser is installed")
def test_pages_that_a_browser_prints() -> None:
    """On any paper, with any borders: no other figure, and nearly all are read where the tables have lines."""
    path = browser_path() or ""
    read_cells = all_cells = 0
    with browser_printer(path) as printer:
        for seed in range(scaled(3)):
            drawn, way = printed(seed), drawn_print(seed, RULED if seed % 2 else ("none", "level", "striped"))
            report = read(printer(page_to_print(drawn, way), way.paper))
            assert (seed, wrong(report, drawn)) == (seed, {})
            if way.border in RULED:
                read_cells += len(report.cells)
                all_cells += len(drawn.cells)
    assert read_cells >= all_cells * 0.99


@pytest.mark.slow
@needs_office
def test_pages_and_word_files_that_an_office_program_prints(tmp_path: Path) -> None:
    """With heads repeated in part or not: no other figure, and Word files are read as a whole."""
    drawn = {}
    for seed in range(scaled(1)):
        way = drawn_print(seed, RULED)
        drawn[f"word-{seed}"] = (printed(seed), dataclasses.replace(way, repeated=seed % 2))
        drawn[f"page-{seed}"] = (printed(seed), way)

    made = printed_by_office(drawn, tmp_path)

    assert made.keys() == drawn.keys()
    for name, (expected, _way) in drawn.items():
        report = read(made[name])
        assert (name, wrong(report, expected)) == (name, {})
        assert not name.startswith("word") or not report.unread
