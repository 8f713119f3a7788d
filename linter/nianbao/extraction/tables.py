"""Tables of a source to named cells: every figure is placed by the words around it, never by counting figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction import reasons, strips
from nianbao.extraction.breaks import mended
from nianbao.extraction.grids import is_rectangular, is_value, trimmed, usual_edge
from nianbao.extraction.labels import COLUMN, ROW, Match, labels_of
from nianbao.extraction.members import takes_words
from nianbao.extraction.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.extraction.labels import Labels
    from nianbao.messages import Text
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Item, TableForm


class Aligned(NamedTuple):
    """What one table of a source gave: source cells by cell key, and why others were not placed, by row id."""

    cells: dict[str, TableCell]
    odd: dict[str, Text]


class Token(NamedTuple):
    """A cell of the source and what it is: a label (``match``), or a value where ``match`` is ``None``."""

    cell: TableCell
    match: Match | None
    is_value: bool


def align(table: Table, form: TableForm) -> Aligned:
    """Place the cells of a source table in a table of the form.

    A strip is first tried as what it is; one turned round, with a row for each of its heads, is read as a grid.
    """
    labels = labels_of(form)
    table = mended(table, labels)
    if form.layout == "strip":
        found = strips.align_strip(table, labels)
        if found.cells or found.odd:
            return Aligned(found.cells, found.odd)
    tokens = _named(_tokens(table, labels), labels)
    walk = _Walk(form, table)
    for token in tokens:
        walk.take(token)
    walk.flush()
    return Aligned(walk.cells, walk.odd)


def _tokens(table: Table, labels: Labels) -> list[Token]:
    """Tell labels from values, with what each label names as far as it is certain."""
    cells = table.cells
    values = [is_value(cell.text) for cell in cells]
    tokens = []
    for number, cell in enumerate(cells):
        if values[number]:
            tokens.append(Token(cell, None, is_value=True))
            continue
        among = _among_values(cells, values, number, flow=table.shape == "flow")
        tokens.append(Token(cell, labels.match(cell.text, among_values=among), is_value=False))
    return tokens


def _among_values(cells: Sequence[TableCell], values: Sequence[bool], number: int, *, flow: bool) -> bool:
    """Whether figures follow a cell: next to it in a flow, anywhere behind it in its row elsewhere."""
    following = number + 1
    if flow:
        return following < len(cells) and values[following] and bool(cells[following].text.strip())
    row = cells[number].row
    while following < len(cells) and cells[following].row == row:
        if values[following] and cells[following].text.strip():
            return True
        following += 1
    return False


def _named(tokens: list[Token], labels: Labels) -> list[Token]:
    """Name misspelt row labels, each by the rows that the form has between its certain neighbours."""
    order = {item.id: place for place, item in enumerate(labels.table.rows.items.values())}
    certain = {token.match.item.id for token in tokens if token.match and token.match.axis == ROW and token.match.item}
    result = list(tokens)
    for number, token in enumerate(tokens):
        if token.is_value or token.match is not None or not _followed_by_value(tokens, number):
            continue
        low = max((order[i] for i in _row_ids(result[:number])), default=-1)
        high = min((order[i] for i in _row_ids(tokens[number + 1 :])), default=len(order))
        between = [item for item in labels.table.rows.leaves if low < order[item.id] < high and item.id not in certain]
        item = labels.closest_row(token.cell.text, between)
        if item is not None:
            result[number] = token._replace(match=Match(ROW, item))
            certain.add(item.id)
    return result


def _row_ids(tokens: Iterable[Token]) -> list[str]:
    return [token.match.item.id for token in tokens if token.match and token.match.axis == ROW and token.match.item]


def _followed_by_value(tokens: Sequence[Token], number: int) -> bool:
    return number + 1 < len(tokens) and tokens[number + 1].is_value


class _Walk:
    """Walks over the cells of a table: heads, then rows of a label and its figures."""

    def __init__(self, form: TableForm, table: Table) -> None:
        self.form = form
        self.shape = table.shape
        self.rectangular = is_rectangular(table)
        self.edge = usual_edge(table)
        self.takes_words = takes_words(form)
        self.cells: dict[str, TableCell] = {}
        self.placed: dict[str, TableCell] = {}
        self.odd: dict[str, Text] = {}
        self.heads: list[tuple[Item, TableCell]] = []
        self.unknown_heads = 0
        self.heading = False
        self.row: Item | None = None
        self.source_row = -1
        self.values: list[TableCell] = []

    def take(self, token: Token) -> None:
        """Take the next cell of the source."""
        if self.shape != "flow" and token.cell.row != self.source_row:
            self.flush()
            self.source_row = token.cell.row
        if token.is_value:
            if self.row is not None:
                self.values.append(token.cell)
        elif token.match is None:
            self._take_words(token.cell)
        elif token.match.axis == COLUMN:
            self._take_head(token.match, token.cell)
        elif token.match.axis == ROW:
            self._take_row(token.match)

    def _take_words(self, cell: TableCell) -> None:
        """Words that name nothing: a remark in a row's figures, or a head that is not of the form."""
        if self.row is not None and (self.values or self.takes_words):
            self.values.append(cell)
        elif self.row is None:
            self.unknown_heads += 1

    def _take_head(self, match: Match, cell: TableCell) -> None:
        self.flush()
        if not self.heading:
            self.heads, self.unknown_heads, self.heading = [], 0, True
        if match.item is not None:
            self.heads.append((match.item, cell))

    def _take_row(self, match: Match) -> None:
        if self.values and (self.shape == "flow" or any(cell.text.strip() for cell in self.values)):
            self.flush()
        self.values = []
        self.row = match.item
        self.heading = self.heading and match.item is not None and match.item.is_group

    def flush(self) -> None:
        """End the row that is under way, and place its figures."""
        row, values = self.row, self.values
        self.row, self.values = None, []
        if row is None or not values or not self._may_have_cells(row):
            return
        columns = self._columns(row, values)
        if columns is None:
            self.odd[row.id] = reasons.ODD_ROW.format(
                table=self.form.name,
                row=row.label,
                line=reasons.at_line(values[0].location),
                found=len(values),
                expected=len(row.columns),
            )
            return
        for column, cell in columns:
            self._put(f"{self.form.id}.{row.id}.{column}", cell, row)

    def _may_have_cells(self, row: Item) -> bool:
        return not row.is_group or (not row.is_open and row.members[0].startswith(f"{row.id}."))

    def _put(self, key: str, cell: TableCell, row: Item) -> None:
        known = self.placed.setdefault(key, cell)
        if fold(known.text) == fold(cell.text):
            if known is cell or key in self.cells:
                self.cells[key] = known
            return
        self.odd[row.id] = reasons.TWICE.format(table=self.form.name, first=known.text, second=cell.text)
        self.cells.pop(key, None)  # which of the two is meant cannot be told

    def _columns(self, row: Item, values: list[TableCell]) -> list[tuple[str, TableCell]] | None:
        """Say which column each figure of a row belongs to, or ``None`` where that cannot be told."""
        due = row.columns
        heads = [name for name in self._head_order() if name in due]
        if self.rectangular and len(values) != len(due):
            placed = self._by_place(values, due)
            if self.shape == "grid" or (placed is not None and len(placed) == len(due)):
                return placed
        order = tuple(heads) if len(heads) == len(set(heads)) == len(due) else due
        if self.shape == "grid" and order != due:  # heads in another order must stand above their figures
            return self._by_place(values, due) if self._keeps_totals(order, due) else None
        fitting = trimmed(values, len(order)) if self.shape == "lines" else values
        if fitting is not None and len(fitting) == len(order):
            return list(zip(order, fitting, strict=True))
        if len(heads) == len(set(heads)) == len(values) and not self.unknown_heads:
            return list(zip(heads, values, strict=True))
        return None

    def _keeps_totals(self, order: tuple[str, ...], due: tuple[str, ...]) -> bool:
        """Whether totals stand where the form has them; a total among its parts is a sign of a torn head."""
        totals = [name for name in due if self.form.columns.items[name].total_of is not None]
        return all(order.index(name) == due.index(name) for name in totals)

    def _head_order(self) -> list[str]:
        """Return the leaf heads from left to right.

        A true grid shows it. Elsewhere heads come level by level, so that a group stands where its members belong.
        """
        if self.shape == "grid":
            return [item.id for item, cell in sorted(self.heads, key=lambda head: head[1].column) if not item.is_group]
        order: list[Item] = []
        for item, _cell in self.heads:
            family = self._family(item)
            last = max((place for place, other in enumerate(order) if other.id in family), default=len(order) - 1)
            order.insert(last + 1, item)
        return [item.id for item in order if not item.is_group]

    def _family(self, item: Item) -> set[str]:
        """Return the ids of the nearest group above an item that has a head of its own, and of all inside it."""
        items = self.form.columns.items
        seen = {head.id for head, _cell in self.heads}
        parent = item.parent
        while parent is not None and parent not in seen:
            parent = items[parent].parent
        if parent is None:
            return set()
        inner = {
            name for name, other in items.items() if other.members and set(other.members) <= set(items[parent].members)
        }
        return {*items[parent].members, *inner}

    def _by_place(self, values: list[TableCell], due: tuple[str, ...]) -> list[tuple[str, TableCell]] | None:
        """Place figures under the heads that stand above them in the grid; each head takes one figure."""
        placed: dict[str, TableCell] = {}
        if any(value.column + value.colspan > self.edge for value in values):
            return None  # a row longer than the others: what is too much in it cannot be told
        for value in values:
            above = {item.id for item, head in self.heads if item.id in due and _overlap(head, value)}
            if not above and not value.text.strip():
                continue
            if len(above) != 1:
                return None
            column = above.pop()
            if fold(placed.setdefault(column, value).text) != fold(value.text):  # a spanning cell may be repeated
                return None
        # A figure for every head, or none: where one is missing, those behind it may have moved.
        heads = {item.id for item, _head in self.heads if item.id in due}
        return list(placed.items()) if set(placed) == heads else None


def _overlap(one: TableCell, other: TableCell) -> bool:
    return one.column < other.column + other.colspan and other.column < one.column + one.colspan
