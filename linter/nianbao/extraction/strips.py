"""Tables whose cells all stand in one row, under two levels of heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction import reasons
from nianbao.extraction.grids import is_rectangular, is_value, trimmed
from nianbao.extraction.labels import COLUMN, ROW
from nianbao.extraction.words import fold

if TYPE_CHECKING:
    from nianbao.extraction.labels import Labels
    from nianbao.messages import Text
    from nianbao.model.document import Table, TableCell

_TORN_LENGTH = 2


class Strip(NamedTuple):
    """Source cells by cell key, and why the strip could not be read, by the table's id."""

    cells: dict[str, TableCell]
    odd: dict[str, Text]


def align_strip(table: Table, labels: Labels) -> Strip:
    """Place the figures of a strip under its heads: by their places in a true grid, else by the heads' order.

    Heads may be torn (the first words of a label); a strip is read only when every head is found in the form's order.
    """
    heads, values = _heads_and_values(table, labels)
    due = [f"{labels.table.id}.{row.id}.{column}" for row in labels.table.rows.leaves for column in row.columns]
    if not values or any(labels.match(cell.text, among_values=True) for cell in values):
        return Strip({}, {})
    if is_rectangular(table):
        placed = _by_place(table, values, labels)
        if placed is not None and list(placed) == due:  # heads in another order are a sign that one is torn or doubled
            return Strip(placed, {})
    if table.shape == "lines":
        values = trimmed(values, len(due)) or values
    if len(values) == len(due) and len(heads) == len(due) and all(map(_same_head, heads, labels.strip_heads)):
        return Strip(dict(zip(due, values, strict=True)), {})
    reason = reasons.ODD_STRIP.format(
        table=labels.table.name,
        line=reasons.at_line(values[0].location),
        found=len(values),
        heads=len(heads),
        expected=len(due),
    )
    return Strip({}, {labels.table.id: reason})


def _heads_and_values(table: Table, labels: Labels) -> tuple[list[TableCell], list[TableCell]]:
    """Split a table into leaf heads and the one run of figures behind them; no figures if there are several rows."""
    heads: list[TableCell] = []
    values: list[TableCell] = []
    for cell in table.cells:
        if is_value(cell.text):
            if heads and (cell.text.strip() or values or len(heads) >= len(labels.strip_heads)):
                values.append(cell)
        elif values:
            if labels.match(cell.text, among_values=True) is not None:
                return heads, []
        elif not _is_upper_head(cell, labels):
            heads.append(cell)
    if table.shape != "flow" and len({cell.row for cell in values if cell.text.strip()}) > 1:
        return heads, []
    return heads, _whole_row(table, values)


def _whole_row(table: Table, values: list[TableCell]) -> list[TableCell]:
    """Add the blanks before the first figure of the row, and leave out rows of blanks behind it."""
    if table.shape == "flow" or not values:
        return values
    row = next((cell.row for cell in values if cell.text.strip()), values[-1].row)
    return [cell for cell in table.cells if cell.row == row]


def _is_upper_head(cell: TableCell, labels: Labels) -> bool:
    match = labels.match(cell.text, among_values=False)
    return match is not None and (match.axis == ROW or match.item is None or match.item.is_group)


def _same_head(cell: TableCell, head: str) -> bool:
    words = fold(cell.text)
    return words == head or (len(words) >= _TORN_LENGTH and head.startswith(words))


def _by_place(table: Table, values: list[TableCell], labels: Labels) -> dict[str, TableCell] | None:
    """Place each figure by the lowest leaf head and the row label above it; ``None`` where one has no such heads."""
    uppers: list[tuple[str, TableCell]] = []
    leaves: list[tuple[str, TableCell]] = []
    for cell in table.cells:
        match = None if is_value(cell.text) else labels.match(cell.text, among_values=False)
        if match is None or match.item is None or match.item.is_group:
            continue
        (leaves if match.axis == COLUMN else uppers).append((match.item.id, cell))
    placed: dict[str, TableCell] = {}
    for value in values:
        rows = [name for name, cell in uppers if _above(cell, value)]
        columns = [name for name, cell in leaves if _above(cell, value)]
        key = f"{labels.table.id}.{rows[-1]}.{columns[-1]}" if rows and columns else ""
        if not key or key in placed:
            return None
        placed[key] = value
    return placed


def _above(head: TableCell, value: TableCell) -> bool:
    return (
        head.row < value.row
        and head.column < value.column + value.colspan
        and value.column < head.column + head.colspan
    )
