"""Names of rows, columns and cells for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.form import Form, Item
    from nianbao.model.outcome import CellRef
    from nianbao.model.report import Cell
    from nianbao.voice import Voice

_MAX_CELLS = 6


def shown(voice: Voice, cell: Cell) -> str:
    """Return the content of a cell: its figure, else its text in the source, else a word for a blank."""
    return voice.figure(cell.value) or clean(cell.raw) or voice.say(phrases.BLANK)


def row_label(voice: Voice, form: Form, *, table_id: str, row: Item) -> str:
    """Return a row's label, after the name of the group with which its id begins, if any."""
    group = form.tables[table_id].rows.items.get(row.id.rpartition(".")[0])
    label = voice.label(row)
    return label if group is None else f"{voice.say(group.name)} {label}"


def line_label(voice: Voice, form: Form, *, table_id: str, row: str = "", column: str = "") -> str:
    """Return the name of a row or a column of a table; if both are columns in print, the name of the part."""
    if form.tables[table_id].layout == "strip":
        return voice.say(phrases.WHERE_PART, name=row or column)
    return voice.say(phrases.WHERE_ROW, row=row) if row else voice.say(phrases.WHERE_COLUMN, column=column)


def cell_label(voice: Voice, form: Form, *, key: str) -> str:
    """Return a cell's name: table, row and column; the key itself if the form does not know it."""
    slot = form.slot(key)
    if slot is None:
        return clean(key)
    table = voice.say(form.tables[slot.table].name)
    return f"{table} {row_label(voice, form, table_id=slot.table, row=slot.row)} · {voice.say(slot.column.name)}"


def cell_labels(voice: Voice, form: Form, *, keys: Sequence[str], most: int = _MAX_CELLS) -> str:
    """Return the names of several cells, the first few of many."""
    named = voice.join([cell_label(voice, form, key=key) for key in keys[:most]])
    if len(keys) <= most:
        return named
    return f"{named} {voice.say(phrases.AND_MORE, count=len(keys))}"


def cell_values(voice: Voice, form: Form, *, cells: Sequence[CellRef], most: int = _MAX_CELLS) -> str:
    """Return the names of several cells, the first few of many, with what they hold; other reports have their year."""
    named = [f"{_year(voice, ref)}{cell_label(voice, form, key=ref.key)} = {shown(voice, ref.cell)}" for ref in cells]
    if len(named) <= most:
        return voice.join(named)
    return f"{voice.join(named[:most])} {voice.say(phrases.AND_MORE, count=len(named))}"


def _year(voice: Voice, ref: CellRef) -> str:
    return "" if ref.source is None or not ref.year else f"{voice.say(phrases.YEAR, year=ref.year)} "
