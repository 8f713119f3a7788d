"""A relation between linear forms over cells: the equation that everything else works with.

Names that leave an axis open are aligned: the relation stands once for each member that all of them share.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, localcontext
from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.mistakes import Mistake
from nianbao.language.names import COLUMNS, PRIOR, ROWS, Scope, checked
from nianbao.language.syntax import RELATIONS, Binary, Call, Name, Number, Unary, parse, start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.language.names import Ref
    from nianbao.language.syntax import Node
    from nianbao.model.form import Form, Item, TableForm

SUM = frozenset({"合计", "sum"})

EXACT = Context(prec=200, traps=[Inexact])  # what cannot be kept exactly is refused, never rounded


class Term(NamedTuple):
    """A cell with its weight; ``period`` says whose: ``this`` report's or the ``prior`` one's."""

    key: str
    coefficient: int | Decimal
    period: str


class Linear(NamedTuple):
    """Cells with weights, and a constant."""

    terms: tuple[Term, ...]
    constant: int | Decimal


class Equation(NamedTuple):
    """One relation between two linear forms.

    Attributes:
        left: Left side.
        right: Right side.
        relation: ``=``, ``!=``, ``<``, ``<=``, ``>`` or ``>=``.
        binding: Axis and member that the relation was instantiated for, as pairs; empty when nothing was open.
        table: Id of the table it stands in, that of its first cell.
    """

    left: Linear
    right: Linear
    relation: str
    binding: tuple[tuple[str, str], ...]
    table: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of both sides."""
        return self.left.terms + self.right.terms

    @property
    def subject(self) -> str:
        """What tells this instance from the others, whatever the values: the first cell."""
        return (self.left.terms or self.right.terms)[0].key


class _Affine(NamedTuple):
    """A linear form whose names may still leave an axis open."""

    terms: tuple[tuple[Ref, int | Decimal], ...]
    constant: int | Decimal

    def times(self, factor: int | Decimal) -> _Affine:
        return _Affine(tuple((ref, tidy(weight * factor)) for ref, weight in self.terms), tidy(self.constant * factor))

    def plus(self, other: _Affine) -> _Affine:
        return _Affine(self.terms + other.terms, self.constant + other.constant)


