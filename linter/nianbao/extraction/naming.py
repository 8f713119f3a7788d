"""Which row of the form each row of a source is: labels cut in two, without their numbers, misspelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.extraction.labels import ROW, Match, closest
from nianbao.extraction.rows import Row
from nianbao.extraction.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.labels import Labels
    from nianbao.extraction.rows import HeadLine
    from nianbao.model.form import Item

    Line = Row | HeadLine

_PARTS = 3
_FEWEST_IN_RUN = 2
_LONG_RUN = 7
_FIGURES_BEHIND = re.compile(r"[\d.+\-]{2,}$")


def named(lines: Sequence[Line], labels: Labels) -> list[Line]:
    """Name the rows that their own words do not name for certain, from what stands around them."""
    kept = [line for line in lines if not isinstance(line, Row) or line.values or not _is_group(line)]
    if all(not isinstance(line, Row) or (line.match is not None and line.match.certain) for line in kept):
        return kept
    return _nearest(_placed(_joined(kept, labels), labels), labels)


def _is_group(row: Row) -> bool:
    return row.item is not None and row.item.is_group


def _joined(lines: list[Line], labels: Labels) -> list[Line]:
    """Put rows together whose labels are parts of one, with the figures in one of them or between."""
    result: list[Line] = []
    used: set[int] = set()
    rows = [number for number, line in enumerate(lines) if isinstance(line, Row)]
    following = {number: rows[place + 1 : place + _PARTS] for place, number in enumerate(rows)}
    whole: dict[int, Row] = {}
    for number in rows:
        if number in used:
            continue
        for end in range(len(following[number]), 0, -1):
            numbers = [number, *following[number][:end]]
            row = _whole([lines[one] for one in numbers], labels)
            if row is not None:
                place = next((one for one in numbers if _has_figures(lines[one])), number)
                used.update(numbers)
                whole[place] = row
                break
    for number, line in enumerate(lines):
        if number in whole:
            result.append(whole[number])
        elif number not in used:
            result.append(line)
    return result


def _has_figures(line: Line) -> bool:
    return isinstance(line, Row) and line.filled


def _whole(parts: Sequence[Line], labels: Labels) -> Row | None:
    """Return the one row that rows are parts of: together their labels are one label, and one of them has figures."""
    rows = [part for part in parts if isinstance(part, Row)]
    first, *others = rows
    if first.label is None or all(row.label is None for row in others) or sum(row.filled for row in rows) > 1:
        return None
    if any(row.match is not None or (row.label is None and not row.filled) for row in others):
        return None
    if rows[-1].label is None:
        return None
    match = labels.plain_match(fold("".join(row.label.text for row in rows if row.label)), among_values=True)
    if match is None or match.axis != ROW or match.item is None or first.item not in (None, match.item):
        return None
    source = next((row for row in rows if row.filled), first)
    return source._replace(label=first.label, match=match)


def _placed(lines: list[Line], labels: Labels) -> list[Line]:
    """Drop the names of rows that are not certain and do not stand where the form has them."""
    order = labels.row_order
    result = list(lines)
    certain = [line.item.id if isinstance(line, Row) and _certain(line) and line.item else "" for line in lines]
    for number, line in enumerate(lines):
        if isinstance(line, Row) and line.item is not None and not _certain(line):
            place = order[line.item.id]
            low = next((order[name] for name in reversed(certain[:number]) if name), -1)
            high = next((order[name] for name in certain[number + 1 :] if name), len(order))
            fits = low < place < high if low < high else (place > low or place < high)
            if not fits or line.item.id in certain:
                result[number] = line._replace(match=None)
    return result


def _certain(row: Row) -> bool:
    return row.match is not None and row.match.certain


def _nearest(lines: list[Line], labels: Labels) -> list[Line]:
    """Name misspelt labels, each by the rows that the form has between its neighbours, and those with figures behind."""
    order = labels.row_order
    result = list(lines)
    taken = {line.item.id for line in lines if isinstance(line, Row) and line.item is not None}
    for number, line in enumerate(lines):
        if (
            not isinstance(line, Row)
            or line.match is not None
            or line.label is None
            or (not line.values and not runs_on(line))
        ):
            continue
        low = next((order[name] for name in map(_name, reversed(result[:number])) if name), -1)
        high = next((order[name] for name in map(_name, lines[number + 1 :]) if name), len(order))
        between = [item for item in labels.table.rows.leaves if low < order[item.id] < high and item.id not in taken]
        item = _glued(line, between, labels) or closest(line.label.text, between)
        if item is not None:
            result[number] = line._replace(match=Match(ROW, item, certain=False))
            taken.add(item.id)
    return result


def _name(line: Line) -> str:
    return line.item.id if isinstance(line, Row) and line.item is not None else ""


def runs_on(row: Row) -> bool:
    """Whether figures run into the label of a row that is not named for certain."""
    return not _certain(row) and row.label is not None and _FIGURES_BEHIND.search(fold(row.label.text)) is not None


def is_run(row: Row, due: int) -> bool:
    """Whether the one figure of a row may be all of them: as long as there are columns, and long or with a zero first."""
    filled = [cell.text.strip() for cell in row.values if cell.text.strip()]
    if due < _FEWEST_IN_RUN or len(filled) != 1:
        return False
    figure = filled[0]
    long = len(figure) >= _LONG_RUN or figure.startswith("0") or len(row.values) == 1
    return figure.isdecimal() and len(figure) >= due and long


def _glued(row: Row, between: Sequence[Item], labels: Labels) -> Item | None:
    """Return the row whose label stands before figures that run into it."""
    if row.label is None or not runs_on(row):
        return None
    match = labels.plain_match(_FIGURES_BEHIND.sub("", fold(row.label.text)), among_values=True)
    return match.item if match is not None and match.item in between else None
