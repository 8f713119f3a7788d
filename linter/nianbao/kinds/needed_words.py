"""The words of which every match of a regular expression has at least one."""

from __future__ import annotations

from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_WORDS = 40  # a search for more takes longer than that of the expression
_MAX_DEPTH = 20
_IGNORES_CASE = parser.SRE_FLAG_IGNORECASE
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}


def needed_words(pattern: str) -> tuple[str, ...]:
    """Return words of which every match has one, as 收费 and 费用 for ``无(?:收费|费用)``; none if there are none.

    Raises:
        re.error, OverflowError, RecursionError: it is not a regular expression.
    """
    parsed = parser.parse(pattern)
    if parsed.state.flags & _IGNORES_CASE:
        return ()
    return tuple(sorted(_of_sequence(parsed, 0)))


def _of_sequence(parts: Iterable[Any], depth: int) -> frozenset[str]:
    """Return the words of parts that follow each other: those of the part that tells most."""
    if depth > _MAX_DEPTH:
        return frozenset()
    return max(_choices(parts, depth), key=_telling, default=frozenset())


def _telling(words: frozenset[str]) -> tuple[int, int]:
    """Return how much words tell: long ones are rare, and a few are found faster than many."""
    return min(map(len, words), default=0), -len(words)


def _choices(parts: Iterable[Any], depth: int) -> Iterator[frozenset[str]]:
    """Give the words of each part; letters that follow each other are one word."""
    run = ""
    for operator, argument in parts:
        if operator is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield frozenset((run,))
            run = ""
        yield _of_part(operator, argument, depth + 1)
    if run:
        yield frozenset((run,))


def _of_part(operator: Any, argument: Any, depth: int) -> frozenset[str]:
    if operator is sre.IN:
        return _of_signs(argument)
    if operator is sre.BRANCH:
        ways = [_of_sequence(way, depth) for way in argument[1]]
        words = frozenset().union(*ways) if all(ways) else frozenset()
        return words if len(words) <= _MAX_WORDS else frozenset()
    if operator in _REPEATS:
        return _of_sequence(argument[2], depth) if argument[0] > 0 else frozenset()
    if operator is sre.SUBPATTERN:
        _group, added, _removed, inner = argument
        return frozenset() if added & _IGNORES_CASE else _of_sequence(inner, depth)
    return _of_sequence(argument, depth) if operator is sre.ATOMIC_GROUP else frozenset()


def _of_signs(members: Iterable[Any]) -> frozenset[str]:
    """Return the signs of a class that lists them."""
    listed = list(members)
    if len(listed) > _MAX_WORDS or any(operator is not sre.LITERAL for operator, _argument in listed):
        return frozenset()
    return frozenset(chr(argument) for _operator, argument in listed)
