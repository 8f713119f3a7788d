"""Cells of a table that are not as they should be, as one outcome: without a figure, or with a unit behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import cells_of
from nianbao.language.evaluate import cell_name
from nianbao.model.outcome import FAIL, PASS, CellRef, Outcome
from nianbao.model.report import BLANK, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.report import Cell, Report


def check_filled(tables: tuple[str, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each table; one that is left blank as a whole is the subject of another rule."""
    for table in tables:
        cells = list(cells_of(subject, (table,)))
        blank = (cell for cell in cells if cell.state in (BLANK, MARK) and (cell.state == MARK or not cell.raw))
        empty = tuple(CellRef(cell, "subject") for cell in blank)
        yield _listed(() if all(cell.state == BLANK for cell in cells) else empty, table, report=subject.report)


def check_units(tables: tuple[str, ...], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each table; amounts of a column without a unit of its own need one in the cell."""
    for table in tables:
        unlike = (cell for cell in cells_of(subject, (table,)) if cell.raw and not cell.raw[-1].isdigit())
        yield _listed(
            tuple(CellRef(cell, "subject") for cell in unlike if _has_unit(cell, subject.report)),
            table,
            report=subject.report,
        )


def _has_unit(cell: Cell, report: Report) -> bool:
    """Whether a cell holds a figure with the unit that its column has."""
    slot = report.form.slot(cell.key)
    if slot is None or (slot.value == "amount" and slot.unit is None):
        return False
    due = (slot.unit,) if slot.unit is not None else report.form.patterns.get("unit_words", ())
    return any(cell.raw.endswith(unit) and cell.raw.removesuffix(unit)[-1:].isdigit() for unit in due)


def _listed(cells: tuple[CellRef, ...], table: str, *, report: Report) -> Outcome:
    """Return the outcome of a table in which some cells are not as they should be."""
    if not cells:
        return Outcome(PASS, subject=table)
    places = {
        "table": report.form.tables[table].name,
        "count": len(cells),
        "first": cell_name(report, cells[0].key),
    }
    return Outcome(FAIL, "", places, cells, location=cells[0].location, subject=table)
