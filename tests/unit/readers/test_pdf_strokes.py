"""Lines through figures of a PDF: they make cells unread, and lines that only stand near do not."""

from __future__ import annotations

import pytest
from tests.support.pdffiles import area, cells, pages, rule, ruled

from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

COLUMNS, ROWS = (60, 160, 260, 360), (100, 120, 140, 160)
TEXTS = (("内容", "制作", "公开"), ("规章", "7788", "20"), ("文件", "3.5", ""))


def doubtful(extra: bytes) -> list[str]:
    """Return the texts of the cells in doubt of a table with something drawn over it."""
    data = pages(ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, TEXTS) + extra)
    tables = [block for block in document_from_bytes(data, "drawn").blocks if isinstance(block, Table)]
    return [cell.text for table in tables for cell in table.cells if cell.doubt is not None]


def at(x0: float, y: float, x1: float) -> bytes:
    """Draw a level line."""
    return rule(x0, y, x1, y)


@pytest.mark.parametrize(
    ("extra", "texts"),
    [
        (b"", []),
        (at(164, 130.5, 174), ["7788"]),
        (at(164, 129, 184) + at(164, 131, 184), ["7788"]),
        (area(164, 130.2, 180, 130.8, paint="0 g"), ["7788"]),
        (at(164, 135, 184), []),
        (at(64, 130.5, 84), []),
        (at(300, 150, 340), []),
    ],
    ids=["none", "a line", "two lines", "a thin area", "an underline", "through words", "in a blank cell"],
)
def test_a_line_through_a_figure_is_a_doubt(extra: bytes, texts: list[str]) -> None:
    """It may strike the figure out, or a part of it."""
    assert doubtful(extra) == texts
