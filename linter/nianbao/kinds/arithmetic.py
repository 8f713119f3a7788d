"""Kinds over figures: ``equation``, ``inequality``, ``continuity`` over the years, ``rollup`` over organs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.base import Kind
from nianbao.kinds.statements import checking, compiled
from nianbao.language.mistakes import Mistake
from nianbao.language.names import CHILDREN, PARENT, PRIOR
from nianbao.messages import Text
from nianbao.model.finding import UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.base import Compiled, Subject
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Rule

_EXPRESSION = {"type": "string", "minLength": 1}
_WITHIN = {"type": "string", "description": "Table that the names belong to: its id or short name."}
_PRECISION = {
    "enum": ["stated", "exact"],
    "description": "stated: a figure with decimals stands for all that round to it; exact: for itself alone.",
}
_FEW = Text("下级机关的报告只有 {found} 份，应有 {due} 份", "{found} reports of organs below were given, {due} are due")
_COMPARED = ("!=", "<", "<=", ">", ">=")
_KINDS = (
    ("equation", ("=",), (), "Two sums of cells that must be equal."),
    ("inequality", _COMPARED, (), "Two sums of cells and how they must compare."),
    ("continuity", ("=",), (PRIOR,), "Two sums that must be equal, over this report and that of the year before."),
    ("rollup", ("=", *_COMPARED), (CHILDREN, PARENT), "Figures of this organ against those of organs below or above."),
)
_AT_LEAST = {"type": "integer", "minimum": 1, "description": "How many reports of organs below there must be."}


def kinds(functions: Mapping[str, Function]) -> tuple[Kind, ...]:
    """Return the kinds over figures, whose expressions may call these functions."""

    def kind(name: str, relations: tuple[str, ...], periods: tuple[str, ...], description: str) -> Kind:
        def compile_rule(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
            expression = compiled(rule, form, merged=merged, functions=functions, cells_first=True)
            if expression.relation not in relations:
                found = expression.relation or "a statement"
                raise Mistake(
                    f"{name!r} takes two sides joined by one of {' '.join(relations)}, not {found}", path=(name,)
                )
            reached = {term.period for one in expression.sums for term in one.equation.terms}
            if periods and expression.sums and not reached & set(periods):
                raise Mistake(
                    f"{name!r} speaks of {' or '.join(f'{one}.' for one in periods)} on one side", path=(name,)
                )
            check = checking(expression)
            due = int(rule.options.get("at-least", 0))
            return check._replace(check=lambda subject: _enough(check, due, subject)) if due else check

        schema = {name: {**_EXPRESSION, "description": description}, "within": _WITHIN, "precision": _PRECISION}
        return Kind(name, {**schema, "at-least": _AT_LEAST} if name == "rollup" else schema, compile_rule)

    return tuple(kind(*one) for one in _KINDS)


def _enough(check: Compiled, due: int, subject: Subject) -> Iterator[Outcome]:
    """Judge only with as many reports of organs below as there must be; with none at all the rule says so itself."""
    found = len(subject.children)
    if 0 < found < due:
        yield Outcome(UNDECIDED, reason=_FEW.format(found=found, due=due))
    else:
        yield from check.check(subject)
