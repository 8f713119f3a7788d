"""The reasons why cells of a form were not read: for each its table, row or column, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction import reasons
from nianbao.model.document import Paragraph, Picture
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare
from nianbao.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from nianbao.extraction.sections import Headed
    from nianbao.extraction.tables.cells import Tables
    from nianbao.messages import Text
    from nianbao.model.form import Form, Slot, TableForm
    from nianbao.model.report import Cell


def unread_of(form: Form, tables: Tables, *, headed: Headed) -> dict[str, Text]:
    """Return the reason for every cell of the form that was not read."""
    unread: dict[str, Text] = {}
    for table in form.tables.values():
        lacking = [slot for key, slot in table.slots.items() if key not in tables.cells]
        if not lacking:
            continue
        groups = _groups(table)
        rows = {key.rpartition(".")[0] for key in tables.cells} | tables.rows
        whole = _no_table(table, headed) if not any(row.startswith(f"{table.id}.") for row in rows) else None
        for slot in lacking:
            above = [f"{table.id}.{group}" for group in groups.get(slot.row.id, ())]
            if not any(f"{group}.{slot.column.id}" in tables.cells for group in above):
                merged = [f"{group}.{slot.column.id}" for group in above]
                places = (slot.key, f"{table.id}.{slot.row.id}", *merged, *above, table.id)
                odd = next((tables.odd[place] for place in places if place in tables.odd), whole)
                unread[slot.key] = odd or _missing(slot, table, rows, tables.strays.get(table.id))
    return unread


def _groups(table: TableForm) -> dict[str, list[str]]:
    """Return the groups of each row of a table."""
    groups: dict[str, list[str]] = {}
    for group in table.rows.groups:
        for member in group.members:
            groups.setdefault(member, []).append(group.id)
    return groups


def _missing(slot: Slot, table: TableForm, rows: AbstractSet[str], stray: Text | None) -> Text:
    """Return the reason that the row, or the column, of a cell was not found."""
    if f"{table.id}.{slot.row.id}" in rows:
        return reasons.NO_COLUMN.format(table=table.name, column=slot.column.label)
    if stray is not None:
        return reasons.NO_LABEL.format(table=table.name, row=slot.row.label, where=stray)
    return reasons.NO_ROW.format(table=table.name, row=slot.row.label)


def _no_table(table: TableForm, headed: Headed) -> Text:
    """Return the reason why a table was not found: its words are in prose, or nowhere."""
    labels = [bare(fold(row.label)) for row in table.rows.leaves]
    for part in headed.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph) and len(block.text) > sum(map(len, labels)):
                words = bare(fold(block.text))
                if sum(label in words for label in labels) * 2 > len(labels):
                    return reasons.TABLE_IS_PROSE.format(
                        table=table.name, title=table.title, line=reasons.at_line(block.location)
                    )
    return reasons.NO_TABLE.format(table=table.name, title=table.title)


def pictured(name: str, headed: Headed, *, form: Form, cells: Mapping[str, Cell]) -> tuple[Problem, ...]:
    """Return problems for tables that were not found and may be a picture in their section."""
    read = {key.split(".", 1)[0] for key in cells}
    pictured = {part.id for part in headed.parts if any(isinstance(block, Picture) for block in part.blocks)}
    return tuple(
        Problem(name, "table-is-picture", reasons.TABLE_IS_PICTURE.format(table=table.name, title=table.title))
        for table in form.tables.values()
        if table.id not in read and table.section in pictured
    )
