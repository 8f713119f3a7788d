"""Forms that lack a row, a column or a table, to draw reports that are incomplete."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nianbao.model.form import Axis

if TYPE_CHECKING:
    from tests.support.drawing import Drawn

    from nianbao.model.form import Form, Item, TableForm


def without_table(drawn: Drawn, table: str) -> Drawn:
    """Return a drawn report that has no such table."""
    tables = {name: form for name, form in drawn.form.tables.items() if name != table}
    return _printed(drawn, replace(drawn.form, tables=tables))


def without_rows(drawn: Drawn, table: str, *rows: str) -> Drawn:
    """Return a drawn report whose table lacks rows; a group without rows is not printed either."""
    return _changed(drawn, table, lambda form: replace(form, rows=_shorter(form.rows, rows)))


def without_column(drawn: Drawn, table: str, column: str) -> Drawn:
    """Return a drawn report whose table lacks a column."""

    def change(form: TableForm) -> TableForm:
        rows = {
            name: item._replace(columns=tuple(one for one in item.columns if one != column))
            for name, item in form.rows.items.items()
        }
        return replace(form, columns=_shorter(form.columns, (column,)), rows=Axis(rows))

    return _changed(drawn, table, change)


def blanked(drawn: Drawn, table: str, *, by: str | None = None) -> Drawn:
    """Return a drawn report whose table is blank, or filled with a placeholder."""
    cells: dict[str, Any] = {key: by if key.startswith(f"{table}.") else value for key, value in drawn.cells.items()}
    return replace(drawn, cells=cells)


def _shorter(axis: Axis, without: tuple[str, ...]) -> Axis:
    items: dict[str, Item] = {}
    for name, item in axis.items.items():
        members = tuple(member for member in item.members if member not in without)
        if name not in without and bool(members) == bool(item.members):
            items[name] = item._replace(members=members)
    return Axis(items)


def _changed(drawn: Drawn, table: str, change: object) -> Drawn:
    assert callable(change)
    tables = {name: change(form) if name == table else form for name, form in drawn.form.tables.items()}
    return _printed(drawn, replace(drawn.form, tables=tables))


def _printed(drawn: Drawn, form: Form) -> Drawn:
    return replace(drawn, form=form, cells={key: drawn.cells[key] for key in form.slots})
