"""Equations of a form that follow from others, or contradict others."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from nianbao.diagnosis.elimination import reduce
from nianbao.diagnosis.equations import exact
from nianbao.messages import Text
from nianbao.model.proof import Dependence, Follows, Remark
from nianbao.model.rule import ERROR
from nianbao.packtests.completing import name_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from nianbao.diagnosis.elimination import Leftover
    from nianbao.diagnosis.equations import Constraint, Number
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.packtests.cases import Case

_CONTRADICTS = Text(
    "{form}：{row}与{rows}矛盾：没有数字能使它们同时成立",
    "{form}: {row} contradicts {rows}: no figures satisfy them all",
)
_ALONE = Text("{form}：{row}从不成立", "{form}: {row} never holds")

_MAX_ROUNDS = 20


def depend(form: Form, cases: Iterable[Case], *, codes: Collection[str]) -> tuple[Dependence, tuple[Remark, ...]]:
    """Run exact elimination on the equations of a form, including those with last year's report.

    Args:
        form: The form.
        cases: Its cases. Dependent equations are reported for the case with most equations, contradictions for all.
        codes: The rules for which dependent equations are reported.
    """
    best = Dependence(form, 0, 0, ())
    remarks: dict[tuple[str, Text], Remark] = {}
    for case in cases:
        rows = [row for row in case.rows if row.relation == "="]
        left = reduce(rows, solve_for=bool, totals=frozenset()).left
        following: list[Follows] = []
        for number, leftover in enumerate(left):
            # rows that were reported as dependent before are not used, so that all of them follow from the rest
            others = left if leftover.weights else left[number + 1 :]
            near = _shortened(leftover, [other for other in others if not other.weights])
            if leftover.weights:
                remark = _contradiction(near, rows, form)
                remarks.setdefault((remark.code, remark.text), remark)
            else:
                following.append(_follows(near, rows, form))
        if len(rows) > best.equations:
            wanted = tuple(follows for follows in following if follows.code in codes)
            best = Dependence(form, len(rows), len(rows) - len(left), wanted)
    return best, tuple(remarks.values())


def _shortened(leftover: Leftover, others: Sequence[Leftover]) -> Leftover:
    """Derive a row from fewer rows: the derivation of a dependent row sums to zero, so multiples of it may be added."""
    origin = dict(leftover.origin)
    for _round in range(_MAX_ROUNDS):
        shortest = min((_added(origin, other.origin) for other in others), key=len, default=origin)
        if len(shortest) >= len(origin):
            break
        origin = shortest
    return leftover._replace(origin=origin)


def _added(origin: Mapping[int, Number], other: Mapping[int, Number]) -> dict[int, Number]:
    """Return the sum of two derivations, the second with the factor that removes most rows."""
    factors = Counter(Fraction(-origin[row]) / weight for row, weight in other.items() if row in origin)
    factor = factors.most_common(1)[0][0] if factors else Fraction(0)
    sums = {row: exact(origin.get(row, 0) + factor * other.get(row, 0)) for row in (*origin, *other)}
    return {row: weight for row, weight in sums.items() if weight}


def _follows(leftover: Leftover, rows: Sequence[Constraint], form: Form) -> Follows:
    row = rows[leftover.row]
    rule = _rule(row)
    sources = Counter(_rule(rows[number]).code for number in leftover.origin if number != leftover.row)
    return Follows(row.label(form), rule.code, dict(sorted(sources.items())), rule.origin.line, rule.origin.file)


def _contradiction(leftover: Leftover, rows: Sequence[Constraint], form: Form) -> Remark:
    row = rows[leftover.row]
    rule = _rule(row)
    others = [rows[number] for number in leftover.origin if number != leftover.row]
    template = _CONTRADICTS if others else _ALONE
    text = template.format(form=form.id, row=row.label(form), rows=name_rows(others, form))
    return Remark(ERROR, text, rule.code, rule.origin.file, rule.origin.line)


def _rule(row: Constraint) -> Rule:
    if row.rule is None:
        raise ValueError("a row of the form itself takes no part here")
    return row.rule
