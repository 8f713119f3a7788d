"""Tables whose cells are all in one row, under two levels of heads; in one source table or in several."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction import reasons
from nianbao.extraction.tables.heads import begins_under, overlap
from nianbao.extraction.tables.labels import COLUMN, ROW, Match, is_torn
from nianbao.extraction.tables.rows import SourceTable, is_figure, is_remark
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.messages import Text
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Item

_END = 10**6  # behind all columns


class StripCells(NamedTuple):
    """Source cells by cell key, and the reasons why the strip could not be read, by cell key or the table's id.

    ``is_clear`` is whether all heads over figures were understood.
    """

    cells: dict[str, TableCell]
    odd: dict[str, Text]
    is_clear: bool = False


class _Part(NamedTuple):
    """Heads of a source, and the run of figures behind them."""

    heads: tuple[tuple[TableCell, Match | None], ...]
    values: tuple[TableCell, ...]
    piece: SourceTable
    turned: bool


def align_strip(tables: Sequence[Table], labels: Labels) -> StripCells:
    """Assign the figures of a strip to its heads: by position in a true grid, else in the order of the heads.

    Heads may be torn (only the first words of a label); then all of them must be found in the form's order. The result
    is empty for a transposed strip, with figures behind the labels of its rows.
    """
    parts = [_with_names(part, labels) for table in tables for part in _parts(SourceTable(table), labels)]
    if any(part.turned for part in parts):
        return StripCells({}, {})
    cells: dict[str, TableCell] = {}
    odd: dict[str, Text] = {}
    differing: dict[str, tuple[TableCell, TableCell]] = {}
    for part in parts:
        if not part.values:
            continue
        broken = not part.piece.broken.isdisjoint(
            {cell.row for cell, _match in part.heads} | {cell.row for cell in part.values}
        )
        placed = None if broken else _by_place(part, labels) or _by_order(part, labels)
        if placed is None:
            odd[labels.table.id] = _odd(part, labels)
        for key, cell in (placed or {}).items():
            known = cells.setdefault(key, cell)
            if fold(known.text) != fold(cell.text):
                differing[key] = (known, cell)
    odd |= reasons.twice(labels.table, differing)
    if not any(part.values for part in parts) and (
        last := next((part for part in parts if _is_whole(part, labels)), None)
    ):
        odd[labels.table.id] = reasons.no_strip_figures(labels.table, last.heads[-1][0].location)
    is_clear = not odd and all(match is not None for part in parts if part.values for _cell, match in part.heads)
    if labels.table.id in odd and (heads := next(filter(None, (_down(table, labels) for table in tables)), None)):
        odd[labels.table.id] = reasons.on_its_side(labels.table, heads)
    return StripCells({key: cell for key, cell in cells.items() if key not in odd}, odd, is_clear)


def _is_whole(part: _Part, labels: Labels) -> bool:
    """Whether a part has a head for each figure of the form."""
    named = sum(match is not None and not _is_upper(match) for _cell, match in part.heads)
    return named == len(labels.table.slots)


def _down(table: Table, labels: Labels) -> list[TableCell]:
    """Return the heads of a source table that lies on its side; empty for others.

    Each row has one head of a column and at most one figure, all figures stand in one column, and no head is lacking.
    """
    if table.shape == "flow":
        return []
    heads: list[TableCell] = []
    names: set[str] = set()
    places: set[int] = set()
    for _row, cells in groupby(table.cells, lambda cell: cell.row):
        row = [cell for cell in cells if cell.text.strip()]
        figures = [cell for cell in row if is_figure(cell.text, labels)]
        named = [(cell, labels.match(cell.text, among_values=False)) for cell in row if cell not in figures]
        leaves = [(cell, match) for cell, match in named if match is not None and not _is_upper(match)]
        if len(leaves) != 1 or len(figures) > 1:
            return []
        (head, match) = leaves[0]
        heads.append(head)
        names |= {match.item.id} if match.item is not None else set()
        places |= {cell.column for cell in figures}
    return heads if len(places) == 1 and names >= set(labels.leaf_columns) else []


def _odd(part: _Part, labels: Labels) -> Text:
    heads = [
        match.item.id if match is not None and match.item else "" for _cell, match in part.heads if not _is_upper(match)
    ]
    due = [column for name in _rows(part, labels) for column in labels.table.rows.items[name].columns]
    if sorted(heads) == sorted(due) and (heads != due or not _has_form_order(part, labels)):
        return reasons.strip_order(labels.table, part.values)
    return reasons.odd_strip(labels.table, part.values, heads=len(heads), expected=len(due) or len(labels.table.slots))


def _parts(piece: SourceTable, labels: Labels) -> Iterator[_Part]:
    """Split a source table where heads follow figures."""
    cells = piece.cells
    heads: list[tuple[TableCell, Match | None]] = []
    values: list[TableCell] = []
    turned = False
    for number, cell in enumerate(cells):
        is_one = is_figure(cell.text, labels)
        match = None if is_one else labels.match(cell.text, among_values=False)
        if is_one or (match is None and cell.text[:1].isdigit() and is_remark(cell.text)):
            if heads:
                values.append(cell)
            continue
        following = cells[number + 1] if number + 1 < len(cells) else None
        if any(value.text.strip() for value in values):
            if match is None:
                continue
            yield _Part(tuple(heads), tuple(_figures(values, piece)), piece, turned)
            heads, turned = [], False
        values = []
        behind = following is not None and is_figure(following.text, labels) and bool(following.text.strip())
        same_row = piece.shape == "flow" or (following is not None and following.row == cell.row)
        turned = turned or (behind and same_row and match is not None and match.axis == ROW)
        heads.append((cell, match))
    if heads:
        yield _Part(tuple(heads), tuple(_figures(values, piece)), piece, turned)


def _with_names(part: _Part, labels: Labels) -> _Part:
    """Name the misspelt upper heads of a part: they can only be rows that it lacks."""
    named = {match.item.id for _cell, match in part.heads if match is not None and match.axis == ROW and match.item}
    lacking = [item for item in labels.table.rows.items.values() if item.id not in named]
    heads = [
        (
            cell,
            Match(ROW, item) if match is None and (item := labels.closest(cell.text, lacking)) is not None else match,
        )
        for cell, match in part.heads
    ]
    return part._replace(heads=tuple(heads))


def _figures(values: Sequence[TableCell], piece: SourceTable) -> Sequence[TableCell]:
    """Return the row of figures, without blank cells in other rows."""
    if piece.shape == "flow" or not values:
        return values
    rows = {cell.row for cell in values if cell.text.strip()}
    return (
        [cell for cell in values if cell.row in rows]
        if rows
        else [cell for cell in values if cell.row == values[-1].row]
    )


def _is_upper(match: Match | None) -> bool:
    return match is not None and (match.axis == ROW or match.item is None or match.item.is_group)


def _rows(part: _Part, labels: Labels) -> list[str]:
    """Return the rows of the form that the upper heads name, in the form's order."""
    named = {match.item.id for _cell, match in part.heads if match is not None and match.axis == ROW and match.item}
    return [row.id for row in labels.table.rows.leaves if row.id in named]


