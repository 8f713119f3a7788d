"""What names leave open is filled in for all that share it: one instance for each member of an axis.

The idea is that of XULE and XBRL formula: facts with the same dimensions meet by themselves.
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
    """The axis that names left open, and the member that one instance is of; both "" where nothing was open."""

    axis: str = ""
    member: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Axis and member as a pair, or nothing."""
        return ((self.axis, self.member),) if self.axis else ()


CLOSED = Binding()


def align(refs: Sequence[Ref]) -> tuple[Binding, ...]:
    """Return a binding for each instance that names with open axes stand for.

    Names of one table meet at the members that all of them have. Names of several tables meet at members with the same
    id; a member that a report brings (an open group's) counts where one of the tables has it, so that it is noticed
    where another lacks it.

    Raises:
        Mistake: names leave different axes open, or share no member.
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
    tables = {ref.table.id: [one for one in opened if one.table.id == ref.table.id] for ref in opened}
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
    return [row.id for row in table.printed_rows if all(one in row.columns for one in columns)]


def _joined(shared: Sequence[Sequence[str]], refs: Sequence[Ref], axis: str) -> list[str]:
    """Return the members at which names of several tables meet.

    Raises:
        Mistake: the tables have other members, so that a few ids alike would be chance.
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
    return [one for one in dict.fromkeys(one for ids in shared for one in ids) if one in fewest or one in brought]
