"""Pages that an office program prints as PDFs read as they were drawn, where LibreOffice is at hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.libreoffice import converted, needs_office
from tests.support.rendering import PROSE, rendered

from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import read_document

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    needs_office,
]
SEEDS = (0, 1, 3)  # the widest figures of others make tables that go over the edge of the page


def test_printed_pages_are_read_as_drawn(tmp_path: Path) -> None:
    """A dozen drawn reports of both forms, plain and as Word saves them: cells, sections, issuer, year and period."""
    drawn = {
        f"{form.id}-{kind}-{seed}": (kind, draw_report(form, f"printed/{seed}", blanks=seed == 3))
        for form in builtin_forms()
        for kind in ("clean", "word")
        for seed in SEEDS
    }
    for name, (kind, report) in drawn.items():
        (tmp_path / f"{name}.html").write_bytes(rendered(report, kind))
    converted(tmp_path.glob("*.html"), "pdf", tmp_path, "--infilter=HTML (StarWriter)")

    for name, (_kind, expected) in drawn.items():
        found = extract(read_document(str(tmp_path / f"{name}.pdf")))
        assert (name, found.form.id) == (name, expected.form.id)
        assert (name, {key: cell.value for key, cell in found.cells.items()}) == (name, dict(expected.cells))
        assert found.issuer is not None
        assert (found.issuer.name, found.year) == (expected.issuer, expected.year)
        assert found.period == (dt.date(expected.year, 1, 1), dt.date(expected.year, 12, 31))
        assert [section.id for section in found.sections] == [section.id for section in expected.form.sections]
        assert all(PROSE.get(section.id, "") in section.text for section in found.sections)
        assert {cell.location.page for cell in found.cells.values()} >= {1, 2}
