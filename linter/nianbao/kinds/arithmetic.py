"""Kinds over sums of cells: ``equation``, ``inequality``, and ``continuity`` with the report of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.base import Compiled, Kind, options_of
from nianbao.language.evaluate import NO_PRIOR, holds, judge, prepare
from nianbao.language.linear import equations, needs_prior
from nianbao.language.mistakes import Mistake
from nianbao.language.names import COLUMNS, PRIOR, ROWS
from nianbao.messages import Text
from nianbao.model.finding import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.base import Subject
    from nianbao.language.evaluate import Sums
    from nianbao.language.linear import Equation
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_PLACES = {"": frozenset(("table", "member", "axis", "left", "right", "difference", "year", "prior_year"))}
_AXES = {ROWS: Text("行", "row"), COLUMNS: Text("列", "column")}


def _kind(name: str, relations: tuple[str, ...]) -> Kind:
    def compile_rule(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
        source, within = str(rule.options[name]), rule.options.get("within")
        try:
            made = equations(source, form, within=within, merged=merged)
        except Mistake as mistake:
            raise (mistake if mistake.path else mistake.under(name)) from mistake
        if made and made[0].relation not in relations:
            raise Mistake(f"{name!r} takes one of {' '.join(relations)}, not {made[0].relation}", path=(name,))
        sums = tuple(map(prepare, made))
        return Compiled(lambda subject: _check(sums, subject), _PLACES, sums)

    return Kind(name, options_of(name), compile_rule)


EQUATION = _kind("equation", ("=",))
INEQUALITY = _kind("inequality", ("!=", "<", "<=", ">", ">="))
CONTINUITY = _kind("continuity", ("=",))


def _check(sums: tuple[Sums, ...], subject: Subject) -> Iterator[Outcome]:
    report, prior = subject.report, subject.prior
    values = subject.values
    for one in sums:
        equation = one.equation
        subject_key = equation.subject
        if holds(one, values):
            yield Outcome(PASS, subject=subject_key)
            continue
        if needs_prior((equation,)):
            if prior is None:
                yield Outcome(UNDECIDED, subject=subject_key, reason=subject.prior_reason or NO_PRIOR)
                continue
            if any(term.period == PRIOR and prior.form.slot(term.key) is None for term in equation.terms):
                yield Outcome(NOT_APPLICABLE, subject=subject_key)
                continue
        outcome = judge(one, report, prior=prior)
        location = next((i.cell.location for i in outcome.cells if i.source is None), outcome.location)
        outcome = outcome._replace(subject=subject_key, location=location)
        yield outcome._replace(arguments=_arguments(equation, outcome, subject)) if outcome.outcome == FAIL else outcome


def _arguments(equation: Equation, outcome: Outcome, subject: Subject) -> dict[str, object]:
    form = subject.report.form
    table = form.tables[equation.table]
    axis, member = equation.binding[0] if equation.binding else ("", "")
    items = (table.rows if axis == ROWS else table.columns).items
    left, right = outcome.left or 0, outcome.right or 0
    return {
        "table": table.name,
        "member": Text(items[member].label, items[member].name.en) if member else Text(),
        "axis": _AXES.get(axis, Text()),
        "left": left,
        "right": right,
        "difference": abs(left - right),
        "year": subject.report.year or "",
        "prior_year": (subject.prior.year if subject.prior else None) or "",
    }
