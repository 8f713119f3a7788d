"""Kind ``cell-state``: what the cells of a table may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.kinds.base import Compiled, Kind
from nianbao.language.evaluate import cell_name
from nianbao.language.mistakes import Mistake, nearest
from nianbao.model.finding import FAIL, PASS, Involved, Outcome
from nianbao.model.report import BLANK, MARK, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.base import Subject
    from nianbao.model.form import Form
    from nianbao.model.report import Cell
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    del merged
    named = rule.options.get("within")
    tables = tuple(
        table.id for table in form.tables.values() if named in (None, table.id, table.name.zh, table.name.en)
    )
    if not tables:
        known = [name for table in form.tables.values() for name in (table.id, table.name.zh)]
        raise Mistake(f"no table {named!r}{nearest(str(named), known)}", path=("within",))
    if rule.options["cell-state"] == "filled":
        return Compiled(lambda subject: _check_filled(tables, subject), {"": frozenset(("table", "count", "first"))})
    places = dict.fromkeys(("", "text", "negative", "fraction"), frozenset(("cell", "raw")))
    return Compiled(lambda subject: _check_values(tables, subject), places)


def _cells(tables: tuple[str, ...], subject: Subject) -> Iterator[Cell]:
    return (cell for key, cell in subject.report.cells.items() if key.split(".", 1)[0] in tables)


def _check_values(tables: tuple[str, ...], subject: Subject) -> Iterator[Outcome]:
    """Give one outcome for each cell that is not what its column asks for."""
    passed = True
    for cell in _cells(tables, subject):
        slot = subject.report.form.slot(cell.key)
        fault = _fault(cell, slot.column.value if slot is not None else "count")
        if fault:
            passed = False
            arguments = {"cell": cell_name(subject.report, cell.key), "raw": cell.raw[:40]}
            involved = (Involved(cell, "subject"),)
            yield Outcome(FAIL, fault, arguments, involved, location=cell.location, subject=cell.key)
    if passed:
        yield Outcome(PASS)


def _fault(cell: Cell, wanted: str) -> str:
    if cell.state == TEXT:
        return "text"
    if cell.value is None:
        return ""
    if cell.value < 0 and wanted != "change":
        return "negative"
    fraction = isinstance(cell.value, Decimal) and cell.value != cell.value.to_integral_value()
    return "fraction" if fraction and wanted != "amount" else ""


def _check_filled(tables: tuple[str, ...], subject: Subject) -> Iterator[Outcome]:
    """Give one outcome for each table that has cells without a figure."""
    for table in tables:
        empty = [cell for cell in _cells((table,), subject) if cell.state in (BLANK, MARK)]
        if not empty:
            yield Outcome(PASS, subject=table)
            continue
        first = cell_name(subject.report, empty[0].key)
        arguments = {"table": subject.report.form.tables[table].name, "count": len(empty), "first": first}
        involved = tuple(Involved(cell, "subject") for cell in empty)
        yield Outcome(FAIL, "", arguments, involved, location=empty[0].location, subject=table)


CELL_STATE = Kind(
    "cell-state",
    {
        "cell-state": {
            "description": "by-form: what its column asks for (count, amount, change); filled: a figure.",
            "enum": ["by-form", "filled"],
        },
        "within": {"type": "string", "description": "Table whose cells are looked at; all tables when missing."},
    },
    _compile,
)
