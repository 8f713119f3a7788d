"""An expression asked of a report: a relation, a statement, or a value of any type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.language.evaluate import judge_over, prepare
from nianbao.language.expressions import compile_expression
from nianbao.language.facts import NUMBER, TRUTH
from nianbao.language.functions import FUNCTIONS
from nianbao.language.linear import equations
from nianbao.language.mistakes import Mistake
from nianbao.language.names import Scope
from nianbao.model.outcome import UNDECIDED, Outcome, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.language.evaluate import Sources
    from nianbao.model.function import Function


def ask(
    source: str,
    sources: Sources,
    *,
    within: str | None = None,
    functions: Mapping[str, Function] = FUNCTIONS,
) -> tuple[Reply, ...]:
    """Evaluate an expression on a report and on those that its names refer to.

    Returns:
        A reply for each member that its open names share.

    Raises:
        Mistake: it is not an expression, or the report's form does not have what it names.
    """
    form = sources.report.printed_form
    made = compile_expression(source, Scope.of(form, within), functions=functions)
    if made.reason is not None:
        return (Reply(made.type, made.relation, Outcome(UNDECIDED, reason=made.reason), "", ()),)
    if made.type != TRUTH:
        try:  # a sum is evaluated as an equation with 0; only its left side is shown, with the signs of its cells
            sums = equations(f"({source}) - 0 = 0", form, within=within)
            return tuple(
                Reply(NUMBER, "", judge_over(prepare(equation), sources), equation.table, equation.binding)
                for equation in sums
            )
        except Mistake:
            pass
    return tuple(
        Reply(made.type, made.relation, instance.ask(sources), instance.table, instance.binding.pairs)
        for instance in made.instances
    )
