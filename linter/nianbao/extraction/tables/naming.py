"""Assigns rows of a source to rows of the form if labels are split, lack their numbers, or are misspelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.extraction.tables.labels import ROW, Match
from nianbao.extraction.tables.rows import LabelledRow
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.rows import HeadLine
    from nianbao.model.document import TableCell
    from nianbao.model.form import Item

    Line = LabelledRow | HeadLine

_PARTS = 3
_MAX_LABEL_CHARS = 200
_MIN_RUN_ROWS = 2
_LONG_RUN = 7
_FIGURES_BEHIND = re.compile(r"[\d.+\-]{2,}$")


def named(lines: Sequence[Line], labels: Labels) -> list[Line]:
    """Name the rows whose own words are not certain, with the help of the rows around them."""
    kept = [line for line in lines if not isinstance(line, LabelledRow) or line.values or not _is_group(line)]
    if all(not isinstance(line, LabelledRow) or (line.match is not None and line.match.certain) for line in kept):
        return kept
    return _nearest(_placed(_joined(kept, labels), labels), labels)


def _is_group(row: LabelledRow) -> bool:
    return row.item is not None and row.item.is_group


def _joined(lines: list[Line], labels: Labels) -> list[Line]:
    """Join rows whose labels are parts of one label, with the figures in one of them, or between them."""
    result: list[Line | None] = list(lines)
    rows = [number for number, line in enumerate(lines) if isinstance(line, LabelledRow)]
    place = 0
    while place < len(rows):
        for end in range(min(len(rows), place + _PARTS), place + 1, -1):
            numbers = rows[place:end]
            row = _whole([part for number in numbers if isinstance(part := lines[number], LabelledRow)], labels)
            if row is not None:
                # The joined row is placed where its figures are, under the heads of their page.
                at = next(
                    (
                        number
                        for number in numbers
                        if isinstance(part_line := lines[number], LabelledRow) and part_line.filled
                    ),
                    numbers[0],
                )
                for number in numbers:
                    result[number] = row if number == at else None
                place = end - 1
                break
        place += 1
    return [line for line in result if line is not None]


def _whole(rows: Sequence[LabelledRow], labels: Labels) -> LabelledRow | None:
    """Return the row that rows are parts of: together their labels are one label, and their figures do not collide."""
    first, *others = rows
    if first.label is None or rows[-1].label is None:
        return None
    if any(row.match is not None or (row.label is None and not row.filled) for row in others):
        return None
    values = _together(rows)
    words = "".join(row.label.text for row in rows if row.label)
    if len(words) > _MAX_LABEL_CHARS:
        return None
    match = labels.plain_match(fold(words), among_values=True)
    if values is None or match is None or match.axis != ROW or first.item not in {None, match.item}:
        return None
    source = next((row for row in rows if row.filled), first)
    return source._replace(label=first.label, match=match, values=values)


def _together(rows: Sequence[LabelledRow]) -> tuple[TableCell, ...] | None:
    """Return the figures of the parts of a row: those of the only part with figures, else column by column from all."""
    filled = [row for row in rows if row.filled]
    if len(filled) <= 1:
        return (filled or rows)[0].values
    first, *others = filled
    if any(row.piece.shape != "grid" for row in filled):
        return None
    values = {(cell.column, cell.colspan): cell for cell in first.values}
    for row in others:
        if {(cell.column, cell.colspan) for cell in row.values} != values.keys():
            return None
        for cell in row.values:
            place = (cell.column, cell.colspan)
            if cell.text.strip() and values[place].text.strip():
                return None
            values[place] = cell if cell.text.strip() else values[place]
    return tuple(values.values())


def _placed(lines: list[Line], labels: Labels) -> list[Line]:
    """Drop uncertain names of rows that are not at their place in the form."""
    order = labels.row_order
    result = list(lines)
    certain = [
        order[line.item.id] if isinstance(line, LabelledRow) and _certain(line) and line.item else None
        for line in lines
    ]
    known = set(certain)
    for number, (low, high) in enumerate(_around(certain, len(order))):
        line = lines[number]
        if isinstance(line, LabelledRow) and line.item is not None and not _certain(line):
            place = order[line.item.id]
            fits = low < place < high if low < high else (place > low or place < high)
            if not fits or place in known:
                result[number] = line._replace(match=None)
    return result


def _around(places: Sequence[int | None], end: int) -> list[tuple[int, int]]:
    """Return for each line the place in the form of the nearest known row before it, and of the one after it."""
    highs = [end] * len(places)
    for number in range(len(places) - 2, -1, -1):
        behind = places[number + 1]
        highs[number] = highs[number + 1] if behind is None else behind
    bounds, low = [], -1
    for place, high in zip(places, highs, strict=True):
        bounds.append((low, high))
        low = low if place is None else place
    return bounds


def _certain(row: LabelledRow) -> bool:
    return row.match is not None and row.match.certain


def _nearest(lines: list[Line], labels: Labels) -> list[Line]:
    """Name misspelt labels, and labels joined to figures: they can only be rows between those of the neighbours."""
    order = labels.row_order
    result = list(lines)
    places = [
        order[line.item.id] if isinstance(line, LabelledRow) and line.item is not None else None for line in lines
    ]
    used_places = set(places)
    for number, (low, high) in enumerate(_around(places, len(order))):
        line = lines[number]
        if not isinstance(line, LabelledRow) or line.match is not None or line.label is None:
            continue
        if not line.values and not runs_on(line):
            continue
        between = [
            item
            for item in labels.table.rows.leaves
            if low < order[item.id] < high and order[item.id] not in used_places
        ]
        item = _glued(line, between, labels) or labels.closest(line.label.text, between)
        if item is not None:
            result[number] = line._replace(match=Match(ROW, item, certain=False))
            used_places.add(order[item.id])
    return result


def runs_on(row: LabelledRow) -> bool:
    """Whether the label of a row is uncertain and joined to figures."""
    return not _certain(row) and row.label is not None and _FIGURES_BEHIND.search(fold(row.label.text)) is not None


def is_run(row: LabelledRow, due: int) -> bool:
    """Whether the only figure of a row may be all its figures: one digit for each column, long or with a zero first."""
    filled = [cell.text.strip() for cell in row.values if cell.text.strip()]
    if due < _MIN_RUN_ROWS or len(filled) != 1:
        return False
    figure = filled[0]
    long = len(figure) >= _LONG_RUN or figure.startswith("0") or len(row.values) == 1
    return figure.isdecimal() and len(figure) >= due and long


def may_be_run(row: LabelledRow) -> bool:
    """Whether the only cell of a row might be several figures if its figure were longer."""
    due = len(row.item.columns) if row.item is not None else 0
    return due >= _MIN_RUN_ROWS and len(row.values) == 1


def _glued(row: LabelledRow, between: Sequence[Item], labels: Labels) -> Item | None:
    """Return the row whose label is joined to figures."""
    if row.label is None or not runs_on(row):
        return None
    match = labels.plain_match(_FIGURES_BEHIND.sub("", fold(row.label.text)), among_values=True)
    return match.item if match is not None and match.item in between else None
