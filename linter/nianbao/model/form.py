"""An official form: its sections, tables, rows and columns. Loaded from data, see ``schemas/form.schema.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, get_args

from nianbao.model.folding import fold

if TYPE_CHECKING:
    from dataclasses import Field

    from nianbao.messages import Text

ItemValue = Literal["count", "amount", "change", "date", "text"]
TableLayout = Literal["grid", "strip"]
FactType = Literal["number", "date", "text"]

_MAX_PLACEHOLDER_CHARS = 12

ITEM_VALUES: tuple[ItemValue, ...] = get_args(ItemValue)
TABLE_LAYOUTS: tuple[TableLayout, ...] = get_args(TableLayout)
FACT_TYPES: tuple[FactType, ...] = get_args(FactType)


class Item(NamedTuple):
    """A row or a column of a table, or a group of them.

    Attributes:
        id: Its part of a cell key, with the groups that count for keys: ``denied.state_secret``.
        name: Short name for people and rules.
        label: The official words.
        variants: Other words for it in real reports.
        members: For a group, the ids of its leaves in order; empty for a leaf.
        total_of: For a total, the id of the group whose leaves it sums.
        parent: Id of its group, or ``None``.
        columns: For a row, the ids of the columns it has, in the form's order.
        value: ``count`` (whole, not negative), ``amount`` (decimal, not negative), ``change`` (whole, any sign),
            ``date`` or ``text``.
        unit: Unit of an amount, as the form prints it, or ``None``.
        opens: For an open group, whose members are found in each report (the offices of a summary), the prefix of their
            ids; ``None`` for all others.
    """

    id: str
    name: Text
    label: str
    variants: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    total_of: str | None = None
    parent: str | None = None
    columns: tuple[str, ...] = ()
    value: ItemValue = "count"
    unit: str | None = None
    opens: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether this is an open group, whose members are found in each report."""
        return self.opens is not None

    @property
    def is_group(self) -> bool:
        """Whether this is a group of rows or columns."""
        return bool(self.members) or self.is_open

    @property
    def names(self) -> tuple[str, ...]:
        """The names of this item in rules beside its id: its names and its label, with ``_`` for a space."""
        return tuple(name.replace(" ", "_") for name in (self.name.zh, self.name.en, self.label))

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of this item, the official one first."""
        return (self.label, *self.variants)


class _ByContent:
    """A dataclass that is equal by content, including the order of its parts. Its hash is computed once and kept."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def _content(self) -> tuple[object, ...]:
        values = (getattr(self, field.name) for field in fields(self))
        return tuple(tuple(value.items()) if isinstance(value, Mapping) else value for value in values)

    @cached_property
    def _hash(self) -> int:
        return hash(self._content)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, _ByContent) or type(self) is not type(other):
            return NotImplemented
        return self._hash == other._hash and self._content == other._content

    def __getstate__(self) -> dict[str, Any]:
        """Return only the fields: a hash is valid in one process, and computed values are computed again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, eq=False)
class Axis(_ByContent):
    """The rows or the columns of a table, groups before their members, in the form's order."""

    items: Mapping[str, Item]

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The rows or columns themselves, in order."""
        return tuple(item for item in self.items.values() if not item.is_group)

    @cached_property
    def groups(self) -> tuple[Item, ...]:
        """The groups, in order."""
        return tuple(item for item in self.items.values() if item.is_group)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Item, ...]]:
        """The items by their names in rules: id, names, or the last part of the id; in order."""
        by_name: dict[str, dict[str, Item]] = {}
        for item in self.items.values():
            for name in (item.id, *item.names, item.id.rpartition(".")[2]):
                by_name.setdefault(name, {})[item.id] = item
        return {name: tuple(items.values()) for name, items in by_name.items()}

    @cached_property
    def open_group(self) -> Item | None:
        """The open group, whose members are found in each report, or ``None`` if the form lists all members."""
        return next((item for item in self.items.values() if item.is_open), None)


class FormFact(NamedTuple):
    """A fact that reports of a form state outside their tables, and that rules may use.

    Attributes:
        id: Its name in rules; ``name`` is another name.
        type: ``number``, ``date`` or ``text``.
        patterns: Regular expressions with a group ``value``; a date may have ``year``, ``month`` and ``day`` instead.
    """

    id: str
    name: Text
    type: FactType
    patterns: tuple[str, ...]


class Slot(NamedTuple):
    """One cell that the form asks for."""

    key: str
    table: str
    row: Item
    column: Item

    @property
    def is_total(self) -> bool:
        """Whether other cells of the table sum up to this one."""
        return self.row.total_of is not None or self.column.total_of is not None

    @property
    def value(self) -> ItemValue:
        """The content of the cell: as its column says, unless its row is more specific."""
        return self.column.value if self.row.value == "count" else self.row.value

    @property
    def holds_figure(self) -> bool:
        """Whether the cell is for a figure, and not for a date or words."""
        return self.value not in {"date", "text"}

    @property
    def unit(self) -> str | None:
        """The unit of its figures, or ``None``."""
        return self.column.unit or self.row.unit


@dataclass(frozen=True, eq=False)
class TableForm(_ByContent):
    """One table of a form.

    Attributes:
        id: First part of its cell keys.
        name: Short name (表三).
        title: Full title.
        section: Id of its section.
        layout: ``grid`` (rows down, columns across) or ``strip`` (all cells in one row, row labels as upper heads).
        rows: Row axis.
        columns: Column axis.
        captions: Other words printed in the table that are neither row nor column.
        merged: The groups of rows, by id, for which a report has one row instead of one for each member; see
            ``Report.printed_form``.
        placeholder: Regular expressions for the folded words of a cell that stand for a figure still to come.
        contrary_words: Words that give a label another meaning, so that it is no misspelling of one without them.
    """

    id: str
    name: Text
    title: Text
    section: str
    layout: TableLayout
    rows: Axis
    columns: Axis
    captions: tuple[str, ...] = ()
    contrary_words: tuple[str, ...] = ()
    placeholder: tuple[str, ...] = ()
    merged: frozenset[str] = frozenset()

    def is_placeholder(self, text: str) -> bool:
        """Whether the words of a cell stand for a figure that is still to come (XX, 待填): it is as good as blank."""
        if len(text) > _MAX_PLACEHOLDER_CHARS:
            return False
        folded = fold(text)
        return any(pattern.fullmatch(folded) for pattern in self._placeholders)

    @cached_property
    def _placeholders(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.placeholder))

    @cached_property
    def printed_rows(self) -> tuple[Item, ...]:
        """The rows of a report: a merged group replaces its members."""
        if not self.merged:
            return self.rows.leaves
        owner = {leaf: group for group in self.rows.groups if group.id in self.merged for leaf in group.members}
        return tuple({row.id: row for row in (owner.get(leaf.id, leaf) for leaf in self.rows.leaves)}.values())

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Cells of the table by key, row by row."""
        slots = (
            Slot(f"{self.id}.{row.id}.{column}", self.id, row, self.columns.items[column])
            for row in self.rows.leaves
            for column in row.columns
        )
        return {slot.key: slot for slot in slots}


