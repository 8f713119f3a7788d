"""Calculated cells: they are never overwritten, and are recalculated when the copy is opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.containers.package import tag_beside
from nianbao.editing.sheet.recounting import Recounting
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.sheets.parts import local
from nianbao.readers.sheets.workbook import span_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from nianbao.editing.sheet.book import WorkbookParts
    from nianbao.readers.sheets.workbook import Place

_FORMULA = Text(
    "{where}的数字是由公式算出来的，没有改动；请改公式所加的单元格",
    "{where} is calculated by a formula, and was not changed: put right the cells that it adds up",
)
_BEHIND = frozenset(
    (
        *("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"),
        *("fileRecoveryPr", "webPublishObjects", "extLst"),
    )
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RANGES = frozenset(("array", "dataTable"))


def is_calculated(root: Any, place: Place, *, cell: Any) -> bool:
    """Whether a cell is calculated, by its own formula or by that of a range that contains it."""
    spans = (span_of(formula.get("ref", "")) for formula in root.iter("{*}f") if formula.get("t") in _RANGES)
    return (cell is not None and cell.find("{*}f") is not None) or any(
        span.top <= place[0] <= span.bottom and span.left <= place[1] <= span.right for span in spans if span
    )


def calculated(where: Text) -> InputError:
    """Return the error for a calculated cell whose result is not the expected figure."""
    return InputError("calculated-cell", _FORMULA.format(where=where))


def count_anew(book: WorkbookParts, changed: Collection[str]) -> None:
    """Make programs recalculate the file when they open it, if it contains formulas.

    The results in the changed sheets have been updated before; results in other sheets are removed if they depend on a
    change.
    """
    has_formulas = [sheet for sheet in book.sheets if _HAS_FORMULA.search(book.parts.read(sheet.part))]
    for sheet in has_formulas:
        root = book.parts.tree(sheet.part)
        if Recounting(root).settle({}, named=changed):
            book.parts.put_tree(sheet.part, root)
    if has_formulas:
        _say_so(book)


def _say_so(book: WorkbookParts) -> None:
    """Set the workbook's flag for a full calculation when it is opened."""
    root = book.parts.tree(book.part)
    calculation = root.find("{*}calcPr")
    if calculation is None:
        calculation = root.makeelement(tag_beside(root, "calcPr"))
        kept = [number for number, child in enumerate(root) if local(child.tag) not in _BEHIND]
        root.insert(kept[-1] + 1 if kept else 0, calculation)
    calculation.set("fullCalcOnLoad", "1")
    book.parts.put_tree(book.part, root)
