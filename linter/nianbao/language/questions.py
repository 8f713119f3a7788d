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
    """Ask an expression of a report and of those that its names reach.

    Returns:
        A reply for each member that open names share.

    Raises:
        Mistake: it is no expression, or speaks of what the report's form does not have.
    """
    form = sources.report.printed_form
    made = compile_expression(source, Scope.of(form, within), functions=functions)
    if made.reason is not None:
        return (Reply(made.type, made.relation, Outcome(UNDECIDED, reason=made.reason), "", ()),)
    if made.type != TRUTH:
        try:  # a sum is asked as a relation with nothing, of which the left side alone is shown, with its cells' signs
            sums = equations(f"({source}) - 0 = 0", form, within=within)
            return tuple(Reply(NUMBER, "", judge_over(prepare(one), sources), one.table, one.binding) for one in sums)
        except Mistake:
            pass
    return tuple(
        Reply(made.type, made.relation, one.ask(sources), one.table, one.binding.pairs) for one in made.instances
    )