class SectionForm(NamedTuple):
    """A section of the form: its official heading, and other headings for it in real reports."""

    id: str
    name: Text
    heading: str
    variants: tuple[str, ...] = ()
    required: bool = True


class IssuerKind(NamedTuple):
    """A kind of issuer and the pattern that its names match."""

    kind: str
    pattern: str


@dataclass(frozen=True, eq=False)
class Form(_ByContent):
    """An official form.

    Attributes:
        id: Id that rules and reports use.
        title: Its name.
        first_year: First report year it is meant for, or ``None``.
        last_year: Last report year it is meant for, or ``None`` while it is in force.
        sections: Sections in order.
        tables: Tables by id, in order.
        patterns: Regular expressions by what they find: ``title``, ``period``, ``published``, …
        issuer_kinds: Patterns of issuers' names for each kind of issuer; the first match wins.
        facts: Further facts that its reports state outside their tables.
    """

    id: str
    title: Text
    first_year: int | None
    last_year: int | None
    sections: tuple[SectionForm, ...]
    tables: Mapping[str, TableForm]
    patterns: Mapping[str, tuple[str, ...]]
    issuer_kinds: tuple[IssuerKind, ...]
    facts: tuple[FormFact, ...] = ()

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Every cell that the form asks for, by key, in order."""
        return {key: slot for table in self.tables.values() for key, slot in table.slots.items()}

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The cells that each total adds up, by its key: along both axes, with those of groups that may be one row."""
        slots = {**self._group_slots, **self.slots}
        return {key: _parts(self.tables[slot.table], slot) for key, slot in slots.items() if slot.is_total}

    def slot(self, key: str) -> Slot | None:
        """Return the slot of a cell key, also of a group of rows that is one row (``table.group.column``)."""
        slot = self.slots.get(key)
        return slot if slot is not None else self._group_slots.get(key)

    def with_merged(self, groups: frozenset[str]) -> Form:
        """Return the form of reports that have one row for each of these groups (``table.group``); it is made once."""
        if not groups:
            return self
        if groups not in self._with_merged:
            self._with_merged[groups] = replace(
                self,
                tables={
                    table.id: replace(table, merged=merged) if (merged := _merged_in(table, groups)) else table
                    for table in self.tables.values()
                },
            )
        return self._with_merged[groups]

    @cached_property
    def _with_merged(self) -> dict[frozenset[str], Form]:
        return {}

    @cached_property
    def _group_slots(self) -> Mapping[str, Slot]:
        return {
            f"{table.id}.{group.id}.{column.id}": Slot(f"{table.id}.{group.id}.{column.id}", table.id, group, column)
            for table in self.tables.values()
            for group in table.rows.groups
            for column in table.columns.leaves
        }

    def is_placeholder(self, text: str) -> bool:
        """Whether words stand for what is still to come, in any of its tables."""
        return any(table.is_placeholder(text) for table in self.tables.values())

    @cached_property
    def grouped(self) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
        """The groups of rows, as ``table.group``, with the keys of the group's own row and of its members' rows."""

        def keys(table: TableForm, *rows: str) -> frozenset[str]:
            return frozenset(f"{table.id}.{row}.{column}" for row in rows for column in table.columns.items)

        return tuple(
            (f"{table.id}.{group.id}", keys(table, group.id), keys(table, *group.members))
            for table in self.tables.values()
            for group in table.rows.groups
        )


def _merged_in(table: TableForm, groups: frozenset[str]) -> frozenset[str]:
    return frozenset(group.id for group in table.rows.groups if f"{table.id}.{group.id}" in groups)


def _parts(table: TableForm, slot: Slot) -> tuple[str, ...]:
    row, column = slot.row, slot.column
    # A group may be one row instead of its members; if it is not, the report has no such cell.
    groups = (group.id for group in table.rows.groups)
    rows = (*table.rows.items[row.total_of].members, *groups) if row.total_of else ()
    columns = table.columns.items[column.total_of].members if column.total_of else ()
    return (
        *(f"{table.id}.{part}.{column.id}" for part in rows),
        *(f"{table.id}.{row.id}.{part}" for part in columns),
    )
