"""Groups of rows that a report gives as one row in place of their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.form import Item, TableForm
    from nianbao.model.report import Report


def merged_in(table: TableForm) -> Iterator[tuple[TableForm, Item]]:
    """Give the groups of rows of a table that stand as one row of their own in the report."""
    yield from ((table, group) for group in table.rows.groups if group.id in table.merged)


def check_split(groups: tuple[tuple[TableForm, Item], ...], report: Report) -> Iterator[Outcome]:
    """Give one outcome for each group of rows that the report has as a single row."""
    for table, group in groups:
        cells = tuple(
            CellRef(report.cells[key], "subject")
            for column in table.columns.leaves
            if (key := f"{table.id}.{group.id}.{column.id}") in report.cells
        )
        rows = "、".join(table.rows.items[name].label for name in group.members)
        english = ", ".join(table.rows.items[name].name.en for name in group.members)
        said = {"table": table.name, "group": Text(group.label, group.name.en), "rows": Text(rows, english)}
        yield Outcome(FAIL, "", said, cells, location=cells[0].location, subject=f"{table.id}.{group.id}")
    if not groups:
        yield Outcome(PASS)
