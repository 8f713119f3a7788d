"""Figures of texts whose columns are in doubt: blanks have left no place, or heads are repeated for lost spans."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.extraction.tables.labels import is_torn
from nianbao.extraction.tables.rows import HeadLine, LabelledRow
from nianbao.extraction.tables.table_lines import lines_of
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Item

_BLANKS_LOST = Text(
    "所在的表里，空格没有留下位置，分不清各数属于哪一列；请另存为网页或 Word 再检查",
    "is in a table whose blank cells have left no place: which column its figures belong to cannot be told; "
    "save it as a page or Word file and check that",
)
_HEADS_REPEATED = Text(
    "上面的列名有重复，行里的数却不一样多，分不清各属哪一列；请另存为网页或 Word 再检查",
    "is under heads that are repeated, in a row with another number of figures: which column they belong to cannot be "
    "told; save it as a page or Word file and check that",
)
_HEADS_LACK = Text(
    "上面的列名不全或有重复，分不清各数属于哪一列；请另存为网页或 Word 再检查",
    "is under heads that lack a column or name one twice: which column the figures belong to cannot be told; save it "
    "as a page or Word file and check that",
)
_FEW = 2  # rows with too few figures that are more than a slip


def with_doubts(table: Table, labels: Labels) -> Table:
    """Return a table whose figures are marked if their number may agree with the form by accident."""
    if labels.table.layout == "strip":
        return table
    lines = list(lines_of(table, labels, first=True))
    doubts = dict(_under_odd_heads(lines, labels, loses_blanks=table.loses_blanks))
    if table.loses_blanks and _lacks_figures(lines):
        doubts |= {id(cell): _BLANKS_LOST for row in _rows(lines) for cell in row.values}
    return marked_cells(table, doubts)


def marked_cells(table: Table, doubts: Mapping[int, Text]) -> Table:
    """Return a table with doubts about some cells, by the ids of these."""
    if not doubts:
        return table
    cells = (cell._replace(doubt=cell.doubt or doubts.get(id(cell))) for cell in table.cells)
    return table._replace(cells=tuple(cells))


def rows_of(table: Table, labels: Labels) -> list[LabelledRow]:
    """Return the rows of a table with their labels."""
    return list(_rows(list(lines_of(table, labels, first=True))))


def _rows(lines: Sequence[LabelledRow | HeadLine]) -> Iterator[LabelledRow]:
    return (line for line in lines if isinstance(line, LabelledRow))


def _lacks_figures(lines: Sequence[LabelledRow | HeadLine]) -> bool:
    """Whether several rows have too few figures: then others may have too many."""
    short = sum(
        len(row.values) < len(row.item.columns)
        for row in _rows(lines)
        if row.item is not None and not row.item.is_group
    )
    return short >= _FEW


def _under_odd_heads(
    lines: Sequence[LabelledRow | HeadLine], labels: Labels, *, loses_blanks: bool
) -> Iterator[tuple[int, Text]]:
    """Yield the figures below heads that are repeated side by side, or belong to the rows of another group.

    Where blanks leave no place, all heads that are not exactly those of the row are odd.
    """
    heads: list[tuple[Item | None, TableCell]] = []
    before: LabelledRow | HeadLine | None = None
    new_group = False
    for line in lines:
        if isinstance(line, HeadLine):
            heads = [*(heads if isinstance(before, HeadLine) else ()), *line.heads]
            new_group = False
        elif line.item is not None and line.item.is_group and not line.filled:
            new_group = bool(heads)
        elif _are_repeated(heads):
            yield from ((id(cell), _HEADS_REPEATED) for cell in line.values)
        elif line.item is not None and (
            (new_group and _name_others(heads, line.item.columns))
            or (loses_blanks and not _are_whole(heads, line.item.columns, labels))
        ):
            yield from ((id(cell), _HEADS_LACK) for cell in line.values)
        before = line


def _name_others(heads: Sequence[tuple[Item | None, TableCell]], due: Collection[str]) -> bool:
    return any(item is not None and not item.is_group and item.id not in due for item, _cell in heads)


def _are_repeated(heads: Sequence[tuple[Item | None, TableCell]]) -> bool:
    names = [item.id if item is not None else None for item, _cell in heads]
    return any(one is not None and one == other for one, other in pairwise(names))


def _are_whole(heads: Sequence[tuple[Item | None, TableCell]], due: Sequence[str], labels: Labels) -> bool:
    """Whether heads name each column that is due once and no other; a misspelt or cut name counts."""
    names = sorted(item.id for item, _cell in heads if item is not None and not item.is_group)
    items = labels.table.columns.items
    lacking = [items[name] for name in due if name not in names]
    unknown = [cell.text for item, cell in heads if item is None]
    if not heads:
        return True
    found = [one for one in lacking if any(is_torn(text, one) or labels.closest(text, [one]) for text in unknown)]
    return sorted([*names, *(one.id for one in found)]) == sorted(due)
