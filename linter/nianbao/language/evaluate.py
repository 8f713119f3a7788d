"""Equations over the cells of a report: fast where every cell holds a number, careful where one does not."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.names import CHILDREN, PARENT, PRIOR, THIS
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, CellRef, Outcome
from nianbao.model.report import BLANK, MARK, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nianbao.language.linear import Equation, Linear, Term
    from nianbao.model.outcome import CellRole, Relation
    from nianbao.model.report import Cell, Report

COMPARISONS: dict[Relation, Callable[[int | Decimal, int | Decimal], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

NO_PRIOR = Text("没有上一年度的报告", "there is no report of the year before")
_ABSENCES = {
    PARENT: Text("没有上级机关的报告", "there is no report of the organ above"),
    CHILDREN: Text("没有下级机关的报告", "there are no reports of the organs below"),
}
_NOT_THERE = Text("{cell}不在报告里", "{cell} is not in the report")
_NOT_READ = Text("{cell}没有读到", "{cell} was not read")
_NO_NUMBER = Text("{cell}不是数字（“{raw}”）", "{cell} is not a number (“{raw}”)")
_BLANK_TOTAL = Text("{table}有总计格没有填数字", "a total of {table} holds no number")
_COUNTS_AS_ZERO = Text("其中 {count} 格未填数字，按 0 计算", "{count} of these cells hold no number and count as 0")


class Sums(NamedTuple):
    """An equation ready for summing: keys of each side whose weight is 1, or ``None`` where weights or reports differ.

    ``exact`` figures stand for themselves alone, whatever decimals they are stated with.
    """

    equation: Equation
    left: tuple[str, ...] | None
    right: tuple[str, ...] | None
    holds: Callable[[int | Decimal, int | Decimal], bool]
    exact: bool = False


def prepare(equation: Equation, *, exact: bool = False) -> Sums:
    """Make an equation ready for evaluating many times."""
    return Sums(equation, _plain(equation.left), _plain(equation.right), COMPARISONS[equation.relation], exact)


def values_of(report: Report) -> dict[str, int | Decimal]:
    """Return the cells of a report that hold numbers."""
    return {key: cell.value for key, cell in report.cells.items() if cell.value is not None}


def counted(report: Report) -> dict[str, int | Decimal]:
    """Return what the cells of a report count as in sums: their numbers, and 0 for blanks that stand for nothing."""
    return {
        key: 0 if cell.value is None else cell.value
        for key, cell in report.cells.items()
        if cell.value is not None or (cell.state != TEXT and not _is_total_of_something(report, cell.key))
    }


def holds(sums: Sums, values: Mapping[str, int | Decimal]) -> bool | None:
    """Say whether an equation holds; ``None`` where a cell holds no number or the equation needs a closer look."""
    if sums.left is None or sums.right is None:
        return None
    number = values.__getitem__
    try:
        left = sum(map(number, sums.left), sums.equation.left.constant)
        right = sum(map(number, sums.right), sums.equation.right.constant)
    except KeyError:
        return None
    return sums.holds(left, right)


def right_of(sums: Sums, values: Mapping[str, int | Decimal]) -> int | Decimal | None:
    """Return the right side of an equation; ``None`` where it needs a closer look."""
    if sums.right is None or any(key not in values for key in sums.right):
        return None
    return sum(map(values.__getitem__, sums.right), sums.equation.right.constant)


class Sources(NamedTuple):
    """The reports that names may reach: this one, that of the year before, of the organ above, of the organs below.

    ``prior_reason`` says why there is no report of the year before.
    """

    report: Report
    prior: Report | None = None
    parent: Report | None = None
    children: tuple[Report, ...] = ()
    prior_reason: Text | None = None

    def of(self, period: str) -> tuple[Report, ...]:
        """Return the reports of a period: one, none, or those of all organs below."""
        if period == THIS:
            return (self.report,)
        if period == CHILDREN:
            return self.children
        found = {PRIOR: self.prior, PARENT: self.parent}[period]
        return () if found is None else (found,)

    def absence(self, period: str) -> Outcome:
        """Return what is said where a period has no report.

        Every report but the first has one of the year before; of organs above and below it is asked only where their
        reports are given.
        """
        if period == PRIOR:
            return Outcome(UNDECIDED, reason=self.prior_reason or NO_PRIOR)
        return Outcome(NOT_APPLICABLE, reason=_ABSENCES[period])


def judge(sums: Sums, report: Report, *, prior: Report | None = None) -> Outcome:
    """Judge an equation over a report and that of the year before, with all its evidence; see ``judge_over``."""
    return judge_over(sums, Sources(report, prior))


def judge_over(sums: Sums, sources: Sources) -> Outcome:
    """Judge an equation with all its evidence.

    Blank cells count as 0 and are noted; a blank total of parts that are not 0, a cell that is no number and one that
    was not read make the equation undecided. Figures with decimals stand for all that round to them, unless the rule
    wants them exact: the two sides differ only if no such values make them agree.
    """
    equation = sums.equation
    if (unasked := _unasked(equation, sources)) is not None:
        return unasked
    sides = [_side(equation.left, "left", sources), _side(equation.right, "right", sources)]
    cells = (*sides[0].cells, *sides[1].cells)
    reason = sides[0].reason or sides[1].reason
    if reason is not None:
        return Outcome(UNDECIDED, cells=cells, reason=reason, relation=equation.relation)
    left, right = sides[0].value, sides[1].value
    passed = sums.holds(left, right) or (not sums.exact and _rounds(equation.relation, left, right, cells=cells))
    blanks = sum(involved.cell.state in (BLANK, MARK) for involved in cells)
    note = _COUNTS_AS_ZERO.format(count=blanks) if blanks else None
    return Outcome(PASS if passed else FAIL, cells=cells, left=left, right=right, note=note, relation=equation.relation)


def _rounds(relation: Relation, left: int | Decimal, right: int | Decimal, *, cells: tuple[CellRef, ...]) -> bool:
    """Whether a relation holds for some values that round to the figures stated.

    A figure with one decimal stands for the interval of 0.05 to both sides of it, as in the interval arithmetic of the
    European supervisors' reporting rules. A whole number among figures with decimals has the finest of these. A cell
    that stands on both sides is one figure, and differs from itself in nothing.
    """
    stated = [(abs(weight), _decimals(one.value)) for one, weight in _weighed(cells) if one.value]
    finest = max((decimals for _weight, decimals in stated), default=0)
    if not finest or relation == "!=":
        return False
    difference = Decimal(left - right)
    apart = abs(difference) if relation == "=" else difference if relation.startswith("<") else -difference
    widths = (weight * Decimal(5).scaleb(-(decimals or finest) - 1) for weight, decimals in stated)
    return apart < sum(widths, Decimal(0))


def _weighed(cells: tuple[CellRef, ...]) -> Iterator[tuple[CellRef, Decimal]]:
    """Give each cell once, with its weight on the left side less that on the right."""
    weights: dict[tuple[str | None, str], Decimal] = {}
    for one in cells:
        weight = Decimal(one.coefficient) if one.role == "left" else -Decimal(one.coefficient)
        weights[one.source, one.key] = weights.get((one.source, one.key), Decimal(0)) + weight
    yield from ((one, weights[place]) for place, one in {(one.source, one.key): one for one in cells}.items())


def _decimals(value: int | Decimal | None) -> int:
    return max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0


def _unasked(equation: Equation, sources: Sources) -> Outcome | None:
    """Return what is said of an equation that cannot be asked: a report is not there, or its form has no such cell."""
    for term in equation.terms:
        if term.period != THIS:
            reports = sources.of(term.period)
            if not reports:
                return sources.absence(term.period)
            if any(report.form.slot(term.key) is None for report in reports):
                return Outcome(NOT_APPLICABLE)
    return None


class _Side(NamedTuple):
    value: int | Decimal
    cells: tuple[CellRef, ...]
    reason: Text | None


def _plain(side: Linear) -> tuple[str, ...] | None:
    if all(term.coefficient == 1 and term.period == THIS for term in side.terms):
        return tuple(term.key for term in side.terms)
    return None


def _side(side: Linear, role: CellRole, sources: Sources) -> _Side:
    value = side.constant
    involved: list[CellRef] = []
    reason = None
    for term in side.terms:
        for source in sources.of(term.period):
            cell = source.cells.get(term.key)
            if cell is None:
                reason = reason or missing_cell(source, term.key)
                continue
            involved.append(_involved(cell, role, term, source, other=source is not sources.report))
            if cell.value is not None:
                value += term.coefficient * cell.value
            else:
                reason = reason or no_figure(source, cell)
    whole = all(isinstance(one.value or 0, int) for one in involved)
    return _Side(shortest(value) if whole else value, tuple(involved), reason)


def shortest(value: int | Decimal) -> int | Decimal:
    """Return a number without zeros behind its point that nobody wrote: what half of 94 is, is 47 and not 47.0."""
    if isinstance(value, int) or value == value.to_integral_value():
        return int(value)
    return value.normalize()


def no_figure(source: Report, cell: Cell) -> Text | None:
    """Return why a cell that holds no figure cannot count as 0, or ``None`` where it can."""
    if cell.state == TEXT:
        return _NO_NUMBER.format(cell=cell_name(source, cell.key), raw=cell.raw[:20])
    if _is_total_of_something(source, cell.key):
        return _BLANK_TOTAL.format(table=source.form.tables[cell.key.split(".", 1)[0]].name)
    return None


def _is_total_of_something(report: Report, key: str) -> bool:
    """Whether a cell is a total whose parts, along either axis, are not all 0; words in a part may mean anything."""
    parts = report.form.parts.get(key)
    if parts is None:
        return False
    found = (report.cells[part] for part in parts if part in report.cells)
    return any(cell.value or cell.state == TEXT for cell in found)


def missing_cell(source: Report, key: str) -> Text:
    """Return why a report does not have a cell: the reader's reason, where there is one."""
    if key in source.unread:
        return source.unread[key]
    return (_NOT_READ if source.form.slot(key) is not None else _NOT_THERE).format(cell=cell_name(source, key))


def _involved(cell: Cell, role: CellRole, term: Term, source: Report, *, other: bool) -> CellRef:
    return CellRef(cell, role, term.coefficient, source.year, source.name if other else None)


def cell_name(report: Report, key: str) -> Text:
    """Return a cell's name for people: table, row and column in official words."""
    slot = report.form.slot(key)
    if slot is None:
        return _foreign_name(report, key)
    table = report.form.tables[slot.table].name
    return Text(
        f"{table.zh}“{slot.row.label}”行“{slot.column.label}”列",
        f"{table.en} row “{slot.row.label}” column “{slot.column.label}”",
    )


def _foreign_name(report: Report, key: str) -> Text:
    """Return a name for a cell that the report's form does not have: the member may be one of another table."""
    table_id, _, rest = key.partition(".")
    table = report.form.tables.get(table_id)
    items = [item for one in report.form.tables.values() for axis in (one.rows, one.columns) for item in axis.leaves]
    member = next(
        (item.label for item in items if rest.startswith(f"{item.id}.") or rest.endswith(f".{item.id}")), rest
    )
    return Text(key, key) if table is None else Text(f"{table.name.zh}“{member}”", f"{table.name.en} “{member}”")
