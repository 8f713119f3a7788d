"""Expressions of any type over cells and facts, checked when they are compiled and evaluated on many reports.

A relation between sums of cells becomes an equation. Everything else becomes a composition of small functions, one for
each instance of the expression.
"""

from __future__ import annotations

import operator
from decimal import localcontext
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from nianbao.language import answering as asking
from nianbao.language.alignment import CLOSED, align, bound_key
from nianbao.language.answering import Typed, issuer_kind, of_several, refuse_other, refuse_unlike
from nianbao.language.evaluate import COMPARISONS, judge_over, prepare
from nianbao.language.facts import DATE, ISSUER_KIND, NUMBER, TEXT, TRUTH, facts_of, named_fact
from nianbao.language.functions import (
    COUNT,
    FUNCTIONS,
    HAS,
    LARGEST,
    MISSING,
    OVER_CELLS,
    OVER_GROUPS,
    SUM,
    function_of,
)
from nianbao.language.linear import EXACT, LinearReader, reciprocal
from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.names import CHILDREN, PERIODS
from nianbao.language.section_names import SECTION_WORDS, section_facts, section_named
from nianbao.language.syntax import Binary, Call, Implication, Name, Number, QuotedText, Unary, inner, parse, start
from nianbao.language.values import cell_value, fact_value, has_value, type_of
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nianbao.language.alignment import Binding
    from nianbao.language.evaluate import Sources, Sums
    from nianbao.language.facts import NamedFact
    from nianbao.language.names import Ref, Scope
    from nianbao.language.syntax import Node
    from nianbao.model.function import Function, ValueType
    from nianbao.model.outcome import Outcome, Relation

_NO_MEMBER = Text("报告里没有“{group}”的行或列", "the report has no row or column of “{group}”")


class Instance(NamedTuple):
    """One instance of an expression: its member, the table of its first cell ("" without one), and how to ask it.

    ``ask`` returns pass or fail for a statement; the value of any other expression is the outcome's argument ``value``.
    """

    binding: Binding
    table: str
    subject: str
    ask: Callable[[Sources], Outcome]


class Expression(NamedTuple):
    """A checked expression.

    Attributes:
        type: ``truth`` for a statement, else ``number``, ``date`` or ``text``.
        relation: Its sign where it is one relation, else "".
        instances: Its instances, one for each member that its open names share.
        facts: The facts that it names.
        sums: For a relation between sums of cells, its equations, one for each instance.
        reason: Why it has no instance on this report, where a group has no member.
    """

    type: ValueType
    relation: Relation | Literal[""]
    instances: tuple[Instance, ...]
    facts: tuple[NamedFact, ...]
    sums: tuple[Sums, ...] = ()
    reason: Text | None = None


def compile_expression(
    source: str,
    scope: Scope,
    *,
    functions: Mapping[str, Function] = FUNCTIONS,
    exact: bool = False,
) -> Expression:
    """Check an expression and compile it.

    Args:
        source: The expression.
        scope: The form and tables whose names it uses.
        functions: The functions it may call, by name.
        exact: Whether a figure with decimals means exactly its digits.

    Raises:
        Mistake: unknown names or functions, types or units that do not match, names that do not align.
    """
    tree = parse(source)
    with localcontext(EXACT):
        return _Compiler(LinearReader(scope), functions, exact=exact).expression(tree)


