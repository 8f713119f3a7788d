"""The reasons why cells of a form were not read: for each its table, row or column, and where to look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.extraction import reasons
from nianbao.extraction.tables.labels import without_notes
from nianbao.messages import Text
from nianbao.model.document import Paragraph, Picture
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare
from nianbao.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nianbao.extraction.sections import Headed
    from nianbao.extraction.tables.cells import Tables
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Form, Slot, TableForm
    from nianbao.model.report import Cell

_MAX_LABEL_CHARS = 120
_YEAR = re.compile(r"20\d\d年")
_ALIKE = 75  # of words that are taken for a label, out of 100


def unread_of(form: Form, tables: Tables, *, headed: Headed, pieces: Mapping[str, Sequence[Table]]) -> dict[str, Text]:
    """Return the reason for every cell of the form that was not read.

    Args:
        form: The form.
        tables: What was read of its tables.
        headed: The source by sections.
        pieces: The source tables of each table.
    """
    unread: dict[str, Text] = {}
    for table in form.tables.values():
        lacking = [slot for key, slot in table.slots.items() if key not in tables.cells]
        if not lacking:
            continue
        groups = _groups(table)
        missing = _Missing(table, pieces.get(table.id, ()))
        rows = {key.rpartition(".")[0] for key in tables.cells} | tables.rows
        whole = _no_table(table, headed) if not any(row.startswith(f"{table.id}.") for row in rows) else None
        for slot in lacking:
            above = [f"{table.id}.{group}" for group in groups.get(slot.row.id, ())]
            if not any(f"{group}.{slot.column.id}" in tables.cells for group in above):
                merged = [f"{group}.{slot.column.id}" for group in above]
                places = (slot.key, f"{table.id}.{slot.row.id}", *merged, *above, table.id)
                odd = next((tables.odd[place] for place in places if place in tables.odd), whole)
                unread[slot.key] = odd or missing.reason(slot, rows, tables.strays.get(table.id))
    return unread


def _groups(table: TableForm) -> dict[str, list[str]]:
    """Return the groups of each row of a table."""
    groups: dict[str, list[str]] = {}
    for group in table.rows.groups:
        for member in group.members:
            groups.setdefault(member, []).append(group.id)
    return groups


class _Missing:
    """Gives the reasons that rows and columns of a table were not found, each looked for once."""

    def __init__(self, table: TableForm, pieces: Sequence[Table]) -> None:
        self._table = table
        self._pieces = pieces
        self._reasons: dict[str, Text] = {}

    def reason(self, slot: Slot, rows: AbstractSet[str], stray: Text | None) -> Text:
        """Return the reason that the row, or the column, of a cell was not found."""
        is_column = f"{self._table.id}.{slot.row.id}" in rows
        if stray is not None and not is_column:
            return reasons.NO_LABEL.format(table=self._table.name, row=slot.row.label, where=stray)
        label = slot.column.label if is_column else slot.row.label
        if label not in self._reasons:
            start = reasons.NO_COLUMN if is_column else reasons.NO_ROW
            like = self._like(label)
            self._reasons[label] = start.format(table=self._table.name, row=label, column=label) + (
                like or Text("", "")
            )
        return self._reasons[label]

    def _like(self, label: str) -> Text | None:
        """Return what is said of words in the table that are much like a label, but mean something else."""
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only where a label was not found

        plain = fold(label)
        others = [word for word in map(fold, self._table.contrary_words) if word not in plain]
        best: tuple[float, TableCell, str] | None = None
        for cell in (cell for piece in self._pieces for cell in piece.cells if len(cell.text) <= _MAX_LABEL_CHARS):
            words = fold(cell.text)
            year = _YEAR.search(words)
            word = next((word for word in others if word in words), year[0] if year else "")
            alike = ratio(bare(without_notes(words)), bare(plain)) if word else 0
            if alike >= _ALIKE and (best is None or alike > best[0]):
                best = alike, cell, word
        return None if best is None else reasons.other_meaning(best[1], word=best[2])


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
