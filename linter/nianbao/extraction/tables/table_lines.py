"""Source tables line by line: lines of heads, and rows with a label and the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.tables.flows import flow_lines
from nianbao.extraction.tables.labels import CAPTION, COLUMN, ROW
from nianbao.extraction.tables.members import takes_words
from nianbao.extraction.tables.rows import HeadLine, RowMaker, SourceTable, flags_of
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.rows import LabelledRow
    from nianbao.model.document import Table, TableCell

_MIN_HEADS = 2


def lines_of(table: Table, labels: Labels, *, first: bool) -> Iterator[LabelledRow | HeadLine]:
    """Read a source table line by line; unknown words at its top are heads on the ``first`` page."""
    piece = SourceTable(table)
    if piece.shape == "flow":
        return flow_lines(piece, labels)
    return _true_lines(piece, labels, under_heads=first)


def _true_lines(piece: SourceTable, labels: Labels, *, under_heads: bool) -> Iterator[LabelledRow | HeadLine]:
    """Read a table whose rows are known; a figure that spans rows is read in each of them."""
    cells = piece.cells
    words = takes_words(labels.table)
    hanging: list[TableCell] = []
    begin, count = 0, len(cells)
    while begin < count:
        number = cells[begin].row
        end = begin + 1
        while end < count and cells[end].row == number:
            end += 1
        row: Sequence[TableCell] = cells[begin:end]
        begin = end
        if hanging:
            hanging = [cell for cell in hanging if cell.row + cell.rowspan > number]
            row = sorted([*row, *hanging], key=lambda cell: cell.column) if hanging else row
        cut = _cut(row, labels, piece)
        line = _head_line(cut, labels, under_heads=under_heads)
        if line is not None:
            under_heads = True
            yield line
            continue
        rows = _rows_of(cut, labels, words=words)
        under_heads = under_heads and not rows
        yield from rows
        hanging += [
            cell
            for cell, is_one in zip(row, cut.flags, strict=True)
            if is_one and cell.rowspan > 1 and cell.row == number
        ]


class _Cut(NamedTuple):
    """The cells of a row, for each whether it is a figure, blank or mark, and the index of the last figure, or -1."""

    cells: Sequence[TableCell]
    flags: Sequence[bool]
    piece: SourceTable
    last: int


def _cut(row: Sequence[TableCell], labels: Labels, piece: SourceTable) -> _Cut:
    flags = flags_of(row, labels)
    last = len(row) - 1
    while last >= 0 and not (flags[last] and row[last].text.strip()):
        last -= 1
    return _Cut(row, flags, piece, last)


def _head_line(cut: _Cut, labels: Labels, *, under_heads: bool) -> HeadLine | None:
    """Return a line with names of columns, or with unknown words under one or beside a caption; else ``None``."""
    if cut.last >= 0 or all(cut.flags):
        return None
    row = cut.cells
    texts = [cell for cell, is_one in zip(row, cut.flags, strict=True) if not is_one]
    matches = [labels.match(cell.text, among_values=False) for cell in texts]
    named = sum(match is not None and match.axis == COLUMN and match.certain for match in matches)
    if not named:
        unknown = sum(match is None for match in matches)
        captions = sum(match is not None and match.axis == CAPTION for match in matches)
        under = under_heads and unknown >= _MIN_HEADS
        if not unknown or unknown + captions < len(texts) or not (under or captions):
            return None
    elif len(texts) == 1 and len(row) > 1 and bare(fold(texts[0].text)) in labels.rows.bare and not _alone(row):
        return None
    heads = [
        (match.item if match is not None else None, cell)
        for match, cell in zip(matches, texts, strict=True)
        if match is None or match.axis == COLUMN
    ]
    return HeadLine(tuple(heads), cut.piece, tuple(cell for cell in row if not cell.text.strip()))


def _alone(row: Sequence[TableCell]) -> bool:
    """Whether the words of a line are at its end, without a blank for a figure behind them."""
    return bool(row[-1].text.strip())


def _rows_of(cut: _Cut, labels: Labels, *, words: bool) -> list[LabelledRow]:
    """Read a line as rows: usually one; a label behind figures begins another row."""
    making = RowMaker(labels, cut.piece, words=words)
    last = cut.last
    for number, cell in enumerate(cut.cells):
        if cut.flags[number]:
            making.value(cell)
            continue
        match = labels.match(cell.text, among_values=number < last or last < 0)
        if match is not None and match.axis == ROW:
            making.label(cell, match)
        elif match is None or match.axis == COLUMN:
            making.words(cell)
    making.end()
    return making.rows
