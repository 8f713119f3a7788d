"""Forms with open axes, filled with the rows or columns of a report: the offices of a summary."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.folding import half_width
from nianbao.model.form import Axis, Item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.model.form import Form, TableForm

MAX_MEMBERS = 2_000
_MAX_ID_CHARS = 60


def member_id(label: str) -> str:
    """Return the part of a cell key for a member of an open group: its label in lower case, as one word."""
    plain = half_width(label).casefold()
    return re.sub(r"\W+", "_", plain)[:_MAX_ID_CHARS].strip("_") or "_"


def with_members(form: Form, members: Mapping[str, Sequence[str]]) -> Form:
    """Return a form whose open groups have members.

    Args:
        form: A form with open groups; other forms are returned unchanged.
        members: Labels of the members in order, by ``table.group``; labels that differ only in case or spaces are one
            member.
    """
    if not members:
        return form
    return _with_members(form, tuple((group, tuple(labels)) for group, labels in members.items()))


@lru_cache(maxsize=16)
def _with_members(form: Form, listed: tuple[tuple[str, tuple[str, ...]], ...]) -> Form:
    """Fill a form; reports with the same members share one form, with everything that is cached for it."""
    members = dict(listed)
    tables = {table.id: _filled(table, members) for table in form.tables.values()}
    return replace(form, tables=tables)


def sample_of(form: Form, labels: Sequence[str] = ("A", "B")) -> Form:
    """Return a form whose open groups have these members, for checks that do not depend on a report."""
    groups = [
        f"{table.id}.{group.id}"
        for table in form.tables.values()
        for axis in (table.rows, table.columns)
        if (group := axis.open_group) is not None
    ]
    return with_members(form, dict.fromkeys(groups, tuple(labels)))


def _filled(table: TableForm, members: Mapping[str, Sequence[str]]) -> TableForm:
    columns = _with(table.columns, table.id, members)
    before, now = (tuple(item.id for item in axis.leaves) for axis in (table.columns, columns))
    rows = _with(table.rows, table.id, members)
    if before != now:
        # A row with all columns gets the new ones too; a row that lists its own columns keeps them.
        rows = Axis(
            {name: row._replace(columns=now) if row.columns == before else row for name, row in rows.items.items()}
        )
    return replace(table, rows=rows, columns=columns)


def _with(axis: Axis, table: str, members: Mapping[str, Sequence[str]]) -> Axis:
    group = axis.open_group
    labels = members.get(f"{table}.{group.id}") if group is not None else None
    if group is None or not labels:
        return axis
    new: dict[str, Item] = {}
    for label in labels[:MAX_MEMBERS]:
        name = f"{group.opens}{member_id(label)}"
        if name in new:
            new[name] = new[name]._replace(variants=(*new[name].variants, label))
        else:
            new[name] = _member(group, name, label)
    items: dict[str, Item] = {}
    for item in axis.items.values():
        if item.id == group.id:
            items[item.id] = item._replace(members=tuple(new))
            items |= new
        else:
            items[item.id] = item._replace(members=_spliced(axis, item, group, tuple(new)))
    return Axis(items)


def _member(group: Item, name: str, label: str) -> Item:
    return Item(
        name, Text(label, label), label, parent=group.id, columns=group.columns, value=group.value, unit=group.unit
    )


def _spliced(axis: Axis, item: Item, group: Item, new: tuple[str, ...]) -> tuple[str, ...]:
    """Return the leaves of a group, with the new leaves at their place if the open group is inside it."""
    above = group.parent
    while above is not None and above != item.id:
        above = axis.items[above].parent
    if above is None:
        return item.members
    order = [item_at.id for item_at in axis.items.values()]
    before = tuple(member for member in item.members if order.index(member) < order.index(group.id))
    return (*before, *new, *item.members[len(before) :])
