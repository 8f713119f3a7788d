"""The heads over the figures of a table: the column of each head, and the order of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.tables.labels import is_torn
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.rows import HeadLine, SourceTable
    from nianbao.model.document import TableCell
    from nianbao.model.form import Item


_MAX_COLUMNS = 1000
_MAX_HEADS = 2500  # more than any real table has


class Head(NamedTuple):
    """A head: its column, or ``None`` for unknown words, and its cell."""

    column: str | None
    cell: TableCell


class Heads(NamedTuple):
    """The heads over rows: one for each column, from left to right.

    Attributes:
        leaves: The heads of columns.
        piece: Their source table.
        in_columns: Whether the columns of the source decide which cells are under a head.
        torn: Whether a line of heads has too few or too many cells.
        blanks: Blank cells among the heads.
        printed: The columns, in the order of the form, if each line of heads has them in that order; ``None`` if a line
            has another order, if there are unknown words among them, or if a head stands twice.
        broken: Whether the words of heads stand outside their cells, or those of several in one cell.
        is_one_line: Whether all stand in one line of the source.
    """

    leaves: tuple[Head, ...]
    piece: SourceTable | None = None
    in_columns: bool = False
    torn: bool = False
    blanks: tuple[TableCell, ...] = ()
    printed: tuple[str, ...] | None = None
    broken: bool = False
    is_one_line: bool = False

    def reach(self, piece: SourceTable) -> bool:
        """Whether columns decide which cells of this source table, on the same or another page, are under a head."""
        return self.in_columns and self.piece is not None and _have_same_columns(self.piece, piece)


NO_HEADS = Heads(())


def heads_of(lines: Sequence[HeadLine], labels: Labels) -> Heads | None:
    """Return the columns that lines of heads name; ``None`` for lines without a column.

    Heads of an earlier source table count only if it has the same columns as the last one: those of two source tables
    are never taken in one order.
    """
    last = lines[-1].piece
    own = [line for line in lines if line.piece is last]
    both = [
        line for line in lines if line.piece is last or (last.shape == "grid" and _have_same_columns(last, line.piece))
    ]
    lines = own if _collide([entry for line in both for entry in line.heads]) else both
    ordering = _Ordering(labels, lines)
    entries = ordering.entries
    corner = next((place for place, (item, _cell) in enumerate(entries) if item is not None), 0)
    if not any(item is None or not item.is_group for item, _cell in entries[corner:]):
        return None
    rows = [(line.piece, line.heads[0][1].row) for line in lines if line.heads]
    across = ordering.across()
    in_columns = all(piece.has_columns(row) for piece, row in rows) and not _collide(entries)
    in_columns = in_columns and (last.shape != "grid" or ordering.is_sound(across))
    torn = any(piece.is_odd(row) for piece, row in rows)
    ordered = across if in_columns else ordering.by_level()
    blanks = tuple(cell for line in lines for cell in line.blanks) if in_columns else ()
    heads = ordering.repaired(ordered)
    is_one_line = last.shape != "flow" and len(rows) == 1
    return Heads(tuple(heads), last, in_columns, torn, blanks, ordering.printed, ordering.is_broken(heads), is_one_line)


def _have_same_columns(first: SourceTable, second: SourceTable) -> bool:
    """Whether the columns of two source tables are the same ones, as on two pages of a table."""
    if first is second:
        return True
    same_width = first.edge == second.edge if first.shape == "grid" else first.usual == second.usual
    return first.shape == second.shape and same_width


def _columns(cell: TableCell) -> range:
    return range(cell.column, cell.column + min(cell.colspan, _MAX_COLUMNS))


def _collide(entries: Sequence[tuple[Item | None, TableCell]]) -> bool:
    """Whether heads of different columns are above each other: then their positions are not reliable."""
    owners: dict[int, str] = {}
    for item, cell in entries:
        if item is not None and not item.is_group:
            for column in _columns(cell):
                if owners.setdefault(column, item.id) != item.id:
                    return True
    return False


class _Ordering:
    """Sorts the heads of a table in the order of their columns."""

    def __init__(self, labels: Labels, lines: Sequence[HeadLine]) -> None:
        self.labels = labels
        self.lines = lines
        self.entries = [entry for line in lines for entry in line.heads][:_MAX_HEADS]

    def across(self) -> list[Head]:
        """Return the heads of columns from left to right; words over other heads are not columns."""
        named = {(item.id, cell.column): cell for item, cell in self.entries if item and not item.is_group}
        known = [Head(name, cell) for (name, _column), cell in named.items()]  # heads may be printed twice
        lowest: dict[int, int] = {}
        for _item, cell in self.entries:
            for column in _columns(cell):
                lowest[column] = max(lowest.get(column, 0), cell.row)
        known += [
            Head(None, cell)
            for item, cell in self.entries
            if item is None and all(lowest[column] <= cell.row for column in _columns(cell))
        ]
        return sorted(known, key=lambda head: head.cell.column)

    @property
    def printed(self) -> tuple[str, ...] | None:
        """The columns in the order of the form, if the heads are as the form prints them: see ``Heads``."""
        names = [None if item is None else item.id for item, _cell in self.entries if item is None or not item.is_group]
        names = names[next((place for place, name in enumerate(names) if name is not None), len(names)) :]
        columns = self.labels.leaf_columns
        if None in names or len(set(names)) < len(names):
            return None
        order = {name: place for place, name in enumerate(columns)}
        for line in self.lines:
            groups = [item.members or (item.id,) for item, _cell in line.heads if item is not None]
            places = [min((order[name] for name in group if name in order), default=-1) for group in groups]
            if places != sorted(set(places)):
                return None
        return tuple(name for name in columns if name in names)

    def is_broken(self, heads: Sequence[Head]) -> bool:
        """Whether words of heads stand outside their cells, or unknown words hold those of a column without a head."""
        if any(cell.row in line.piece.broken for line in self.lines if line.piece.broken for _item, cell in line.heads):
            return True
        known = {head.column for head in heads}
        named = {id(head.cell) for head in heads if head.column is not None}
        unknown = [fold(cell.text) for item, cell in self.entries if item is None and id(cell) not in named]
        lacking = [item for item in self.labels.table.columns.leaves if item.id not in known] if unknown else []
        return any(fold(label) in words for item in lacking for label in item.labels for words in unknown)

    def is_sound(self, across: Sequence[Head]) -> bool:
        """Whether the spans of heads agree with each other and with their order in the source.

        Heads that stand as the form prints them must also be in the form's order by their columns.
        """
        if not all(self._fits(group, cell, across) for group, cell in self._groups()):
            return False
        printed = self.printed
        return printed is None or printed == tuple(head.column for head in across)

    def _groups(self) -> list[tuple[Item, TableCell]]:
        """Return the heads of groups; those that repeat one head for each of its columns are one."""
        groups: list[tuple[Item, TableCell]] = []
        for item, cell in self.entries:
            if item is None or not item.is_group:
                continue
            before = next((one for group, one in groups if group is item and one.row == cell.row), None)
            if before is not None and before.column + before.colspan == cell.column:
                groups.remove((item, before))
                groups.append((item, before._replace(colspan=before.colspan + cell.colspan)))
            else:
                groups.append((item, cell))
        return groups

    def _fits(self, group: Item, cell: TableCell, across: Sequence[Head]) -> bool:
        """Whether the head of a group spans the heads of its columns, and at most those of their totals beside them.

        A head whose span is lost, as in a sheet without merged cells, reaches to the next head of its line.
        """
        items = self.labels.table.columns.items
        reach = cell if cell.colspan > 1 else cell._replace(colspan=self._next(cell) - cell.column)
        under = [head for head in across if begins_under(head.cell, reach)]
        names = {head.column for head in under if head.column is not None}
        members = {head.column for head in across if head.column in group.members}
        totals = {name for name in names if items[name].total_of == group.id}
        return not members or members <= names <= members | totals

    def _next(self, cell: TableCell) -> int:
        """Return the column of the next head in the line of a head."""
        columns = (
            other.column for _item, other in self.entries if other.row == cell.row and other.column > cell.column
        )
        return min(columns, default=cell.column + _MAX_COLUMNS)

    def by_level(self) -> list[Head]:
        """Return the heads of columns from left to right where only their lines are known.

        The heads come level by level, so the place of a group is the place of its members.
        """
        names = [item.id for item, _cell in self.entries if item is not None and not item.is_group]
        if names == [name for name in self.labels.level_order if name in set(names)]:
            return self._in_order()
        order: list[tuple[Item | None, TableCell]] = []
        for item, cell in self.entries:
            family = self._family(item) if item is not None else set()
            places = [place for place, (other, _cell) in enumerate(order) if other is not None and other.id in family]
            order.insert(max(places, default=len(order) - 1) + 1, (item, cell))
        return [Head(i.id if i is not None else None, cell) for i, cell in order if i is None or not i.is_group]

    def _in_order(self) -> list[Head]:
        """Sort heads that are printed as in the form into its order; an unknown head stays behind its predecessor."""
        items = self.labels.table.columns.items
        places = {name: place for place, name in enumerate(self.labels.leaf_columns)}
        ordered: list[tuple[float, int, Head]] = []
        last = -1.0
        for number, (item, cell) in enumerate(self.entries):
            if item is None:
                ordered.append((last, number, Head(None, cell)))
                continue
            last = max((places[name] for name in items[item.id].members or (item.id,) if name in places), default=last)
            if not item.is_group:
                ordered.append((last, -1, Head(item.id, cell)))
        return [head for _place, _number, head in sorted(ordered, key=lambda entry: entry[:2])]

    def _family(self, item: Item) -> set[str]:
        """Return the ids of all items in the nearest group above an item that has its own head."""
        items = self.labels.table.columns.items
        seen = {head.id for head, _cell in self.entries if head is not None}
        parent = item.parent
        while parent is not None and parent not in seen:
            parent = items[parent].parent
        if parent is None:
            return set()
        inner = {
            name for name, other in items.items() if other.members and set(other.members) <= set(items[parent].members)
        }
        return {*items[parent].members, *inner}

    def repaired(self, heads: list[Head]) -> list[Head]:
        """Name torn or misspelt heads: each run of them can only be the columns that the form has at its place."""
        if all(head.column is not None for head in heads):
            return heads
        columns = self.labels.leaf_columns
        used_columns = {head.column for head in heads}
        result = list(heads)
        for number, head in enumerate(heads):
            if head.column is not None or (number and heads[number - 1].column is None):
                continue
            end = next((n for n in range(number, len(heads)) if heads[n].column is not None), len(heads))
            low = columns.index(name) if number and (name := heads[number - 1].column) else -1
            high = columns.index(name) if end < len(heads) and (name := heads[end].column) else len(columns)
            between = [name for name in columns[low + 1 : max(high, low + 1)] if name not in used_columns]
            for place, name in zip(range(number, end), self._meant(heads[number:end], between), strict=False):
                result[place] = Head(name, heads[place].cell)
        return result

    def _meant(self, heads: Sequence[Head], columns: Sequence[str]) -> list[str | None]:
        """Return the column of each of several adjacent unknown heads, in the form's order, or ``None``."""
        items = self.labels.table.columns.items
        wanted = [
            [name for name in columns if is_torn(head.cell.text, items[name])]
            or [
                item.id
                for item in [self.labels.closest(head.cell.text, [items[name] for name in columns])]
                if item is not None
            ]
            for head in heads
        ]
        if len({name for names in wanted for name in names}) != sum(1 for names in wanted if names):
            return [None] * len(heads)
        meant: list[str | None] = []
        rest = list(columns)
        for names in wanted:
            name = next((column for column in rest if column in names), None)
            meant.append(name)
            rest = rest[rest.index(name) + 1 :] if name is not None else rest
        return (
            meant
            if sum(name is not None for name in meant) == sum(1 for names in wanted if names)
            else [None] * len(heads)
        )


def begins_under(cell: TableCell, head: TableCell) -> bool:
    """Whether the first column of a cell is under a head: the edges of cells in a text document may differ slightly."""
    return head.column <= cell.column < head.column + head.colspan


def overlap(first: TableCell, second: TableCell) -> bool:
    """Whether two cells have a column in common."""
    return first.column < second.column + second.colspan and second.column < first.column + first.colspan
