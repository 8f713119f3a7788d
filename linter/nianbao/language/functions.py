"""Functions of the rule language: those over plain values, and the names of those that take cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.language.facts import DATE, NUMBER, TEXT, TRUTH, type_name
from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.syntax import QuotedText
from nianbao.messages import Text
from nianbao.model.folding import plain_prose
from nianbao.model.function import MORE, Function

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.language.syntax import Call
    from nianbao.model.function import ArgumentType

SUM = frozenset({"合计", "sum"})
COUNT = frozenset({"计数", "count"})
HAS = frozenset({"有", "has"})
MISSING = frozenset({"缺", "missing"})
LARGEST = frozenset({"最大", "max"})
SMALLEST = frozenset({"最小", "min"})
CONTAINS = frozenset({"含", "contains"})
OVER_GROUPS = SUM | COUNT | LARGEST | SMALLEST
OVER_CELLS = SUM | COUNT | HAS | MISSING


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(int(year), int(month), int(day))


def _decimals(number: int | Decimal) -> int:
    """Return how many decimals a number has, zeros at its end left out."""
    return max(0, -int(Decimal(number).normalize().as_tuple().exponent))


def _contains(text: str, *words: str) -> bool:
    """Whether one of some words stands in a line of a text, whatever the width of signs and the white space."""
    plain = _plain_before(text) if len(text) <= _MAX_CACHED_CHARS else _plain(text)
    return any(word in plain for word in map(plain_prose, words) if word)


def _plain(text: str) -> str:
    return "\n".join(map(plain_prose, text.splitlines()))


_MAX_CACHED_CHARS = 10_000  # of a text whose plain form is kept for other rules
_plain_before = lru_cache(maxsize=64)(_plain)

BUILT_IN = (
    Function(Text("日期", "date"), (NUMBER, NUMBER, NUMBER), DATE, _day),
    Function(Text("绝对值", "abs"), (NUMBER,), NUMBER, abs),
    Function(Text("最大", "max"), (NUMBER, MORE), NUMBER, lambda *numbers: max(numbers)),
    Function(Text("最小", "min"), (NUMBER, MORE), NUMBER, lambda *numbers: min(numbers)),
    Function(Text("小数位", "decimals"), (NUMBER,), NUMBER, _decimals),
    Function(Text("含", "contains"), (TEXT, TEXT, MORE), TRUTH, _contains),
)


def by_name(functions: Iterable[Function]) -> dict[str, Function]:
    """Return a mapping from every name of a function to the function."""
    return {name: function for function in functions for name in function.names}


FUNCTIONS = by_name(BUILT_IN)


def function_of(call: Call, functions: Mapping[str, Function]) -> Function:
    """Return the function that is called, after a check of the number of its arguments.

    Raises:
        Mistake: no function has that name, or it takes another number of arguments.
    """
    function = functions.get(call.function)
    if function is None:
        known = [*functions, *sorted(OVER_CELLS)]
        reason = Text(f"没有函数“{call.function}”", f"unknown function {call.function!r}")
        raise Mistake(reason + nearest(call.function, known), call.at)
    if call.function in CONTAINS:
        _refuse_empty(call)
    due = len(function.takes)
    fits = len(call.arguments) >= due - 1 if function.takes[-1:] == (MORE,) else len(call.arguments) == due
    if not fits or not call.arguments:
        reason = Text(f"{call.function}() 的括号里要填：", f"{call.function}() takes ")
        raise Mistake(reason + _listed(function.takes), call.at)
    return function


def _refuse_empty(call: Call) -> None:
    """Refuse a word without any sign to look for, which would never be found."""
    for argument in call.arguments[1:]:
        if isinstance(argument, QuotedText) and not plain_prose(argument.value):
            raise Mistake(Text("引号里没有字；写要找的词", "no word in the quotation marks to look for"), argument.at)


def _listed(takes: tuple[ArgumentType, ...]) -> Text:
    if takes[-1:] != (MORE,):
        return Text("、".join(type_name(taken_type).zh for taken_type in takes) or "无", ", ".join(takes) or "nothing")
    before = takes[:-2]
    first = Text("".join(f"{type_name(due).zh}，" for due in before), "".join(f"{due}, " for due in before))
    return first + Text(f"一个或多个{type_name(takes[-2]).zh}", f"one {takes[-2]} or more")
