"""Statements about a report's facts (years, dates) that are true, false, or cannot be told."""

from __future__ import annotations

import datetime as dt
import operator
from decimal import localcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.language.evaluate import RELATIONS
from nianbao.language.linear import EXACT, reciprocal
from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.syntax import Binary, Call, Implication, Name, Number, Unary, start
from nianbao.messages import Text
from nianbao.model.finding import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from nianbao.language.syntax import Node
    from nianbao.model.report import Report

    Value = bool | int | Decimal | dt.date

NUMBER, DATE, TRUTH = "number", "date", "truth"

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


class Fact(NamedTuple):
    """Something that a report says outside its tables.

    Attributes:
        id: Its English name in rules.
        name: What it is, for people; the Chinese is its Chinese name in rules.
        type: ``number`` or ``date``.
        read: Returns it from a report, ``None`` where the report does not say.
        source: Name of the place it was read from, in ``Report.facts``.
    """

    id: str
    name: Text
    type: str
    read: Callable[[Report], Value | None]
    source: str = ""


def _title_year(report: Report) -> int | None:
    found = report.facts.get("title_year")
    return found.value if found is not None and isinstance(found.value, int) else None


FACTS = (
    Fact("year", Text("年度", "the report's year"), NUMBER, lambda report: report.year, "title_year"),
    Fact("title_year", Text("题名年度", "the year in the title"), NUMBER, _title_year, "title_year"),
    Fact(
        "period_start",
        Text("统计期起", "the first day of the period"),
        DATE,
        lambda r: r.period and r.period[0],
        "period",
    ),
    Fact(
        "period_end", Text("统计期止", "the last day of the period"), DATE, lambda r: r.period and r.period[1], "period"
    ),
    Fact(
        "period_year",
        Text("统计年度", "the year of the period"),
        NUMBER,
        lambda r: r.period and r.period[0].year,
        "period",
    ),
    Fact("published", Text("公布日期", "the date of publication"), DATE, lambda report: report.published, "published"),
    Fact("form_first_year", Text("格式首年", "the form's first year"), NUMBER, lambda r: r.form.first_year or 0),
    Fact("form_last_year", Text("格式末年", "the form's last year"), NUMBER, lambda r: r.form.last_year or 9999),
)
_BY_NAME = {name: fact for fact in FACTS for name in (fact.id, fact.name.zh)}
_DATES = ("日期", "date")
_NOT_SAID = Text("报告里没有读到{fact}", "the report does not say {fact}")


class _Unknown(Exception):  # noqa: N818 - a third truth value
    def __init__(self, fact: Fact) -> None:
        self.fact = fact


class Condition:
    """A checked condition.

    Raises:
        Mistake: unknown names or functions, or dates and numbers compared with each other.
    """

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        if _type(tree) != TRUTH:
            raise Mistake("expected a statement that is true or false", start(tree))
        self.facts = tuple(dict.fromkeys(_facts(tree)))

    def ask(self, report: Report) -> Answer:
        """Ask the condition of a report; the place is that of the first fact it speaks of."""
        places = (report.facts[fact.source].location for fact in self.facts if fact.source in report.facts)
        location = next(places, None)
        try:
            with localcontext(EXACT):
                return Answer(bool(_evaluate(self.tree, report)), None, location)
        except _Unknown as unknown:
            return Answer(None, _NOT_SAID.format(fact=unknown.fact.name), location)
        except ValueError as error:
            return Answer(None, Text(f"日期不成立：{error}", f"no such date: {error}"), location)


def _fact(name: Name) -> Fact:
    fact = _BY_NAME.get(name.text)
    if fact is None or name.selection is not None:
        raise Mistake(f"unknown name {name.text!r}{nearest(name.text, list(_BY_NAME))}", name.at)
    return fact


def _facts(node: Node) -> Iterator[Fact]:
    if isinstance(node, Name):
        yield _fact(node)
    for inner in _inner(node):
        yield from _facts(inner)


def _inner(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Binary):
        return node.left, node.right
    if isinstance(node, Implication):
        return node.premise, node.conclusion
    if isinstance(node, Unary):
        return (node.operand,)
    return node.arguments if isinstance(node, Call) else ()


def _type(node: Node) -> str:
    """Return the type of a tree, and refuse what cannot be compared or added."""
    if isinstance(node, Number):
        return NUMBER
    if isinstance(node, Name):
        return _fact(node).type
    if isinstance(node, Call):
        return _call_type(node)
    if isinstance(node, Unary):
        return _expect(node.operand, TRUTH if node.operator == "not" else NUMBER)
    if isinstance(node, Implication):
        _expect(node.premise, TRUTH)
        return _expect(node.conclusion, TRUTH)
    return _binary_type(node)


def _binary_type(node: Binary) -> str:
    if node.operator in RELATIONS:
        left, right = _type(node.left), _type(node.right)
        if left != right:
            raise Mistake(f"a {left} cannot be compared with a {right}", node.at)
        return TRUTH
    if node.operator == "/":
        reciprocal(node.right.value if isinstance(node.right, Number) else None, node.at)
    wanted = TRUTH if node.operator in {"and", "or"} else NUMBER
    _expect(node.left, wanted)
    return _expect(node.right, wanted)


def _call_type(call: Call) -> str:
    if call.function not in _DATES:
        raise Mistake(f"unknown function {call.function!r}{nearest(call.function, list(_DATES))}", call.at)
    if len(call.arguments) != 3:
        raise Mistake(f"{call.function}() takes a year, a month and a day", call.at)
    for argument in call.arguments:
        _expect(argument, NUMBER)
    return DATE


def _expect(node: Node, wanted: str) -> str:
    found = _type(node)
    if found != wanted:
        raise Mistake(f"expected a {wanted}, found a {found}", start(node))
    return wanted


def _evaluate(node: Node, report: Report) -> Any:
    """Return the value of a tree; its types have been checked."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name):
        fact = _fact(node)
        value = fact.read(report)
        if value is None:
            raise _Unknown(fact)
        return value
    if isinstance(node, Call):
        year, month, day = (int(_evaluate(argument, report)) for argument in node.arguments)
        return dt.date(year, month, day)
    if isinstance(node, Implication):
        return _either((Unary("not", node.premise, node.at), node.conclusion), report, decisive=True)
    if isinstance(node, Unary):
        value = _evaluate(node.operand, report)
        return not value if node.operator == "not" else -value
    return _binary(node, report)


def _binary(node: Binary, report: Report) -> Any:
    if node.operator in {"and", "or"}:
        return _either((node.left, node.right), report, decisive=node.operator == "or")
    left, right = _evaluate(node.left, report), _evaluate(node.right, report)
    if node.operator in RELATIONS:
        return RELATIONS[node.operator](left, right)
    if node.operator == "/":
        return left * reciprocal(right, node.at)
    return _ARITHMETIC[node.operator](left, right)


def _either(nodes: tuple[Node, Node], report: Report, *, decisive: bool) -> bool:
    """Return ``decisive`` if one of two statements is so, whatever is not known of the other one."""
    unknown = None
    for node in nodes:
        try:
            if _evaluate(node, report) == decisive:
                return decisive
        except _Unknown as error:
            unknown = unknown or error
    if unknown is not None:
        raise unknown
    return not decisive