class _Compiler:
    """Compiles trees into functions over views, one instance at a time."""

    def __init__(self, reader: LinearReader, functions: Mapping[str, Function], *, exact: bool) -> None:
        self.reader = reader
        self.functions = functions
        self.exact = exact
        self.facts = {**facts_of(reader.scope.form), **section_facts(reader.scope.form)}
        self.cells_first = reader.scope.cells_first
        self.binding: Binding = CLOSED

    def expression(self, tree: Node) -> Expression:
        relation = tree.relation if isinstance(tree, Binary) else None
        self.refuse_unknown(tree)
        refs = list(self.refs(tree))
        facts = tuple(dict.fromkeys(self.named_facts(tree)))
        bindings = () if any(ref.is_merged_away for ref in refs) else align(refs)
        kind: ValueType = TRUTH
        instances: list[Instance] = []
        sums: list[Sums] = []
        for binding in () if self.reader.empty else bindings:
            self.binding = binding
            subject = bound_key(refs[0], self.binding) if refs else ""
            if relation and isinstance(tree, Binary) and self.is_linear(tree):
                equation = self.sums(tree)
                sums.append(equation)
                ask: Callable[[Sources], Outcome] = partial(judge_over, equation)
                subject = equation.equation.subject
            else:
                kind, ask = self.question(tree, relation)
            instances.append(Instance(self.binding, refs[0].table.id if refs else "", subject, ask))
        empty = self.reader.empty[:1]
        reason = _NO_MEMBER.format(group=empty[0].label) if empty else None
        return Expression(kind, relation or "", tuple(instances), facts, tuple(sums), reason)

    def refuse_unknown(self, node: Node) -> None:
        """Refuse an unknown function before its arguments are checked."""
        if isinstance(node, Call) and node.function not in OVER_CELLS:
            function_of(node, self.functions)
        for part in inner(node):
            self.refuse_unknown(part)

    def fact(self, name: Name) -> NamedFact | None:
        """Return the fact that a name means. In a rule about figures, a row or column of that name takes precedence."""
        fact = named_fact(name, self.facts)
        parts = name.parts[1:] if name.parts[0] in PERIODS else name.parts
        if fact is None and parts[0] in SECTION_WORDS and len(parts) > 1:
            self.refuse_section(name, ".".join(parts[1:]))
        return None if fact is None or (self.cells_first and self.reader.scope.knows(name)) else fact

    def refuse_section(self, name: Name, section: str) -> None:
        """Refuse the name of a section that the form does not have, unless a table has it."""
        if not self.reader.scope.knows(name):
            try:
                section_named(self.reader.scope.form, section)
            except Mistake as mistake:
                raise Mistake(mistake.reason, name.at) from mistake

    def question(self, tree: Node, relation: Relation | None) -> tuple[ValueType, Callable[[Sources], Outcome]]:
        typed = self.typed(tree)
        if relation and isinstance(tree, Binary):
            left, right = self.two_sides(tree)
            return TRUTH, lambda sources: asking.ask_relation(left, right, relation=relation, sources=sources)
        return typed.type, lambda sources: asking.ask(typed, truth=typed.type == TRUTH, sources=sources)

    def refs(self, node: Node) -> Iterator[Ref]:
        """Yield the cells that names stand for, except those inside a count, which has instances of its own."""
        if isinstance(node, Name):
            if self.fact(node) is None:
                yield self.cell(node)
        elif isinstance(node, Call) and self.group_call(node):
            yield from self.reader.parts(node)
        elif not (isinstance(node, Call) and node.function in COUNT):
            for part in inner(node):
                yield from self.refs(part)

    def named_facts(self, node: Node) -> Iterator[NamedFact]:
        if isinstance(node, Name) and (fact := self.fact(node)) is not None:
            yield fact
        for part in inner(node):
            yield from self.named_facts(part)

    def cell(self, name: Name) -> Ref:
        try:
            return self.reader.single(name)
        except Mistake as mistake:
            near = nearest(name.text, list(self.facts))
            if "did you mean" in mistake.reason.en or "did you mean" not in near.en:
                raise
            reason = Text(f"没有“{name.text}”这个名字", f"unknown name {name.text!r}")
            raise Mistake(reason + near, name.at) from mistake

    def group_call(self, call: Call) -> bool:
        """Whether the argument of a function is the name of a group."""
        if call.function not in OVER_GROUPS or len(call.arguments) != 1 or not isinstance(call.arguments[0], Name):
            return False
        name = call.arguments[0]
        if call.function in SUM:
            return True
        return self.fact(name) is None and self.reader.scope.resolve(name).group is not None

    def is_linear(self, node: Node) -> bool:
        """Whether a tree consists only of cells with figures, numbers, sums and signs, with at least one cell."""
        return any(True for _ref in self.refs(node)) and self._is_linear(node)

    def _is_linear(self, node: Node) -> bool:
        if isinstance(node, Number):
            return True
        if isinstance(node, Name):
            return self.fact(node) is None and type_of(self.cell(node), self.binding) == NUMBER
        if isinstance(node, Call):
            return node.function in SUM
        signs = {*COMPARISONS, "+", "-", "*", "/"}
        return isinstance(node, Unary | Binary) and node.operator in signs and all(map(self._is_linear, inner(node)))

    def sums(self, tree: Binary) -> Sums:
        return prepare(self.reader.equation(tree, self.binding), exact=self.exact)

    def typed(self, node: Node) -> Typed:
        """Compile a tree into a typed part.

        Raises:
            Mistake: the types of its own parts do not match.
        """
        if isinstance(node, Number | QuotedText):
            value = node.value
            return Typed(TEXT if isinstance(node, QuotedText) else NUMBER, lambda _view: value)
        if isinstance(node, Name):
            return self.name(node)
        if isinstance(node, Call):
            return self.call(node)
        if isinstance(node, Unary):
            return self.negated(node.operand) if node.operator == "not" else self.minus(node.operand)
        if isinstance(node, Implication):
            conclusion = self.expect(node.conclusion, TRUTH)
            either = asking.either(self.negated(node.premise), conclusion, decisive=True)
            return either._replace(needs=(conclusion,))
        return self.binary(node)

    def negated(self, node: Node) -> Typed:
        return asking.applied(operator.not_, [self.expect(node, TRUTH)], gives=TRUTH)

    def minus(self, node: Node) -> Typed:
        return asking.applied(operator.neg, [self.expect(node, NUMBER)], gives=NUMBER)

    def name(self, node: Name) -> Typed:
        fact = self.fact(node)
        if fact is None:
            return self.at_cell(self.cell(node))
        if fact.period == CHILDREN:
            raise Mistake(of_several(node.text), node.at)
        return Typed(fact.fact.type, lambda view: fact_value(fact, view))

    def at_cell(self, ref: Ref) -> Typed:
        kind = type_of(ref, self.binding)
        if ref.period == CHILDREN and kind != NUMBER:
            raise Mistake(of_several(ref.shown), ref.at)
        key = bound_key(ref, self.binding)
        return Typed(kind, lambda view: cell_value(key, ref, wanted=kind, view=view))

    def call(self, node: Call) -> Typed:
        if node.function in HAS | MISSING:
            return self.presence(node)
        if self.group_call(node):
            return self.over_group(node)
        if node.function in COUNT:
            return self.count(node)
        function = function_of(node, self.functions)
        wanted = function.types(len(node.arguments))
        parts = [self.expect(argument, due) for argument, due in zip(node.arguments, wanted, strict=True)]
        return asking.applied(function.call, parts, gives=function.gives)

    def over_group(self, node: Call) -> Typed:
        refs = self.reader.parts(node)
        if node.function in COUNT:
            return asking.gathered(sum, [self.has(ref) for ref in refs])
        fold: Callable[..., object] = sum if node.function in SUM else max if node.function in LARGEST else min
        parts = [self.at_cell(ref) for ref in refs]
        if any(part.type != NUMBER for part in parts):
            reason = Text(f"{node.function}() 的括号里写一组数", f"{node.function}() takes a group of figures")
            raise Mistake(reason, node.at)
        return asking.gathered(fold, parts)

    def presence(self, node: Call) -> Typed:
        if len(node.arguments) != 1 or not isinstance(node.arguments[0], Name):
            reason = Text(
                f"{node.function}() 的括号里写一个单元格、年度或日期的名字",
                f"{node.function}() takes the name of one cell, or of a year or date",
            )
            raise Mistake(reason, node.at)
        name = node.arguments[0]
        fact = self.fact(name)
        there = asking.is_said(fact) if fact is not None else self.has(self.cell(name))
        return there if node.function in HAS else asking.applied(operator.not_, [there], gives=TRUTH)

    def has(self, ref: Ref) -> Typed:
        key = bound_key(ref, self.binding)
        return Typed(TRUTH, lambda view: has_value(key, ref, view=view))

    def count(self, node: Call) -> Typed:
        """Count the true instances of a statement. Its open axes are independent of the expression around it."""
        if len(node.arguments) != 1:
            reason = Text(
                f"{node.function}() 的括号里写一个组，或一个成立或不成立的判断",
                f"{node.function}() takes a group, or a statement that is true or false",
            )
            raise Mistake(reason, node.at)
        (statement,) = node.arguments
        outer, parts = self.binding, []
        for binding in align(list(self.refs(statement))):
            self.binding = binding
            parts.append(self.expect(statement, TRUTH))
        self.binding = outer
        return asking.gathered(sum, parts)

    def binary(self, node: Binary) -> Typed:
        if node.operator in {"and", "or"}:
            sides = self.expect(node.left, TRUTH), self.expect(node.right, TRUTH)
            return asking.either(*sides, decisive=node.operator == "or")
        if node.relation is None:
            return self.arithmetic(node)
        if self.is_linear(node):
            return asking.holds(self.sums(node))
        left, right = self.two_sides(node)
        refuse_unlike(node, left=left.type, right=right.type)
        return asking.applied(COMPARISONS[node.relation], [left, right], gives=TRUTH)

    def two_sides(self, node: Binary) -> tuple[Typed, Typed]:
        """Compile both sides of a relation; a kind of issuer may have its Chinese name.

        Raises:
            Mistake: there is no such kind of issuer.
        """
        left, right = self.typed(node.left), self.typed(node.right)
        if node.operator not in {"=", "!="}:
            return left, right
        return self.with_kind(left, node.left, beside=node.right), self.with_kind(right, node.right, beside=node.left)

    def with_kind(self, typed: Typed, node: Node, *, beside: Node) -> Typed:
        """Return a text that is compared with the kind of issuer as that kind, other parts unchanged."""
        fact = self.fact(beside) if isinstance(beside, Name) and isinstance(node, QuotedText) else None
        if fact is None or fact.fact.id != ISSUER_KIND or not isinstance(node, QuotedText):
            return typed
        kind = issuer_kind(node)
        return Typed(TEXT, lambda _view: kind)

    def arithmetic(self, node: Binary) -> Typed:
        if node.operator == "/":
            factor = reciprocal(node.right.value if isinstance(node.right, Number) else None, node.at)
            return asking.applied(lambda value: value * factor, [self.expect(node.left, NUMBER)], gives=NUMBER)
        left, right = self.typed(node.left), self.typed(node.right)
        if left.type == DATE and node.operator in {"+", "-"}:
            return self.days(node, left, right=right)
        sign = {"+": operator.add, "-": operator.sub, "*": operator.mul}[node.operator]
        for part, tree in ((left, node.left), (right, node.right)):
            refuse_other(part, NUMBER, at=start(tree))
        return asking.applied(sign, [left, right], gives=NUMBER)

    def days(self, node: Binary, left: Typed, *, right: Typed) -> Typed:
        """Compile a date moved by a number of days, or the number of days between two dates."""
        if node.operator == "-" and right.type == DATE:
            return asking.applied(lambda later, earlier: (later - earlier).days, [left, right], gives=NUMBER)
        refuse_other(right, NUMBER, at=start(node.right))
        return asking.shifted(left, right, sign=1 if node.operator == "+" else -1)

    def expect(self, node: Node, wanted: ValueType) -> Typed:
        typed = self.typed(node)
        refuse_other(typed, wanted, at=start(node))
        return typed
