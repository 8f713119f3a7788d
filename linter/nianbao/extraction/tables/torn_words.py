"""Labels that are broken over cells of a flow, or over lines: joined if that gives exactly a label of the form."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.extraction.numbers import is_value
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell

_MAX_PARTS = 6
_MAX_PART_CHARS = 30


def with_whole_words(table: Table, labels: Labels) -> Table:
    """Return a flow in which the parts of broken labels are one cell each.

    Parts are joined if they are not labels themselves and nothing else can be made of them: where two labels could
    share a part, neither is joined.
    """
    if table.shape != "flow":
        return table
    cells = table.cells
    known = [labels.match(cell.text, among_values=False) is not None for cell in cells]
    if all(name or is_value(cell.text) for name, cell in zip(known, cells, strict=True)):
        return table
    ranges = list(_wholes(cells, known, labels))
    clear = [one for one in ranges if not any(_overlap(one, other) for other in ranges if other is not one)]
    if not clear:
        return table
    ends = {one.start: one.stop for one in clear}
    whole: list[TableCell] = []
    number = 0
    while number < len(cells):
        end = ends.get(number, number + 1)
        text = "".join(cell.text for cell in cells[number:end])
        whole.append(cells[number]._replace(text=text, column=len(whole)))
        number = end
    return table._replace(cells=tuple(whole))


def _wholes(cells: Sequence[TableCell], known: Sequence[bool], labels: Labels) -> Iterator[range]:
    """Yield the runs of adjacent cells that together are a label; for each beginning, the shortest."""
    exact = labels.rows.exact.keys() | labels.columns.exact.keys()
    for begin in range(len(cells)):
        words = ""
        for end in range(begin, min(len(cells), begin + _MAX_PARTS)):
            text = cells[end].text
            if is_value(text) or len(text) > _MAX_PART_CHARS:
                break
            words += fold(text)
            if end > begin and words in exact and not all(known[begin : end + 1]):
                yield range(begin, end + 1)
                break


def _overlap(first: range, second: range) -> bool:
    return first.start < second.stop and second.start < first.stop


def with_whole_lines(table: Table, labels: Labels) -> Table:
    """Return a table of lines in which a label that is broken at the end of a line is one cell, and its lines one."""
    if table.shape != "lines":
        return table
    lines = [list(line) for _row, line in groupby(table.cells, lambda cell: cell.row)]
    exact = labels.rows.exact.keys() | labels.columns.exact.keys()
    joined: list[list[TableCell]] = []
    number = 0
    while number < len(lines):
        line, number = lines[number], number + 1
        while (count := _continued(line, lines[number : number + _MAX_PARTS], labels, exact)) > 0:
            rest = lines[number : number + count]
            text = "".join([line[-1].text, *(cells[0].text for cells in rest)])
            line = [*line[:-1], line[-1]._replace(text=text), *rest[-1][1:]]
            number += count
        joined.append(line)
    if len(joined) == len(lines):
        return table
    cells = (cell._replace(row=line[0].row, column=column) for line in joined for column, cell in enumerate(line))
    return table._replace(cells=tuple(cells))


def _continued(
    line: Sequence[TableCell], following: Sequence[Sequence[TableCell]], labels: Labels, exact: Collection[str]
) -> int:
    """Return how many lines go on with the last word of a line of words; 0 if none does."""
    if not line[-1].text.strip() or any(is_value(cell.text) and cell.text.strip() for cell in line):
        return 0
    parts = [line[-1]]
    for count, cells in enumerate(following, 1):
        parts.append(cells[0])
        if is_value(cells[0].text):
            return 0
        known = all(labels.match(part.text, among_values=False) is not None for part in parts)
        if not known and fold("".join(part.text for part in parts)) in exact:
            return count
        if len(cells) > 1:
            return 0
    return 0
