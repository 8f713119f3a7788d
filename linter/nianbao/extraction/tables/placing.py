"""Assigns the figures of a row to columns: by the head above, or by order if there are as many heads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.tables.heads import overlap
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nianbao.extraction.tables.heads import Heads
    from nianbao.extraction.tables.rows import LabelledRow
    from nianbao.model.document import TableCell
    from nianbao.model.form import TableForm

    Order = Sequence[str | None]


class ClaimedCell(NamedTuple):
    """A column of a row, and its cell of the source."""

    column: str
    cell: TableCell


class Spare(NamedTuple):
    """Blanks behind the figures of a row: the column where the figures begin, and the number of blanks."""

    column: int
    blanks: int


def spare_of(row: LabelledRow, due: int) -> Spare | None:
    """Return the blanks behind the expected figures; ``None`` if there is other content."""
    extra = len(row.values) - due
    if extra <= 0 or row.piece.shape == "flow" or not row.values[0].text.strip():
        return None
    return None if any(cell.text.strip() for cell in row.values[due:]) else Spare(row.values[0].column, extra)


class HeadFrame:
    """The heads over some rows, as far as these rows have their columns; assigns the figures of a row to columns."""

    def __init__(self, heads: Heads, due: tuple[str, ...], *, form: TableForm) -> None:
        self.heads = heads
        self.due = due
        self.lengths: Counter[int] = Counter()
        self.over = [head for head in heads.leaves if head.column in due]
        self.starts = [head.cell.column for head in self.over]
        self.known = [head.column for head in self.over if head.column is not None]
        names = [head.column if head.column in due else None for head in heads.leaves]
        first = next((place for place, name in enumerate(names) if name is not None), 0)
        self.every: Order = names[first:]  # words before the first known head may be above labels
        self.has_unknown = any(head.column is None for head in heads.leaves)
        self.in_order = len(set(self.known)) == len(self.known) and _keeps_totals(self.known, due, form)

    @property
    def is_whole(self) -> bool:
        """Whether the heads are exactly the form's columns, or there are no heads."""
        return not self.has_unknown and self.in_order and len(self.known) in {0, len(self.due)}

    def count(self, row: LabelledRow) -> None:
        """Count the figures of a row, before any row is placed."""
        self.lengths[len(row.values)] += 1

    def place(self, row: LabelledRow, spare: Collection[Spare] = ()) -> list[ClaimedCell] | None:
        """Return the column of each cell of a row, or ``None`` if that is not certain.

        Args:
            row: The row.
            spare: Blanks behind the figures of rows that are known to come from lost spans.
        """
        number = row.values[0].row
        in_columns = self.heads.reach(row.piece)
        if in_columns and row.piece.has_columns(number):
            claims = self._by_column(row)
            if claims is not None:
                return claims
        if row.loose and not all(map(_is_note, row.values[: row.loose])):
            return None  # the words may make it another row, or be one of its figures
        values = row.values[row.loose :]
        if spare and self.is_whole and spare_of(row, len(self.due)) in spare:
            values = values[: len(self.due)]
        order = next((candidate for candidate in self._orders() if len(candidate) == len(values)), None)
        # If the columns disagree, or the line has too few or too many cells, a row with a blank is uncertain.
        strict = in_columns or self.heads.torn or row.piece.is_odd(number)
        if order is None or (strict and not all(cell.text.strip() for cell in values)):
            return None
        return [ClaimedCell(name, cell) for name, cell in zip(order, values, strict=True) if name is not None]

    def _by_column(self, row: LabelledRow) -> list[ClaimedCell] | None:
        """Assign cells to the heads above them, one cell for each head."""
        over = self.over
        if not self.in_order or not (over or self.has_unknown):
            return None
        if len(row.values) == len(over) and all(
            overlap(head.cell, cell) for head, cell in zip(over, row.values, strict=True)
        ):
            return [ClaimedCell(name, cell) for name, cell in zip(self.known, row.values, strict=True)]
        claims: dict[str, TableCell] = {}
        for cell in row.values:
            above = self._above(cell)
            if not above and not self._may_stand_beside(cell):
                return None
            for name in above:
                other = claims.get(name)
                if other is None or not other.text.strip():
                    claims[name] = cell
                elif cell.text.strip() and fold(other.text) != fold(cell.text):  # a spanning cell may be repeated
                    return None
        # Every head must have a cell: if one is missing, the cells behind it may have moved.
        return [ClaimedCell(name, claims[name]) for name in self.known] if len(claims) == len(over) else None

    def _above(self, cell: TableCell) -> list[str]:
        """Return the columns whose heads are above a cell."""
        columns = []
        for place in range(bisect_left(self.starts, cell.column + cell.colspan) - 1, -1, -1):
            if not overlap(self.over[place].cell, cell):
                break
            columns.append(self.known[place])
        return columns[::-1]

    def _may_stand_beside(self, cell: TableCell) -> bool:
        """Whether a cell may lack a head: it is under words, before the first head, or blank under a blank."""
        blank = not cell.text.strip()
        others = [head.column for head in self.heads.leaves if head not in self.over and overlap(head.cell, cell)]
        if others:
            return None in others or blank
        if cell.column + cell.colspan <= (self.over or self.heads.leaves)[0].cell.column:
            return blank or _is_note(cell)
        return blank and any(overlap(other, cell) for other in self.heads.blanks)

    def _orders(self) -> list[Order]:
        """Return the possible orders of the cells of a row: as the known heads, or as all heads."""
        if not self.known and not self.has_unknown:
            return [self.due]  # there are no heads, or only those of other rows
        if not self.in_order:
            again = list(dict.fromkeys(self.known)) == list(self.due)  # heads that are printed twice
            return [self.due] if again and not self.has_unknown else []
        if len(self.known) != len(self.due):
            return [self.every]
        # Unknown words among the heads are a column if the rows have a figure for it.
        return [self.every] if self.lengths[len(self.every)] > self.lengths[len(self.known)] else [self.known]


def _is_note(cell: TableCell) -> bool:
    return fold(cell.text).startswith("(")


def _keeps_totals(names: Sequence[str], due: tuple[str, ...], form: TableForm) -> bool:
    """Whether totals are at their place in the form; a total among its parts indicates a torn head."""
    wanted = [name for name in due if name in names]
    totals = [name for name in wanted if form.columns.items[name].total_of is not None]
    return all(names.index(name) == wanted.index(name) for name in totals)
