"""Faults in cells: content that does not match what the form asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.dates import read_date
from nianbao.model.report import BLANK, MARK

if TYPE_CHECKING:
    from nianbao.model.report import Cell, Report


def fault_in(cell: Cell, report: Report) -> str:
    """Return the fault of a cell: ``text``, ``negative``, ``fraction`` or ``date``; "" where it has none.

    A blank or a mark is not a fault here.
    """
    if cell.state in (BLANK, MARK):
        return ""
    wanted = slot.value if (slot := report.form.slot(cell.key)) is not None else "count"
    if wanted == "text":
        return ""
    if wanted == "date":
        return "" if read_date(cell.raw) else "date"
    if cell.value is None:
        return "text"
    if cell.value < 0 and wanted != "change":
        return "negative"
    return "fraction" if cell.value != int(cell.value) and wanted != "amount" else ""
