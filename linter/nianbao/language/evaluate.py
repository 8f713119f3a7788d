"""Equations over the cells of a report: fast where every cell holds a number, careful where one does not."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.names import PRIOR
from nianbao.messages import Text
from nianbao.model.finding import FAIL, PASS, UNDECIDED, Involved, Outcome
from nianbao.model.report import BLANK, MARK, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from nianbao.language.linear import Equation, Linear, Term
    from nianbao.model.report import Cell, Report

RELATIONS: dict[str, Callable[[int | Decimal, int | Decimal], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

NO_PRIOR = Text("没有上一年度的报告", "there is no report of the year before")
_NOT_READ = Text("{cell}没有读到", "{cell} was not read")
_NO_NUMBER = Text("{cell}不是数字（“{raw}”）", "{cell} is not a number (“{raw}”)")
_BLANK_TOTAL = Text("{table}有总计格没有填数字", "a total of {table} holds no number")
_COUNTS_AS_ZERO = Text("其中 {count} 格未填数字，按 0 计算", "{count} of these cells hold no number and count as 0")


class Sums(NamedTuple):
    """An equation ready for summing: keys of each side whose weight is 1, or ``None`` where weights or years differ."""

    equation: Equation
    left: tuple[str, ...] | None
    right: tuple[str, ...] | None
    holds: Callable[[int | Decimal, int | Decimal], bool]


def prepare(equation: Equation) -> Sums:
    """Make an equation ready for evaluating many times."""
    return Sums(equation, _plain(equation.left), _plain(equation.right), RELATIONS[equation.relation])


def values_of(report: Report) -> dict[str, int | Decimal]:
    """Return the cells of a report that hold numbers."""
    return {key: cell.value for key, cell in report.cells.items() if cell.value is not None}


def holds(sums: Sums, values: Mapping[str, int | Decimal]) -> bool | None:
    """Say whether an equation holds; ``None`` where a cell holds no number or the equation needs a closer look."""
    if sums.left is None or sums.right is None:
        return None
    number = values.__getitem__
    try:
        left = sum(map(number, sums.left)) + sums.equation.left.constant
        right = sum(map(number, sums.right)) + sums.equation.right.constant
    except KeyError:
        return None
    return sums.holds(left, right)


def judge(sums: Sums, report: Report, *, prior: Report | None = None) -> Outcome:
    """Judge an equation with all its evidence.

    Blank cells count as 0 and are noted; a blank total of parts that are not 0, a cell that is no number and one that
    was not read make the equation undecided.
    """
    equation = sums.equation
    sides = [_side(equation.left, "left", report, prior), _side(equation.right, "right", report, prior)]
    cells = (*sides[0].cells, *sides[1].cells)
    reason = sides[0].reason or sides[1].reason
    if reason is not None:
        return Outcome(UNDECIDED, cells=cells, reason=reason)
    left, right = sides[0].value, sides[1].value
    passed = sums.holds(left, right)
    blanks = sum(involved.cell.state in (BLANK, MARK) for involved in cells)
    note = _COUNTS_AS_ZERO.format(count=blanks) if blanks else None
    return Outcome(PASS if passed else FAIL, cells=cells, left=left, right=right, note=note)


class _Side(NamedTuple):
    value: int | Decimal
    cells: tuple[Involved, ...]
    reason: Text | None


def _plain(side: Linear) -> tuple[str, ...] | None:
    if all(term.coefficient == 1 and term.period != PRIOR for term in side.terms):
        return tuple(term.key for term in side.terms)
    return None


def _side(side: Linear, role: str, report: Report, prior: Report | None) -> _Side:
    value = side.constant
    involved: list[Involved] = []
    reason = None
    for term in side.terms:
        source = prior if term.period == PRIOR else report
        cell = source.cells.get(term.key) if source is not None else None
        if cell is None or source is None:
            reason = reason or (NO_PRIOR if source is None else _missing(term, source))
            continue
        involved.append(_involved(cell, role, term, source, other=source is not report))
        if cell.value is not None:
            value += term.coefficient * cell.value
        elif cell.state == TEXT:
            reason = reason or _NO_NUMBER.format(cell=cell_name(source, term.key), raw=cell.raw[:20])
        elif _is_total_of_something(source, term.key):
            reason = reason or _BLANK_TOTAL.format(table=source.form.tables[term.key.split(".", 1)[0]].name)
    return _Side(value, tuple(involved), reason)


def _is_total_of_something(report: Report, key: str) -> bool:
    """Whether a cell is a total whose parts, along either axis, are not all 0; words in a part may mean anything."""
    slot = report.form.slot(key)
    if slot is None:
        return False
    table, row, column = report.form.tables[slot.table], slot.row, slot.column
    # A group may stand as one row in place of its members; where it does not, the report has no such cell.
    groups = (group.id for group in table.rows.groups)
    rows = (*table.rows.items[row.total_of].members, *groups) if row.total_of else ()
    columns = table.columns.items[column.total_of].members if column.total_of else ()
    keys = [*(f"{table.id}.{part}.{column.id}" for part in rows), *(f"{table.id}.{row.id}.{part}" for part in columns)]
    return any(cell.value or cell.state == TEXT for part in keys if (cell := report.cells.get(part)) is not None)


def _missing(term: Term, source: Report) -> Text:
    return source.unread.get(term.key) or _NOT_READ.format(cell=cell_name(source, term.key))


def _involved(cell: Cell, role: str, term: Term, source: Report, *, other: bool) -> Involved:
    return Involved(cell, role, term.coefficient, source.year, source.name if other else None)


def cell_name(report: Report, key: str) -> Text:
    """Return a cell's name for people: table, row and column in official words."""
    slot = report.form.slot(key)
    if slot is None:
        return Text(key, key)
    table = report.form.tables[slot.table].name
    return Text(
        f"{table.zh}“{slot.row.label}”行“{slot.column.label}”列",
        f"{table.en} row “{slot.row.label}” column “{slot.column.label}”",
    )