def _by_place(part: _Part, labels: Labels) -> dict[str, TableCell] | None:
    """Assign each figure by the lowest head and the row label above it; ``None`` if one has no such heads."""
    piece = part.piece
    if piece.shape == "grid" and not _is_nested(part):
        return None
    if not all(piece.has_columns(cell.row) for cell in (*(cell for cell, _match in part.heads), *part.values)):
        return None
    uppers = _spread(part, ROW)
    leaves = _spread(part, COLUMN)
    placed: dict[str, TableCell] = {}
    for value in part.values:
        rows = [name for name, cell in uppers if begins_under(value, cell)]
        columns = [name for name, cell in leaves if overlap(cell, value)]
        if not rows and not columns and not value.text.strip() and _is_beside(value, leaves, piece):
            continue
        key = f"{labels.table.id}.{rows[-1]}.{columns[-1]}" if rows and columns else ""
        if not key or key in placed:
            return None
        placed[key] = value
    # Heads in another order, or a head without a figure, indicate a torn or doubled head.
    return (
        placed
        if list(placed) == [key for key in labels.table.slots if key in placed] and len(placed) == len(leaves)
        else None
    )


def _is_nested(part: _Part) -> bool:
    """Whether each head of columns in a grid is under one upper head, and under the group of that one."""
    uppers = _reaching(part, ROW)
    rows = [(item, cell) for item, cell in uppers if not item.is_group]
    groups = [(item, cell) for item, cell in uppers if item.is_group]
    for leaf in (cell for cell, match in part.heads if not _is_upper(match)):
        above = [item for item, cell in rows if begins_under(leaf, cell)]
        around = [item for item, cell in groups if begins_under(leaf, cell)]
        if len(above) != 1 or any(above[0].id not in group.members for group in around):
            return False
    return True


