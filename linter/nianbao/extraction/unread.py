"""Why cells that a form asks for were not read: for each its table, row or column, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction import reasons
from nianbao.extraction.words import bare, fold
from nianbao.model.document import Paragraph, Picture
from nianbao.model.finding import Problem

if TYPE_CHECKING:
    from nianbao.extraction.reading import Reading
    from nianbao.extraction.sections import Headed
    from nianbao.messages import Text
    from nianbao.model.form import Form, TableForm
    from nianbao.model.report import Cell


def unread_of(form: Form, reading: Reading, headed: Headed) -> dict[str, Text]:
    """Say of every cell that the form asks for and that was not read, why."""
    cells = reading.cells
    unread: dict[str, Text] = {}
    tables = {key.split(".", 1)[0] for key in (*cells, *reading.rows)}
    lost: dict[str, Text] = {}
    for key, slot in form.slots.items():
        if key in cells:
            continue
        table = form.tables[slot.table]
        groups = [group.id for group in table.rows.groups if slot.row.id in group.members]
        if any(f"{table.id}.{group}.{slot.column.id}" in cells for group in groups):
            continue
        row = f"{table.id}.{slot.row.id}"
        if (
            reason := reading.odd.get(key) or reading.odd.get(row) or reading.odd.get(f"{table.id}.{table.id}")
        ) is not None:
            unread[key] = reason
        elif table.id not in tables:
            unread[key] = lost.setdefault(table.id, _no_table(table, headed))
        elif row in reading.rows or any(other.startswith(f"{row}.") for other in cells):
            unread[key] = reasons.NO_COLUMN.format(table=table.name, column=slot.column.label)
        elif (where := reading.strays.get(table.id)) is not None:
            unread[key] = reasons.NO_LABEL.format(table=table.name, row=slot.row.label, where=where)
        else:
            unread[key] = reasons.NO_ROW.format(table=table.name, row=slot.row.label)
    return unread


def _no_table(table: TableForm, headed: Headed) -> Text:
    """Say why a table was not found: its words stand in prose, or nowhere."""
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


def pictured(name: str, headed: Headed, form: Form, cells: dict[str, Cell]) -> tuple[Problem, ...]:
    """Tell of tables that were not found where a picture stands in their section."""
    read = {key.split(".", 1)[0] for key in cells}
    pictured = {part.id for part in headed.parts if any(isinstance(block, Picture) for block in part.blocks)}
    return tuple(
        Problem(name, "table-is-picture", reasons.TABLE_IS_PICTURE.format(table=table.name, title=table.title))
        for table in form.tables.values()
        if table.id not in read and table.section in pictured
    )
