"""What stands far to the right of a sheet's content, such as a check of its sums, is read apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.readers.sheets.rows import is_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.readers.sheets.workbook import Sheet

_MIN_GAP = 3  # empty columns, more than between any others


def parts_across(sheet: Sheet) -> list[Sheet]:
    """Return the parts of a sheet from the left: two if the widest gap divides it, and the left one has rows of data.

    Hidden columns are no gap.
    """
    start = _widest_gap(sheet)
    if not start:
        return [sheet]
    left, right = _part(sheet, 0, start), _part(sheet, start, 1 << 20)
    return [left, right._replace(shapes=())] if _has_rows(left) else [sheet]


def _widest_gap(sheet: Sheet) -> int:
    """Return the first column behind the gap that is wider than all others; 0 if none is wide enough."""
    ends = {column: column for _row, column in (*sheet.cells, *sheet.ruled)}
    for span in sheet.spans:
        ends[span.left] = max(ends.get(span.left, 0), span.right)
    gaps = sorted(_gaps(sorted(ends.items()), sheet.hidden_columns), reverse=True)
    if not gaps or gaps[0][0] < _MIN_GAP or (len(gaps) > 1 and gaps[1][0] == gaps[0][0]):
        return 0
    return gaps[0][1]


def _gaps(reaches: list[tuple[int, int]], hidden: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the width of each gap between columns with content, and the column behind it."""
    last = reaches[0][0] if reaches else 0
    for column, end in reaches:
        if column > last + 1:
            yield sum(between not in hidden for between in range(last + 1, column)), column
        last = max(last, end)


def _part(sheet: Sheet, first: int, behind: int) -> Sheet:
    return sheet._replace(
        cells={place: text for place, text in sheet.cells.items() if first <= place[1] < behind},
        spans=tuple(span for span in sheet.spans if first <= span.left < behind),
        ruled=frozenset(place for place in sheet.ruled if first <= place[1] < behind),
    )


def _has_rows(sheet: Sheet) -> bool:
    """Whether a part has rows of its own: a label, and a figure behind it."""
    labels: dict[int, int] = {}
    figures: dict[int, int] = {}
    for (row, column), text in sheet.cells.items():
        if is_figure(text):
            figures[row] = max(figures.get(row, 0), column)
        else:
            labels[row] = min(labels.get(row, column), column)
    return any(row in labels and labels[row] < column for row, column in figures.items())
