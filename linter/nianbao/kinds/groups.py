"""Groups of rows for which a report has one row instead of one for each member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.form import Item, TableForm
    from nianbao.model.report import Report


def merged_in(table: TableForm) -> Iterator[tuple[TableForm, Item]]:
    """Yield the groups of rows of a table that are one row in the report."""
    yield from ((table, group) for group in table.rows.groups if group.id in table.merged)


def check_split(groups: tuple[tuple[TableForm, Item], ...], report: Report) -> Iterator[Outcome]:
    """Yield one outcome for each group of rows that is a single row in the report."""
    for table, group in groups:
        cells = tuple(
            CellRef(report.cells[key], "subject")
            for column in table.columns.leaves
            if (key := f"{table.id}.{group.id}.{column.id}") in report.cells
        )
        rows = "、".join(table.rows.items[name].label for name in group.members)
        english = ", ".join(table.rows.items[name].name.en for name in group.members)
        places = {"table": table.name, "group": Text(group.label, group.name.en), "rows": Text(rows, english)}
        yield Outcome(FAIL, "", places, cells, location=cells[0].location, subject=f"{table.id}.{group.id}")
    if not groups:
        yield Outcome(PASS)
