"""Tables that are wider than what a page shows: figures at the edge are unread, and no others."""

from __future__ import annotations

import pytest
from tests.support.pdffiles import PAGE, cells, pages, ruled, say

from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

COLUMNS, ROWS = (60, 160, 260, 360), (100, 120, 140, 160)
TEXTS = (("内容", "制作", "公开"), ("规章", "1", "5383"), ("文件", "3.5", ""))
END = 263 + 2 * 5  # behind the second digit of the figure in the last column
FIGURES = {(1, 1), (1, 2), (2, 1), (2, 2)}


def clipped(content: bytes, left: float, right: float) -> bytes:
    """Show of some content only what is between two places."""
    return f"q {left} 0 {right - left} {PAGE[1]} re W n\n".encode() + content + b"Q\n"


@pytest.mark.parametrize("is_ruled", [True, False])
@pytest.mark.parametrize(
    ("left", "right", "unread"),
    [
        (0, 400, set()),
        (0, END - 2.5, {(1, 2), (2, 2)}),
        (0, END, {(1, 2), (2, 2)}),
        (0, 150, FIGURES),
    ],
)
def test_figures_at_the_edge_of_what_is_shown_are_unread(
    left: float, right: float, unread: set[tuple[int, int]], *, is_ruled: bool
) -> None:
    """A digit that is cut off, or not shown at all, may be missing in any cell at this edge."""
    words = cells(COLUMNS, ROWS, [(row[0], "", "") for row in TEXTS]) + cells(COLUMNS, ROWS, [TEXTS[0]])
    figures = cells(COLUMNS, ROWS, [("", "", ""), *(("", *row[1:]) for row in TEXTS[1:])])
    lines = ruled(COLUMNS, ROWS) if is_ruled else say(60, 60, "二、主动公开政府信息情况")

    blocks = document_from_bytes(pages(lines + words + clipped(figures, left, right)), "drawn").blocks

    tables = [block for block in blocks if isinstance(block, Table)]
    assert tables or not is_ruled
    for table in tables:
        doubted = {(cell.row, cell.column) for cell in table.cells if cell.doubt is not None}
        read = {(cell.row, cell.column): cell.text for cell in table.cells if cell.doubt is None}
        assert all(text in {"", TEXTS[row][column]} for (row, column), text in read.items() if (row, column) in FIGURES)
        assert doubted == unread or not is_ruled
        assert unread or not doubted
