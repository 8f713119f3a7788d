"""What can be told of a source table before any label is read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.extraction.numbers import read_number
from nianbao.model.report import TEXT

if TYPE_CHECKING:
    from nianbao.model.document import Table, TableCell


_MOST_SPANNED = 100


def is_value(text: str) -> bool:
    """Whether a cell holds figures, nothing, or a mark, rather than words."""
    return read_number(text).state != TEXT


def is_rectangular(table: Table) -> bool:
    """Whether a cell's column says what stands above it: in a grid, and where all lines have as many cells."""
    if table.shape == "lines":
        return len(set(Counter(cell.row for cell in table.cells).values())) == 1
    return table.shape == "grid"


def usual_edge(table: Table) -> int:
    """Return the column behind the last cell of most rows."""
    edges: dict[int, int] = {}
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, cell.row + _MOST_SPANNED)):
            edges[row] = max(edges.get(row, 0), cell.column + cell.colspan)
    return Counter(edges.values()).most_common(1)[0][0] if edges else 0


def trimmed(values: list[TableCell], due: int) -> list[TableCell] | None:
    """Drop the blanks that a lost span left at one end of a row; ``None`` where they could be at either end."""
    extra = len(values) - due
    if extra <= 0:
        return values
    blank = [not cell.text.strip() for cell in values]
    ways = [front for front in range(extra + 1) if all(blank[:front]) and all(blank[len(values) - extra + front :])]
    return values[ways[0] : ways[0] + due] if len(ways) == 1 else None
