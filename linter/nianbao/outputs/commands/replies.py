"""What an expression says of a report, with the cells that it speaks of and their places."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.outcome import FAIL, PASS
from nianbao.outputs.wording.arithmetic import side
from nianbao.outputs.wording.labels import cell_label, figure, item_label, place, shown
from nianbao.outputs.wording.phrases import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.outcome import Reply
    from nianbao.model.report import Report

_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}


def render_replies(replies: Sequence[Reply], report: Report, *, lang: str) -> str:
    """Write each instance of a relation or sum on a line, and below it its cells, each with its place."""
    return "".join(line + "\n" for reply in replies for line in _lines(reply, report, lang))


def _lines(reply: Reply, report: Report, lang: str) -> Iterator[str]:
    outcome = reply.outcome
    yield _label(reply, report, lang) + _said(reply, lang)
    for one in {(one.key, one.source): one for one in outcome.cells}.values():
        where = place(one.source or report.name, one.location, lang=lang)
        yield f"    {cell_label(report.form, one.key, lang=lang)} = {shown(one.cell, lang)}  {where}"


def _said(reply: Reply, lang: str) -> str:
    """Return what came of an instance: its value, its verdict with both sides, or why there is none."""
    outcome = reply.outcome
    if outcome.outcome not in (PASS, FAIL):
        return say("cannot-tell", lang, reason=outcome.reason.get(lang) if outcome.reason else "")
    left, right = (
        "" if value is None else side([one for one in outcome.cells if one.role == role], value)
        for role, value in (("left", outcome.left), ("right", outcome.right))
    )
    if reply.type != "truth":
        return left or _value(outcome.arguments.get("value"))
    verdict = say("holds" if outcome.outcome == PASS else "fails", lang)
    return f"{left}  {_SIGNS.get(reply.relation, reply.relation)}  {right}  {verdict}" if left else verdict


def _value(value: object) -> str:
    return figure(value) if isinstance(value, int | Decimal) else clean(str(value))


def _label(reply: Reply, report: Report, lang: str) -> str:
    if not reply.binding:
        return ""
    axis, member = reply.binding[0]
    table = report.form.tables[reply.table]
    items = (table.rows if axis == "rows" else table.columns).items
    return f"{table.name.get(lang)} {item_label(items[member], lang)}: "
