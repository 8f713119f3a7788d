"""The lines of a source table: lines of heads, and rows of a label and the figures behind it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.grids import is_value
from nianbao.extraction.labels import CAPTION, COLUMN, ROW
from nianbao.extraction.members import takes_words
from nianbao.extraction.words import bare, fold, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.extraction.labels import Labels, Match
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Item

_REMARK_LENGTH = 60
_FEWEST_HEADS = 2
_MOST_PARTS = 6
_DIGIT = re.compile(r"\d")


class Piece:
    """A source table, and how far the columns of its cells say what stands above them."""

    def __init__(self, table: Table) -> None:
        self.shape = table.shape
        self.cells = table.cells
        self.lengths = Counter(cell.row for cell in table.cells) if table.shape == "lines" else Counter()
        self.usual, often = Counter(self.lengths.values()).most_common(1)[0] if self.lengths else (0, 0)
        self.is_even = often * 10 >= len(self.lengths) * 9
        self._edge: int | None = None

    def has_columns(self, row: int) -> bool:
        """Whether the cells of a row stand in true columns."""
        return self.shape == "grid" or (self.shape == "lines" and self.lengths[row] == self.usual)

    def is_odd(self, row: int) -> bool:
        """Whether a row has more or fewer cells than nearly all others."""
        return self.is_even and self.lengths[row] != self.usual and self.shape == "lines"

    @property
    def edge(self) -> int:
        """The column behind the last one."""
        if self._edge is None:
            self._edge = max((cell.column + cell.colspan for cell in self.cells), default=0)
        return self._edge


class Row(NamedTuple):
    """A row as it stands: a label and what follows it.

    Attributes:
        label: The words nearest to the figures; ``None`` where there are none.
        match: The row of the form that they name, or ``None``.
        values: Figures, blanks and remarks behind the label.
        loose: How many words stand right behind the label that may be part of it, at the front of ``values``.
        piece: The source table that it stands in.
    """

    label: TableCell | None
    match: Match | None
    values: tuple[TableCell, ...]
    loose: int
    piece: Piece

    @property
    def item(self) -> Item | None:
        """The row or group of the form that the label names."""
        return self.match.item if self.match is not None else None

    @property
    def filled(self) -> bool:
        """Whether anything but blanks stands in it."""
        return any(cell.text.strip() for cell in self.values)


class HeadLine(NamedTuple):
    """A line of heads: the columns that its cells name, ``None`` for words that name none, and its blank cells."""

    heads: tuple[tuple[Item | None, TableCell], ...]
    piece: Piece
    blanks: tuple[TableCell, ...] = ()


def lines_of(table: Table, labels: Labels, *, first: bool) -> Iterator[Row | HeadLine]:
    """Read a source table line by line; words at its top that name nothing are heads where it is the ``first`` page."""
    piece = Piece(table)
    return _flow_lines(piece, labels) if piece.shape == "flow" else _true_lines(piece, labels, under_heads=first)


def is_figure(text: str, labels: Labels) -> bool:
    """Whether a cell holds figures, nothing, or a mark; a label that begins with its number is none of these."""
    return is_value(text) and (text.isascii() or labels.match(text, among_values=True) is None)


def is_remark(text: str) -> bool:
    """Whether words have a figure in them, as remarks in cells do, and no number of their own, as labels do."""
    return len(text) <= _REMARK_LENGTH and _DIGIT.search(text) is not None and not ordinal(fold(text))


def _true_lines(piece: Piece, labels: Labels, *, under_heads: bool) -> Iterator[Row | HeadLine]:
    """Read a table whose rows are known; figures that span rows are read in each."""
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
        line = _head_line(row, labels, piece, under_heads=under_heads)
        if line is not None:
            under_heads = True
            yield line
            continue
        found = _rows_of(row, labels, piece, words=words)
        under_heads = under_heads and not found
        yield from found
        hanging += [cell for cell in row if cell.rowspan > 1 and cell.row == number and is_figure(cell.text, labels)]


def _head_line(row: Sequence[TableCell], labels: Labels, piece: Piece, *, under_heads: bool) -> HeadLine | None:
    """Return a line that names columns, or under one that does words that name nothing; ``None`` for other lines."""
    texts = [cell for cell in row if not is_figure(cell.text, labels)]
    if not texts or any(cell.text.strip() for cell in row if is_figure(cell.text, labels)):
        return None
    matches = [labels.match(cell.text, among_values=False) for cell in texts]
    named = sum(match is not None and match.axis == COLUMN and match.certain for match in matches)
    if not named:
        unknown = sum(match is None for match in matches)
        if not (under_heads and unknown >= _FEWEST_HEADS and unknown == len(texts)):
            return None
    elif len(texts) == 1 and len(row) > 1 and bare(fold(texts[0].text)) in labels.rows.bare and not _alone(row):
        return None
    heads = [
        (match.item if match is not None else None, cell)
        for match, cell in zip(matches, texts, strict=True)
        if match is None or match.axis == COLUMN
    ]
    return HeadLine(tuple(heads), piece, tuple(cell for cell in row if not cell.text.strip()))


def _alone(row: Sequence[TableCell]) -> bool:
    """Whether the words of a line stand at its end, with no blank for a figure behind them."""
    return bool(row[-1].text.strip())


def _rows_of(row: Sequence[TableCell], labels: Labels, piece: Piece, *, words: bool) -> list[Row]:
    """Read a line as rows: usually one; a label behind figures begins another."""
    making = _Making(labels, piece, words=words)
    figures = [number for number, cell in enumerate(row) if is_figure(cell.text, labels) and cell.text.strip()]
    last = figures[-1] if figures else -1
    for number, cell in enumerate(row):
        if is_figure(cell.text, labels):
            making.value(cell)
            continue
        match = labels.match(cell.text, among_values=number < last)
        if match is not None and match.axis == ROW:
            making.label(cell, match)
        elif match is None or match.axis == COLUMN:
            making.words(cell)
    making.end()
    return making.rows


class _Making:
    """Puts the cells of a line together as rows."""

    def __init__(self, labels: Labels, piece: Piece, *, words: bool) -> None:
        self.labels = labels
        self.piece = piece
        self.takes_words = words
        self.rows: list[Row] = []
        self.begin(None, None)

    def begin(self, cell: TableCell | None, match: Match | None) -> None:
        """Begin a row."""
        self.cell, self.match = cell, match
        self.spoken = [cell] if cell is not None else []
        self.values: list[TableCell] = []
        self.loose = 0
        self.filled = False

    def end(self) -> None:
        """End the row under way."""
        self.join_words()
        if self.values or self.cell is not None:
            self.rows.append(Row(self.cell, self.match, tuple(self.values), self.loose, self.piece))

    def value(self, cell: TableCell) -> None:
        """Take a figure or a blank."""
        self.values.append(cell)
        self.filled = self.filled or bool(cell.text.strip())

    def label(self, cell: TableCell, match: Match) -> None:
        """Take a label; what stood before it without a label of its own is no figure of it."""
        if self.cell is not None and self.filled:
            self.end()
        self.begin(cell, match)

    def words(self, cell: TableCell) -> None:
        """Take words that name no row: a remark among figures, more of the label, or a label that is unknown."""
        leaf = self.match is not None and self.match.item is not None and not self.match.item.is_group
        if self.takes_words and self.match is not None:
            self.value(cell)
        elif self.cell is not None and (self.filled or (leaf and (self.values or is_remark(cell.text)))):
            self.values.append(cell)
        elif leaf:
            self.values.append(cell)
            self.loose += 1
        elif not (self.cell is None and self.filled):
            spoken = self.spoken
            self.begin(cell, None)
            self.spoken = [*spoken, cell]

    def join_words(self) -> None:
        """Name a row whose label is parted over neighbouring cells."""
        if self.match is None and len(self.spoken) > 1:
            for first in range(max(0, len(self.spoken) - _MOST_PARTS), len(self.spoken) - 1):
                text = fold("".join(cell.text for cell in self.spoken[first:]))
                match = self.labels.plain_match(text, among_values=True)
                if match is not None and match.axis == ROW:
                    self.cell, self.match = self.spoken[first], match
                    return


def _flow_lines(piece: Piece, labels: Labels) -> Iterator[Row | HeadLine]:
    """Read a flow of cells: labels begin rows, and words before the first of them are heads."""
    cells = piece.cells
    flags = [is_figure(cell.text, labels) for cell in cells]
    filled = [flag and bool(cell.text.strip()) for flag, cell in zip(flags, cells, strict=True)]
    words = takes_words(labels.table)
    due = max((len(row.columns) for row in labels.table.rows.leaves), default=0)
    making = _Making(labels, piece, words=words)
    heads: list[tuple[Item | None, TableCell]] = []
    for number, cell in enumerate(cells):
        if flags[number]:
            if making.cell is not None:
                making.value(cell)
            continue
        before_figure = number + 1 < len(cells) and filled[number + 1]
        match = labels.match(cell.text, among_values=before_figure)
        if match is not None and match.axis == CAPTION:
            making.end()
            making.begin(None, None)
            continue
        if match is not None and match.axis == COLUMN and (before_figure or not match.certain):
            match = None
        if match is not None and match.axis == COLUMN:
            making.end()
            yield from making.rows
            making.rows.clear()
            making.begin(None, None)
            heads.append((match.item, cell))
            continue
        if match is None and _is_value_in_flow(making, cell, due):
            making.values.append(cell)
            continue
        if match is None and making.cell is None and not (number + 1 < len(cells) and flags[number + 1]):
            heads.append((None, cell))
            continue
        if heads:
            yield HeadLine(tuple(heads), piece)
            heads = []
        making.end()
        making.begin(cell, match)
        if len(making.rows) > 1:
            yield from making.rows
            making.rows.clear()
    making.end()
    if heads:
        yield HeadLine(tuple(heads), piece)
    yield from making.rows


def _is_value_in_flow(making: _Making, cell: TableCell, due: int) -> bool:
    """Whether words in a flow stand where a figure is due."""
    if making.cell is None or making.match is None or making.match.item is None or making.match.item.is_group:
        return False
    room = len(making.values) < len(making.match.item.columns or range(due))
    return room and (making.takes_words or is_remark(cell.text))
