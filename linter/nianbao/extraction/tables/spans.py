"""Blanks that a merged label has left behind it in a table of lines: the figures begin behind them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao.extraction.tables.doubts import marked_cells, rows_of
from nianbao.extraction.tables.rows import SourceTable
from nianbao.messages import Text
from nianbao.model.folding import fold
from nianbao.model.ordinals import ordinal

if TYPE_CHECKING:
    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.rows import LabelledRow
    from nianbao.model.document import Table

_BLANKS_OF_SPANS = Text(
    "前面的空格可能是行名合并留下的，也可能是没有填的数，分不清各数属于哪一列；请另存为网页或 Word 再检查",
    "is in a row that begins with blanks: whether they are left by a merged label or are figures that are not filled "
    "in cannot be told; save it as a page or Word file and check that",
)
_MIN_ROWS = 2
_NUMERALS = re.compile(r"[\d一二三四五六七八九十]+")


def without_spans(table: Table, labels: Labels) -> Table:
    """Return a table whose rows begin with their first figure, if merged labels have left blanks in some rows.

    A row may have as many such blanks as it has more cells than the form has columns, if it begins with them, and a
    figure follows. It has them if most rows with a label of the same kind, ``(1)`` or ``1.``, have as many. The figures
    of other rows with a blank at their beginning are in doubt.
    """
    if table.shape != "lines" or SourceTable(table).is_even:
        return table
    rows = [row for row in rows_of(table, labels) if row.item is not None and row.item.columns]
    if sum(_begins_blank(row, _spare(row)) for row in rows) < _MIN_ROWS:
        return table
    spares: dict[str, Counter[int]] = {}
    for row in rows:
        if _may_begin(row, _spare(row)) and row.values[-1].text.strip():
            spares.setdefault(_kind(row), Counter())[_spare(row)] += 1
    usual = {kind: _most(count) for kind, count in spares.items()}
    gone: set[int] = set()
    doubts: dict[int, Text] = {}
    for row in rows:
        spare = _spare(row)
        if row.loose or not row.values or row.values[0].text.strip():
            continue
        if usual.get(_kind(row)) == spare and (not spare or _may_begin(row, spare)):
            gone |= {id(cell) for cell in row.values[:spare]}
        else:
            doubts |= {id(cell): _BLANKS_OF_SPANS for cell in row.values}
    return marked_cells(table._replace(cells=tuple(cell for cell in table.cells if id(cell) not in gone)), doubts)


def _most(count: Counter[int]) -> int | None:
    """Return the number that more than half of several have."""
    (number, often), *_others = count.most_common(1)
    return number if often >= _MIN_ROWS and often * 2 > count.total() else None


def _spare(row: LabelledRow) -> int:
    return len(row.values) - len(row.item.columns) if row.item is not None and not row.loose else 0


def _begins_blank(row: LabelledRow, spare: int) -> bool:
    """Whether a row has more cells than columns, and begins with as many blanks."""
    return spare > 0 and not any(cell.text.strip() for cell in row.values[:spare])


def _may_begin(row: LabelledRow, spare: int) -> bool:
    """Whether the figures of a row may begin behind that many blanks."""
    if row.item is None or row.item.is_group or spare < 0:
        return False
    return (not spare or _begins_blank(row, spare)) and bool(row.values[spare].text.strip())


def _kind(row: LabelledRow) -> str:
    """Return the kind of ordinal that a label has."""
    return _NUMERALS.sub("0", ordinal(fold(row.label.text))) if row.label is not None else ""
