"""Slips in a table: starting at a cell, the cells that read otherwise after one; ``None`` where it cannot happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tests.support.drawing import Value

if TYPE_CHECKING:
    import random

    from tests.support.drawing import Drawn

    from nianbao.model.form import Form

Cells = Mapping[str, Value]
Changes = dict[str, int | None]
_Becomes = Callable[[int, "random.Random"], int | None]


class _Print(NamedTuple):
    """The rows of a table as printed, and the row and column of each key there."""

    rows: tuple[tuple[str, ...], ...]
    places: Mapping[str, tuple[int, int]]


class Ground(NamedTuple):
    """A true report where figures of a table may slip: its cells, the table, and last year's cells."""

    form: Form
    table: str
    cells: Cells
    prior: Cells | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the table."""
        return tuple(_print(self.form, self.table).places)

    def figure(self, key: str) -> int:
        """Return a figure, 0 for a blank."""
        return int(self.cells[key] or 0)

    def held(self, key: str) -> int | None:
        """Return what a cell of a table of counts holds."""
        value = self.cells[key]
        return None if value is None else int(value)

    def beside(self, key: str, *, down: int = 0, across: int = 0) -> str | None:
        """Return the key of the cell that stands so far down and to the right in print, or ``None``."""
        rows, places = _print(self.form, self.table)
        row, column = places[key][0] + down, places[key][1] + across
        return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else None

    def line(self, key: str, *, down: bool) -> tuple[str, ...]:
        """Return the keys of the printed column, or row, from a cell on."""
        rows, places = _print(self.form, self.table)
        row, column = places[key]
        return tuple(one[column] for one in rows[row:]) if down else rows[row][column:]

    def row(self, key: str) -> tuple[str, ...]:
        """Return the keys of the form's row that a cell is in."""
        row = self.form.slots[key].row
        return tuple(f"{self.table}.{row.id}.{column}" for column in row.columns)


Slip = Callable[[Ground, str, "random.Random"], Changes | None]


def ground(drawn: Drawn, table: str, *, prior: Drawn | None = None) -> Ground:
    """Return where slips of a table of a report happen."""
    return Ground(drawn.form, table, drawn.cells, None if prior is None else prior.cells)


@cache
def _print(form: Form, table: str) -> _Print:
    """Lay the keys of a table out as printed: a strip is one row."""
    found = form.tables[table]
    if found.layout == "strip":
        rows: tuple[tuple[str, ...], ...] = (tuple(found.slots),)
    else:
        rows = tuple(tuple(f"{table}.{row.id}.{column}" for column in row.columns) for row in found.rows.leaves)
    return _Print(rows, {key: (row, column) for row, keys in enumerate(rows) for column, key in enumerate(keys)})


def one_figure(becomes: _Becomes, *, totals: bool = True) -> Slip:
    """Return the slip of one figure that becomes another, in any cell or in those that are no totals."""

    def slip(here: Ground, key: str, dice: random.Random) -> Changes | None:
        if not totals and here.form.slots[key].is_total:
            return None
        new = becomes(here.figure(key), dice)
        return None if new is None else {key: new}

    return slip


