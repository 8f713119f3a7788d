"""Cell by cell, what was read of a file against the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.model.report import TEXT
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.drawing import Drawn

    from nianbao.model.report import Cell


class Counts(NamedTuple):
    """Cells of files.

    Attributes:
        files: The number of files.
        read: Cells that hold the true figure.
        unread: Cells that were not read, each with its reason.
        words: Cells that hold words, such as two figures that damage has put into one cell.
        written: Cells with another content that stands in the file so, since damage has put two figures together, or
            has taken a figure out of its cell.
        wrong: Cells with any other figure.
    """

    files: int = 0
    read: int = 0
    unread: int = 0
    words: int = 0
    written: int = 0
    wrong: int = 0

    def plus(self, other: Counts) -> Counts:
        """Return the sum of both."""
        return Counts(*(one + another for one, another in zip(self, other, strict=True)))


def compared(data: bytes, drawn: Drawn, *, dropped: bool = False) -> Counts:
    """Read a file and compare each cell with the truth; a file that is refused is unread as a whole.

    Args:
        data: The file.
        drawn: The truth.
        dropped: Whether damage has taken a figure out of the file, so that its cell may be blank.
    """
    try:
        cells: Mapping[str, Cell] = extract(document_from_bytes(data, "drawn")).cells
    except InputError:
        cells = {}
    kinds = [_kind(cells.get(key), key, drawn, dropped=dropped) for key in drawn.cells]
    return Counts(1, *(kinds.count(kind) for kind in Counts._fields[1:]))


def _kind(cell: Cell | None, key: str, drawn: Drawn, *, dropped: bool) -> str:
    if cell is None:
        return "unread"
    if cell.value == drawn.cells[key]:
        return "read" if cell.state != TEXT else "words"
    if cell.state == TEXT:
        return "words"
    figures = {str(value) for value in drawn.cells.values() if value is not None}
    if cell.value is None:
        return "written" if dropped else "wrong"
    return "wrong" if cell.raw.strip() in figures else "written"
