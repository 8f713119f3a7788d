"""Real reports, where they are at hand, are read with their tables whole and every place at its content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.parts import parts

from nianbao.model.document import Table
from nianbao.readers import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.document import Document


def tables(document: Document) -> list[Table]:
    """Return the tables of a document."""
    return [block for block in document.blocks if isinstance(block, Table)]


def test_a_flattened_report_has_three_flows(corpus: Path) -> None:
    """The dump with a cell a line gives one flow for each table of the form, with the prose between."""
    document = read_document(str(corpus / "qindu-2024.txt"))
    assert document.format == "text"
    assert [table.shape for table in tables(document)] == ["flow"] * 3
    assert [len(table.cells) for table in tables(document)] == [30, 215, 34]


@pytest.mark.parametrize(
    ("name", "rows"), [("shuyang-development-2023.html", [6, 14, 28, 4]), ("shanghai-office-2019.html", [18, 26, 4])]
)
def test_pages_have_grids(corpus: Path, name: str, rows: list[int]) -> None:
    """Pages of a site give whole grids: their cells cover every place of the grid once."""
    document = read_document(str(corpus / name))
    assert [table.shape for table in tables(document)] == ["grid"] * len(rows)
    assert [table.cells[-1].row + 1 for table in tables(document)] == rows


@pytest.mark.parametrize("name", ["qindu-2024.txt", "shuyang-development-2023.html", "shanghai-office-2019.html"])
def test_every_place_in_a_real_report_is_exact(corpus: Path, name: str) -> None:
    """Each paragraph and each cell, also on the page of one line, has line and column, and its content stands there."""
    document = read_document(str(corpus / name))
    lines = (corpus / name).read_text(encoding="utf-8").split("\n")
    checked = 0
    for part in parts(document):
        place = document.refine(part.location)
        assert place.line is not None
        assert place.column is not None
        rest = lines[place.line - 1][place.column - 1 :]
        assert rest.startswith((part.text[:1], "&") if part.text else ("", "<"))
        checked += 1
    assert checked > 150


@pytest.mark.parametrize("name", ["qindu-2024", "shuyang-development-2023", "shanghai-office-2019"])
def test_true_values_are_among_the_cells(corpus: Path, name: str) -> None:
    """Every number that a person reads in the tables is the text of some cell, or begins it, with a unit behind."""
    (source,) = (file for file in corpus.glob(f"{name}.*") if not file.name.endswith(".json"))
    truth = json.loads((corpus / f"{name}.cells.json").read_text(encoding="utf-8"), parse_float=str)["cells"]
    texts = {cell.text for table in tables(read_document(str(source))) for cell in table.cells}
    numbers = {str(value) for value in truth.values() if isinstance(value, int)}
    assert all(any(text.startswith(number) for text in texts) for number in numbers)
