"""A relation between linear forms over cells: the equation that everything else works with.

Names with an open axis are aligned: the relation has one instance for each member that all of them share.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, localcontext
from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.alignment import align, bound_key
from nianbao.language.facts import type_name
from nianbao.language.mistakes import Mistake
from nianbao.language.names import Scope
from nianbao.language.syntax import Binary, Call, Name, Number, Unary, parse, start
from nianbao.messages import Text
from nianbao.model.closed_words import word_of
from nianbao.model.outcome import RELATIONS

if TYPE_CHECKING:
    from nianbao.language.alignment import Binding
    from nianbao.language.names import Ref
    from nianbao.language.syntax import Node
    from nianbao.model.form import Form, Item, TableForm
    from nianbao.model.outcome import Relation

SUM = frozenset({"合计", "sum"})

EXACT = Context(prec=200, traps=[Inexact])  # what cannot be kept exactly is refused, never rounded


class Term(NamedTuple):
    """A cell with its weight; ``period`` names the report: ``this``, ``prior``, ``parent`` or ``children``."""

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
        binding: Axis and member of this instance, as pairs; empty where no axis was open.
        table: Id of the table of its first cell.
    """

    left: Linear
    right: Linear
    relation: Relation
    binding: tuple[tuple[str, str], ...]
    table: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of both sides."""
        return self.left.terms + self.right.terms

    @property
    def subject(self) -> str:
        """The key of the first cell, which identifies this instance whatever the values are."""
        return (self.left.terms or self.right.terms)[0].key


class Affine(NamedTuple):
    """A linear form whose names may still have an open axis."""

    terms: tuple[tuple[Ref, int | Decimal], ...]
    constant: int | Decimal

    def times(self, factor: int | Decimal) -> Affine:
        """Return the form multiplied by a number."""
        return Affine(tuple((ref, tidy(weight * factor)) for ref, weight in self.terms), tidy(self.constant * factor))

    def plus(self, other: Affine) -> Affine:
        """Return the sum of two forms."""
        return Affine(self.terms + other.terms, self.constant + other.constant)


def tidy(value: int | Decimal) -> int | Decimal:
    """Return a decimal without a fraction as an ``int``, any other number unchanged."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def equations(source: str, form: Form, *, within: str | None = None) -> tuple[Equation, ...]:
    """Compile a relation to its instances on a form.

    Args:
        source: The relation, such as ``a + b = sum(c)``.
        form: The form whose rows and columns it names.
        within: Table that the names belong to; all tables when missing.

    Raises:
        Mistake: it is not a relation between linear forms, or its names are unknown, ambiguous or not aligned.
    """
    node = parse(source)
    if not isinstance(node, Binary) or node.relation is None:
        raise Mistake(
            Text("左右两边要用 = ≠ < ≤ > ≥ 之一连起来", "expected two sides joined by one of = ≠ < ≤ > ≥"), start(node)
        )
    reader = LinearReader(Scope.of(form, within))
    sides = reader.sides(node)
    refs = [ref for side in sides for ref, _ in side.terms]
    if not refs:
        raise Mistake(Text("算式里没有单元格；至少写一个行名或列名", "no cell takes part"), node.at)
    if reader.empty or any(ref.is_merged_away for ref in refs):
        return ()
    return tuple(_equation(node.relation, sides, binding, form) for binding in align(refs))


