"""The rows that rules and the form itself give, over reports of a form."""

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
    """Return a rule made ready for a form, or ``None`` where it is not for that form."""
    if rule.applies.forms and form.id not in rule.applies.forms:
        return None
    try:
        return kinds.compile(rule, form)
    except Mistake:  # a rule without forms is for those that have what it speaks of; loading has told of all others
        return None


def rows_of(rules: Iterable[Rule], form: Form, *, kinds: RuleKinds = KINDS) -> tuple[Constraint, ...]:
    """Return the equations and inequalities of rules over reports of a form, those with other organs' left out."""
    ready = ((rule, made) for rule in rules if (made := compiled(rule, form, kinds=kinds)) is not None)
    return tuple(
        Constraint(weights_of(one.equation), one.equation.relation, rule, one)
        for rule, made in ready
        for one in made.sums
        if all(term.period in {THIS, PRIOR} for term in one.equation.terms)
    )


def total_rows(form: Form) -> Iterator[Constraint]:
    """Give what the form itself says: a total is the sum of its group."""
    for key, slot in form.slots.items():
        if not slot.holds_figure:
            continue
        table = form.tables[slot.table]
        if slot.column.total_of is not None:
            columns = table.columns.items[slot.column.total_of].members
            yield _total(key, [f"{table.id}.{slot.row.id}.{one}" for one in columns if one in slot.row.columns])
        if slot.row.total_of is not None:
            rows = [table.rows.items[one] for one in table.rows.items[slot.row.total_of].members]
            yield _total(
                key, [f"{table.id}.{one.id}.{slot.column.id}" for one in rows if slot.column.id in one.columns]
            )


def _total(key: str, parts: list[str]) -> Constraint:
    return Constraint({**{(part, THIS): -1 for part in parts}, (key, THIS): 1}, "=")
