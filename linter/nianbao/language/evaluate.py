"""Equations over the cells of a report: a fast path where every cell holds a number, a careful one elsewhere."""

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
    from nianbao.model.form import TableForm
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
_ALL_BLANK = Text("{table}里有关的各格都没有填数字", "none of the cells of {table} concerned holds a number")
_BLANK_TOTAL = Text("{table}有总计格没有填数字", "a total of {table} holds no number")
_COUNTS_AS_ZERO = Text("其中 {count} 格未填数字，按 0 计算", "{count} of these cells hold no number and count as 0")


class Sums(NamedTuple):
    """An equation prepared for evaluation.

    ``left`` and ``right`` are the keys of each side if all weights are 1 and all cells are of this report, else
    ``None``. With ``exact``, a figure means exactly its digits: no rounding is allowed for.
    """

    equation: Equation
    left: tuple[str, ...] | None
    right: tuple[str, ...] | None
    holds: Callable[[int | Decimal, int | Decimal], bool]
    exact: bool = False


def prepare(equation: Equation, *, exact: bool = False) -> Sums:
    """Prepare an equation for evaluating it many times."""
    return Sums(equation, _plain(equation.left), _plain(equation.right), COMPARISONS[equation.relation], exact)


def values_of(report: Report) -> dict[str, int | Decimal]:
    """Return the cells of a report that hold numbers."""
    return {key: cell.value for key, cell in report.cells.items() if cell.value is not None}


def counted(report: Report) -> dict[str, int | Decimal]:
    """Return what each cell counts as in sums: its number, or 0 for a blank that may count as 0."""
    return {
        key: 0 if cell.value is None else cell.value
        for key, cell in report.cells.items()
        if cell.value is not None or (cell.state != TEXT and not _is_total_of_something(report, cell.key))
    }


def holds(sums: Sums, values: Mapping[str, int | Decimal]) -> bool | None:
    """Decide whether an equation holds; ``None`` where a cell holds no number, or where only ``judge`` can decide."""
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
    """Return the value of the right side of an equation; ``None`` where only ``judge`` can compute it."""
    if sums.right is None or any(key not in values for key in sums.right):
        return None
    return sum(map(values.__getitem__, sums.right), sums.equation.right.constant)


class Sources(NamedTuple):
    """The reports that names may refer to: this one, last year's, and those of the organs above and below.

    ``prior_reason`` is the reason why last year's report is missing.
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
        report = {PRIOR: self.prior, PARENT: self.parent}[period]
        return () if report is None else (report,)

    def absence(self, period: str) -> Outcome:
        """Return the outcome where the report of a period is missing.

        Last year's report is expected for every report but the first, so the outcome is undecided. Rules about organs
        above and below apply only if their reports are given.
        """
        if period == PRIOR:
            return Outcome(UNDECIDED, reason=self.prior_reason or NO_PRIOR)
        return Outcome(NOT_APPLICABLE, reason=_ABSENCES[period])


def judge(sums: Sums, report: Report, *, prior: Report | None = None) -> Outcome:
    """Judge an equation on a report and last year's report, with all evidence; see ``judge_over``."""
    return judge_over(sums, Sources(report, prior))


