"""The constraints of rules, and of the form itself, on reports of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.diagnosis.equations import Constraint, weights_of
from nianbao.kinds import KINDS
from nianbao.language.mistakes import Mistake
from nianbao.language.names import PRIOR, THIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.kinds.kind import Compiled, RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule


def compiled(rule: Rule, form: Form, *, kinds: RuleKinds = KINDS) -> Compiled | None:
    """Return a rule compiled for a form, or ``None`` if it does not apply to that form."""
    if rule.applies.forms and form.id not in rule.applies.forms:
        return None
    try:
        return kinds.compile(rule, form)
    except (
        Mistake
    ):  # a rule without forms applies to forms that have what it names; other mistakes are reported at load time
        return None


def rows_of(rules: Iterable[Rule], form: Form, *, kinds: RuleKinds = KINDS) -> tuple[Constraint, ...]:
    """Return the equations and inequalities of rules on reports of a form, without those about other organs."""
    ready = ((rule, made) for rule in rules if (made := compiled(rule, form, kinds=kinds)) is not None)
    return tuple(
        Constraint(weights_of(sums.equation), sums.equation.relation, rule, sums)
        for rule, made in ready
        for sums in made.sums
        if all(term.period in {THIS, PRIOR} for term in sums.equation.terms)
    )


def total_rows(form: Form) -> Iterator[Constraint]:
    """Yield the constraints of the form itself: a total is the sum of its group."""
    for key, slot in form.slots.items():
        if not slot.holds_figure:
            continue
        table = form.tables[slot.table]
        if slot.column.total_of is not None:
            columns = table.columns.items[slot.column.total_of].members
            yield _total(
                key, [f"{table.id}.{slot.row.id}.{column_id}" for column_id in columns if column_id in slot.row.columns]
            )
        if slot.row.total_of is not None:
            rows = [table.rows.items[member_id] for member_id in table.rows.items[slot.row.total_of].members]
            yield _total(
                key, [f"{table.id}.{row.id}.{slot.column.id}" for row in rows if slot.column.id in row.columns]
            )


def _total(key: str, parts: list[str]) -> Constraint:
    return Constraint({**{(part, THIS): -1 for part in parts}, (key, THIS): 1}, "=")
