"""Tables that lost their lines: one cell after another; a label begins a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction.tables.labels import COLUMN, ROW
from nianbao.extraction.tables.members import takes_words
from nianbao.extraction.tables.rows import HeadLine, RowMaker, is_figure, is_remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.rows import LabelledRow, SourceTable
    from nianbao.model.document import TableCell
    from nianbao.model.form import Item


def flow_lines(piece: SourceTable, labels: Labels) -> Iterator[LabelledRow | HeadLine]:
    """Read a flow of cells: a label begins a row, and words before the first label are heads."""
    flow = _Flow(piece, labels)
    for number, cell in enumerate(piece.cells):
        following = piece.cells[number + 1] if number + 1 < len(piece.cells) else None
        flow.take(cell, following)
    flow.end_row()
    flow.end_heads()
    return iter(flow.lines)


class _Flow:
    """Assembles lines from the cells of a flow."""

    def __init__(self, piece: SourceTable, labels: Labels) -> None:
        self.labels = labels
        self.piece = piece
        self.lines: list[LabelledRow | HeadLine] = []
        self.heads: list[tuple[Item | None, TableCell]] = []
        self.making = RowMaker(labels, piece, words=takes_words(labels.table))

    def take(self, cell: TableCell, following: TableCell | None) -> None:
        """Add the next cell; the cell after it decides between a row and a head."""
        making = self.making
        if is_figure(cell.text, self.labels):
            if making.cell is not None:
                making.value(cell)
            return
        before_value = following is not None and is_figure(following.text, self.labels)
        before_figure = before_value and following is not None and bool(following.text.strip())
        match = self.labels.match(cell.text, among_values=before_figure)
        if match is not None and match.axis == COLUMN and (before_figure or not match.certain):
            match = None
        if match is not None and match.axis != ROW:
            self.end_row()
            if match.axis == COLUMN:
                self.heads.append((match.item, cell))
        elif match is None and self._is_due(cell):
            making.values.append(cell)
        elif match is None and making.cell is None and not before_value:
            self.heads.append((None, cell))
        else:
            self.end_row()
            self.end_heads()
            making.begin(cell, match)

    def _is_due(self, cell: TableCell) -> bool:
        """Whether words are at a place where a figure is expected."""
        item = self.making.match.item if self.making.match is not None else None
        if self.making.cell is None or item is None or item.is_group or len(self.making.values) >= len(item.columns):
            return False
        return self.making.takes_words or is_remark(cell.text)

    def end_row(self) -> None:
        """End the current row."""
        self.making.end()
        self.lines += self.making.rows
        self.making.rows.clear()
        self.making.begin(None, None)

    def end_heads(self) -> None:
        """End the current line of heads."""
        if self.heads:
            self.lines.append(HeadLine(tuple(self.heads), self.piece))
            self.heads = []
