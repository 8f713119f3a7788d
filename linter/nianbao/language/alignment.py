"""Alignment: an expression whose names leave an axis open has one instance for each member of that axis.

XULE and XBRL Formula use the same idea: facts with the same dimensions are matched implicitly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.mistakes import Mistake
from nianbao.language.names import AXIS_WORDS, COLUMNS, ROWS, checked
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.language.names import Ref
    from nianbao.model.form import Axis, TableForm


class Binding(NamedTuple):
    """The open axis and the member that one instance is for; both are "" where no axis was open."""

    axis: str = ""
    member: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Axis and member as a pair, or nothing."""
        return ((self.axis, self.member),) if self.axis else ()


CLOSED = Binding()


def align(refs: Sequence[Ref]) -> tuple[Binding, ...]:
    """Return a binding for each instance of an expression whose names have open axes.

    Names of one table are aligned over the members that all of them have. Names of several tables are aligned over
    members with the same id. A member of an open group, which the report itself adds, counts as soon as one table has
    it, so that a table that lacks it is noticed.

    Raises:
        Mistake: the names have different open axes, or no member in common.
    """
    for ref in refs:
        if ref.open_axis is None:
            checked(ref)
    opened = [ref for ref in refs if ref.open_axis is not None]
    if not opened:
        return (CLOSED,)
    axis = opened[0].open_axis or ""
    for ref in opened:
        if ref.open_axis != axis:
            own = ref.open_axis or ""
            reason = Text(
                f"这个名字没有写明{AXIS_WORDS[own].zh}，另一个没有写明{AXIS_WORDS[axis].zh}；用 [ ] 选定一个",
                f"this name leaves the {own} open and another the {axis}; pick one in [ ]",
            )
            raise Mistake(reason, ref.at)
    tables = {ref.table.id: [opening for opening in opened if opening.table.id == ref.table.id] for ref in opened}
    shared = [_shared(names, axis) for names in tables.values()]
    members = shared[0] if len(shared) == 1 else _joined(shared, opened, axis)
    if not members and not any(_axis(ref.table, axis).open_group for ref in opened):
        table = opened[0].table.name
        reason = Text(
            f"这些名字在{table}里没有共同的{AXIS_WORDS[axis].zh}；请写明单元格",
            f"the names share no member of the {axis} of {table}",
        )
        raise Mistake(reason, opened[0].at)
    return tuple(Binding(axis, member) for member in members)


def bound_key(ref: Ref, binding: Binding) -> str:
    """Return the key of the cell that a name means in one instance."""
    row = ref.row.id if ref.row is not None else binding.member
    column = ref.column.id if ref.column is not None else binding.member
    return f"{ref.table.id}.{row}.{column}"


def _axis(table: TableForm, axis: str) -> Axis:
    return table.rows if axis == ROWS else table.columns


def _shared(refs: Sequence[Ref], axis: str) -> list[str]:
    """Return the ids of the members that names of one table share."""
    table = refs[0].table
    if axis == COLUMNS:
        rows = [ref.row for ref in refs if ref.row is not None]
        return [column.id for column in table.columns.leaves if all(column.id in row.columns for row in rows)]
    columns = [ref.column.id for ref in refs if ref.column is not None]
    return [row.id for row in table.printed_rows if all(column_id in row.columns for column_id in columns)]


def _joined(shared: Sequence[Sequence[str]], refs: Sequence[Ref], axis: str) -> list[str]:
    """Return the members over which names of several tables are aligned.

    Raises:
        Mistake: the tables have too few members in common; equal ids would be a coincidence.
    """
    groups = [_axis(ref.table, axis).open_group for ref in refs]
    brought = {member for group in groups if group is not None for member in group.members}
    listed = [set(ids) - brought for ids in shared]
    fewest = min(listed, key=len)
    if not all(fewest <= ids for ids in listed) or (not fewest and not brought and None in groups):
        tables = dict.fromkeys(str(ref.table.name) for ref in refs)
        reason = Text(
            f"{'和'.join(tables)}的{AXIS_WORDS[axis].zh}不一样；请写明单元格",
            f"the {axis} of {' and '.join(tables)} are not the same; pick cells",
        )
        raise Mistake(reason, refs[-1].at)
    return [
        member_id
        for member_id in dict.fromkeys(member_id for ids in shared for member_id in ids)
        if member_id in fewest or member_id in brought
    ]
