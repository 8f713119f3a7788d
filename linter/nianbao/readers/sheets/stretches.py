"""Divides the rows of a sheet into prose and tables, independently of any form.

A row with several cells belongs to a table. A row with a single cell may be a heading, a paragraph, or a row of a table
whose other cells are blank: lines, merged ranges and the rows around it decide; if they do not, it is prose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.sheets.rows import is_figure, is_long_sentence, is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readers.sheets.rows import CellRange, SheetRow

_MAX_HEAD_ROWS = 8


class Stretch(NamedTuple):
    """The rows of one table, or one row of prose."""

    rows: tuple[SheetRow, ...]
    is_table: bool


def stretches(rows: Sequence[SheetRow]) -> Iterator[Stretch]:
    """Divide the rows of a sheet into tables and prose, in order."""
    table = _Table()
    for row, inside in zip(rows, _in_tables(rows), strict=True):
        if table.rows and (not inside or (row.gap and not _carries_on(table, row))):
            yield from _parted(table.rows)
            table = _Table()
        if inside:
            table.add(row)
        else:
            yield Stretch((row,), is_table=False)
    if table.rows:
        yield from _parted(table.rows)


class _Table:
    """The rows of a table so far, and their common properties: lines, and the range of columns."""

    def __init__(self) -> None:
        self.rows: list[SheetRow] = []
        self.wide = False
        self.ruled = False
        self.left, self.right = 1 << 20, -1

    def add(self, row: SheetRow) -> None:
        self.rows.append(row)
        if not row.is_lone:
            self.wide = True
            self.ruled = self.ruled or row.is_ruled
            self.left, self.right = min(self.left, row.boxes[0].left), max(self.right, row.right)


def _carries_on(table: _Table, row: SheetRow) -> bool:
    """Whether a row after an empty one continues the table above: it has data, and no heads of its own."""
    return row.has_figures and row.boxes[0].left == table.left and row.right <= table.right


class _Habits(NamedTuple):
    """The layout of rows that are certainly prose: whether with lines, whether in a single cell, in which columns."""

    known: bool
    ruled: bool
    unmerged: bool
    columns: frozenset[tuple[int, int]]


def _habits(rows: Sequence[SheetRow]) -> _Habits:
    sure: list[CellRange] = []
    apart = True  # there is no row of a table directly above
    for number, row in enumerate(rows):
        apart = apart or row.gap
        if row.is_lone and (is_sentence(row.boxes[0].text) or (apart and not _heads_ruled(rows, number))):
            sure.append(row.boxes[0])
        apart = apart and row.is_lone
    return _Habits(
        bool(sure),
        any(box.ruled for box in sure),
        any(box.left == box.right for box in sure),
        frozenset((box.left, box.right) for box in sure),
    )


def _heads_ruled(rows: Sequence[SheetRow], number: int) -> bool:
    """Whether a row with lines is directly above a row of a table with lines."""
    below = rows[number + 1] if number + 1 < len(rows) else None
    return rows[number].is_ruled and below is not None and below.is_ruled and not (below.gap or below.is_lone)


def _in_tables(rows: Sequence[SheetRow]) -> list[bool]:
    habits, goes_on = _habits(rows), _goes_on(rows)
    inside: list[bool] = []
    above = _Table()
    for number, row in enumerate(rows):
        if row.gap:
            above = _Table()
        heads = _heads_ruled(rows, number)
        inside.append(not row.is_lone or _belongs(row, above, habits=habits, heads=heads, goes_on=goes_on[number]))
        if inside[-1]:
            above.add(row)
        else:
            above = _Table()
    return inside


def _belongs(row: SheetRow, above: _Table, *, habits: _Habits, heads: bool, goes_on: bool) -> bool:
    """Whether a row with one cell belongs to a table: the table directly above, or, with lines, the table below."""
    box = row.boxes[0]
    if is_sentence(box.text):
        return False
    if box.ruled and not habits.ruled and (above.ruled or heads):
        return True
    if not above.wide or (above.ruled and not box.ruled):
        return False
    if box.left == box.right:
        return (habits.known and not habits.unmerged) or goes_on
    is_label = box.left == above.left and box.right < above.right and (box.left, box.right) not in habits.columns
    return is_label or goes_on


def _goes_on(rows: Sequence[SheetRow]) -> list[bool]:
    """Return for each row whether the next row of several cells has data, without heads before it."""
    answers: list[bool] = []
    last = False
    for number in range(len(rows) - 1, -1, -1):
        answers.append(last)
        row = rows[number]
        if row.gap:
            last = False
        elif not row.is_lone:
            last = row.has_figures
        elif is_sentence(row.boxes[0].text):
            last = False
    return answers[::-1]


def _parted(rows: Sequence[SheetRow]) -> Iterator[Stretch]:
    """Divide rows where a table of another width begins directly below a table: with heads over all its figures."""
    begun, right, has_data = 0, rows[0].right, False
    for number, row in enumerate(rows):
        if has_data and row.right != right and _is_head(rows[number : number + _MAX_HEAD_ROWS]):
            yield Stretch(tuple(rows[begun:number]), is_table=True)
            begun, right, has_data = number, row.right, False
        right = max(right, row.right)
        has_data = has_data or row.has_figures
    yield Stretch(tuple(rows[begun:]), is_table=True)


def _is_head(rows: Sequence[SheetRow]) -> bool:
    """Whether rows begin with heads: only words, above every figure of the first row of data."""
    first = rows[0]
    if first.covered or len(first.boxes) < 2 or any(is_figure(box.text) for box in first.boxes):
        return False
    data = next((number for number, row in enumerate(rows) if row.has_figures), 0)
    heads = [box for row in rows[:data] for box in row.boxes]
    figures = [box for box in rows[data].boxes if is_figure(box.text)] if data else []
    return bool(figures) and all(
        any(box.left <= figure.right and figure.left <= box.right for box in heads) for figure in figures
    )


def is_layout(rows: Sequence[SheetRow]) -> bool:
    """Whether rows of several cells only lay out prose: at most two cells per row, no figure, and a long sentence."""
    boxes = [box for row in rows for box in row.boxes]
    return (
        all(len(row.boxes) <= 2 for row in rows)
        and not any(is_figure(box.text) for box in boxes)
        and any(is_long_sentence(box.text) for box in boxes)
    )