def tidy(value: int | Decimal) -> int | Decimal:
    """Return a whole decimal as an ``int``, anything else as it is."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def equations(
    source: str, form: Form, *, within: str | None = None, merged: frozenset[str] = frozenset()
) -> tuple[Equation, ...]:
    """Compile a relation to its instances on a form.

    Args:
        source: The relation, such as ``a + b = sum(c)``.
        form: The form whose rows and columns it names.
        within: Table that the names belong to; all tables when missing.
        merged: Groups (``table.group``) that stand as one row of their own in the report, in place of their members.

    Raises:
        Mistake: not a relation between linear forms, or names that are unknown, ambiguous or not aligned.
    """
    node = parse(source)
    if not isinstance(node, Binary) or node.operator not in RELATIONS:
        raise Mistake("expected two sides joined by one of = ≠ < ≤ > ≥", start(node))
    reader = Reader(Scope.of(form, within), merged)
    with localcontext(EXACT):
        left, right = reader.affine(node.left), reader.affine(node.right)
    refs = [ref for ref, _ in left.terms + right.terms]
    if not refs:
        raise Mistake("no cell takes part", node.at)
    if any(reader.is_merged_away(ref) for ref in refs):
        return ()
    return tuple(
        Equation(
            _bind(left, axis, member),
            _bind(right, axis, member),
            node.operator,
            _binding(axis, member),
            refs[0].table.id,
        )
        for axis, member in reader.alignment(refs)
    )


class Reader:
    """Reads trees as linear forms over the names of a scope."""

    def __init__(self, scope: Scope, merged: frozenset[str] = frozenset()) -> None:
        self.scope = scope
        self.merged = merged

    def affine(self, node: Node) -> _Affine:
        """Return a tree as a linear form.

        Raises:
            Mistake: it is none.
        """
        if isinstance(node, Number):
            return _Affine((), node.value)
        if isinstance(node, Name):
            return _Affine(((self.single(node), 1),), 0)
        if isinstance(node, Call):
            return self.sum(node)
        if isinstance(node, Unary) and node.operator == "-":
            return self.affine(node.operand).times(-1)
        if isinstance(node, Binary) and node.operator in {"+", "-", "*", "/"}:
            return self.arithmetic(node)
        raise Mistake("expected cells and numbers joined by + − × ÷", start(node))

    def arithmetic(self, node: Binary) -> _Affine:
        """Return two linear forms joined by a sign; × and ÷ take a number."""
        left, right = self.affine(node.left), self.affine(node.right)
        if node.operator in {"+", "-"}:
            return left.plus(right.times(1 if node.operator == "+" else -1))
        if node.operator == "/":
            return left.times(reciprocal(right.constant if not right.terms else None, node.at))
        if left.terms and right.terms:
            raise Mistake("× needs a number on one side", node.at)
        return left.times(right.constant) if left.terms else right.times(left.constant)

    def single(self, name: Name) -> Ref:
        """Return the row, column or cell of a name that stands alone."""
        ref = self.scope.resolve(name)
        group = ref.group
        if group is not None and not (ref.row is group and f"{ref.table.id}.{group.id}" in self.merged):
            raise Mistake(f"{name.text!r} is a group; write 合计({name.text}) or sum({name.text})", name.at)
        return ref

    def sum(self, call: Call) -> _Affine:
        """Return the sum over the members of a group."""
        if call.function not in SUM:
            raise Mistake(f"no function {call.function!r}; known here: 合计 (sum)", call.at)
        if len(call.arguments) != 1 or not isinstance(call.arguments[0], Name):
            raise Mistake("合计 (sum) takes the name of one group", call.at)
        name = call.arguments[0]
        ref = self.scope.resolve(name)
        if ref.group is None:
            groups = [group.name.zh for axis in (ref.table.rows, ref.table.columns) for group in axis.groups]
            raise Mistake(f"{name.text!r} is no group; groups here: {', '.join(groups)}", name.at)
        rows = self.members(ref.table, ref.row) if ref.row is not None else (None,)
        columns = self._columns(ref)
        return _Affine(tuple((ref._replace(row=row, column=column), 1) for row in rows for column in columns), 0)

    def _columns(self, ref: Ref) -> tuple[Item | None, ...]:
        if ref.column is None or not ref.column.is_group:
            return (ref.column,)
        return tuple(ref.table.columns.items[member] for member in ref.column.members)

    def members(self, table: TableForm, row: Item) -> tuple[Item, ...]:
        """Return the rows that a row or group of rows stands for in a report with these groups merged."""
        wanted = set(row.members or (row.id,))
        return tuple(
            one
            for one in effective_rows(table, self.merged)
            if one.id == row.id or set(one.members or (one.id,)) <= wanted
        )

    def is_merged_away(self, ref: Ref) -> bool:
        """Whether a named row is not in the report, because its group stands in its place."""
        if ref.row is None or not self.merged:
            return False
        return ref.row.id not in {row.id for row in effective_rows(ref.table, self.merged)}

    def alignment(self, refs: Iterable[Ref]) -> tuple[tuple[str, Item | None], ...]:
        """Return axis and member of each instance; one instance without a member when nothing is open.

        Raises:
            Mistake: names leave different axes open, or stand in different tables, or share no member.
        """
        closed = [checked(ref) for ref in refs if ref.open_axis is None]
        opened = [ref for ref in refs if ref.open_axis is not None]
        if not opened:
            return (("", None),) if closed else ()
        first = opened[0]
        for ref in opened:
            if ref.table.id != first.table.id:
                raise Mistake(f"open names of two tables, {first.table.name} and {ref.table.name}; pick cells", ref.at)
            if ref.open_axis != first.open_axis:
                raise Mistake(
                    f"this name leaves the {ref.open_axis} open and another the {first.open_axis}; pick one in [ ]",
                    ref.at,
                )
        shared = self._shared(opened)
        if not shared:
            raise Mistake(f"the names share no member of the {first.open_axis} of {first.table.name}", first.at)
        return tuple((first.open_axis or "", member) for member in shared)

    def _shared(self, opened: list[Ref]) -> list[Item]:
        table = opened[0].table
        if opened[0].open_axis == COLUMNS:
            rows = [ref.row for ref in opened if ref.row is not None]
            return [column for column in table.columns.leaves if all(column.id in row.columns for row in rows)]
        columns = [ref.column.id for ref in opened if ref.column is not None]
        return [row for row in effective_rows(table, self.merged) if all(one in row.columns for one in columns)]


def effective_rows(table: TableForm, merged: frozenset[str]) -> tuple[Item, ...]:
    """Return the rows of a table as a report has them: merged groups stand in place of their members."""
    if not merged:
        return table.rows.leaves
    owner = {leaf: group for group in table.rows.groups if f"{table.id}.{group.id}" in merged for leaf in group.members}
    return tuple({row.id: row for row in (owner.get(leaf.id, leaf) for leaf in table.rows.leaves)}.values())


def reciprocal(value: int | Decimal | None, at: int) -> int | Decimal:
    """Return 1 ÷ value, exactly.

    Raises:
        Mistake: no number, zero, or a quotient without an exact decimal.
    """
    if value is None:
        raise Mistake("÷ needs a number behind it", at)
    if not value:
        raise Mistake("÷ 0", at)
    try:
        return tidy(EXACT.divide(Decimal(1), Decimal(value)))
    except Inexact as error:
        raise Mistake(f"1 ÷ {value} has no exact decimal; multiply the other side instead", at) from error


def _bind(affine: _Affine, axis: str, member: Item | None) -> Linear:
    """Fill the open axis of every term with a member, and join terms of the same cell."""
    weights: dict[tuple[str, str], int | Decimal] = {}
    for ref, weight in affine.terms:
        row = member if axis == ROWS and ref.row is None else ref.row
        column = member if axis == COLUMNS and ref.column is None else ref.column
        place = (cell_key(ref.table, row=row, column=column), ref.period)
        weights[place] = weights.get(place, 0) + weight
    terms = tuple(Term(key, weight, period) for (key, period), weight in weights.items() if weight)
    return Linear(terms, tidy(affine.constant))


def cell_key(table: TableForm, *, row: Item | None, column: Item | None) -> str:
    """Return the key of the cell at a row and a column."""
    return f"{table.id}.{row.id if row else ''}.{column.id if column else ''}"


def _binding(axis: str, member: Item | None) -> tuple[tuple[str, str], ...]:
    return () if member is None else ((axis, member.id),)


def needs_prior(found: Iterable[Equation]) -> bool:
    """Whether any of the equations asks for last year's report."""
    return any(term.period == PRIOR for equation in found for term in equation.terms)
