"""The words that every match of a regular expression has."""

from __future__ import annotations

from itertools import chain
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_Words = frozenset[str]
_MAX_WORDS = 40  # of a group; a search for more takes longer than that of the expression
_MAX_GROUPS = 4
_MAX_DEPTH = 20
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}


def needed_words(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of words: every match of an expression has a word of each group.

    For ``不[^,]*(?:收费|费用)``, these are 收费 and 费用, and the group of 不 alone. The rarest words come first.

    Raises:
        re.error, OverflowError, RecursionError: it is not a regular expression.
    """
    parsed = parser.parse(pattern)
    if parsed.state.flags & parser.SRE_FLAG_IGNORECASE:
        return ()
    groups = sorted(dict.fromkeys(_of_sequence(parsed, 0)), key=_telling, reverse=True)
    return tuple(tuple(sorted(words)) for words in groups[:_MAX_GROUPS])


def _telling(words: Collection[str]) -> tuple[int, int]:
    """Return how much a group tells: long words are rare, and a few are found faster than many."""
    return min(map(len, words)), -len(words)


def _of_sequence(parts: Iterable[Any], depth: int) -> Iterator[_Words]:
    """Give the groups of parts that follow each other; letters that follow each other are one word."""
    run = ""
    for operator, argument in parts:
        if operator is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield frozenset((run,))
            run = ""
        if depth < _MAX_DEPTH:
            yield from _of_part(operator, argument, depth + 1)
    if run:
        yield frozenset((run,))


def _of_part(operator: Any, argument: Any, depth: int) -> Iterable[_Words]:
    if operator is sre.IN:
        return _of_signs(argument)
    if operator is sre.BRANCH:
        return _of_ways([list(_of_sequence(way, depth)) for way in argument[1]])
    if operator in _REPEATS:
        return _of_sequence(argument[2], depth) if argument[0] > 0 else ()
    if operator is sre.SUBPATTERN:
        _group, added, _removed, inner = argument
        return () if added & parser.SRE_FLAG_IGNORECASE else _of_sequence(inner, depth)
    return _of_sequence(argument, depth) if operator is sre.ATOMIC_GROUP else ()


def _of_ways(ways: list[list[_Words]]) -> Iterator[_Words]:
    """Give the group that holds for all ways to match: the best one of each."""
    if all(ways):
        best: list[_Words] = [max(groups, key=_telling) for groups in ways]
        words = frozenset(chain.from_iterable(best))
        if len(words) <= _MAX_WORDS:
            yield words


def _of_signs(members: Iterable[Any]) -> Iterator[_Words]:
    """Give the signs of a class that lists them."""
    signs: set[str] = set()
    for operator, argument in members:
        if operator not in {sre.LITERAL, sre.RANGE}:
            return
        first, last = argument if operator is sre.RANGE else (argument, argument)
        if last - first >= _MAX_WORDS:
            return
        signs.update(map(chr, range(first, last + 1)))
    if len(signs) <= _MAX_WORDS:
        yield frozenset(signs)
