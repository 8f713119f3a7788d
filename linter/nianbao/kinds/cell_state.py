"""Kind ``cell-state``: what the cells of a table may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.cell_lists import check_filled, check_units
from nianbao.kinds.faults import fault_in
from nianbao.kinds.groups import check_split, merged_in
from nianbao.kinds.kind import Compiled, Kind, cells_of, options_of, tables_of
from nianbao.language.evaluate import cell_name
from nianbao.model.outcome import FAIL, PASS, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form) -> Compiled:
    tables = tables_of(rule, form)
    if rule.options["cell-state"] == "split":
        groups = tuple(group for table in tables for group in merged_in(form.tables[table]))
        named = frozenset(("table", "group", "rows"))
        return Compiled(lambda subject: check_split(groups, subject.report), {"": named})
    listed = {"filled": check_filled, "no-units": check_units}.get(rule.options["cell-state"])
    if listed is not None:
        named = frozenset(("table", "count", "first"))
        return Compiled(lambda subject: listed(tables, subject), {"": named})
    places = dict.fromkeys(("", "text", "negative", "fraction", "date"), frozenset(("cell", "raw")))
    dated = any(slot.value == "date" for table in tables for slot in form.tables[table].slots.values())
    return Compiled(lambda subject: _check_values(tables, subject, dated=dated), places)


def _check_values(tables: tuple[str, ...], subject: RuleContext, *, dated: bool) -> Iterator[Outcome]:
    """Yield one outcome for each cell that does not hold what its column asks for; dates only if asked for."""
    cells = (cell for cell in cells_of(subject, tables) if dated or type(cell.value) is not int or cell.value < 0)
    faulty = [(cell, fault) for cell in cells if (fault := fault_in(cell, subject.report))]
    for cell, fault in faulty:
        places = {"cell": cell_name(subject.report, cell.key), "raw": cell.raw[:40]}
        yield Outcome(FAIL, fault, places, (CellRef(cell, "subject"),), location=cell.location, subject=cell.key)
    yield from () if faulty else (Outcome(PASS),)


CELL_STATE = Kind("cell-state", options_of("cell-state"), _compile)
