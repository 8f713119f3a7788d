"""Tables of a text that are drawn over several lines: by lines of signs around the cells, or above the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.plain.grid_tables import grid_end, grid_table
from nianbao.readers.plain.simple_tables import simple_at, simple_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.document import Table


class DrawnTable(NamedTuple):
    """Where a table is drawn (indices of lines, the last excluded); without a table if its lines do not meet."""

    begin: int
    end: int
    table: Table | None


def drawn_tables(source: Sequence[str]) -> Iterator[DrawnTable]:
    """Yield the drawn tables of a text in order."""
    at = number = blank = 0
    while number < len(source):
        if number >= blank:
            blank = next((end for end in range(number, len(source)) if not source[end].strip()), len(source))
            blank = max(blank, number + 1)
        sign = source[number].lstrip()[:2]
        found = None
        if sign in {"+-", "+="}:
            found = _grid(source, number)
        elif sign in {"--", "=="}:
            found = _simple(source, number, after=at, blank=blank)
        if found is not None:
            yield found
            at = number = found.end
        else:
            number += 1


def _grid(source: Sequence[str], number: int) -> DrawnTable | None:
    end = grid_end(source, number)
    return DrawnTable(number, end, grid_table(source[number:end], first=number + 1)) if end else None


def _simple(source: Sequence[str], number: int, *, after: int, blank: int) -> DrawnTable | None:
    simple = simple_at(source, number, after=after, blank=blank)
    table = simple_table(source, simple) if simple is not None else None
    return DrawnTable(simple.begin, simple.end, table) if simple is not None and table is not None else None
