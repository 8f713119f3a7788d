"""A hundred drawn reports, each written as every kind of file: whatever the file, the same report is read."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.libreoffice import converted, needs_office
from tests.support.rendering import FILES, PAGES, PROSE, TEXTS, rendered
from tests.support.thinning import thinned

from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.drawing import Drawn

_REPORTS, _CHUNK = 100, 10
_CHUNKS = thinned(
    (pytest.param(first, id=f"{first}-{first + _CHUNK - 1}") for first in range(0, _REPORTS, _CHUNK)), every=10
)


@cache
def drawn(seed: int) -> Drawn:
    """Return a drawn report; forms and blanks take turns."""
    forms = builtin_forms()
    return draw_report(forms[seed % len(forms)], f"many files/{seed}", blanks=seed % 3 == 0)


def check_same(data: bytes, expected: Drawn) -> None:
    """See that a file says what was drawn, cell by cell, and all that stands around the tables."""
    report = extract(document_from_bytes(data, "drawn"))

    assert report.form is expected.form
    assert {key: cell.value for key, cell in report.cells.items()} == dict(expected.cells)
    assert report.issuer is not None
    assert (report.issuer.name, report.year) == (expected.issuer, expected.year)
    assert report.period == (dt.date(expected.year, 1, 1), dt.date(expected.year, 12, 31))
    assert [section.id for section in report.sections] == [section.id for section in expected.form.sections]
    assert [PROSE.get(one.id, "") in one.text for one in report.sections] == [True] * len(report.sections)


@pytest.mark.parametrize("first", _CHUNKS)
@pytest.mark.parametrize("kind", [*TEXTS, *PAGES, *FILES])
def test_a_report_is_the_same_in_every_kind_of_file(kind: str, first: int) -> None:
    """Texts four ways, pages six ways, Word files and sheets."""
    for seed in range(first, first + _CHUNK):
        check_same(rendered(drawn(seed), kind), drawn(seed))


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("first", _CHUNKS)
def test_a_report_is_the_same_as_a_pdf(first: int, tmp_path: Path) -> None:
    """LibreOffice prints the Word files; what is read of the prints is what was drawn."""
    seeds = range(first, first + _CHUNK)
    files = [tmp_path / f"{seed}.docx" for seed in seeds]
    for seed, file in zip(seeds, files, strict=True):
        file.write_bytes(rendered(drawn(seed), ("docx", "wps")[seed % 2]))

    for seed, print_ in zip(seeds, converted(files, "pdf", tmp_path / "printed"), strict=True):
        check_same(print_.read_bytes(), drawn(seed))
