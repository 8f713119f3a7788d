"""Copies with notes say what their reports say: a second check of them finds the same."""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.support.copying import write_copies
from tests.support.drawing import draw_report
from tests.support.libreoffice import converted, needs_office
from tests.support.rendering import FILES, PAGES, rendered

from nianbao.editing.noting import notes_for
from nianbao.editing.source_text import Edit, SourceText
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.inputs.reopening import exact_places
from nianbao.linter import Linter
from nianbao.model.location import NOWHERE
from nianbao.outputs.json import render_report
from nianbao.readers import document_from_bytes
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from tests.support.drawing import Drawn

    from nianbao.model.outcome import CellRef
    from nianbao.model.result import Checked

REAL = ("shanghai-office-2019.html", "shuyang-development-2023.html", "hongze-2023.pdf")
ENDINGS = {"docx": ".docx", "wps": ".docx", "sheet": ".xlsx", "sheets": ".xlsx", "yaml": ".yaml"}
SEEDS = range(4)
LINTER = Linter()


def damaged(seed: int, slips: int = 1) -> Drawn:
    """Draw a report and change figures of its tables of applications and disputes; forms and blanks take turns."""
    forms = builtin_forms()
    dice = random.Random(f"copies/{seed}")
    drawn = draw_report(forms[seed % len(forms)], f"copies/{seed}", blanks=seed % 3 == 0)
    figures = [key for key, value in drawn.cells.items() if value is not None and not key.startswith("disclosure")]
    for key in dice.sample(figures, slips):
        drawn = drawn.with_cell(key, int(drawn.cells[key] or 0) + dice.choice((1, 9, 36, 270)))
    return drawn


def found(checked: Checked) -> list[Any]:
    """Return all that a check says of a report, but for places."""
    assert checked.report is not None
    findings = [
        (
            one.fingerprint,
            one.outcome,
            one.texts,
            [(each.key, each.value, each.cell.raw, each.role) for each in one.cells],
        )
        for one in checked.findings
    ]
    changes = [change for one in checked.explanations for change in one.changes]
    readings = [(one.findings, one.readings) for one in checked.components]
    figures = [one._replace(location=NOWHERE, source=one.source and Path(one.source).name) for one in changes]
    prose = [paragraph.text for section in checked.report.sections for paragraph in section.paragraphs]
    return [
        findings,
        readings,
        figures,
        checked.equations,
        prose,
        {key: one.raw for key, one in checked.report.cells.items()},
    ]


def nowhere(one: CellRef) -> CellRef:
    """Return a cell that takes part, without places."""
    return one._replace(cell=one.cell._replace(location=NOWHERE), source=one.source and Path(one.source).name)


def check_copies(files: list[Path], out: Path) -> list[Path]:
    """Check files, write copies, check these, see that nothing differs, and return them."""
    names = [str(file) for file in files]
    hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    reports = LINTER.check(names).result().reports
    copies = write_copies(reports, str(out), paths=names)
    noted = [out / one.name if (out / one.name).is_file() else one for one in files]
    again = LINTER.check(list(map(str, noted))).result().reports

    assert copies.problems == ()
    assert len(copies.written) == sum(bool(notes_for(CHINESE, one)) for one in reports)
    for first, second in zip(reports, again, strict=True):
        assert (first.path, found(second)) == (first.path, found(first))
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] == hashes
    return [out / file.name for file in files if (out / file.name).is_file()]


def drawn_files(kind: str, folder: Path, *, slips: int = 1) -> list[Path]:
    """Write damaged reports as files of a kind."""
    files = []
    for seed in SEEDS:
        file = folder / f"{kind}-{seed}{ENDINGS.get(kind, '.html')}"
        drawn = damaged(seed, slips)
        file.write_bytes(as_yaml(drawn) if kind == "yaml" else rendered(drawn, kind))
        files.append(file)
    return files


def as_yaml(drawn: Drawn) -> bytes:
    """Write a report as data with a comment."""
    report = extract(document_from_bytes(rendered(drawn, "clean"), "drawn"))
    return f"# {drawn.issuer}\n{render_report(CHINESE, report)}".encode()


