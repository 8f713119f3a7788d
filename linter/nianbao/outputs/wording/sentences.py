"""What explanations say, in sentences: which figure is wrong, what it should be, and what then holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.slip import EXCHANGED, JOINED, MOVED, TORN, UNCLEAR
from nianbao.outputs.wording.labels import cell_label, figure, line_label, row_label
from nianbao.outputs.wording.phrases import join, say

if TYPE_CHECKING:
    from nianbao.model.explanation import Change, Explanation
    from nianbao.model.form import Form, Slot
    from nianbao.model.result import Checked

Changes = tuple["Change", ...]
_PAIR = 2
_MOST_LISTED = 6


def sentence(explanation: Explanation, checked: Checked, *, lang: str) -> str:
    """Return in one line what an explanation says, its slips one after the other."""
    steps = steps_of(explanation)
    if len(steps) == 1:
        return step(steps[0], checked, lang=lang, confidence=explanation.confidence)
    parts = [step(changes, checked, lang=lang) for changes in steps]
    return lead(explanation, lang=lang) + join(parts, lang, phrase="clauses")


def lead(explanation: Explanation, *, lang: str) -> str:
    """Return what stands before the slips of an explanation of several."""
    likely = say(f"likely-{explanation.confidence}", lang)
    return say("slips-lead", lang, likely=likely, count=explanation.slips)


def steps_of(explanation: Explanation) -> list[Changes]:
    """Return the changes of an explanation, slip by slip."""
    found: dict[int, list[Change]] = {}
    for change in explanation.changes:
        found.setdefault(change.step, []).append(change)
    return [tuple(changes) for _, changes in sorted(found.items())]


def step(changes: Changes, checked: Checked, *, lang: str, confidence: str = "") -> str:
    """Return what became of a figure, or of several together.

    Args:
        changes: The changes of one slip.
        checked: The report, by whose form cells are named.
        lang: ``zh`` or ``en``.
        confidence: How sure it is, or "" where that is said elsewhere.
    """
    likely = say(f"likely-{confidence}", lang)
    if len(changes) == 1:
        return _single(changes[0], checked, likely, lang)
    first, second = _in_order(changes)
    if len(changes) == _PAIR and first.slip in _PAIRS:
        return say(
            _PAIRS[first.slip],
            lang,
            where=where(first, checked, lang=lang),
            other=_beside(second, first, checked, lang),
            old=_old(first, lang),
            second=_old(second, lang),
            likely=likely,
            put=join([_put(first, second, checked, lang), _put(second, first, checked, lang)], lang),
        )
    line, parts = _together(changes, checked, lang)
    put = join(parts[:_MOST_LISTED], lang)
    if len(parts) > _MOST_LISTED:
        put = f"{put} {say('and-more', lang, count=len(parts))}"
    return say("together", lang, where=line, likely=likely, slip=say(f"slip-{first.slip}", lang), put=put)


_PAIRS = {MOVED: "moved", EXCHANGED: "exchanged", TORN: "torn", JOINED: "joined"}


def _in_order(changes: Changes) -> tuple[Change, Change]:
    """Return two changes, that of the cell which holds what belongs elsewhere first."""
    first, second = changes[0], changes[1]
    if first.slip in {MOVED, JOINED} and first.new > (first.old or 0):
        return second, first
    return first, second


def _single(change: Change, checked: Checked, likely: str, lang: str) -> str:
    phrase = "change-prose" if not change.key else "change" if change.old is not None else "change-blank"
    text = say(
        phrase,
        lang,
        where=where(change, checked, lang=lang),
        old=figure(change.old),
        new=figure(change.new),
        likely=likely,
    )
    return text if change.slip == UNCLEAR else text + say("because", lang, slip=say(f"slip-{change.slip}", lang))


def where(change: Change, checked: Checked, *, lang: str) -> str:
    """Return the words for the place of a change: table, row and column, the prose, or another report."""
    form, slot = form_of(change, checked), _slot(change, checked)
    if not change.key:
        named = say("where-prose", lang)
    elif form is None or slot is None:
        named = clean(change.key)
    else:
        table = form.tables[slot.table]
        row = row_label(form, slot.table, row=slot.row, lang=lang)
        phrase = "where-strip" if table.layout == "strip" else "where"
        named = say(phrase, lang, table=table.name.get(lang), row=row, column=slot.column.name.get(lang))
    return named if change.source is None else say("where-source", lang, where=named, year=change.year or "")


def form_of(change: Change, checked: Checked) -> Form | None:
    """Return the form of the report that a change is in."""
    report = checked.report if change.source is None else checked.prior or checked.report
    return None if report is None else report.form


def _slot(change: Change, checked: Checked) -> Slot | None:
    form = form_of(change, checked)
    return None if form is None else form.slot(change.key)


def _beside(change: Change, other: Change, checked: Checked, lang: str) -> str:
    """Return the place of a change by what sets it apart from another: its column alone, or its row."""
    one, two, form = _slot(change, checked), _slot(other, checked), form_of(change, checked)
    if one is None or two is None or form is None or one.table != two.table or change.source != other.source:
        return where(change, checked, lang=lang)
    if one.row.id == two.row.id:
        return line_label(form, one.table, column=one.column.name.get(lang), lang=lang)
    if one.column.id == two.column.id:
        row = row_label(form, one.table, row=one.row, lang=lang)
        return line_label(form, one.table, row=row, lang=lang)
    return where(change, checked, lang=lang)


def _put(change: Change, other: Change, checked: Checked, lang: str) -> str:
    return say("put", lang, where=_beside(change, other, checked, lang), new=figure(change.new))


def _together(changes: Changes, checked: Checked, lang: str) -> tuple[str, list[str]]:
    """Return the row or column that changes share, else where the first is, and what each does there."""
    slots = [_slot(change, checked) for change in changes]
    known = [slot for slot in slots if slot is not None]
    form = form_of(changes[0], checked)
    named = [cell_label(form, one.key, lang=lang) if form else one.key for one in changes]
    line = where(changes[0], checked, lang=lang)
    if len(known) == len(changes) and form is not None:
        rows = list(dict.fromkeys(row_label(form, slot.table, row=slot.row, lang=lang) for slot in known))
        columns = list(dict.fromkeys(slot.column.name.get(lang) for slot in known))
        table = form.tables[known[0].table].name.get(lang)
        if len(columns) <= len(rows):
            lines = [line_label(form, known[0].table, column=column, lang=lang) for column in columns]
        else:
            lines = [line_label(form, known[0].table, row=row, lang=lang) for row in rows]
        line = say("where-line", lang, table=table, line=join(lines, lang))
        named = [_across(slot, lang, rows=len(rows) > 1, columns=len(columns) > 1) for slot in known]
    return line, [
        f"{name} {_old(change, lang)} → {figure(change.new)}" for name, change in zip(named, changes, strict=True)
    ]


def _across(slot: Slot, lang: str, *, rows: bool, columns: bool) -> str:
    """Return a cell's short name among cells of several rows, or columns, or both."""
    return " · ".join(item.name.get(lang) for item, told in ((slot.row, rows), (slot.column, columns)) if told)


