"""Which equations of a form follow from others, and which contradict others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.proof import ERROR, Dependence, Follows, Remark
from nianbao.proving.completing import name_rows
from nianbao.proving.elimination import reduce

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.proving.cases import Case
    from nianbao.proving.elimination import Leftover
    from nianbao.proving.rows import Row

_CONTRADICTS = Text(
    "{form}：{row}与{rows}矛盾：没有数字能使它们同时成立",
    "{form}: {row} contradicts {rows}: no figures satisfy them all",
)
_ALONE = Text("{form}：{row}从不成立", "{form}: {row} never holds")


def depend(form: Form, cases: Iterable[Case], *, codes: Collection[str]) -> tuple[Dependence, tuple[Remark, ...]]:
    """Eliminate exactly over the equations of a form, those of last year's report among them.

    Args:
        form: The form.
        cases: Its cases; what follows is told for the one with most equations, contradictions for all.
        codes: The rules of which it is told that they follow from others.
    """
    best = Dependence(form, 0, 0, ())
    remarks: dict[tuple[str, ...], Remark] = {}
    for case in cases:
        rows = [row for row in case.rows if row.relation == "="]
        left = reduce(rows, solve_for=bool, totals=frozenset()).left
        follows = [one for one in left if not one.weights]
        for one in left:
            if one.weights:
                remark = _contradiction(one, rows, form)
                remarks.setdefault((remark.code, *remark.text), remark)
        if len(rows) > best.equations:
            told = tuple(_follows(one, rows, form) for one in follows)
            wanted = tuple(one for one in told if one.code in codes)
            best = Dependence(form, len(rows), len(rows) - len(left), wanted)
    return best, tuple(remarks.values())


def _follows(leftover: Leftover, rows: Sequence[Row], form: Form) -> Follows:
    row = rows[leftover.row]
    rule = _rule(row)
    sources = Counter(_rule(rows[number]).code for number in leftover.origin if number != leftover.row)
    return Follows(row.label(form), rule.code, dict(sorted(sources.items())), rule.origin.line, rule.origin.file)


def _contradiction(leftover: Leftover, rows: Sequence[Row], form: Form) -> Remark:
    row = rows[leftover.row]
    rule = _rule(row)
    others = [rows[number] for number in leftover.origin if number != leftover.row]
    template = _CONTRADICTS if others else _ALONE
    text = template.format(form=form.id, row=row.label(form), rows=name_rows(others, form))
    return Remark(ERROR, text, rule.code, rule.origin.file, rule.origin.line)


def _rule(row: Row) -> Rule:
    if row.rule is None:
        raise ValueError("a row of the form itself takes no part here")
    return row.rule
