"""Names to rows and columns of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.tokens import WORDS
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.language.syntax import Name
    from nianbao.model.form import Axis, Form, Item, TableForm

THIS, PRIOR, PARENT, CHILDREN = "this", "prior", "parent", "children"
ROWS, COLUMNS = "rows", "columns"

PERIODS = {
    "去年": PRIOR,
    "prior": PRIOR,
    "上级": PARENT,
    "parent": PARENT,
    "下级": CHILDREN,
    "children": CHILDREN,
}
_AXES = {"行": ROWS, "rows": ROWS, "列": COLUMNS, "columns": COLUMNS}
AXIS_WORDS = {ROWS: Text("行", "row"), COLUMNS: Text("列", "column")}


class Ref(NamedTuple):
    """The meaning of a name: a row, a column, or both, of a table of this report or of another one.

    An open axis is ``None``. ``period`` names the report: this one, last year's, that of the organ above, or those of
    the organs below.
    """

    table: TableForm
    row: Item | None
    column: Item | None
    period: str
    at: int

    @property
    def open_axis(self) -> str | None:
        """The open axis, or ``None``."""
        if self.row is None:
            return ROWS
        return COLUMNS if self.column is None else None

    @property
    def is_merged_away(self) -> bool:
        """Whether the row is not in the report, because its group stands in its place."""
        if self.row is None or not self.table.merged:
            return False
        return self.row.id not in {row.id for row in self.table.printed_rows}

    @property
    def shown(self) -> str:
        """The name in short, for messages."""
        items = [item.name.get("zh") for item in (self.row, self.column) if item is not None]
        return ".".join(items)

    @property
    def group(self) -> Item | None:
        """The group that the name stands for, or ``None``."""
        return next((item for item in (self.row, self.column) if item is not None and item.is_group), None)


class Scope(NamedTuple):
    """The names that an expression may use: those of some tables of a form.

    With ``cells_first``, a name that is both a row or column and a fact of the report (a year, a date) means a cell.
    """

    form: Form
    tables: tuple[TableForm, ...]
    cells_first: bool = False

    @classmethod
    def of(cls, form: Form, within: str | None = None, *, cells_first: bool = False) -> Scope:
        """Return the scope of a table, given by id or name, or of the whole form; with a table, cells come first.

        Raises:
            Mistake: the form has no such table.
        """
        if within is None:
            return cls(form, tuple(form.tables.values()), cells_first)
        table = _table(form, within)
        if table is None:
            known = [name for table in form.tables.values() for name in (table.id, table.name.zh)]
            reason = Text(f"{form.id} 没有表“{within}”", f"no table {within!r} in {form.id}")
            raise Mistake(reason + nearest(within, known), path=("within",))
        return cls(form, (table,), cells_first=True)

    def knows(self, name: Name) -> bool:
        """Whether a name means a row, a column or a cell here."""
        candidates, _period, tables = self._candidates(name)
        if not candidates:
            return False
        try:
            self._chosen(name, candidates, tables)
        except Mistake:
            return False
        return True

    def resolve(self, name: Name) -> Ref:
        """Return the meaning of a name.

        Raises:
            Mistake: the name is unknown here, or ambiguous.
        """
        candidates, period, tables = self._candidates(name)
        return self._chosen(name, candidates, tables)._replace(period=period, at=name.at)

    def _candidates(self, name: Name) -> tuple[list[tuple[int, Ref]], str, tuple[TableForm, ...]]:
        """Return what a name may mean, with ranks, its period, and the tables that it was looked for in."""
        parts, period, scope, axes = self._prefixes(name)
        candidates = [
            (rank, ref)
            for table in scope.tables
            for axis in axes
            for rank, item in _named_on(getattr(table, axis), parts[0])
            for ref in _walk(table, axis, item, parts[1:])
        ]
        return candidates, period, scope.tables

    def _chosen(self, name: Name, candidates: list[tuple[int, Ref]], tables: tuple[TableForm, ...]) -> Ref:
        if not candidates:
            raise _unknown(name, tables)
        ref = _only(name, candidates)
        return ref if name.selection is None else _select(ref, name.selection)

    def _prefixes(self, name: Name) -> tuple[tuple[str, ...], str, Scope, tuple[str, ...]]:
        """Split period, table and axis off the front of a name, if it begins with them."""
        parts, period, scope = name.parts, THIS, self
        axes: tuple[str, ...] = (ROWS, COLUMNS)
        if len(parts) > 1 and parts[0] in PERIODS:
            period, parts = PERIODS[parts[0]], parts[1:]
        if len(parts) > 1 and (table := _table(self.form, parts[0])) is not None:
            scope, parts = Scope(self.form, (table,)), parts[1:]
        if len(parts) > 1 and parts[0] in _AXES:
            axes, parts = (_AXES[parts[0]],), parts[1:]
        return parts, period, scope, axes


def _only(name: Name, candidates: list[tuple[int, Ref]]) -> Ref:
    best = min(rank for rank, _ in candidates)
    refs = [ref for rank, ref in candidates if rank == best]
    if len(refs) > 1:
        ways = [_written(ref) for ref in refs]
        reason = Text(
            f"“{name.text}”不止一个意思；请写 {' 或 '.join(ways)}",
            f"{name.text!r} means more than one thing; write {' or '.join(ways)}",
        )
        raise Mistake(reason, name.at)
    return refs[0]


def _unknown(name: Name, tables: Iterable[TableForm]) -> Mistake:
    for word in WORDS:
        if not word.isascii() and name.text.startswith(word) and len(name.text) > 1:
            reason = Text(
                f"没有“{name.text}”这一行或列；在“{word}”后面空一格",
                f"no row or column {name.text!r}; put a space behind {word!r}",
            )
            return Mistake(reason, name.at)
    known = [label for table in tables for axis in (table.rows, table.columns) for label in _known(axis, name.text)]
    places = [str(table.name) for table in tables]
    reason = Text(
        f"{'、'.join(places)}没有“{name.text}”这一行或列", f"no row or column {name.text!r} in {' and '.join(places)}"
    )
    return Mistake(reason + nearest(name.text, known), name.at)


def _known(axis: Axis, text: str) -> list[str]:
    """Return the names of an axis in the script (Chinese or Latin) of a text."""
    return [item.id if text.isascii() else item.name.zh for item in axis.items.values()]


def _select(ref: Ref, selection: Name) -> Ref:
    """Select a member of the open axis of a name."""
    axis_name = ref.open_axis
    if axis_name is None:
        raise Mistake(
            Text(
                "行和列都已写明，[ ] 里没有可选的了；去掉 [ ]",
                "row and column are both named already; nothing is left to pick",
            ),
            selection.at,
        )
    axis: Axis = getattr(ref.table, axis_name)
    best = _best(_named_on(axis, selection.text))
    if len(best) != 1:
        hint = nearest(selection.text, _known(axis, selection.text))
        word = AXIS_WORDS[axis_name]
        reason = Text(
            f"{ref.table.name}没有“{selection.text}”这一{word.zh}",
            f"no {word.en} {selection.text!r} in {ref.table.name}",
        )
        raise Mistake(reason + hint, selection.at)
    return checked(ref._replace(row=best[0]) if axis_name == ROWS else ref._replace(column=best[0]))


def checked(ref: Ref) -> Ref:
    """Return a reference unchanged after checking that its row has its column.

    Raises:
        Mistake: the form has no such cell.
    """
    if ref.row is not None and ref.column is not None:
        columns = ref.column.members or (ref.column.id,)
        if not set(columns) & set(ref.row.columns):
            known = [str(ref.table.columns.items[column].name) for column in ref.row.columns]
            reason = Text(
                f"“{ref.row.name}”这一行没有“{ref.column.name}”这一列；有：{'、'.join(known)}",
                f"row {ref.row.name} has no column {ref.column.name}; it has: {', '.join(known)}",
            )
            raise Mistake(reason, ref.at)
    return ref


def named(items: Iterable[Item], text: str) -> Iterator[tuple[int, Item]]:
    """Yield the items that a text names, with a rank: 0 by id, 1 by name or label, 2 by the last part of the id."""
    for item in items:
        if text == item.id:
            yield 0, item
        elif text in item.names:
            yield 1, item
        elif text == item.id.rpartition(".")[2]:
            yield 2, item


def _named_on(axis: Axis, text: str) -> Iterator[tuple[int, Item]]:
    """Yield the items of an axis that a text names, each with the rank that ``named`` describes."""
    return named(axis.by_name.get(text, ()), text)


def _best(candidates: Iterable[tuple[int, Item]]) -> list[Item]:
    ranked = list(candidates)
    best = min((rank for rank, _ in ranked), default=0)
    return [item for rank, item in ranked if rank == best]


def _table(form: Form, text: str) -> TableForm | None:
    return next((table for table in form.tables.values() if text in {table.id, table.name.zh, table.name.en}), None)


def _walk(table: TableForm, axis: str, item: Item, rest: tuple[str, ...]) -> Iterator[Ref]:
    """Follow the parts of a dotted name behind its first: members of a group, then a column of a row."""
    if not rest:
        yield Ref(table, item, None, THIS, 0) if axis == ROWS else Ref(table, None, item, THIS, 0)
        return
    items = getattr(table, axis).items.values()
    members = _best(named((candidate for candidate in items if _stands_in(candidate, item)), rest[0]))
    if members:
        for member in members:
            yield from _walk(table, axis, member, rest[1:])
    elif axis == ROWS and len(rest) == 1:
        for column in _best(_named_on(table.columns, rest[0])):
            if column.id in item.columns or column.is_group:
                yield Ref(table, item, column, THIS, 0)


def _stands_in(item: Item, group: Item) -> bool:
    if item.id == group.id:
        return False
    return set(item.members or (item.id,)) <= set(group.members)


def _written(ref: Ref) -> str:
    """Return an unambiguous way to write a reference."""
    if ref.row is not None and ref.column is not None:
        return f"{ref.table.id}.{ref.row.id}.{ref.column.id}"
    if ref.row is not None:
        return f"{ref.table.id}.rows.{ref.row.id}"
    return f"{ref.table.id}.columns.{ref.column.id if ref.column else ''}"
