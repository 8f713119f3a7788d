"""Functions of the rule language: those over plain values, and the names of those that look at cells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.language.facts import DATE, NUMBER
from nianbao.language.mistakes import Mistake, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nianbao.language.syntax import Call

MORE = "..."

SUM = frozenset({"合计", "sum"})
COUNT = frozenset({"计数", "count"})
HAS = frozenset({"有", "has"})
MISSING = frozenset({"缺", "missing"})
LARGEST = frozenset({"最大", "max"})
SMALLEST = frozenset({"最小", "min"})
OVER_GROUPS = SUM | COUNT | LARGEST | SMALLEST
OVER_CELLS = SUM | COUNT | HAS | MISSING


class Function(NamedTuple):
    """A function over plain values.

    Attributes:
        names: Its names in rules, Chinese and English.
        takes: Types of its arguments (``number``, ``date``, ``text``, ``truth``); ``...`` at the end: as many of the
            last as are given.
        gives: Type of its value.
        call: Computes it, without looking at anything else; a ValueError means that there is no such value.
    """

    names: tuple[str, ...]
    takes: tuple[str, ...]
    gives: str
    call: Callable[..., Any]

    def types(self, count: int) -> list[str]:
        """Return the types of so many arguments."""
        fixed = [one for one in self.takes if one != MORE]
        return [fixed[min(number, len(fixed) - 1)] for number in range(count)]


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(int(year), int(month), int(day))


BUILT_IN = (
    Function(("日期", "date"), (NUMBER, NUMBER, NUMBER), DATE, _day),
    Function(("绝对值", "abs"), (NUMBER,), NUMBER, abs),
    Function(("最大", "max"), (NUMBER, MORE), NUMBER, lambda *numbers: max(numbers)),
    Function(("最小", "min"), (NUMBER, MORE), NUMBER, lambda *numbers: min(numbers)),
)


def by_name(functions: Iterable[Function]) -> dict[str, Function]:
    """Return functions by each of their names."""
    return {name: function for function in functions for name in function.names}


FUNCTIONS = by_name(BUILT_IN)


def function_of(call: Call, functions: Mapping[str, Function]) -> Function:
    """Return the function that is called, with as many arguments as it takes.

    Raises:
        Mistake: no function has that name, or it takes others.
    """
    function = functions.get(call.function)
    if function is None:
        known = [*functions, *sorted(OVER_CELLS)]
        raise Mistake(f"unknown function {call.function!r}{nearest(call.function, known)}", call.at)
    due = len(function.takes)
    fits = len(call.arguments) >= due - 1 if function.takes[-1:] == (MORE,) else len(call.arguments) == due
    if not fits or not call.arguments:
        raise Mistake(f"{call.function}() takes {_listed(function.takes)}", call.at)
    return function


def _listed(takes: tuple[str, ...]) -> str:
    if takes[-1:] == (MORE,):
        return f"one {takes[-2]} or more"
    return ", ".join(takes) or "nothing"
