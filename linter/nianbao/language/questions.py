"""An expression asked of a report: a relation, a sum, or a statement about its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.language.conditions import Condition
from nianbao.language.evaluate import judge, prepare
from nianbao.language.linear import equations
from nianbao.language.mistakes import Mistake
from nianbao.language.syntax import RELATIONS, Binary, parse
from nianbao.model.finding import Reply

if TYPE_CHECKING:
    from nianbao.model.finding import Answer
    from nianbao.model.report import Report


def ask(
    source: str, report: Report, *, prior: Report | None, within: str | None, merged: frozenset[str]
) -> Answer | tuple[Reply, ...]:
    """Ask an expression of a report.

    Returns:
        An answer for a statement about facts; for a relation or a sum, a reply for each member of an open axis.

    Raises:
        Mistake: it is no expression, or speaks of what the report's form does not have.
    """
    tree = parse(source)
    try:
        return Condition(tree).ask(report)
    except Mistake:
        relation = tree.operator if isinstance(tree, Binary) and tree.operator in RELATIONS else ""
        # A sum is asked as a relation with nothing, of which the left side alone is shown.
        made = equations(source if relation else f"({source}) - 0 = 0", report.form, within=within, merged=merged)
        return tuple(Reply(relation, judge(prepare(one), report, prior=prior), one.table, one.binding) for one in made)
