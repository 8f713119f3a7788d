"""The parts of a number format, between semicolons: which of them shows a number."""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_PART = re.compile(r'(?:"[^"]*"?|[\\!_*].|\[[^\]]*\]|[^;])*', re.DOTALL)
_AS_IS = re.compile(r'"[^"]*"?|[\\!_*].|\[[^\]]*\]', re.DOTALL)
_CONDITION = re.compile(r"\[\s*([<>=]{1,2})\s*(-?\d{1,20}(?:\.\d{1,20})?)\s*\]")
_CONDITION_FIRST = re.compile(rf"(?:\[[^\]]*\])*?{_CONDITION.pattern}")
_WORDS = re.compile(r'"([^"]*)"?|[\\!](.)|[_*].|\[[^\]]*\]|(.)', re.DOTALL)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}
_MAX_CHARS = 255  # of a format, in the programs that write them
_TEXT_PART = 3  # the part for texts, if there are as many as that before it
_NUMBER_PARTS = 3


class Part(NamedTuple):
    """A part of a format: its code, and the comparison and number of its condition, if it has one."""

    code: str
    compared: str = ""
    limit: Decimal = Decimal(0)

    def holds(self, value: Decimal) -> bool:
        """Whether its condition is true of a number."""
        return _COMPARED[self.compared](value, self.limit)


@lru_cache(maxsize=256)
def parts_of(code: str) -> tuple[Part, ...] | None:
    """Return the parts of a format for numbers; ``None`` if there is none, or a condition cannot be read."""
    codes = _split(code) if len(code) <= _MAX_CHARS else []
    if not 0 < len(codes) <= _TEXT_PART + 1:
        return None
    if len(codes) > _TEXT_PART or "@" in _AS_IS.sub("", codes[-1]):
        codes = codes[:-1]
    parts = tuple(map(_part, codes))
    known = tuple(part for part in parts if part is not None)
    return known if known and len(known) == len(parts) else None


def _split(code: str) -> list[str]:
    """Split a format at its semicolons, except those in texts."""
    codes: list[str] = []
    at = 0
    while at <= len(code):
        match = _PART.match(code, at)
        codes.append(match[0] if match else "")
        at += len(codes[-1]) + 1
    return codes


def _part(code: str) -> Part | None:
    found = _CONDITION.findall(code)
    if not found:
        return None if re.search(r"\[\s*[<>=]", code) else Part(code)
    (compared, limit), *others = found
    if others or compared not in _COMPARED or _CONDITION_FIRST.match(code) is None:
        return None
    return Part(_CONDITION.sub("", code), compared, Decimal(limit))


def chosen(parts: tuple[Part, ...] | None, value: Decimal) -> tuple[str, bool] | None:
    """Return the code of the part for a number, and whether a minus sign must be added; ``None`` if it is not known."""
    if parts is None:
        return None
    if any(part.compared for part in parts):
        part = _by_condition(parts, value)
        return (part.code, True) if part is not None and part.code else None
    if value < 0 and len(parts) > 1:
        hidden = not parts[1].code and len(parts) < _NUMBER_PARTS  # programs differ: nothing, or a minus sign
        return None if hidden else (parts[1].code, False)
    if not value and len(parts) > 2:
        return parts[2].code, False
    return parts[0].code, True


def _by_condition(parts: tuple[Part, ...], value: Decimal) -> Part | None:
    """Return the part whose condition is true of a number, else that for all others.

    It is not known where programs differ: for negative numbers, and if only the first of three parts has a condition.
    """
    first, *others = parts
    if value < 0 or not first.compared or any(part.compared for part in others[1:]):
        return None
    if first.holds(value):
        return first
    if len(others) == 1:
        return others[0] if not others[0].compared or others[0].holds(value) else None
    if not others or not others[0].compared:
        return None
    return others[0] if others[0].holds(value) else others[1]


@lru_cache(maxsize=256)
def text_part(code: str) -> str | None:
    """Return what a format shows of a text, with ``@`` for the text itself; ``None`` if it has no part for texts."""
    codes = _split(code) if len(code) <= _MAX_CHARS else [""]
    if len(codes) <= _TEXT_PART and "@" not in _AS_IS.sub("", codes[-1]):
        return None
    return "".join(quoted or escaped or other for quoted, escaped, other in _WORDS.findall(codes[-1]))
