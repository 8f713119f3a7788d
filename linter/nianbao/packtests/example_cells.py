"""Values of examples in cells, by the names that rules use."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.language.linear import cell_key
from nianbao.language.mistakes import Mistake
from nianbao.language.syntax import Name, parse
from nianbao.messages import Text
from nianbao.model.location import Location
from nianbao.model.report import BLANK, MARK, NUMBER, TEXT, ZERO, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.language.names import Scope
    from nianbao.model.form import Axis, Form, Item

_MARKS = frozenset(("/", "—", "-", "无", "N/A", "n/a"))


def zeros(form: Form) -> dict[str, Cell]:
    """Return the cells of a form, each with the figure 0, or blank if it is for a date or words."""
    return {
        key: Cell(key, 0, ZERO, "0", Location(line=line))
        if slot.holds_figure
        else Cell(key, None, BLANK, "", Location(line=line))
        for line, (key, slot) in enumerate(form.slots.items(), 1)
    }


def put(cells: dict[str, Cell], name: str, *, value: Any, scope: Scope) -> str:
    """Put a value into a cell and return its key; a named group of rows becomes one row, which replaces its members.

    Raises:
        Mistake: the name is not a cell, or is ambiguous.
    """
    tree = parse(str(name))
    if not isinstance(tree, Name):
        raise Mistake(Text(f"“{name}”不是单元格", f"{name!r} is no cell"), path=(name,))
    ref = scope.resolve(tree)
    columns = ref.row.columns if ref.row is not None else tuple(item.id for item in ref.table.columns.leaves)
    row, column = ref.row or _total(ref.table.rows), ref.column or _total(ref.table.columns, columns)
    if row is None or column is None:
        reason = Text(
            f"“{name}”没有写明是哪个单元格；写成 行.列", f"{name!r} leaves open which cell is meant; write row.column"
        )
        raise Mistake(reason, path=(name,))
    for member in row.members:
        for column_id in columns:
            cells.pop(
                cell_key(ref.table, row=ref.table.rows.items[member], column=ref.table.columns.items[column_id]), None
            )
    if row.is_group:
        for column_id in columns:
            beside = cell_key(ref.table, row=row, column=ref.table.columns.items[column_id])
            cells.setdefault(beside, _cell(beside, 0, scope.form))
    key = cell_key(ref.table, row=row, column=column)
    cells[key] = _cell(key, value, scope.form)
    return key


def keys_of(names: Iterable[str], scope: Scope) -> frozenset[str]:
    """Return the keys of cells that names stand for: tables, rows, groups of rows, columns, or single cells.

    Raises:
        Mistake: a name is none of these, or is ambiguous.
    """
    return frozenset(key for name in names for key in _keys_of(str(name), scope))


def _keys_of(name: str, scope: Scope) -> Iterator[str]:
    for table in scope.form.tables.values():
        if name in (table.id, table.name.zh, table.name.en):
            yield from table.slots
            return
    tree = parse(name)
    if not isinstance(tree, Name):
        raise Mistake(
            Text(f"“{name}”不是表、行、列或单元格", f"{name!r} is no table, row, column or cell"), path=(name,)
        )
    ref = scope.resolve(tree)
    for key, slot in ref.table.slots.items():
        if _is_of(slot.row, ref.row) and _is_of(slot.column, ref.column):
            yield key


def _is_of(item: Item, wanted: Item | None) -> bool:
    return wanted is None or item.id == wanted.id or item.id in wanted.members


def _total(axis: Axis, among: tuple[str, ...] | None = None) -> Item | None:
    """Return the default member for a name with an open axis: the total, or the only member."""
    leaves = [item for item in axis.leaves if among is None or item.id in among]
    return leaves[0] if len(leaves) == 1 else next((item for item in leaves if item.total_of), None)


def _cell(key: str, value: Any, form: Form) -> Cell:
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, int | Decimal):
        return Cell(key, value, NUMBER if value else ZERO, str(value))
    raw = "" if value is None else str(value)
    is_blank = not raw.strip() or form.tables[key.partition(".")[0]].is_placeholder(raw)
    return Cell(key, None, MARK if raw in _MARKS else BLANK if is_blank else TEXT, raw)
