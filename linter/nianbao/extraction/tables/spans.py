"""Blanks that a merged label has left behind it in a table of lines: the figures begin behind them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao.extraction.ordinals import ordinal
from nianbao.extraction.tables.rows import LabelledRow
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.extraction.tables.rows import HeadLine

    Line = LabelledRow | HeadLine

_MIN_ROWS = 2
_NUMERALS = re.compile(r"[\d一二三四五六七八九十]+")


def without_spans(lines: Sequence[Line]) -> list[Line]:
    """Return lines whose rows begin with their first figure, if merged labels have left blanks in some rows.

    A row may have as many such blanks as it has more cells than the form has columns, if it begins with them, and a
    figure follows. It has them if most rows with a label of the same kind, ``(1)`` or ``1.``, have as many. Of other
    rows with a blank at their beginning, none keeps as many cells as the form has columns.
    """
    spares: dict[str, Counter[int]] = {}
    for line in lines:
        if isinstance(line, LabelledRow) and _is_whole(line):
            spares.setdefault(_kind(line), Counter())[_spare(line)] += 1
    usual = {kind: spare for kind, count in spares.items() if (spare := _most(count)) is not None}
    if not any(usual.values()):
        return list(lines)
    return [_without(line, usual) if isinstance(line, LabelledRow) else line for line in lines]


def _most(count: Counter[int]) -> int | None:
    """Return the number that more than half of several have."""
    (number, often), *_others = count.most_common(1)
    return number if often >= _MIN_ROWS and often * 2 > count.total() else None


def _spare(row: LabelledRow) -> int:
    return len(row.values) - len(row.item.columns) if row.item is not None and not row.loose else 0


def _is_whole(row: LabelledRow) -> bool:
    """Whether a row has only blanks before the figures of its columns, and a figure in the first and in the last."""
    return _may_begin(row, _spare(row)) and bool(row.values[-1].text.strip())


def _may_begin(row: LabelledRow, spare: int) -> bool:
    """Whether the figures of a row may begin behind that many blanks."""
    if row.item is None or row.item.is_group or not row.item.columns or spare < 0:
        return False
    return bool(row.values[spare].text.strip()) and not any(cell.text.strip() for cell in row.values[:spare])


def _kind(row: LabelledRow) -> str:
    """Return the kind of ordinal that a label has."""
    return _NUMERALS.sub("0", ordinal(fold(row.label.text))) if row.label is not None else ""


def _without(row: LabelledRow, usual: Mapping[str, int]) -> LabelledRow:
    if row.item is None or row.loose or not row.values or row.values[0].text.strip():
        return row
    spare = _spare(row)
    if usual.get(_kind(row)) == spare and (spare == 0 or _may_begin(row, spare)):
        return row._replace(values=row.values[spare:])
    return row._replace(values=row.values[1:]) if spare == 0 else row
