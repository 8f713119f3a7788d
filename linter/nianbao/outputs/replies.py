"""What an expression says of a report, with the cells that it speaks of and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.finding import PASS, UNDECIDED
from nianbao.outputs.arithmetic import side
from nianbao.outputs.labels import cell_label, item_label, place, shown
from nianbao.outputs.phrases import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.finding import Answer, Reply
    from nianbao.model.report import Report

_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}


def render_answer(answer: Answer, *, lang: str) -> str:
    """Write the answer to a statement about facts."""
    if answer.truth is None:
        return say("cannot-tell", lang, reason=answer.reason.get(lang) if answer.reason else "") + "\n"
    return say("holds" if answer.truth else "fails", lang) + "\n"


def render_replies(replies: Sequence[Reply], report: Report, *, lang: str) -> str:
    """Write each instance of a relation or sum on a line, and below it its cells, each with its place."""
    return "".join(line + "\n" for reply in replies for line in _lines(reply, report, lang))


def _lines(reply: Reply, report: Report, lang: str) -> Iterator[str]:
    outcome = reply.outcome
    label = _label(reply, report, lang)
    if outcome.outcome == UNDECIDED or outcome.left is None or outcome.right is None:
        reason = outcome.reason.get(lang) if outcome.reason else ""
        yield label + say("cannot-tell", lang, reason=reason)
    else:
        left, right = (
            side([one for one in outcome.cells if one.role == role], value)
            for role, value in (("left", outcome.left), ("right", outcome.right))
        )
        verdict = say("holds" if outcome.outcome == PASS else "fails", lang)
        yield label + (
            f"{left}  {_SIGNS.get(reply.relation, reply.relation)}  {right}  {verdict}" if reply.relation else left
        )
    for one in outcome.cells:
        where = place(one.source or report.name, report.refine(one.location) if one.source is None else one.location)
        yield f"    {cell_label(report.form, one.key, lang=lang)} = {shown(one.cell, lang)}  {where}"


def _label(reply: Reply, report: Report, lang: str) -> str:
    if not reply.binding:
        return ""
    axis, member = reply.binding[0]
    table = report.form.tables[reply.table]
    items = (table.rows if axis == "rows" else table.columns).items
    return f"{table.name.get(lang)} {item_label(items[member], lang)}: "
