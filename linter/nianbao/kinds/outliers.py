"""Comparisons of the figures of two years, and outliers among them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import cells_of
from nianbao.language.evaluate import cell_name
from nianbao.model.outcome import FAIL, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.report import Cell, Report

    Pair = tuple[Cell, Cell]


def pairs(subject: RuleContext, prior: Report, *, table: str) -> Iterator[Pair]:
    """Yield the cells of a table that hold a number in this year's and in last year's report."""
    earlier = prior.cells
    for cell in cells_of(subject, (table,)):
        before = earlier.get(cell.key)
        if before is not None and cell.value is not None and before.value is not None:
            yield cell, before


def far(compared: list[Pair], option: Mapping[str, Any], *, report: Report, prior: Report) -> Iterator[Outcome]:
    """Yield the figures that are many times last year's, or a small part of it."""
    factor, least = Decimal(str(option["factor"])), Decimal(str(option.get("at_least", 10)))
    for this, before in compared:
        low, high = sorted((this.value or 0, before.value or 0))
        if low >= 0 and high - low >= least and high >= factor * low:
            places = {"cell": cell_name(report, this.key), "this": this.value, "before": before.value}
            cells = (
                CellRef(this, "left", year=report.year),
                CellRef(before, "right", year=prior.year, source=prior.name),
            )
            outcome = Outcome(FAIL, "", places, cells, this.value, before.value)
            yield outcome._replace(location=this.location, subject=this.key)


def copied(compared: list[Pair], option: Mapping[str, Any], *, report: Report, prior: Report) -> Iterator[Outcome]:
    """Yield an outcome if so many figures of a table equal last year's that it may have been copied."""
    del prior
    filled = [pair for pair in compared if pair[0].value]
    same = [this for this, before in filled if this.value == before.value]
    if len(filled) >= option.get("cells", 5) and len(same) >= Decimal(str(option["repeated"])) * len(filled):
        cells = tuple(CellRef(this, "subject", year=report.year) for this in same)
        yield Outcome(FAIL, "", {"count": len(same), "of": len(filled)}, cells, location=same[0].location)