def short(change: Change, checked: Checked, *, lang: str) -> str:
    """Return a change in few words: the cell, and ``84 → 48``."""
    form = form_of(change, checked)
    named = cell_label(form, change.key, lang=lang) if form and change.key else where(change, checked, lang=lang)
    return say("put-short", lang, where=named, old=_old(change, lang), new=figure(change.new))


def _old(change: Change, lang: str) -> str:
    return figure(change.old) or say("blank", lang)


def holding(explanation: Explanation, checked: Checked, *, alone: bool, lang: str) -> str:
    """Return what holds once the changes of an explanation are made.

    Args:
        explanation: The explanation.
        checked: The report, by whose form tables are named.
        alone: Whether no other one is as simple, which is said too.
        lang: ``zh`` or ``en``.
    """
    changes = explanation.changes
    after = say("after-one", lang, new=figure(changes[0].new)) if len(changes) == 1 else say("after-many", lang)
    held, of = explanation.holding
    named = [table for change in changes if (table := _table_of(change, checked, lang))]
    tables = join(list(dict.fromkeys(named)), lang)
    phrase = "holding-these" if not of or not tables else "holding-all" if held == of else "holding-some"
    text = say(phrase, lang, after=after, of=of, rest=of - held, tables=tables)
    return say("sentence", lang, text=say("only-reading", lang, text=text) if alone else text)


def _table_of(change: Change, checked: Checked, lang: str) -> str:
    form, slot = form_of(change, checked), _slot(change, checked)
    return "" if form is None or slot is None else form.tables[slot.table].name.get(lang)
