"""The results of an expression on a report, with the cells in it and their places."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.outcome import FAIL, PASS
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import side
from nianbao.outputs.wording.labels import cell_label, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.outcome import Reply
    from nianbao.model.report import Report
    from nianbao.voice import Voice

_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}


def render_replies(voice: Voice, replies: Sequence[Reply], *, report: Report) -> str:
    """Write each instance of a relation or sum on a line, with its cells below, each with its place."""
    return "".join(line + "\n" for reply in replies for line in _lines(voice, reply, report))


def _lines(voice: Voice, reply: Reply, report: Report) -> Iterator[str]:
    outcome = reply.outcome
    yield _label(voice, reply, report) + _answer(voice, reply)
    for ref in {(ref.key, ref.source): ref for ref in outcome.cells}.values():
        where = voice.place(ref.source or report.name, ref.location)
        yield f"    {cell_label(voice, report.form, key=ref.key)} = {shown(voice, ref.cell)}  {where}"


def _answer(voice: Voice, reply: Reply) -> str:
    """Return the result of an instance: its value, its outcome with both sides, or the reason why there is none."""
    outcome = reply.outcome
    if outcome.outcome not in (PASS, FAIL):
        return voice.say(phrases.CANNOT_TELL, reason=voice.say(outcome.reason) if outcome.reason else "")
    left, right = (
        "" if value is None else side(voice, [cell for cell in outcome.cells if cell.role == role], value=value)
        for role, value in (("left", outcome.left), ("right", outcome.right))
    )
    if reply.type != "truth":
        return left or _value(voice, outcome.arguments.get("value"))
    verdict = voice.say(phrases.HOLDS if outcome.outcome == PASS else phrases.FAILS)
    return f"{left}  {_SIGNS.get(reply.relation, reply.relation)}  {right}  {verdict}" if left else verdict


def _value(voice: Voice, value: object) -> str:
    return voice.figure(value) if isinstance(value, int | Decimal) else clean(str(value))


def _label(voice: Voice, reply: Reply, report: Report) -> str:
    if not reply.binding:
        return ""
    axis, member = reply.binding[0]
    table = report.form.tables[reply.table]
    items = (table.rows if axis == "rows" else table.columns).items
    return f"{voice.say(table.name)} {voice.label(items[member])}: "