class LinearReader:
    """Reads trees as linear forms over the names of a scope.

    ``empty`` are the open groups in these trees that have no member in the report.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.empty: list[Item] = []
        self._read: dict[Binary, tuple[Affine, Affine]] = {}

    def sides(self, node: Binary) -> tuple[Affine, Affine]:
        """Return both sides of a relation as linear forms, which are the same for all of its instances."""
        if node not in self._read:
            with localcontext(EXACT):
                self._read[node] = self.affine(node.left), self.affine(node.right)
        return self._read[node]

    def equation(self, node: Binary, binding: Binding) -> Equation:
        """Return one instance of a relation between linear forms."""
        return _equation(word_of(node.operator, RELATIONS), self.sides(node), binding, self.scope.form)

    def affine(self, node: Node) -> Affine:
        """Return a tree as a linear form.

        Raises:
            Mistake: it is not linear.
        """
        if isinstance(node, Number):
            return Affine((), node.value)
        if isinstance(node, Name):
            return Affine(((self.single(node), 1),), 0)
        if isinstance(node, Call):
            return self.sum(node)
        if isinstance(node, Unary) and node.operator == "-":
            return self.affine(node.operand).times(-1)
        if isinstance(node, Binary) and node.operator in {"+", "-", "*", "/"}:
            return self.arithmetic(node)
        raise Mistake(
            Text("这里要写用 + − × ÷ 连起来的单元格和数", "expected cells and numbers joined by + − × ÷"), start(node)
        )

    def arithmetic(self, node: Binary) -> Affine:
        """Return two linear forms joined by a sign; for × and ÷, one side must be a number."""
        left, right = self.affine(node.left), self.affine(node.right)
        if node.operator in {"+", "-"}:
            return left.plus(right.times(1 if node.operator == "+" else -1))
        if node.operator == "/":
            return left.times(reciprocal(right.constant if not right.terms else None, node.at))
        if left.terms and right.terms:
            raise Mistake(Text("× 的一边必须是数，单元格不能相乘", "× needs a number on one side"), node.at)
        return left.times(right.constant) if left.terms else right.times(left.constant)

    def single(self, name: Name) -> Ref:
        """Return the row, column or cell of a name that is not the argument of a function."""
        ref = self.scope.resolve(name)
        group = ref.group
        if group is not None and not (ref.row is group and group.id in ref.table.merged):
            reason = Text(
                f"“{name.text}”是一组；要合计就写 合计({name.text})",
                f"{name.text!r} is a group; write 合计({name.text}) or sum({name.text})",
            )
            raise Mistake(reason, name.at)
        return ref

    def sum(self, call: Call) -> Affine:
        """Return the sum over the members of a group."""
        if call.function not in SUM:
            reason = Text(
                f"合计里不能用函数“{call.function}”；这里有：合计（sum）",
                f"no function {call.function!r} in a sum; known here: 合计 (sum)",
            )
            raise Mistake(reason, call.at)
        return Affine(tuple((ref, 1) for ref in self.parts(call)), 0)

    def parts(self, call: Call) -> tuple[Ref, ...]:
        """Return the members of the group that is the argument of a function; the other axis may be open."""
        if len(call.arguments) != 1 or not isinstance(call.arguments[0], Name):
            reason = Text(f"{call.function}() 的括号里写一个组的名字", f"{call.function}() takes the name of one group")
            raise Mistake(reason, call.at)
        name = call.arguments[0]
        ref = self.scope.resolve(name)
        if ref.group is None:
            groups = [group.name.zh for axis in (ref.table.rows, ref.table.columns) for group in axis.groups]
            reason = Text(
                f"“{name.text}”不是组；这里的组有：{'、'.join(groups) or '无'}",
                f"{name.text!r} is no group; groups here: {', '.join(groups)}",
            )
            raise Mistake(reason, name.at)
        if not ref.group.members:
            self.empty.append(ref.group)
        rows = self.members(ref.table, ref.row) if ref.row is not None else (None,)
        columns = self._columns(ref)
        return tuple(ref._replace(row=row, column=column) for row in rows for column in columns)

    def _columns(self, ref: Ref) -> tuple[Item | None, ...]:
        if ref.column is None or not ref.column.is_group:
            return (ref.column,)
        return tuple(ref.table.columns.items[member] for member in ref.column.members)

    def members(self, table: TableForm, row: Item) -> tuple[Item, ...]:
        """Return the rows that a row or group of rows means in a report with these groups merged."""
        wanted = set(row.members or (row.id,))
        return tuple(
            candidate
            for candidate in table.printed_rows
            if candidate.id == row.id or set(candidate.members or (candidate.id,)) <= wanted
        )


def reciprocal(value: int | Decimal | None, at: int) -> int | Decimal:
    """Return 1 ÷ value, exactly.

    Raises:
        Mistake: the value is not a number, is zero, or its reciprocal has no exact decimal.
    """
    if value is None:
        raise Mistake(Text("÷ 的后面必须是数", "÷ needs a number behind it"), at)
    if not value:
        raise Mistake(Text("不能除以零：÷ 0", "÷ 0"), at)
    try:
        return tidy(EXACT.divide(Decimal(1), Decimal(value)))
    except Inexact as error:
        reason = Text(
            f"1 ÷ {value} 除不尽；请改为在另一边乘以 {value}",
            f"1 ÷ {value} has no exact decimal; multiply the other side instead",
        )
        raise Mistake(reason, at) from error


def _equation(relation: Relation, sides: tuple[Affine, Affine], binding: Binding, form: Form) -> Equation:
    refs = [ref for side in sides for ref, _weight in side.terms]
    _refuse_mixed(sides, binding, form)
    left, right = (_bind(side, binding) for side in sides)
    return Equation(left, right, relation, binding.pairs, refs[0].table.id)


def _bind(affine: Affine, binding: Binding) -> Linear:
    """Bind the open axis of every term to a member, and add up the weights of terms of the same cell."""
    weights: dict[tuple[str, str], int | Decimal] = {}
    for ref, weight in affine.terms:
        place = (bound_key(ref, binding), ref.period)
        weights[place] = weights.get(place, 0) + weight
    terms = tuple(Term(key, weight, period) for (key, period), weight in weights.items() if weight)
    return Linear(terms, tidy(affine.constant))


def _refuse_mixed(sides: tuple[Affine, Affine], binding: Binding, form: Form) -> None:
    """Refuse sums of dates, of words, and of figures in different units.

    A factor may convert a figure to another unit, so a multiplied figure is accepted with every unit.
    """
    first: tuple[str | None, Ref] | None = None
    for ref, weight in (term for side in sides for term in side.terms):
        slot = form.slot(bound_key(ref, binding))
        if slot is None:
            continue
        if not slot.holds_figure:
            reason = Text(
                f"“{ref.shown}”里填的是{type_name(slot.value).zh}，不能加减；请单独比较",
                f"{ref.shown!r} holds a {slot.value}, which cannot be added up; compare it alone",
            )
            raise Mistake(reason, ref.at)
        if abs(weight) != 1:
            continue
        if first is None:
            first = (slot.unit, ref)
        unit, other = first
        if slot.unit != unit:
            ours, theirs = slot.unit or "no unit", unit or "no unit"
            zh_ours, zh_theirs = slot.unit or "没有单位", unit or "没有单位"
            reason = Text(
                f"单位不一致：“{ref.shown}”是“{zh_ours}”，“{other.shown}”是“{zh_theirs}”；给其中一个乘上换算的倍数",
                f"units mixed: {ref.shown!r} has {ours}, {other.shown!r} {theirs}; multiply one of them by the factor "
                "between the units",
            )
            raise Mistake(reason, ref.at)


def cell_key(table: TableForm, *, row: Item | None, column: Item | None) -> str:
    """Return the key of the cell at a row and a column."""
    return f"{table.id}.{row.id if row else ''}.{column.id if column else ''}"
