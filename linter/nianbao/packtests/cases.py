"""Cases to test rules on: for each form, the years and issuers for which the same rules apply."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.engine import applies
from nianbao.kinds import KINDS
from nianbao.language.names import THIS
from nianbao.model.issuer_kind import ISSUER_KINDS
from nianbao.packtests.constraints import compiled, rows_of, total_rows
from nianbao.packtests.examples import base_report
from nianbao.packtests.filling import known_sorts, make_system

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.diagnosis.equations import Constraint, Variable
    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Pack, Rule
    from nianbao.packtests.filling import FillingSystem, Sort

_SOME_YEARS = 3
_ISSUERS = tuple(ISSUER_KINDS)


class Context(NamedTuple):
    """A year, and a kind of issuer."""

    year: int
    issuer: str


class Case(NamedTuple):
    """Reports of a form for which the same rules apply.

    Attributes:
        form: The form.
        contexts: Years and issuers.
        base: The changes that packs make to the consistent base report.
        rules: The rules that apply.
        rows: Their equations and inequalities.
        system: What must hold in a report if last year's report is known.
        before: What must hold in last year's report.
        sorts: What the cells of a report may hold.
        kinds: The known kinds of rules.
    """

    form: Form
    contexts: tuple[Context, ...]
    base: Mapping[str, Any]
    rules: tuple[Rule, ...]
    rows: tuple[Constraint, ...]
    system: FillingSystem
    before: FillingSystem
    sorts: Mapping[Variable, Sort]
    kinds: RuleKinds = KINDS

    def frame(self, context: Context, *, back: int = 0) -> Report:
        """Return a report of a context, or of ``back`` years before it, whose cells are all 0."""
        return _frame(self.form, context._replace(year=context.year - back), self.base)


def forms_of(rules: Iterable[Rule], forms: Iterable[Form], *, kinds: RuleKinds = KINDS) -> tuple[Form, ...]:
    """Return the forms that rules name, or whose cells they check."""
    every = tuple(rules)
    return tuple(
        form
        for form in forms
        if any(
            form.id in rule.applies.forms
            or ("within" in rule.options and not rule.applies.forms and compiled(rule, form, kinds=kinds) is not None)
            or (not rule.applies.forms and (made := compiled(rule, form, kinds=kinds)) is not None and made.sums)
            for rule in every
        )
    )


def base_of(packs: Iterable[Pack]) -> Mapping[str, Any]:
    """Return the changes that packs make to the base report of examples; later packs override earlier ones."""
    merged: dict[str, Any] = {}
    for pack in packs:
        inner = {
            name: {**merged.get(name, {}), **pack.base[name]} for name in ("sections", "headings") if name in pack.base
        }
        merged = {**merged, **pack.base, **inner}
    return MappingProxyType(merged)


def cases_of(
    form: Form, rules: Sequence[Rule], *, base: Mapping[str, Any], kinds: RuleKinds = KINDS
) -> tuple[Case, ...]:
    """Return the cases of a form."""
    groups: dict[tuple[frozenset[str], frozenset[str]], list[Context]] = {}
    for context in _contexts(form, rules):
        now, back = _frame(form, context, base), _frame(form, context._replace(year=context.year - 1), base)
        here = frozenset(rule.code for rule in rules if applies(rule, now, prior=back))
        there = frozenset(rule.code for rule in rules if applies(rule, back))
        groups.setdefault((here, there), []).append(context)
    return tuple(
        _case(
            (form, tuple(contexts), base, kinds),
            tuple(rule for rule in rules if rule.code in here),
            tuple(rule for rule in rules if rule.code in there),
        )
        for (here, there), contexts in groups.items()
    )


def _case(
    about: tuple[Form, tuple[Context, ...], Mapping[str, Any], RuleKinds],
    here: tuple[Rule, ...],
    there: tuple[Rule, ...],
) -> Case:
    form, contexts, base, kinds_of_rule = about
    kinds = {key: slot.value for key, slot in form.slots.items() if slot.holds_figure}
    totals = frozenset(key for key, slot in form.slots.items() if slot.is_total)
    sorts = known_sorts(((key, THIS), kind) for key, kind in kinds.items())
    rows = rows_of(here, form, kinds=kinds_of_rule)
    own = [row for row in rows_of(there, form, kinds=kinds_of_rule) if not row.needs_prior]
    shape = list(total_rows(form))
    return Case(
        form,
        contexts,
        base,
        here,
        rows,
        make_system((*shape, *rows), sorts, totals=totals),
        make_system((*shape, *own), sorts, totals=totals),
        sorts,
        kinds_of_rule,
    )


def _contexts(form: Form, rules: Iterable[Rule]) -> list[Context]:
    """Return the years in which a form is in force (some of them, if it still is) and the kinds of issuers to test."""
    every = tuple(rules)
    first = form.first_year or form.last_year or 2020
    last = form.last_year or first + _SOME_YEARS
    asked = {day.year for rule in every for day in rule.span if day is not None}
    years = sorted({*range(first + 1, last + 1), *(year for year in asked if first < year <= (form.last_year or year))})
    issuers = _ISSUERS if any(rule.applies.issuers for rule in every) else _ISSUERS[:1]
    return [Context(year, issuer) for year in years or [first] for issuer in issuers]


def _frame(form: Form, context: Context, base: Mapping[str, Any]) -> Report:
    report = base_report(form, context.year, base=base)
    return report._replace(issuer=report.issuer and report.issuer._replace(kind=context.issuer))