@pytest.mark.parametrize("kind", [*PAGES, *FILES, "yaml"])
def test_a_copy_is_checked_as_its_report(kind: str, tmp_path: Path) -> None:
    """Drawn reports with two wrong figures, as pages, Word files, sheets and data: nearly all have a copy."""
    copies = check_copies(drawn_files(kind, tmp_path, slips=2), tmp_path / "out")

    assert len(copies) >= len(SEEDS) - 1


@pytest.mark.parametrize("name", REAL)
def test_real_reports_are_checked_the_same(corpus: Path, tmp_path: Path, name: str) -> None:
    """As published."""
    file = tmp_path / name
    shutil.copy(corpus / name, file)

    assert len(check_copies([file], tmp_path / "out")) == 1


@pytest.mark.parametrize("name", [name for name in REAL if name.endswith(".html")])
def test_real_pages_with_a_wrong_figure_are_checked_the_same(corpus: Path, tmp_path: Path, name: str) -> None:
    """A total that is ten times what it was, or more."""
    source = SourceText((corpus / name).read_bytes())
    (report,) = LINTER.check([str(corpus / name)]).reports()
    assert report.report is not None
    cell = report.report.cells["applications.total.total"]
    at = source.offset(exact_places(report.report)(cell.location))
    assert at is not None
    file = tmp_path / name
    file.write_bytes(source.edited([Edit(at, at, "1")]))

    assert len(check_copies([file], tmp_path / "out")) == 1


def test_copies_are_the_same_every_time(tmp_path: Path) -> None:
    """Of every kind of file, byte for byte."""
    files = [file for kind in ("clean", "docx", "sheet") for file in drawn_files(kind, tmp_path)[:2]]

    first, second = check_copies(files, tmp_path / "a"), check_copies(files, tmp_path / "b")

    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]
    assert len(first) >= 5


@pytest.mark.slow
@needs_office
def test_copies_open_in_office_programs(tmp_path: Path) -> None:
    """Word files, sheets and pages with notes are printed by LibreOffice, and the prints take notes too."""
    files = [file for kind in ("docx", "wps", "sheet", "clean") for file in drawn_files(kind, tmp_path)[1:3]]
    copies = check_copies(files, tmp_path / "out")
    printed = converted(copies, "pdf", tmp_path / "printed")
    assert len(printed) == len(copies) >= 7

    prints = [file for file in printed if "sheet" not in file.name]
    assert len(check_copies(prints, tmp_path / "noted")) >= 3


@pytest.mark.slow
@needs_office
def test_copies_of_pdfs_open_in_office_programs(corpus: Path, tmp_path: Path) -> None:
    """Where LibreOffice has the part that draws, it prints a PDF with notes as it prints the report."""
    name = "hongze-2023.pdf"
    shutil.copy(corpus / name, tmp_path / name)
    if not converted([tmp_path / name], "pdf", tmp_path / "plain"):
        pytest.skip("this LibreOffice opens no PDFs")

    (copy,) = check_copies([tmp_path / name], tmp_path / "out")

    (printed,) = converted([copy], "pdf", tmp_path / "noted")
    assert len(pypdfium2.PdfDocument(printed)) == len(pypdfium2.PdfDocument(corpus / name))


def test_copies_of_pdfs_open_in_a_browser(corpus: Path, tmp_path: Path) -> None:
    """What Chromium shows PDFs with shows the pages with notes otherwise than those of the report, and no others."""
    name = "hongze-2023.pdf"
    shutil.copy(corpus / name, tmp_path / name)
    (copy,) = check_copies([tmp_path / name], tmp_path / "out")

    plain, noted = (pypdfium2.PdfDocument(file) for file in (corpus / name, copy))
    differ = [number for number in range(len(plain)) if shown(plain[number]) != shown(noted[number])]
    (checked,) = LINTER.check([str(copy)]).reports()
    assert [number + 1 for number in differ] == sorted({one.location.page or 1 for one in notes_for(CHINESE, checked)})


def shown(page: Any) -> bytes:
    """Return what a page of a PDF looks like."""
    return bytes(page.render(scale=0.5).buffer)
