"""Word files that an office program makes of pages read as the pages do, where LibreOffice is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.libreoffice import WORD, converted, needs_office

from nianbao.extraction import extract
from nianbao.model.document import Table
from nianbao.readers import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.document import Document

pytestmark = [
    pytest.mark.slow,
    needs_office,
]


def as_word(page: Path, folder: Path) -> Document:
    """Let LibreOffice save a page as a Word file, and read that."""
    (copy,) = converted([page], WORD, folder)
    return read_document(str(copy))


def grids(document: Document) -> list[list[tuple[str, int, int, int, int]]]:
    """Return the tables of a document, white space in their cells left out."""
    return [
        [("".join(one.text.split()), one.row, one.column, one.rowspan, one.colspan) for one in block.cells]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def test_an_invented_page_reads_alike_as_a_word_file(repo: Path, tmp_path: Path) -> None:
    """The same tables with the same spans, and the same report."""
    same_as_a_word_file(repo / "examples" / "linjiang-2024.html", tmp_path)


def test_a_real_page_reads_alike_as_a_word_file(corpus: Path, tmp_path: Path) -> None:
    """The same tables with the same spans, and the same report."""
    same_as_a_word_file(corpus / "shuyang-development-2023.html", tmp_path)


def same_as_a_word_file(page: Path, folder: Path) -> None:
    """Compare a page with the Word file made of it: tables, cells, sections, issuer, year and period."""
    document, original = as_word(page, folder), read_document(str(page))
    report, wanted = extract(document), extract(original)

    assert document.format == "word"
    assert grids(document) == grids(original)
    assert {key: (cell.value, cell.state) for key, cell in report.cells.items()} == {
        key: (cell.value, cell.state) for key, cell in wanted.cells.items()
    }
    assert [(one.id, one.heading, one.text) for one in report.sections] == [
        (one.id, one.heading, one.text) for one in wanted.sections
    ]
    assert (report.issuer, report.year, report.period) == (wanted.issuer, wanted.year, wanted.period)
