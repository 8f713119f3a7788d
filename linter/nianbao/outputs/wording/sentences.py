"""Sentences on explanations: the wrong figure, the right figure, and what holds afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.slip import BLANKED, EXCHANGED, JOINED, MOVED, TORN, UNCLEAR
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.components import steps_of
from nianbao.outputs.wording.labels import cell_label, line_label, row_label
from nianbao.outputs.wording.slip_names import SLIP_NAMES

if TYPE_CHECKING:
    from nianbao.model.explanation import Change, Explanation
    from nianbao.model.form import Form, Slot
    from nianbao.model.result import Checked
    from nianbao.model.rule import Confidence
    from nianbao.voice import Voice

Changes = tuple["Change", ...]
_PAIR = 2
_MAX_CHANGES = 6


def sentence(voice: Voice, explanation: Explanation, *, checked: Checked) -> str:
    """Return the text of an explanation in one line, its slips one after the other."""
    steps = steps_of(explanation)
    if len(steps) == 1:
        return step(voice, steps[0], checked=checked, confidence=explanation.confidence)
    parts = [step(voice, changes, checked=checked) for changes in steps]
    return lead(voice, explanation) + voice.join(parts, phrases.CLAUSES)


def lead(voice: Voice, explanation: Explanation) -> str:
    """Return the text before the slips of an explanation with several."""
    likely = voice.say(phrases.LIKELY[explanation.confidence])
    return voice.say(phrases.SLIPS_LEAD, likely=likely, count=explanation.slips)


def step(voice: Voice, changes: Changes, *, checked: Checked, confidence: Confidence | None = None) -> str:
    """Return the sentence on a slip, which changed one figure or several together.

    Args:
        voice: The language.
        changes: The changes of the slip.
        checked: The report, whose form has the names of cells.
        confidence: The confidence, or ``None`` if another sentence states it.
    """
    likely = voice.say(phrases.LIKELY[confidence]) if confidence else ""
    if len(changes) == 1:
        return _single(voice, changes[0], checked, likely)
    first, second = _in_order(changes)
    if len(changes) == _PAIR and first.slip in _PAIRS:
        return voice.say(
            _PAIRS[first.slip],
            where=where(voice, first, checked=checked),
            other=_beside(voice, second, first, checked),
            old=old_of(voice, first),
            second=old_of(voice, second),
            likely=likely,
            put=voice.join([_put(voice, first, second, checked), _put(voice, second, first, checked)]),
        )
    line, parts = _together(voice, changes, checked)
    put = voice.join(parts[:_MAX_CHANGES])
    if len(parts) > _MAX_CHANGES:
        put = f"{put} {voice.say(phrases.AND_MORE, count=len(parts))}"
    return voice.say(phrases.TOGETHER, where=line, likely=likely, slip=voice.say(SLIP_NAMES[first.slip]), put=put)


_PAIRS = {MOVED: phrases.MOVED, EXCHANGED: phrases.EXCHANGED, TORN: phrases.TORN, JOINED: phrases.JOINED}


def _in_order(changes: Changes) -> tuple[Change, Change]:
    """Return two changes; the cell with the figure that belongs elsewhere comes first."""
    first, second = changes[0], changes[1]
    if first.slip in {MOVED, JOINED} and first.new > (first.old or 0):
        return second, first
    return first, second


def _single(voice: Voice, change: Change, checked: Checked, likely: str) -> str:
    of_cell = phrases.CHANGE_BLANK if change.old is None else phrases.CHANGE
    phrase = of_cell if change.key else phrases.CHANGE_PROSE
    text = voice.say(
        phrase,
        where=where(voice, change, checked=checked),
        old=voice.figure(change.old),
        new=voice.figure(change.new),
        likely=likely,
    )
    if change.slip in {UNCLEAR, BLANKED}:
        return text
    return text + voice.say(phrases.BECAUSE, slip=voice.say(SLIP_NAMES[change.slip]))


def where(voice: Voice, change: Change, *, checked: Checked) -> str:
    """Return the place of a change in words: table, row and column, the prose, or another report."""
    form, slot = form_of(change, checked), _slot(change, checked)
    if not change.key:
        named = voice.say(phrases.WHERE_PROSE)
    elif form is None or slot is None:
        named = clean(change.key)
    else:
        table = form.tables[slot.table]
        row = row_label(voice, form, table_id=slot.table, row=slot.row)
        phrase = phrases.WHERE_STRIP if table.layout == "strip" else phrases.WHERE
        named = voice.say(phrase, table=voice.say(table.name), row=row, column=voice.say(slot.column.name))
    return named if change.source is None else voice.say(phrases.WHERE_SOURCE, where=named, year=change.year or "")


def form_of(change: Change, checked: Checked) -> Form | None:
    """Return the form of the report that a change is in."""
    report = checked.report if change.source is None else checked.prior or checked.report
    return None if report is None else report.form


def _slot(change: Change, checked: Checked) -> Slot | None:
    form = form_of(change, checked)
    return None if form is None else form.slot(change.key)


def _beside(voice: Voice, change: Change, other: Change, checked: Checked) -> str:
    """Return the place of a change by its difference from another one: only its column, or its row."""
    form, own, others = form_of(change, checked), _slot(change, checked), _slot(other, checked)
    if own is None or others is None or form is None or own.table != others.table or change.source != other.source:
        return where(voice, change, checked=checked)
    if own.row.id == others.row.id:
        return line_label(voice, form, table_id=own.table, column=voice.say(own.column.name))
    if own.column.id == others.column.id:
        row = row_label(voice, form, table_id=own.table, row=own.row)
        return line_label(voice, form, table_id=own.table, row=row)
    return where(voice, change, checked=checked)


def _put(voice: Voice, change: Change, other: Change, checked: Checked) -> str:
    return voice.say(phrases.PUT, where=_beside(voice, change, other, checked), new=voice.figure(change.new))


def _together(voice: Voice, changes: Changes, checked: Checked) -> tuple[str, list[str]]:
    """Return the row or column that changes have in common, else the place of the first, and each change in short."""
    slots = [_slot(change, checked) for change in changes]
    known = [slot for slot in slots if slot is not None]
    form = form_of(changes[0], checked)
    named = [cell_label(voice, form, key=change.key) if form else change.key for change in changes]
    line = where(voice, changes[0], checked=checked)
    if len(known) == len(changes) and form is not None:
        rows = list(dict.fromkeys(row_label(voice, form, table_id=slot.table, row=slot.row) for slot in known))
        columns = list(dict.fromkeys(voice.say(slot.column.name) for slot in known))
        table = voice.say(form.tables[known[0].table].name)
        if len(columns) <= len(rows):
            lines = [line_label(voice, form, table_id=known[0].table, column=column) for column in columns]
        else:
            lines = [line_label(voice, form, table_id=known[0].table, row=row) for row in rows]
        line = voice.say(phrases.WHERE_LINE, table=table, line=voice.join(lines))
        named = [_across(voice, slot, rows=len(rows) > 1, columns=len(columns) > 1) for slot in known]
    return line, [
        f"{name} {old_of(voice, change)} → {voice.figure(change.new)}"
        for name, change in zip(named, changes, strict=True)
    ]


def _across(voice: Voice, slot: Slot, *, rows: bool, columns: bool) -> str:
    """Return a cell's short name among cells of several rows, or columns, or both."""
    return " · ".join(
        voice.say(item.name) for item, is_needed in ((slot.row, rows), (slot.column, columns)) if is_needed
    )


