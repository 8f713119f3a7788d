"""Regular expressions as phrases for people: 未〔收取／发生〕…信息处理费."""

from __future__ import annotations

import re
import warnings
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.voice import Voice

_ANYTHING = "…"
_OR = "／"
_MAX_CHOICES = 12  # of single signs; more are no phrase
_MAX_DEPTH = 20
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
_SEVERAL = 3  # numerals; more stand for all numbers
_SPACE = re.compile(rf"{_ANYTHING}{{2,}}")
_DIGITS = (ord("0"), ord("9"))


def pattern_words(voice: Voice, pattern: str) -> str:
    """Return a regular expression in words; what is not understood is returned as it is.

    ``…`` stands for any words between, ``／`` separates what may stand in one place, brackets hold what may be missing.
    """
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # of signs that may mean more one day
            parsed = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return pattern
    words = _SPACE.sub(_ANYTHING, _Writer(voice).sequence(parsed, 0))
    return words.strip(_ANYTHING) or pattern


class _Writer:
    """Writes the parts of a parsed expression."""

    def __init__(self, voice: Voice) -> None:
        self.number = voice.say(phrases.PATTERN_NUMBER)
        self.voice = voice

    def sequence(self, parts: Iterable[Any], depth: int) -> str:
        if depth > _MAX_DEPTH:
            return _ANYTHING
        return "".join(self.part(operator, argument, depth + 1) for operator, argument in parts)

    def part(self, operator: Any, argument: Any, depth: int) -> str:
        if operator is sre.LITERAL:
            return chr(argument)
        if operator is sre.IN:
            return self.signs(argument)
        if operator in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            return self.repeated(argument[0], argument[1], self.sequence(argument[2], depth))
        if operator in {sre.AT, sre.ASSERT, sre.ASSERT_NOT}:
            return self.beside(argument, depth) if operator is sre.ASSERT_NOT else ""
        return self.group(operator, argument, depth)

    def group(self, operator: Any, argument: Any, depth: int) -> str:
        if operator is sre.BRANCH:
            return self.choice([self.sequence(branch, depth) for branch in argument[1]])
        if operator is sre.SUBPATTERN:
            name, inner = argument[0], argument[-1]
            return self.number if name is not None and not inner else self.sequence(inner, depth)
        return self.sequence(argument, depth) if operator is sre.ATOMIC_GROUP else _ANYTHING

    def beside(self, argument: Any, depth: int) -> str:
        """Return what must not stand before or behind."""
        phrase = phrases.PATTERN_NOT_BEHIND if argument[0] > 0 else phrases.PATTERN_NOT_BEFORE
        return self.voice.say(phrase, words=self.sequence(argument[1], depth))

    def signs(self, members: Iterable[Any]) -> str:
        """Return one of several signs; of many or of all but some, ``…``."""
        listed = list(members)
        if any(operator is sre.NEGATE for operator, _argument in listed):
            return _ANYTHING
        if any(_is_digits(operator, argument) for operator, argument in listed):
            others = [chr(argument) for operator, argument in listed if operator is sre.LITERAL]
            return self.choice([self.number, *others]) if len(others) <= _MAX_CHOICES else self.number
        signs = [chr(argument) for operator, argument in listed if operator is sre.LITERAL]
        if len(signs) == len(listed) > _SEVERAL and set(signs) <= _NUMERALS:
            return self.number
        return self.choice(signs) if len(signs) == len(listed) <= _MAX_CHOICES else _ANYTHING

    def choice(self, ways: list[str]) -> str:
        """Return what may stand in one place; an empty way means that nothing need be there."""
        distinct = list(dict.fromkeys(way for way in ways if way))
        joined = _OR.join(distinct)
        if not all(ways):
            return f"（{joined}）" if joined else ""
        return joined if len(distinct) == 1 else f"〔{joined}〕"

    def repeated(self, least: int, most: int, inner: str) -> str:
        if inner in {_ANYTHING, self.number, ""}:
            return inner
        if (least, most) == (0, 1):
            return f"（{inner.strip('〔〕') if inner.count('〔') == 1 and inner.startswith('〔') else inner}）"
        return f"（{inner}{_ANYTHING}）" if least == 0 else inner if most == least == 1 else f"{inner}{_ANYTHING}"


def _is_digits(operator: Any, argument: Any) -> bool:
    return (operator is sre.CATEGORY and argument is sre.CATEGORY_DIGIT) or (
        operator is sre.RANGE and argument == _DIGITS
    )
