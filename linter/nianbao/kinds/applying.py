"""The statement of a rule under ``applies.when``: the rule is for reports for which it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled
from nianbao.kinds.statements import NO_STATEMENT
from nianbao.language.expressions import compile_expression
from nianbao.language.facts import TRUTH
from nianbao.language.mistakes import Mistake
from nianbao.language.names import Scope
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.language.expressions import Expression
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Rule

_PATH = ("applies", "when")
_SEVERAL = Text(
    "这里只能是一个判断，行和列都要写明，例如 行[列] > 0",
    "this must be one statement; name row and column of each cell, as in row[column] > 0",
)
_WHETHER = Text("不能确定规则是否适用：{reason}", "whether the rule applies is not known: {reason}")
_NO_ROW = Text("报告里没有它说的行", "the report does not have the row that it speaks of")


def limited(made: Compiled, rule: Rule, *, form: Form, functions: Mapping[str, Function]) -> Compiled:
    """Return a compiled rule that first asks whether it applies to the report.

    Its equations that hold are no evidence in the search for wrong figures: that is prepared for all reports of a form.

    Raises:
        Mistake: the statement is wrong.
    """
    try:
        condition = compile_expression(
            rule.applies.when, Scope.of(form, rule.options.get("within")), functions=functions
        )
    except Mistake as mistake:
        raise Mistake(mistake.reason, mistake.at, _PATH) from mistake
    if condition.instances and condition.type != TRUTH:
        raise Mistake(NO_STATEMENT, 0, _PATH)
    if any(instance.binding.axis for instance in condition.instances):
        raise Mistake(_SEVERAL, 0, _PATH)
    return Compiled(lambda context: _check(made, condition, context), made.places, patterns=made.patterns)


def _check(made: Compiled, condition: Expression, context: RuleContext) -> Iterator[Outcome]:
    if condition.instances:
        asked = condition.instances[0].ask(context.sources)
    else:
        asked = Outcome(UNDECIDED, reason=condition.reason or _NO_ROW)
    if asked.outcome == PASS:
        yield from made.check(context)
    elif asked.outcome == UNDECIDED:
        reason = _WHETHER.format(reason=asked.reason or Text())
        yield Outcome(UNDECIDED, cells=asked.cells, location=asked.location, reason=reason, subject="when")
    elif asked.outcome in {FAIL, NOT_APPLICABLE}:
        yield Outcome(NOT_APPLICABLE)
