"""Names of cells, figures and places as people read them; text of a report made safe to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.place import spot
from nianbao.outputs.wording.phrases import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from nianbao.model.form import Form, Item
    from nianbao.model.location import Location
    from nianbao.model.report import Cell

_MOST_NAMED = 6


def figure(value: int | Decimal | None, *, signed: bool = False) -> str:
    """Return a value with its own digits and a true minus sign; "" for none."""
    if value is None:
        return ""
    return (
        f"{value:{'+' if signed else ''}f}".replace("-", "−") if not isinstance(value, int) else _whole(value, signed)
    )


def _whole(value: int, signed: bool) -> str:  # noqa: FBT001 - one flag handed on
    return f"{value:{'+' if signed else ''}d}".replace("-", "−")


def shown(cell: Cell, lang: str) -> str:
    """Return what a cell holds: its figure, else what the source says, else a word for a blank."""
    return figure(cell.value) or clean(cell.raw) or say("blank", lang)


def place(path: str, location: Location, *, lang: str) -> str:
    """Return where something stands as far as it is known: ``path:line:column``, else page, sheet, table and row."""
    known = [str(part) for part in (location.line, location.column) if part is not None]
    where = ":".join([clean(path), *known])
    if known:
        return where
    told = clean(spot(location).get(lang))
    if location.ref is not None:
        return f"{where}:{told}"
    return f"{where} {told}".rstrip()


def item_label(item: Item, lang: str) -> str:
    """Return the official words for a row in Chinese, its name in other languages."""
    return item.label if lang == "zh" else item.name.get(lang)


def row_label(form: Form, table_id: str, *, row: Item, lang: str) -> str:
    """Return a row's label, after the name of the group that is part of its id where there is one."""
    group = form.tables[table_id].rows.items.get(row.id.rpartition(".")[0])
    label = item_label(row, lang)
    return label if group is None else f"{group.name.get(lang)} {label}"


def line_label(form: Form, table_id: str, *, row: str = "", column: str = "", lang: str) -> str:
    """Return the words for a row or a column of a table; where both stand across, for the part that it is."""
    if form.tables[table_id].layout == "strip":
        return say("where-part", lang, name=row or column)
    return say("where-row", lang, row=row) if row else say("where-column", lang, column=column)


def cell_label(form: Form, key: str, *, lang: str) -> str:
    """Return a cell's name: table, row and column; the key itself where the form does not know it."""
    slot = form.slot(key)
    if slot is None:
        return clean(key)
    table = form.tables[slot.table].name.get(lang)
    return f"{table} {row_label(form, slot.table, row=slot.row, lang=lang)} · {slot.column.name.get(lang)}"


def cell_labels(form: Form, keys: Sequence[str], *, lang: str, most: int = _MOST_NAMED) -> str:
    """Return the names of several cells, the first few of many."""
    named = join([cell_label(form, key, lang=lang) for key in keys[:most]], lang)
    if len(keys) <= most:
        return named
    return f"{named} {say('and-more', lang, count=len(keys))}"
