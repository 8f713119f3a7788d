"""Labels that a text laid out with spaces has broken over lines: joined if that gives exactly labels of the form."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.numbers import is_value
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell

_MAX_LINES = 20  # of one label, and of heads


def unwrapped(table: Table, labels: Labels) -> Table:
    """Return a table of lines with spaces between the cells in which broken labels are whole.

    The labels of rows are put together from the last words of the lines around their figures, and the heads of columns
    from the words above the first figures, line by line from left to right.
    """
    if table.shape != "lines" or not table.loses_blanks:
        return table
    lines = [list(line) for _row, line in groupby(table.cells, lambda cell: cell.row)]
    first = next((number for number, line in enumerate(lines) if _has_figures(line)), len(lines))
    words = labels.columns.exact.keys() | labels.rows.exact.keys() | labels.captions
    heads = filter(None, _whole_heads(lines[:first], words)) if first <= _MAX_LINES else lines[:first]
    rows = _whole_rows([*heads, *lines[first:]], labels.rows.exact.keys())
    cells = (cell._replace(column=column) for line in rows for column, cell in enumerate(line))
    return table._replace(cells=tuple(cells))


def _has_figures(line: Sequence[TableCell]) -> bool:
    return is_value(line[-1].text)


def _begins(words: str, labels: Collection[str]) -> bool:
    return any(label.startswith(words) for label in labels)


class _Place(NamedTuple):
    """Where a word of the heads stands: its line, and its place in the line."""

    line: int
    cell: int


def _whole_heads(lines: Sequence[Sequence[TableCell]], labels: Collection[str]) -> Iterator[list[TableCell]]:
    """Yield lines of heads; words that complete those of a line above are joined to these, in their order."""
    texts: dict[_Place, str] = {}
    parts: dict[_Place, set[_Place]] = {}
    open_: list[_Place] = []
    for row, line in enumerate(lines):
        at = 0
        for number, cell in enumerate(line):
            text, place = fold(cell.text), _Place(row, number)
            goes_on = [
                n for n in range(at, len(open_)) if open_[n].line < row and _begins(texts[open_[n]] + text, labels)
            ]
            if text in labels or not goes_on:
                texts[place], parts[place] = text, {place}
                at = len([one for one in open_ if one <= place]) if text in labels else at
                open_.append(place)
            else:
                texts[open_[goes_on[0]]] += text
                parts[open_[goes_on[0]]].add(place)
                at = goes_on[0] + 1
    whole = {place for place in texts if len(parts[place]) > 1 and texts[place] in labels}
    gone = {part for place in whole for part in parts[place] if part != place}
    for row, line in enumerate(lines):
        kept = []
        for number, cell in enumerate(line):
            place = _Place(row, number)
            if place in whole:
                kept.append(cell._replace(text="".join(lines[one.line][one.cell].text for one in sorted(parts[place]))))
            elif place not in gone:
                kept.append(cell)
        yield kept


def _whole_rows(lines: Sequence[Sequence[TableCell]], labels: Collection[str]) -> Iterator[list[TableCell]]:
    """Yield lines with figures whose labels are whole, and the other lines that are no part of a label."""
    numbers = [number for number, line in enumerate(lines) if _has_figures(line)]
    gone: set[int] = set()
    whole: dict[int, list[TableCell]] = {}
    for place, number in enumerate(numbers):
        above = range(numbers[place - 1] + 1 if place else 0, number)
        below = range(number + 1, numbers[place + 1] if place + 1 < len(numbers) else len(lines))
        found = _label_of(lines, number, (above, below), labels=labels, gone=gone)
        if found:
            gone |= set(found) - {number}
            line = lines[number]
            at = _label_place(line)
            text = "".join(lines[one][_label_place(lines[one])].text for one in found)
            whole[number] = [*line[:at], line[at]._replace(text=text), *line[at + 1 :]]
    for number, line in enumerate(lines):
        if number not in gone:
            yield whole.get(number, list(line))


def _label_place(line: Sequence[TableCell]) -> int:
    """Return the place of the last words of a line; -1 if it has none."""
    return max((place for place, cell in enumerate(line) if not is_value(cell.text)), default=-1)


def _label_of(
    lines: Sequence[Sequence[TableCell]],
    number: int,
    around: tuple[range, range],
    *,
    labels: Collection[str],
    gone: Collection[int],
) -> list[int]:
    """Return the lines whose last words together are the label of a row; nothing if they are not, or it is whole."""
    above, below = ([one for one in side if one not in gone][:_MAX_LINES] for side in around)
    if _label_place(lines[number]) < 0:
        return []
    ways: dict[str, list[int]] = {}
    for start in range(len(above) + 1):
        must = [*above[len(above) - start :], number]
        words, used = "", list[int]()
        for one in (*must, *below):
            longer = words + fold(lines[one][_label_place(lines[one])].text)
            if _begins(longer, labels):
                words = longer
                used.append(one)
            elif one in must:
                break
        if words in labels and len(used) > 1 and set(must) <= set(used):
            ways[words] = used
    return next(iter(ways.values())) if len(ways) == 1 else []