def blanked(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Leave a figure out: its cell stays blank."""
    return {key: None}


def copied_from_beside(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Put the figure of the cell to the right, to the left, above or below."""
    steps = [{"down": 1}, {"down": -1}, {"across": 1}, {"across": -1}]
    other = here.beside(key, **dice.choice(steps))
    return None if other is None else {key: here.figure(other)}


def copied_from_column(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Put a figure from another row of the same column."""
    column = here.form.slots[key].column.id
    others = [one for one in here.keys if one != key and here.form.slots[one].column.id == column]
    return {key: here.figure(dice.choice(others))}


def last_years(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Leave last year's figure standing."""
    return None if here.prior is None else {key: int(here.prior[key] or 0)}


def exchanged_across(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Exchange what stands in a cell and to the right of it."""
    return _exchanged(here, key, here.beside(key, across=1))


def exchanged_down(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Exchange what stands in a cell and below it."""
    return _exchanged(here, key, here.beside(key, down=1))


def exchanged_apart(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Exchange two figures other than 0 that share neither row nor column."""
    own = here.form.slots[key]
    others = [
        one
        for one in here.keys
        if here.figure(one)
        and here.form.slots[one].row is not own.row
        and here.form.slots[one].column is not own.column
    ]
    return _exchanged(here, key, dice.choice(others)) if here.figure(key) and others else None


def _exchanged(here: Ground, key: str, other: str | None) -> Changes | None:
    return None if other is None else {key: here.held(other), other: here.held(key)}


def shifted_column(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """From a cell on, slide a printed column one cell down or up; see ``_shifted``."""
    return _shifted(here, here.line(key, down=True), dice)


def shifted_row(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """From a cell on, slide a printed row one cell to the right or left; see ``_shifted``."""
    return _shifted(here, here.line(key, down=False), dice)


def _shifted(here: Ground, line: tuple[str, ...], dice: random.Random) -> Changes | None:
    """Slide a line with at least two figures; what falls out at one end is lost, or enters at the other.

    Where it is lost, 0 or a blank enters.
    """
    old = [here.held(key) for key in line]
    if sum(bool(one) for one in old) < 2:
        return None
    forward = dice.random() < 0.5
    leaving = old[-1] if forward else old[0]
    entering = dice.choice((0, None, leaving))
    new = [entering, *old[:-1]] if forward else [*old[1:], entering]
    return dict(zip(line, new, strict=True))


def torn(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Tear a figure of several digits in two, of which the second does not begin with 0.

    The pieces stand in the cell and to the right or left of it where there is no figure; else what follows in the row
    slides one cell to the right, and the last is lost.
    """
    digits = str(here.figure(key))
    cuts = [cut for cut in range(1, len(digits)) if digits[cut] != "0"]
    if not cuts:
        return None
    cut = dice.choice(cuts)
    head, tail = int(digits[:cut]), int(digits[cut:])
    right, left = here.beside(key, across=1), here.beside(key, across=-1)
    free: list[Changes] = []
    if right is not None and not here.figure(right):
        free.append({key: head, right: tail})
    if left is not None and not here.figure(left):
        free.append({left: head, key: tail})
    if free:
        return dice.choice(free)
    line = here.line(key, down=False)
    slid = [head, tail, *(here.held(one) for one in line[1:-1])]
    return dict(zip(line, slid, strict=True)) if len(line) > 1 else None


def zeroed_row(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Put 0 for every figure of a row."""
    return dict.fromkeys(here.row(key), 0)


def copied_row(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Put the figures of the row above for those of a row."""
    rows = here.form.tables[here.table].rows.leaves
    place = rows.index(here.form.slots[key].row)
    if place == 0 or rows[place - 1].columns != rows[place].columns:
        return None
    above = (f"{here.table}.{rows[place - 1].id}.{column}" for column in rows[place].columns)
    return {one: here.held(other) for one, other in zip(here.row(key), above, strict=True)}


def old_totals(here: Ground, key: str, dice: random.Random) -> Changes | None:
    """Leave some totals as they were before the figure of a cell rose by one to five."""
    slots, table = here.form.slots, here.form.tables[here.table]
    own = slots[key]
    across = [one.id for one in table.columns.leaves if one.total_of]
    down = [
        one.id for one in table.rows.leaves if one.total_of and own.row.id in table.rows.items[one.total_of].members
    ]
    pairs = [(own.row.id, column) for column in across] + [(row, own.column.id) for row in down]
    pairs += [(row, column) for row in down for column in across]
    totals = [f"{table.id}.{row}.{column}" for row, column in pairs]
    rise = dice.randrange(1, 6)
    old = dice.sample(totals, dice.randrange(1, len(totals) + 1)) if totals else []
    if own.is_total or here.figure(key) < rise or not old:
        return None
    return {one: here.figure(one) - rise for one in old}
