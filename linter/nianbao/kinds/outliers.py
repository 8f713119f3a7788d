"""Figures of two years side by side, and what stands out among them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import cells_of
from nianbao.language.evaluate import cell_name
from nianbao.model.outcome import FAIL, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.model.report import Report

    Pair = tuple[CellRef, CellRef]


def pairs(report: Report, prior: Report, *, table: str) -> Iterator[Pair]:
    """Give the cells of a table that hold a number in this year's report and in that of the year before."""
    for cell in cells_of(report, (table,)):
        before = prior.cells.get(cell.key)
        if before is not None and cell.value is not None and before.value is not None:
            yield (
                CellRef(cell, "left", year=report.year),
                CellRef(before, "right", year=prior.year, source=prior.name),
            )


def far(found: list[Pair], option: Mapping[str, Any], *, report: Report) -> Iterator[Outcome]:
    """Give the figures that are many times last year's, or last year's many times them."""
    factor, least = Decimal(str(option["factor"])), Decimal(str(option.get("at_least", 10)))
    for this, before in found:
        low, high = sorted((this.value or 0, before.value or 0))
        if low >= 0 and high - low >= least and high >= factor * low:
            places = {"cell": cell_name(report, this.key), "this": this.value, "before": before.value}
            said = Outcome(FAIL, "", places, (this, before), this.value, before.value)
            yield said._replace(location=this.location, subject=this.key)


def copied(found: list[Pair], option: Mapping[str, Any], *, report: Report) -> Iterator[Outcome]:
    """Give an outcome where so many figures of a table are last year's that it may have been copied."""
    del report
    filled = [pair for pair in found if pair[0].value]
    same = tuple(this._replace(role="subject") for this, before in filled if this.value == before.value)
    if len(filled) >= option.get("cells", 5) and len(same) >= Decimal(str(option["repeated"])) * len(filled):
        yield Outcome(FAIL, "", {"count": len(same), "of": len(filled)}, same, location=same[0].location)
