"""The lines of a source table: lines of heads, and rows of a label and the figures behind it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.numbers import is_value
from nianbao.extraction.tables.labels import ROW
from nianbao.model.folding import fold
from nianbao.model.ordinals import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.tables.labels import Labels, Match
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Item

_REMARK_LENGTH = 60
_MAX_LABEL_PARTS = 6
_SHORT_FIGURE = 9
_DIGIT = re.compile(r"\d")


class SourceTable:
    """A source table, and how far the columns of its cells are reliable."""

    def __init__(self, table: Table) -> None:
        self.shape = table.shape
        self.cells = table.cells
        self.broken = table.broken
        self.lengths = Counter(cell.row for cell in table.cells) if table.shape == "lines" else Counter()
        self.usual, often = Counter(self.lengths.values()).most_common(1)[0] if self.lengths else (0, 0)
        self.is_even = often * 10 >= len(self.lengths) * 9
        self._edge: int | None = None

    def has_columns(self, row: int) -> bool:
        """Whether the cells of a row have true columns."""
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


class LabelledRow(NamedTuple):
    """A row of a source table: a label and the cells behind it.

    Attributes:
        label: The words nearest to the figures; ``None`` if there are none.
        match: The row of the form that they name, or ``None``.
        values: Figures, blanks and remarks behind the label.
        loose: The number of cells with words at the front of ``values`` that may be part of the label.
        piece: Its source table.
    """

    label: TableCell | None
    match: Match | None
    values: tuple[TableCell, ...]
    loose: int
    piece: SourceTable

    @property
    def item(self) -> Item | None:
        """The row or group of the form that the label names."""
        return self.match.item if self.match is not None else None

    @property
    def is_broken(self) -> bool:
        """Whether text of its line stands outside the cells."""
        return bool(self.piece.broken) and any(
            cell.row in self.piece.broken for cell in (*self.values, self.label) if cell
        )

    @property
    def filled(self) -> bool:
        """Whether it has anything but blanks."""
        return any(cell.text.strip() for cell in self.values)


class HeadLine(NamedTuple):
    """A line of heads: the columns that its cells name, ``None`` for unknown words, and its blank cells."""

    heads: tuple[tuple[Item | None, TableCell], ...]
    piece: SourceTable
    blanks: tuple[TableCell, ...] = ()


def is_figure(text: str, labels: Labels) -> bool:
    """Whether a cell holds a figure, what stands for one, nothing or a mark, and is no label that begins with it."""
    if not is_value(text):
        return labels.table.is_placeholder(text.strip())
    return text.isascii() or labels.match(text, among_values=True) is None


def flags_of(cells: Sequence[TableCell], labels: Labels) -> list[bool]:
    """Return for each cell whether it holds a figure, nothing, or a mark."""
    return [
        not text or (len(text) <= _SHORT_FIGURE and text.isdecimal()) or is_figure(text, labels)
        for text in [cell.text for cell in cells]
    ]


def is_remark(text: str) -> bool:
    """Whether words contain a figure, like remarks in cells, and have no ordinal, unlike labels."""
    return len(text) <= _REMARK_LENGTH and _DIGIT.search(text) is not None and not ordinal(fold(text))


class RowMaker:
    """Assembles rows from the cells of a line."""

    def __init__(self, labels: Labels, piece: SourceTable, *, words: bool) -> None:
        self.labels = labels
        self.piece = piece
        self.takes_words = words
        self.rows: list[LabelledRow] = []
        self.begin(None, None)

    def begin(self, cell: TableCell | None, match: Match | None) -> None:
        """Begin a row."""
        self.cell, self.match = cell, match
        self.spoken = [cell] if cell is not None else []
        self.values: list[TableCell] = []
        self.loose = 0
        self.filled = False

    def end(self) -> None:
        """End the current row."""
        self.join_words()
        if self.values or self.cell is not None:
            self.rows.append(LabelledRow(self.cell, self.match, tuple(self.values), self.loose, self.piece))

    def value(self, cell: TableCell) -> None:
        """Add a figure or a blank."""
        self.values.append(cell)
        self.filled = self.filled or bool(cell.text.strip())

    def label(self, cell: TableCell, match: Match) -> None:
        """Add a label; cells before it that have no label of their own do not belong to it."""
        if self.cell is not None and self.filled:
            self.end()
        self.begin(cell, match)

    def words(self, cell: TableCell) -> None:
        """Add words that are not a row of the form: a remark among figures, a part of a label, an unknown label."""
        leaf = self.match is not None and self.match.item is not None and not self.match.item.is_group
        if self.takes_words and self.match is not None:
            self.value(cell)
        elif self.cell is not None and (self.filled or (leaf and (self.values or is_remark(cell.text)))):
            self.values.append(cell)
        elif leaf and (joined := self._named_by([*self.spoken, cell])) is not None:
            self.match = joined
            self.spoken.append(cell)
        elif leaf and self.match is not None and self.match.certain:
            self.values.append(cell)
            self.loose += 1
        elif not (self.cell is None and self.filled):
            spoken = self.spoken
            self.begin(cell, None)
            self.spoken = [*spoken, cell]

    def join_words(self) -> None:
        """Name a row whose label is split over adjacent cells."""
        if self.match is None and len(self.spoken) > 1:
            for first in range(max(0, len(self.spoken) - _MAX_LABEL_PARTS), len(self.spoken) - 1):
                match = self._named_by(self.spoken[first:])
                if match is not None:
                    self.cell, self.match = self.spoken[first], match
                    return

    def _named_by(self, parts: Sequence[TableCell]) -> Match | None:
        """Return the row that the words of several cells together name."""
        match = self.labels.plain_match(fold("".join(cell.text for cell in parts)), among_values=True)
        return match if match is not None and match.axis == ROW else None
