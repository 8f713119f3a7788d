"""Hidden columns of a sheet: who opens it does not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.readers.sheets.workbook import MergedRange, Place, Sheet


def without_hidden_columns(sheet: Sheet) -> Sheet:
    """Return a sheet without the cells of hidden columns; a merged cell that reaches into others stays."""
    hidden = sheet.hidden_columns
    if not hidden:
        return sheet
    seen = {(span.top, span.left) for span in sheet.spans if span.left in hidden and not _is_within(span, hidden)}

    def stays(place: Place) -> bool:
        return place[1] not in hidden or place in seen

    return sheet._replace(
        cells={place: text for place, text in sheet.cells.items() if stays(place)},
        spans=tuple(span for span in sheet.spans if stays((span.top, span.left))),
        ruled=frozenset(filter(stays, sheet.ruled)),
        uncounted=tuple(filter(stays, sheet.uncounted)),
        doubts={place: doubt for place, doubt in sheet.doubts.items() if stays(place)},
    )


def hidden_cells(sheet: Sheet) -> list[Place]:
    """Return the cells of a sheet that are left out with its hidden columns."""
    if not sheet.hidden_columns:
        return []
    return sorted(sheet.cells.keys() - without_hidden_columns(sheet).cells.keys())


def _is_within(span: MergedRange, columns: frozenset[int]) -> bool:
    return all(column in columns for column in range(span.left, span.right + 1))
