"""Which column each figure of a row belongs to: by the head above it, or by its place among as many heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.grids import is_value
from nianbao.extraction.heads import overlap
from nianbao.extraction.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.heads import Head, Heads
    from nianbao.extraction.rows import Row
    from nianbao.model.document import TableCell
    from nianbao.model.form import TableForm


class Claim(NamedTuple):
    """A column of a row, and the cell of the source that stands in it."""

    column: str
    cell: TableCell


class Trims(set[tuple[int, int]]):
    """How many blanks spans have left before and behind the figures of rows, as rows without blanks show."""


def place(row: Row, due: tuple[str, ...], *, heads: Heads, form: TableForm, trims: Trims) -> list[Claim] | None:
    """Say which column each cell of a row belongs to, or ``None`` where that cannot be told."""
    if heads.reach(row.piece) and row.values and row.piece.has_columns(row.values[0].row):
        claims = _by_column(row, due, heads=heads, form=form)
        if claims is not None:
            return claims
    claims = _by_order(row.values, due, heads=heads, form=form, trims=trims, row=row)
    if claims is None and row.loose:
        claims = _by_order(row.values[row.loose :], due, heads=heads, form=form, trims=trims, row=row)
    return claims


def _by_column(row: Row, due: tuple[str, ...], *, heads: Heads, form: TableForm) -> list[Claim] | None:
    """Place cells under the heads that stand above them; each head takes one."""
    over = [head for head in heads.leaves if head.column in due]
    names = [head.column for head in over]
    if not over or len(names) != len(set(names)) or not _keeps_totals(names, due, form):
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
    if any(head.column not in {one.column for one in over} and overlap(head.cell, cell) for head in heads.leaves):
        return True
    if cell.column + cell.colspan <= over[0].cell.column and (not is_value(cell.text) or not cell.text.strip()):
        return True
    return row.piece.shape != "grid" and not cell.text.strip()


def _keeps_totals(names: Sequence[str | None], due: tuple[str, ...], form: TableForm) -> bool:
    """Whether totals stand where the form has them; a total among its parts is a sign of a torn head."""
    wanted = [name for name in due if name in names]
    totals = [name for name in wanted if form.columns.items[name].total_of is not None]
    return all(names.index(name) == wanted.index(name) for name in totals)


def _by_order(
    values: Sequence[TableCell], due: tuple[str, ...], *, heads: Heads, form: TableForm, trims: Trims, row: Row
) -> list[Claim] | None:
    """Place as many cells as there are heads, in their order; blanks that spans left are dropped where all is known."""
    wide = row.piece.shape == "grid" and heads.reach(row.piece)
    orders = _orders(heads, due, form)
    order = next((one for one in orders if len(one) == len(values)), None)
    if order is not None:
        doubtful = wide and not (values[0].text.strip() and values[-1].text.strip())
        fitting: Sequence[TableCell] | None = None if doubtful else values
    else:
        order = orders[-1] if orders else ()
        fitting = _trimmed(values, len(order), trims=trims, row=row)
    if fitting is None:
        return None
    return [Claim(name, cell) for name, cell in zip(order, fitting, strict=True) if name is not None]


def _orders(heads: Heads, due: tuple[str, ...], form: TableForm) -> list[Sequence[str | None]]:
    """Return the orders in which the cells of a row may stand: as the heads that are known, else as all heads."""
    names = [head.column for head in heads.leaves]
    known = [name for name in names if name in due]
    if not known and None not in names:
        return [due]  # no heads at all, or those of other rows
    if len(known) != len(set(known)) or not _keeps_totals(known, due, form):
        return [due] if list(dict.fromkeys(known)) == list(due) else []
    whole = [known] if len(known) == len(due) else []
    every = [name if name in due else None for name in names]
    return [*whole, every] if every not in whole else whole


def _trimmed(values: Sequence[TableCell], due: int, *, trims: Trims, row: Row) -> Sequence[TableCell] | None:
    """Return the cells without the blanks that lost spans left at the ends of the row; ``None`` when in doubt."""
    extra = len(values) - due
    if extra <= 0 or not due:
        return None
    filled = [bool(cell.text.strip()) for cell in values]
    if row.piece.shape == "flow":  # a blank behind the last figure is a label of the next row, left out on a new page
        return values[:due] if all(filled[:due]) and not any(filled[due:]) else None
    ways = [n for n in range(extra + 1) if not any(filled[:n]) and not any(filled[len(values) - extra + n :])]
    if len(ways) != 1:
        return None
    front = ways[0]
    trim = (front, extra - front)
    if all(filled[front : front + due]):
        trims.add(trim)
    elif trim not in trims:
        return None
    return values[front : front + due]