def judge_over(sums: Sums, sources: Sources) -> Outcome:
    """Judge an equation with all evidence.

    A blank cell counts as 0, and a note says so. The equation is undecided if all its cells are blank, if a total is
    blank although its parts are not 0, if a cell holds words, or if a cell was not read. Unless the rule asks for exact
    figures, a figure with
    decimals stands for all values that round to it: the sides differ only if no such values make them equal.
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
    if cells and all(involved.cell.state == BLANK for involved in cells):
        table = sources.report.form.tables[cells[0].key.partition(".")[0]]
        return Outcome(UNDECIDED, cells=cells, reason=all_blank(table), relation=equation.relation)
    blanks = sum(involved.cell.state in (BLANK, MARK) for involved in cells)
    note = _COUNTS_AS_ZERO.format(count=blanks) if blanks else None
    return Outcome(PASS if passed else FAIL, cells=cells, left=left, right=right, note=note, relation=equation.relation)


def judge_whole(sums: Sums, sources: Sources, *, cells: list[CellRef]) -> bool | None:
    """Decide whether an equation holds where all its cells hold whole numbers, and add them to ``cells``.

    ``None`` where only ``judge_over`` can decide. A whole number is exact, so that nothing is rounded.
    """
    values: list[int | Decimal] = []
    used: list[CellRef] = []
    sides: tuple[tuple[Linear, CellRole], ...] = ((sums.equation.left, "left"), (sums.equation.right, "right"))
    for side, role in sides:
        value: int | Decimal = side.constant
        for term in side.terms:
            source = {THIS: sources.report, PRIOR: sources.prior}.get(term.period)
            cell = None if source is None else source.cells.get(term.key)
            if source is None or cell is None or type(cell.value) is not int:
                return None
            value += term.coefficient * cell.value
            used.append(_involved(cell, role, term, source, other=source is not sources.report))
        values.append(value)
    cells += used
    return sums.holds(values[0], values[1])


def all_blank(table: TableForm) -> Text:
    """Return the reason why an equation cannot be judged over cells of a table that are all blank."""
    return _ALL_BLANK.format(table=table.name)


def is_blank(sums: Sums, blanks: frozenset[str]) -> bool:
    """Whether all cells of an equation over one report are among those that are blank."""
    return blanks.issuperset(sums.left or ()) and blanks.issuperset(sums.right or ())


def _rounds(relation: Relation, left: int | Decimal, right: int | Decimal, *, cells: tuple[CellRef, ...]) -> bool:
    """Whether a relation holds for some values that round to the stated figures.

    A figure with one decimal stands for the interval from 0.05 below to 0.05 above it, as in the interval arithmetic of
    the European supervisors' reporting rules. A whole number among figures with decimals takes the finest of their
    precisions. A cell on both sides is one figure: its rounding error cancels.
    """
    stated = [(abs(weight), _decimals(cell.value)) for cell, weight in _weighed(cells) if cell.value]
    finest = max((decimals for _weight, decimals in stated), default=0)
    if not finest or relation == "!=":
        return False
    difference = Decimal(left - right)
    apart = abs(difference) if relation == "=" else difference if relation.startswith("<") else -difference
    widths = (weight * Decimal(5).scaleb(-(decimals or finest) - 1) for weight, decimals in stated)
    return apart < sum(widths, Decimal(0))


def _weighed(cells: tuple[CellRef, ...]) -> Iterator[tuple[CellRef, Decimal]]:
    """Yield each cell once, with its weight on the left side minus its weight on the right side."""
    weights: dict[tuple[str | None, str], Decimal] = {}
    for cell in cells:
        weight = Decimal(cell.coefficient) if cell.role == "left" else -Decimal(cell.coefficient)
        weights[cell.source, cell.key] = weights.get((cell.source, cell.key), Decimal(0)) + weight
    yield from ((cell, weights[place]) for place, cell in {(cell.source, cell.key): cell for cell in cells}.items())


def _decimals(value: int | Decimal | None) -> int:
    return max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0


def _unasked(equation: Equation, sources: Sources) -> Outcome | None:
    """Return the outcome of an equation that cannot be evaluated: a report is missing, or its form lacks a cell."""
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
    whole = all(isinstance(reference.value or 0, int) for reference in involved)
    return _Side(shortest(value) if whole else value, tuple(involved), reason)


def shortest(value: int | Decimal) -> int | Decimal:
    """Return a number without trailing zeros that come from arithmetic: half of 94 is 47, not 47.0."""
    if isinstance(value, int) or value == value.to_integral_value():
        return int(value)
    return value.normalize()


def no_figure(source: Report, cell: Cell) -> Text | None:
    """Return the reason why a cell without a figure cannot count as 0, or ``None`` where it can."""
    if cell.state == TEXT:
        return _NO_NUMBER.format(cell=cell_name(source, cell.key), raw=cell.raw[:20])
    if _is_total_of_something(source, cell.key):
        return _BLANK_TOTAL.format(table=source.form.tables[cell.key.split(".", 1)[0]].name)
    return None


def _is_total_of_something(report: Report, key: str) -> bool:
    """Whether a cell is a total with a part, along either axis, that is not 0 or that holds words."""
    parts = report.form.parts.get(key)
    if parts is None:
        return False
    cells = (report.cells[part] for part in parts if part in report.cells)
    return any(cell.value or cell.state == TEXT for cell in cells)


def missing_cell(source: Report, key: str) -> Text:
    """Return the reason why a report does not have a cell: the reader's reason, if it gave one."""
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
    """Return a name for a cell that the report's form does not have: its member may be one of another table."""
    table_id, _, rest = key.partition(".")
    table = report.form.tables.get(table_id)
    items = [
        item
        for table_form in report.form.tables.values()
        for axis in (table_form.rows, table_form.columns)
        for item in axis.leaves
    ]
    member = next(
        (item.label for item in items if rest.startswith(f"{item.id}.") or rest.endswith(f".{item.id}")), rest
    )
    return Text(key, key) if table is None else Text(f"{table.name.zh}“{member}”", f"{table.name.en} “{member}”")
