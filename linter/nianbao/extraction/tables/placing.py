"""Assigns the figures of a row to columns: by the head above, or by order if there are as many heads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.tables.heads import Head, overlap
from nianbao.model.document import TableCell
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nianbao.extraction.tables.heads import Heads
    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.rows import LabelledRow, SourceTable
    from nianbao.model.form import TableForm

    Order = Sequence[str | None]
    _Places = tuple[tuple[int, int], ...]


_MIN_ALIKE = 2


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

    def __init__(self, heads: Heads, due: tuple[str, ...], *, labels: Labels) -> None:
        self.heads = heads
        self.due = due
        self.labels = labels
        self.takes_form_order = False
        self.places: dict[int, Counter[_Places]] = {}
        self.fitting = 0
        self.moved = 0
        self.own = _Columns(
            tuple(head for head in heads.leaves if head.column in due),
            tuple(head for head in heads.leaves if head.column not in due),
            heads.blanks,
        )
        self.known = self.own.names
        names = [head.column if head.column in due else None for head in heads.leaves]
        first = next((place for place, name in enumerate(names) if name is not None), 0)
        self.every: Order = names[first:]  # words before the first known head may be above labels
        self.has_unknown = any(head.column is None for head in heads.leaves)
        self.in_order = len(set(self.known)) == len(self.known) and _keeps_totals(self.known, due, labels.table)

    @property
    def is_whole(self) -> bool:
        """Whether the heads are exactly the form's columns, or there are no heads."""
        return not self.has_unknown and self.in_order and len(self.known) in {0, len(self.due)}

    def count(self, row: LabelledRow) -> None:
        """Count the figures of a row and where they stand, before any row is placed."""
        if row.piece.shape == "grid":
            self.places.setdefault(id(row.piece), Counter())[_places(row.values[row.loose :])] += 1
            if self.heads.reach(row.piece) and len(row.values) == len(self.own.over):
                fits = self.own.fit(row.values)
                self.fitting, self.moved = self.fitting + fits, self.moved + (not fits)

    def place(self, row: LabelledRow, spare: Collection[Spare] = ()) -> list[ClaimedCell] | None:
        """Return the column of each cell of a row, or ``None`` if that is not certain.

        Args:
            row: The row.
            spare: Blanks behind the figures of rows that are known to come from lost spans.
        """
        if self.heads.broken and len(self.due) > 1:
            return None
        number = row.values[0].row
        in_columns = self.heads.reach(row.piece)
        if row.piece.shape == "grid":
            own = self.own if in_columns and self.in_order and self._are_over_figures else None
            return self._under(own, row, spare) or self._in_body(row, spare)
        if in_columns and row.piece.has_columns(number) and self.in_order and (self.known or self.has_unknown):
            claims = self.own.claims(row.values)
            if claims is not None:
                return claims
        values = self._figures(row, spare)
        order = next((candidate for candidate in self._orders() if len(candidate) == len(values)), None)
        # If the columns disagree, or the line has too few or too many cells, a row with a blank is uncertain.
        strict = in_columns or self.heads.torn or row.piece.is_odd(number)
        if order is None or (strict and not all(cell.text.strip() for cell in values)):
            return None
        return [ClaimedCell(name, cell) for name, cell in zip(order, values, strict=True) if name is not None]

    @property
    def _are_over_figures(self) -> bool:
        """Whether most rows with a figure for each head have it under that head: else the heads may have moved."""
        return not self.moved or self.fitting > self.moved

    def _under(self, columns: _Columns | None, row: LabelledRow, spare: Collection[Spare]) -> list[ClaimedCell] | None:
        """Return the column of each cell of a row of a grid, if each stands under a head or all have moved alike."""
        if columns is None:
            return None
        figures = self._figures(row, spare)
        counted = self.places[id(row.piece)]
        is_alone = counted[_places(row.values[row.loose :])] < min(_MIN_ALIKE, counted.total())
        if is_alone and len(row.values) > len(columns.over):
            return columns.moved(figures)  # one cell too many, as no other row has it: the others may have moved
        return columns.claims(row.values) or columns.moved(figures)

    def _in_body(self, row: LabelledRow, spare: Collection[Spare]) -> list[ClaimedCell] | None:
        """Return the column of each cell of a row of a grid, whose heads do not stand over it."""
        claims = self._under(self._body(row.piece), row, spare)
        if claims and len(self.due) > 1 and (not self.heads.in_columns or self.heads.reach(row.piece)):
            self.takes_form_order = self.heads.piece is not None
        return claims

    def _figures(self, row: LabelledRow, spare: Collection[Spare]) -> tuple[TableCell, ...]:
        """Return the figures of a row without notes before them and spare blanks behind; none if words may be either.

        The words may make it another row, or be one of its figures.
        """
        if row.loose and not all(map(_is_note, row.values[: row.loose])):
            return ()
        values = row.values[row.loose :]
        return values[: len(self.due)] if spare and self.is_whole and spare_of(row, len(self.due)) in spare else values

    def _body(self, piece: SourceTable) -> _Columns | None:
        """Return the columns of the figures in a grid whose heads do not stand over them, if they are certain.

        The heads stand in another source table, or contradict each other or the figures. Then the order of the columns
        is that of the form if every head stands there once, in the order of the form's print; and it is the columns of
        the source in which most rows have their figures.
        """
        is_ordered = self.heads.in_columns and self.is_whole and bool(self.known)
        is_whole = is_ordered or self.heads.printed == self.due or (len(self.due) == 1 and not self.has_unknown)
        names = self.known if is_ordered else self.due
        counted = self.places.get(id(piece), Counter())
        (places, often), *_others = counted.most_common(1) or [((), 0)]
        if not is_whole or len(places) != len(names) or often * 2 <= counted.total():
            return None
        cells = [TableCell("", column=column, colspan=span) for column, span in places]
        return _Columns(tuple(map(Head, names, cells)))

    def _orders(self) -> list[Order]:
        """Return the possible orders of the cells of a row whose columns are not known."""
        if not self.known and not self.has_unknown:
            return [self.due]  # there are no heads, or only those of other rows
        if not self.in_order:
            again = self.known == list(self.due) * (len(self.known) // len(self.due))  # heads that are printed twice
            return [self.due] if again and not self.has_unknown else []
        if self.heads.is_one_line or (
            len(self.every) == len(self.due)
            and all(name in {None, due} for name, due in zip(self.every, self.due, strict=True))
        ):
            return [self.every]  # unknown words among the heads are a column if the rows have a figure for it
        in_form_order = self.known == [name for name in self.due if name in self.known]
        is_complete = not self.has_unknown or len(self.known) == len(self.due)  # other words may be parts of groups
        return [self.known] if in_form_order and is_complete else []


class _Columns(NamedTuple):
    """Heads over columns of a source: those of the rows, those of other rows or unknown, and blank cells among them."""

    over: tuple[Head, ...]
    others: tuple[Head, ...] = ()
    blanks: tuple[TableCell, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns, from left to right."""
        return [head.column for head in self.over if head.column is not None]

    def fit(self, values: Sequence[TableCell]) -> bool:
        """Whether each of as many cells is under its head."""
        return all(overlap(head.cell, cell) for head, cell in zip(self.over, values, strict=True))

    def claims(self, values: Sequence[TableCell]) -> list[ClaimedCell] | None:
        """Assign cells to the heads above them, one cell for each head; ``None`` if a head or a figure has none."""
        over = self.over
        if len(values) == len(over) and self.fit(values):
            return [ClaimedCell(name, cell) for name, cell in zip(self.names, values, strict=True)]
        starts = [head.cell.column for head in over]
        claims: dict[str, TableCell] = {}
        for cell in values:
            above = self._above(cell, starts)
            if not above and not self._may_stand_beside(cell):
                return None
            for name in above:
                other = claims.get(name)
                if other is None or not other.text.strip():
                    claims[name] = cell
                elif cell.text.strip() and fold(other.text) != fold(cell.text):  # a spanning cell may be repeated
                    return None
        # Every head must have a cell: if one is missing, the cells behind it may have moved.
        return [ClaimedCell(name, claims[name]) for name in self.names] if len(claims) == len(over) else None

    def moved(self, values: Sequence[TableCell]) -> list[ClaimedCell] | None:
        """Assign cells of a row that stands as a whole to the left or right of its heads, as spans of labels may do it.

        There must be a figure for each head, and all must have moved by the same number of columns.
        """
        if len(values) != len(self.over) or not all(cell.text.strip() for cell in values):
            return None
        moves = {
            (cell.column - head.cell.column, cell.colspan - head.cell.colspan)
            for head, cell in zip(self.over, values, strict=True)
        }
        if len(moves) != 1:
            return None
        return [ClaimedCell(name, cell) for name, cell in zip(self.names, values, strict=True)]

    def _above(self, cell: TableCell, starts: Sequence[int]) -> list[str]:
        """Return the columns whose heads are above a cell."""
        columns = []
        for place in range(bisect_left(starts, cell.column + cell.colspan) - 1, -1, -1):
            head = self.over[place]
            if not overlap(head.cell, cell):
                break
            columns.append(str(head.column))
        return columns[::-1]

    def _may_stand_beside(self, cell: TableCell) -> bool:
        """Whether a cell may lack a head: it is under words, before the first head, or blank under a blank."""
        blank = not cell.text.strip()
        others = [head.column for head in self.others if overlap(head.cell, cell)]
        if others:
            return None in others or blank
        if cell.column + cell.colspan <= (self.over or self.others)[0].cell.column:
            return blank or _is_note(cell)
        return blank and any(overlap(other, cell) for other in self.blanks)


def _places(cells: Sequence[TableCell]) -> _Places:
    """Return the columns of cells and their spans."""
    return tuple((cell.column, cell.colspan) for cell in cells)


def _is_note(cell: TableCell) -> bool:
    return fold(cell.text).startswith("(")


def _keeps_totals(names: Sequence[str], due: tuple[str, ...], form: TableForm) -> bool:
    """Whether totals are at their place in the form; a total among its parts indicates a torn head."""
    wanted = [name for name in due if name in names]
    totals = [name for name in wanted if form.columns.items[name].total_of is not None]
    return all(names.index(name) == wanted.index(name) for name in totals)
