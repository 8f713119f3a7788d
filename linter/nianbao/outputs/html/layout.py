"""Tables of a form, laid out as in print: rows of boxes with their spans, including rows that a report adds."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text
from nianbao.outputs.html.words import each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.form import Axis, Item, TableForm


class LayoutBox(NamedTuple):
    """One box of a table: a head with its label and scope, a place for a figure with its key, or an empty box."""

    label: Text = Text()
    rowspan: int = 1
    colspan: int = 1
    scope: str = ""
    key: str | None = None


class Laid(NamedTuple):
    """A table laid out: the rows of its head, and its bodies, each of some rows."""

    head: tuple[tuple[LayoutBox, ...], ...]
    bodies: tuple[tuple[tuple[LayoutBox, ...], ...], ...]


class _Line(NamedTuple):
    """One row of figures: its item, the groups above it, and its columns."""

    item: Item
    groups: tuple[Item, ...]
    columns: tuple[str, ...]


@lru_cache(maxsize=32)
def lay_out(table: TableForm) -> Laid:
    """Lay a table out; a merged group of rows is one row."""
    lines = _lines(table)
    if table.layout == "strip":
        return _strip(table, lines)
    whole = tuple(column.id for column in table.columns.leaves)
    if not lines or any(line.columns == whole for line in lines):
        return _plain(table, lines)
    return _blocks(table, lines)


def _lines(table: TableForm) -> list[_Line]:
    axis = table.rows
    alone = {group.id: group for group in axis.groups if group.id in table.merged}
    covered = {member for group in alone.values() for member in group.members}
    whole = tuple(column.id for column in table.columns.leaves)
    return [
        _Line(item, _above(axis, item), whole if item.id in alone else item.columns)
        for item in axis.items.values()
        if item.id in alone or not (item.is_group or item.id in covered)
    ]


def _above(axis: Axis, item: Item) -> tuple[Item, ...]:
    """Return the groups above an item, the outermost first; an open group has no head of its own."""
    groups: list[Item] = []
    while item.parent is not None:
        item = axis.items[item.parent]
        if not item.is_open:
            groups.append(item)
    return tuple(reversed(groups))


def label_of(item: Item) -> Text:
    """Return the official words in Chinese, the name in English."""
    return each(lambda voice: voice.label(item))


def _caption(table: TableForm, rowspan: int, colspan: int) -> LayoutBox:
    words = table.captions[0] if table.captions else ""
    return LayoutBox(Text(words, words), rowspan, colspan)


def _plain(table: TableForm, lines: Sequence[_Line]) -> Laid:
    """Rows down and columns across, both under their groups."""
    width = 1 + max((len(line.groups) for line in lines), default=0)
    columns = [(column, _above(table.columns, column)) for column in table.columns.leaves]
    levels = 1 + max((len(groups) for _, groups in columns), default=0)
    heads = [tuple(_heads_at(level, columns, levels)) for level in range(levels)]
    heads[0] = (_caption(table, levels, width), *heads[0])
    seen: set[str] = set()
    rows = []
    for line in lines:
        new = [group for group in line.groups if group.id not in seen]
        seen.update(group.id for group in new)
        sides = [LayoutBox(label_of(group), _under(group, lines), 1, "rowgroup") for group in new]
        label = LayoutBox(label_of(line.item), 1, width - len(line.groups), "row")
        rows.append((*sides, label, *_figures(table, line, [column.id for column, _ in columns])))
    return Laid(tuple(heads), (tuple(rows),))


def _under(group: Item, lines: Iterable[_Line]) -> int:
    return sum(group in line.groups for line in lines)


def _heads_at(level: int, columns: Sequence[tuple[Item, tuple[Item, ...]]], levels: int) -> Iterator[LayoutBox]:
    """Give the heads of columns that begin at a level: groups span their columns, columns go down to the figures."""
    seen: set[str] = set()
    for column, groups in columns:
        if len(groups) == level:
            yield LayoutBox(label_of(column), levels - level, 1, "col")
        elif len(groups) > level and groups[level].id not in seen:
            group = groups[level]
            seen.add(group.id)
            yield LayoutBox(label_of(group), 1, sum(group in above for _, above in columns), "colgroup")


def _figures(table: TableForm, line: _Line, columns: Iterable[str]) -> Iterator[LayoutBox]:
    for column in columns:
        yield LayoutBox(key=f"{table.id}.{line.item.id}.{column}") if column in line.columns else LayoutBox()


def _blocks(table: TableForm, lines: Sequence[_Line]) -> Laid:
    """Blocks of rows, each under its group and its own heads."""
    widest = max(len(line.columns) for line in lines)
    bodies = []
    for (groups, columns), members in groupby(lines, key=lambda line: (line.groups[:1], line.columns)):
        spans = _spread(widest, len(columns))
        rows: list[tuple[LayoutBox, ...]] = [
            (LayoutBox(label_of(group), 1, widest + 1, "rowgroup"),) for group in groups
        ]
        heads = [
            LayoutBox(label_of(table.columns.items[column]), 1, span, "col")
            for column, span in zip(columns, spans, strict=True)
        ]
        rows.append((_caption(table, 1, 1), *heads))
        for line in members:
            figures = zip(_figures(table, line, columns), spans, strict=True)
            rows.append(
                (LayoutBox(label_of(line.item), 1, 1, "row"), *(box._replace(colspan=span) for box, span in figures))
            )
        bodies.append(tuple(rows))
    return Laid((), tuple(bodies))


def _spread(width: int, parts: int) -> list[int]:
    return [width // parts + (1 if number < width % parts else 0) for number in range(parts)]


def _strip(table: TableForm, lines: Sequence[_Line]) -> Laid:
    """All figures in one row: the labels of rows as upper heads, those of columns below them."""
    levels = 1 + max((len(line.groups) for line in lines), default=0)
    heads: list[list[LayoutBox]] = [[] for _ in range(levels + 1)]
    seen: set[str] = set()
    for line in lines:
        for level, group in enumerate(line.groups):
            if group.id not in seen:
                seen.add(group.id)
                span = sum(len(other.columns) for other in lines if group in other.groups)
                heads[level].append(LayoutBox(label_of(group), 1, span, "colgroup"))
        depth = len(line.groups)
        heads[depth].append(LayoutBox(label_of(line.item), 1, len(line.columns), "colgroup"))
        for column in line.columns:
            heads[depth + 1].append(LayoutBox(label_of(table.columns.items[column]), levels - depth, 1, "col"))
    figures = [box for line in lines for box in _figures(table, line, line.columns)]
    return Laid(tuple(tuple(row) for row in heads), ((tuple(figures),),))
