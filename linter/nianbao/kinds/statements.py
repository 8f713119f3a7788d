"""Shared parts of the kinds that consist of one expression: compiling it, asking each instance, message places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled
from nianbao.language.evaluate import holds, is_blank
from nianbao.language.expressions import compile_expression
from nianbao.language.facts import TRUTH
from nianbao.language.mistakes import Mistake
from nianbao.language.names import ROWS, THIS, Scope
from nianbao.messages import Text
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.language.expressions import Expression, Instance
    from nianbao.language.facts import KnownFact
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Rule

_AXES = {"rows": Text("行", "row"), "columns": Text("列", "column")}
NO_STATEMENT = Text("这里要写一个成立或不成立的判断，例如两边用 = 连起来", "expected a statement that is true or false")
_SIDES = frozenset(("left", "right", "difference"))
_PLACES = frozenset(("table", "member", "axis", "year", "prior_year", "form"))


def compiled(rule: Rule, form: Form, *, functions: Mapping[str, Function], cells_first: bool = False) -> Expression:
    """Compile the expression of a rule, which must be a statement; ``cells_first`` is for rules about figures.

    Raises:
        Mistake: it is wrong, or not a statement.
    """
    try:
        expression = compile_expression(
            str(rule.options[rule.kind]),
            Scope.of(form, rule.options.get("within"), cells_first=cells_first),
            functions=functions,
            exact=rule.options.get("precision") == "exact",
        )
    except Mistake as mistake:
        raise (mistake if mistake.path else mistake.under(rule.kind)) from mistake
    if expression.type != TRUTH:
        raise Mistake(NO_STATEMENT, 0).under(rule.kind)
    return expression


def checking(expression: Expression) -> Compiled:
    """Return the check that an expression stands for, with the places of its messages."""
    facts = frozenset(fact.id for fact in _told(expression))
    places = _PLACES | facts | (_SIDES if expression.relation else frozenset())
    passed = tuple(Outcome(PASS, subject=instance.subject) for instance in expression.instances)
    return Compiled(lambda subject: _check(expression, passed, subject), {"": places}, expression.sums)


def _told(expression: Expression) -> Iterator[KnownFact]:
    """Yield the facts of this report that a message may have; the prose of a section is too long for one."""
    return (named.fact for named in expression.facts if named.period == THIS and not named.fact.section)


def _check(expression: Expression, passed: tuple[Outcome, ...], subject: RuleContext) -> Iterator[Outcome]:
    sources = subject.sources
    if expression.reason is not None:
        yield Outcome(UNDECIDED, reason=expression.reason)
    for number, instance in enumerate(expression.instances):
        sums = expression.sums[number] if expression.sums else None
        if sums and holds(sums, subject.values) and not (subject.blanks and is_blank(sums, subject.blanks)):
            yield passed[number]
            continue
        outcome = instance.ask(sources)
        if outcome.outcome == PASS:
            yield passed[number]
            continue
        if outcome.location == NOWHERE:
            own = (cell.location for cell in outcome.cells if cell.source is None)
            outcome = outcome._replace(location=next(own, NOWHERE))
        outcome = outcome._replace(subject=instance.subject)
        if outcome.outcome == FAIL:
            outcome = outcome._replace(arguments=_arguments(expression, instance, outcome, subject=subject))
        yield outcome


def _arguments(
    expression: Expression, instance: Instance, outcome: Outcome, *, subject: RuleContext
) -> dict[str, object]:
    report, binding = subject.report, instance.binding
    table = report.form.tables.get(instance.table)
    items = {} if table is None else (table.rows if binding.axis == ROWS else table.columns).items
    member = items.get(binding.member)
    facts = {fact.id: fact.read(report) for fact in _told(expression)}
    left, right = outcome.left or 0, outcome.right or 0
    return {
        "form": report.form.title,
        "year": report.year or "",
        "prior_year": (subject.prior.year if subject.prior else None) or "",
        "table": Text() if table is None else table.name,
        "member": Text() if member is None else Text(member.label, member.name.en),
        "axis": _AXES.get(binding.axis, Text()),
        "left": left,
        "right": right,
        "difference": abs(left - right),
        **{name: "" if value is None else value for name, value in facts.items()},
    }
