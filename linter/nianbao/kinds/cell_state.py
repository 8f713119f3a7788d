"""Kind ``cell-state``: what the cells of a table may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.base import Compiled, Kind, cells_of, options_of, tables_of
from nianbao.kinds.faults import fault_in
from nianbao.language.evaluate import cell_name
from nianbao.messages import Text
from nianbao.model.finding import FAIL, PASS, Involved, Outcome
from nianbao.model.report import BLANK, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.form import Form, Item, TableForm
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    tables = tables_of(rule, form)
    if rule.options["cell-state"] == "split":
        groups = tuple(group for table in tables for group in _groups(form.tables[table], merged))
        return Compiled(
            lambda subject: _check_split(groups, subject.report), {"": frozenset(("table", "group", "rows"))}
        )
    if rule.options["cell-state"] == "filled":
        named = frozenset(("table", "count", "first"))
        return Compiled(lambda subject: _check_filled(tables, subject.report), {"": named})
    places = dict.fromkeys(("", "text", "negative", "fraction", "date"), frozenset(("cell", "raw")))
    dated = any(slot.value == "date" for table in tables for slot in form.tables[table].slots.values())
    return Compiled(lambda subject: _check_values(tables, subject.report, dated=dated), places)


def _check_values(tables: tuple[str, ...], report: Report, *, dated: bool) -> Iterator[Outcome]:
    """Give one outcome for each cell that is not what its column asks for; a count always is, but for dates."""
    cells = (cell for cell in cells_of(report, tables) if dated or type(cell.value) is not int or cell.value < 0)
    faulty = [(cell, fault) for cell in cells if (fault := fault_in(cell, report))]
    for cell, fault in faulty:
        said = {"cell": cell_name(report, cell.key), "raw": cell.raw[:40]}
        yield Outcome(FAIL, fault, said, (Involved(cell, "subject"),), location=cell.location, subject=cell.key)
    if not faulty:
        yield Outcome(PASS)


def _check_filled(tables: tuple[str, ...], report: Report) -> Iterator[Outcome]:
    for table in tables:
        blank = [cell for cell in cells_of(report, (table,)) if cell.value is None and cell.state in (BLANK, MARK)]
        empty = tuple(Involved(cell, "subject") for cell in blank)
        if not empty:
            yield Outcome(PASS, subject=table)
            continue
        first = cell_name(report, empty[0].key)
        said = {"table": report.form.tables[table].name, "count": len(empty), "first": first}
        yield Outcome(FAIL, "", said, empty, location=empty[0].location, subject=table)


def _groups(table: TableForm, merged: frozenset[str]) -> Iterator[tuple[TableForm, Item]]:
    """Give the groups of rows of a table that stand as one row of their own in the report."""
    yield from ((table, group) for group in table.rows.groups if f"{table.id}.{group.id}" in merged)


def _check_split(groups: tuple[tuple[TableForm, Item], ...], report: Report) -> Iterator[Outcome]:
    """Give one outcome for each group of rows that the report has as a single row."""
    for table, group in groups:
        cells = tuple(
            Involved(report.cells[key], "subject")
            for column in table.columns.leaves
            if (key := f"{table.id}.{group.id}.{column.id}") in report.cells
        )
        rows = "、".join(table.rows.items[name].label for name in group.members)
        english = ", ".join(table.rows.items[name].name.en for name in group.members)
        said = {"table": table.name, "group": Text(group.label, group.name.en), "rows": Text(rows, english)}
        yield Outcome(FAIL, "", said, cells, location=cells[0].location, subject=f"{table.id}.{group.id}")
    if not groups:
        yield Outcome(PASS)


CELL_STATE = Kind("cell-state", options_of("cell-state"), _compile)