def _is_beside(blank: TableCell, leaves: Sequence[tuple[str, TableCell]], piece: SourceTable) -> bool:
    """Whether a blank is before all heads, or, in a text, behind all of them."""
    return (
        not leaves
        or blank.column < leaves[0][1].column
        or (piece.shape == "lines" and blank.column > leaves[-1][1].column)
    )


def _spread(part: _Part, axis: str) -> list[tuple[str, TableCell]]:
    """Return the leaf heads of an axis, upper ones as far as they reach."""
    return [(item.id, cell) for item, cell in _reaching(part, axis) if not item.is_group]


def _reaching(part: _Part, axis: str) -> list[tuple[Item, TableCell]]:
    """Return the heads of an axis; an upper head whose span is lost reaches to the next one of its line."""
    heads = [
        (match.item, cell)
        for cell, match in part.heads
        if match is not None and match.axis == axis and match.item is not None
    ]
    if axis == COLUMN:
        return heads
    ends = [
        min(
            (other.column for _item, other in heads if other.row == cell.row and other.column > cell.column),
            default=_END,
        )
        for _item, cell in heads
    ]
    return [
        (item, cell if cell.colspan > 1 else cell._replace(colspan=end - cell.column))
        for (item, cell), end in zip(heads, ends, strict=True)
    ]


def _by_order(part: _Part, labels: Labels) -> dict[str, TableCell] | None:
    """Assign figures one by one to the same number of heads in the form's order, line by line.

    In a grid, where the columns should have decided, every head must be there, and a figure for each in one row. Upper
    heads in another order than the form's say that the figures are too.
    """
    if not _has_form_order(part, labels):
        return None
    is_grid = part.piece.shape == "grid"
    if is_grid and not all(value.text.strip() and value.row == part.values[0].row for value in part.values):
        return None
    names = [(cell, match) for cell, match in part.heads if not _is_upper(match)]
    while names and not _may_be_torn(names[0][0], labels):
        names = names[1:]
    while names and not _may_be_torn(names[-1][0], labels):
        names = names[:-1]
    values = part.values
    rows = _rows(part, labels) or [row.id for row in labels.table.rows.leaves]
    due = [(row, column) for row in rows for column in labels.table.rows.items[row].columns]
    if part.piece.shape != "lines" and len(names) != len(due):
        return None
    if len(names) != len(due):
        due = _shorter(names, rows, labels)
    elif not all(
        _same(cell, labels.table.columns.items[column].label, labels)
        for (cell, _match), (_row, column) in zip(names, due, strict=True)
    ):
        return None
    if not due or len(values) != len(due):
        return None
    return {f"{labels.table.id}.{row}.{column}": cell for (row, column), cell in zip(due, values, strict=True)}


def _has_form_order(part: _Part, labels: Labels) -> bool:
    """Whether the upper heads first stand in the order of the form's rows; a group is where its first row is."""
    order = {row.id: place for place, row in enumerate(labels.table.rows.leaves)}
    upper = [match.item for _cell, match in part.heads if match is not None and match.axis == ROW and match.item]
    places = [order[(item.members or (item.id,))[0]] for item in dict.fromkeys(upper)]
    return places == sorted(places)


def _shorter(
    names: Sequence[tuple[TableCell, Match | None]], rows: Sequence[str], labels: Labels
) -> list[tuple[str, str]]:
    """Return the cells of complete heads if columns are missing: a row ends where its columns begin again."""
    order = {item.id: place for place, item in enumerate(labels.table.columns.leaves)}
    groups: list[list[str]] = []
    last = len(order)
    for _cell, match in names:
        if match is None or match.item is None or match.item.id not in order:
            return []
        place = order[match.item.id]
        if place <= last:
            groups.append([])
        groups[-1].append(match.item.id)
        last = place
    if len(groups) != len(rows):
        return []
    return [(row, column) for row, group in zip(rows, groups, strict=True) for column in group]


def _may_be_torn(cell: TableCell, labels: Labels) -> bool:
    return any(_same(cell, item.label, labels) for item in labels.table.columns.leaves)


def _same(cell: TableCell, label: str, labels: Labels) -> bool:
    item = next(item for item in labels.table.columns.leaves if item.label == label)
    match = labels.match(cell.text, among_values=False)
    return (match is not None and match.axis == COLUMN and match.item is item) or is_torn(cell.text, item)