def short(voice: Voice, change: Change, *, checked: Checked) -> str:
    """Return a change in few words: the cell, and ``84 → 48``."""
    form = form_of(change, checked)
    named = cell_label(voice, form, key=change.key) if form and change.key else where(voice, change, checked=checked)
    return voice.say(phrases.PUT_SHORT, where=named, old=old_of(voice, change), new=voice.figure(change.new))


def old_of(voice: Voice, change: Change) -> str:
    """Return the figure in the report, or a word for a blank."""
    return voice.figure(change.old) or voice.say(phrases.BLANK)


def holding(voice: Voice, explanation: Explanation, *, checked: Checked, alone: bool) -> str:
    """Return the equations that hold after the changes of an explanation.

    Args:
        voice: The language.
        explanation: The explanation.
        checked: The report, whose form has the names of tables.
        alone: Whether to add that no other explanation is as simple.
    """
    changes = explanation.changes
    is_single = len(changes) == 1
    after = voice.say(phrases.AFTER_ONE if is_single else phrases.AFTER_MANY, new=voice.figure(changes[0].new))
    held, of = explanation.holding
    names = [table for change in changes if (table := _table_of(voice, change, checked))]
    tables = voice.join(dict.fromkeys(names))
    if not of or not tables:
        phrase = phrases.HOLDING_THESE
    else:
        phrase = phrases.HOLDING_ALL if held == of else phrases.HOLDING_SOME
    text = voice.say(phrase, after=after, of=of, rest=of - held, tables=tables)
    return voice.say(phrases.SENTENCE, text=voice.say(phrases.ONLY_READING, text=text) if alone else text)


def _table_of(voice: Voice, change: Change, checked: Checked) -> str:
    form, slot = form_of(change, checked), _slot(change, checked)
    return "" if form is None or slot is None else voice.say(form.tables[slot.table].name)
