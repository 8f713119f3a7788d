"""Which column each figure of a row belongs to: by the head above it, or by its place among as many heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.heads import overlap
from nianbao.extraction.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nianbao.extraction.heads import Head, Heads
    from nianbao.extraction.rows import Row
    from nianbao.model.document import TableCell
    from nianbao.model.form import TableForm


class Spare(NamedTuple):
    """Blanks behind the figures of a row: the column where these begin, and how many blanks there are."""

    column: int
    count: int


class Claim(NamedTuple):
    """A column of a row, and the cell of the source that stands in it."""

    column: str
    cell: TableCell


def place(
    row: Row, due: tuple[str, ...], *, heads: Heads, form: TableForm, spare: Collection[Spare] = ()
) -> list[Claim] | None:
    """Say which column each cell of a row belongs to, or ``None`` where that cannot be told.

    Args:
        row: The row.
        due: The columns that it has by the form.
        heads: The heads over it.
        form: The table of the form.
        spare: Which blanks behind the figures of rows are known to be nothing but lost spans.
    """
    if heads.reach(row.piece) and row.values and row.piece.has_columns(row.values[0].row):
        claims = _by_column(row, due, heads=heads, form=form)
        if claims is not None:
            return claims
    if not all(map(_is_note, row.values[: row.loose])):
        return None  # words that make another row of it, or one of its figures
    values, orders = row.values[row.loose :], _orders(heads, due, form)
    if orders and len(values) > len(orders[0]) == len(due) and spare_blanks(row, len(due)) in spare:
        values = values[: len(due)]
    strict = heads.reach(row.piece) or (bool(values) and row.piece.is_odd(values[0].row))
    return _by_order(values, orders, strict=strict)


def _is_note(cell: TableCell) -> bool:
    return fold(cell.text).startswith("(")


def spare_blanks(row: Row, due: int) -> Spare | None:
    """Return the blanks that stand behind the figures that are due; ``None`` where they may be other than lost spans."""
    extra = len(row.values) - due
    if extra <= 0 or row.piece.shape == "flow" or not row.values[0].text.strip():
        return None
    return None if any(cell.text.strip() for cell in row.values[due:]) else Spare(row.values[0].column, extra)


def _by_column(row: Row, due: tuple[str, ...], *, heads: Heads, form: TableForm) -> list[Claim] | None:
    """Place cells under the heads that stand above them; each head takes one."""
    over = [head for head in heads.leaves if head.column in due]
    names = [head.column for head in over]
    unknown = all(head.column is None for head in heads.leaves)
    if not (over or unknown) or len(names) != len(set(names)) or not _keeps_totals(names, due, form):
        return None
    inner = [cell for cell in row.values if any(overlap(head.cell, cell) for head in over)]
    if len(inner) == len(over) == len(row.values) and all(
        overlap(head.cell, cell) for head, cell in zip(over, inner, strict=True)
    ):
        return [Claim(name, cell) for name, cell in zip(names, inner, strict=True) if name]
    claims: dict[str, TableCell] = {}
    for cell in row.values:
        above = [head.column for head in over if overlap(head.cell, cell)]
        if not above:
            if not _is_beside(cell, over, heads, row):
                return None
            continue
        for name in above:
            known = claims.get(name or "")
            if known is None or not known.text.strip():
                claims[name or ""] = cell
            elif cell.text.strip() and fold(known.text) != fold(cell.text):  # a spanning cell may be repeated
                return None
    # A cell for every head, or none: where one is missing, those behind it may have moved.
    return [Claim(name, claims[name]) for name in names if name] if len(claims) == len(names) else None


def _is_beside(cell: TableCell, over: Sequence[Head], heads: Heads, row: Row) -> bool:
    """Whether a cell without a head of the row may stand there: before the first, under words, or blank in a text."""
    others = [head.column for head in heads.leaves if head not in over and overlap(head.cell, cell)]
    if others:
        return None in others or not cell.text.strip()
    first = (over or heads.leaves)[0].cell.column
    if cell.column + cell.colspan <= first:
        return not cell.text.strip() or _is_note(cell)
    return row.piece.shape != "grid" and not cell.text.strip()


def _keeps_totals(names: Sequence[str | None], due: tuple[str, ...], form: TableForm) -> bool:
    """Whether totals stand where the form has them; a total among its parts is a sign of a torn head."""
    wanted = [name for name in due if name in names]
    totals = [name for name in wanted if form.columns.items[name].total_of is not None]
    return all(names.index(name) == wanted.index(name) for name in totals)


def _by_order(
    values: Sequence[TableCell], orders: Sequence[Sequence[str | None]], *, strict: bool
) -> list[Claim] | None:
    """Place as many cells as there are heads, in their order; ``strict``: where none of them is blank."""
    order = next((one for one in orders if len(one) == len(values)), None)
    if order is None or (strict and not all(cell.text.strip() for cell in values)):
        return None
    return [Claim(name, cell) for name, cell in zip(order, values, strict=True) if name is not None]


def _orders(heads: Heads, due: tuple[str, ...], form: TableForm) -> list[Sequence[str | None]]:
    """Return the orders in which the cells of a row may stand: as the heads that are known, else as all heads."""
    names = [head.column for head in heads.leaves]
    known = [name for name in names if name in due]
    if not known and None not in names:
        return [due]  # no heads at all, or those of other rows
    if len(known) != len(set(known)) or not _keeps_totals(known, due, form):
        return [due] if list(dict.fromkeys(known)) == list(due) else []
    every = [name if name in due else None for name in names]
    return [known, every] if len(known) == len(due) else [every]
