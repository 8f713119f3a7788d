"""Finds regular expressions that may explode: they can match one text in so many ways that a search never ends.

A search tries these ways one after the other, and fails only when all of them have failed. Therefore each repetition is
converted to an automaton; its states are the character classes in it. If the same text leads from a state back to it in
two ways, the number of ways doubles with each round.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import reduce
from operator import or_
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MANY_TIMES = 6  # repetitions with this maximum or more count as endless
_LONG_TIMES = 100  # repetitions of a single character class with this maximum or more are long runs
_MAX_STATES = 300
_MAX_RUNS = 3  # adjacent runs over the same characters: each further one multiplies the time by the length of a text
# Samples of all sorts of characters; the characters in a pattern are added to them.
_SAMPLES = "aZ_0٣ \n\t-,.;:!?()%/\"'“”，。；：！？（）《》、—〇一十百元年月日件公信é\u3000\u200b"


def may_explode(pattern: str) -> bool:
    """Return whether a search with a regular expression may take practically for ever."""
    tree = parser.parse(pattern)
    alphabet = sorted({*_SAMPLES, *_neighbours(_codes(tree))})
    explorer = _Explorer(alphabet)
    return explorer.has_explosive_loop(tree, tree.state.flags) or explorer.has_long_runs(tree, tree.state.flags)


class _Part(NamedTuple):
    """A part of an automaton: the numbers of ways to begin and to end in each state, and of ways to match nothing."""

    first: Counter[int]
    last: Counter[int]
    empty: int


class _TooLargeError(Exception):
    """The automaton has too many states."""


class _Automaton:
    """The states of a pattern: the characters that each matches, and the number of ways from one state to another.

    Args:
        alphabet: The characters that are distinguished.
    """

    def __init__(self, alphabet: Sequence[str]) -> None:
        self.alphabet = alphabet
        self.signs: list[int] = []
        self.runs: set[int] = set()
        self.follow: list[Counter[int]] = []

    def state(self, signs: int) -> _Part:
        """Add a state that matches some characters, one bit for each."""
        if len(self.signs) >= _MAX_STATES:
            raise _TooLargeError
        number = len(self.signs)
        self.signs.append(signs)
        self.follow.append(Counter())
        return _Part(Counter((number,)), Counter((number,)), 0)

    def sequence(self, tree: Iterable[tuple[Any, Any]], flags: int) -> _Part:
        """Add items one after the other."""
        whole = _Part(Counter(), Counter(), 1)
        for operator, argument in tree:
            whole = self.joined(whole, self.item(operator, argument, flags))
        return whole

    def joined(self, one: _Part, other: _Part) -> _Part:
        """Connect the end of one part with the beginning of another."""
        for before, ways in one.last.items():
            for after, more in other.first.items():
                self.follow[before][after] += ways * more
        first = one.first + Counter({state: ways * one.empty for state, ways in other.first.items()})
        last = other.last + Counter({state: ways * other.empty for state, ways in one.last.items()})
        return _Part(first, last, one.empty * other.empty)

    def item(self, operator: Any, argument: Any, flags: int) -> _Part:
        """Add one item of a pattern."""
        if operator in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            return _Part(Counter(), Counter(), 1)
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self.repeated(*argument, flags=flags)
        if operator in (sre.POSSESSIVE_REPEAT, sre.ATOMIC_GROUP):
            return self.closed(operator, argument, flags)
        bodies = list(_bodies(operator, argument, flags))
        if not bodies:
            return self.state(_signs(operator, argument, flags, self.alphabet))
        return self.either(bodies)

    def closed(self, operator: Any, argument: Any, flags: int) -> _Part:
        """Add a part without backtracking, as one state."""
        ((body, own),) = _bodies(operator, argument, flags)
        inside = _Automaton(self.alphabet)
        part = inside.sequence(body, own)
        can_be_empty = bool(part.empty) or (operator is sre.POSSESSIVE_REPEAT and argument[0] == 0)
        return self.state(reduce(or_, inside.signs, 0))._replace(empty=int(can_be_empty))

    def either(self, bodies: Iterable[tuple[Any, int]]) -> _Part:
        """Add alternatives."""
        parts = [self.sequence(body, flags) for body, flags in bodies]
        first = sum((part.first for part in parts), Counter[int]())
        last = sum((part.last for part in parts), Counter[int]())
        return _Part(first, last, sum(part.empty for part in parts))

    def repeated(self, least: int, most: int, body: Any, *, flags: int) -> _Part:
        """Add a repetition: as a loop if its maximum is high, else as copies."""
        if most is sre.MAXREPEAT or most >= _MANY_TIMES:
            return self.loop(body, flags, may_be_empty=least == 0, is_run=most is sre.MAXREPEAT or most >= _LONG_TIMES)
        whole = _Part(Counter(), Counter(), 1)
        for number in range(most, 0, -1):  # from the last copy on: without an optional copy, the copies after it follow
            whole = self.joined(self.sequence(body, flags), whole)
            if number > least:
                whole = whole._replace(empty=min(whole.empty + 1, 2))
        return whole

    def loop(self, body: Any, flags: int, *, may_be_empty: bool, is_run: bool) -> _Part:
        """Add a part whose end is connected with its own beginning."""
        begin = len(self.signs)
        part = self.sequence(body, flags)
        for before, ways in part.last.items():
            for after, more in part.first.items():
                self.follow[before][after] += ways * more
        if is_run and len(self.signs) == begin + 1:
            self.runs.add(begin)
        return part._replace(empty=may_be_empty + bool(part.empty))

    def is_ambiguous(self) -> bool:
        """Return whether one text leads from a state back to it in two ways; each state is connected with all."""
        if any(ways > 1 for following in self.follow for ways in following.values()):
            return True
        before: dict[tuple[int, int], set[tuple[int, int]]] = {}
        waiting = [(state, state) for state in range(len(self.signs))]
        while waiting:
            pair = waiting.pop()
            for following in self.pairs_after(*pair):
                if following not in before:
                    before[following] = set()
                    if following[0] != following[1]:
                        waiting.append(following)
                before[following].add(pair)
        backwards = [pair for pair in before if pair[0] == pair[1]]
        while backwards:
            for pair in before.pop(backwards.pop(), ()):
                if pair[0] != pair[1]:
                    return True
        return False

    def pairs_after(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs of states to which the same character leads from two states."""
        for left in self.follow[one]:
            for right in self.follow[other]:
                if self.signs[left] & self.signs[right]:
                    yield (left, right) if left <= right else (right, left)


class _Explorer:
    """Finds the repetitions of a pattern that may explode.

    Args:
        alphabet: The characters that are distinguished.
    """

    def __init__(self, alphabet: Sequence[str]) -> None:
        self.alphabet = alphabet

    def has_explosive_loop(self, tree: Any, flags: int, *, may_fail: bool = False) -> bool:
        """Return whether a repetition has many ways, and something after it may fail, so that all of them are tried.

        Args:
            tree: The items of a pattern, or of a part of it.
            flags: The flags in force there.
            may_fail: Whether something after that part may fail.
        """
        items = list(tree)
        for number, (operator, argument) in enumerate(items):
            behind = may_fail or any(_may_fail(*item) for item in items[number + 1 :])
            if behind and self.is_explosive(operator, argument, flags):
                return True
            ends_itself = operator in (sre.ATOMIC_GROUP, sre.ASSERT, sre.ASSERT_NOT, sre.POSSESSIVE_REPEAT)
            for body, own in _bodies(operator, argument, flags):
                if self.has_explosive_loop(body, own, may_fail=behind and not ends_itself):
                    return True
        return False

    def is_explosive(self, operator: Any, argument: Any, flags: int) -> bool:
        """Return whether an item is a repetition that can match the same text in many ways."""
        if operator not in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return False
        _least, most, body = argument
        if most is not sre.MAXREPEAT and most < _MANY_TIMES:
            return False
        automaton = _Automaton(self.alphabet)
        try:
            automaton.loop(body, flags, may_be_empty=True, is_run=False)
        except _TooLargeError:
            return False
        return automaton.is_ambiguous()

    def has_long_runs(self, tree: Any, flags: int) -> bool:
        """Return whether several long runs over the same characters are adjacent, before something that may fail."""
        automaton = _Automaton(self.alphabet)
        try:
            whole = automaton.sequence(tree, flags)
        except _TooLargeError:
            return False
        chains: list[tuple[int, tuple[int, ...]]] = [(automaton.signs[state], (state,)) for state in automaton.runs]
        for _more in range(_MAX_RUNS - 1):
            chains = [
                (signs & automaton.signs[state], (*chain, state))
                for signs, chain in chains
                for state in automaton.runs & automaton.follow[chain[-1]].keys() - {*chain}
                if signs & automaton.signs[state]
            ]
        return any(chain[-1] not in whole.last for _signs, chain in chains)


def _bodies(operator: Any, argument: Any, flags: int) -> Iterator[tuple[Any, int]]:
    """Yield the parts inside an item, each with its flags."""
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        yield argument[2], flags
    elif operator is sre.SUBPATTERN:
        yield argument[3], (flags | argument[1]) & ~argument[2]
    elif operator is sre.ATOMIC_GROUP:
        yield argument, flags
    elif operator in (sre.ASSERT, sre.ASSERT_NOT):
        yield argument[1], flags
    elif operator is sre.BRANCH:
        yield from ((branch, flags) for branch in argument[1])
    elif operator is sre.GROUPREF_EXISTS:
        yield from ((branch or (), flags) for branch in argument[1:])


def _may_fail(operator: Any, argument: Any) -> bool:
    """Return whether an item may fail to match; an item that may be empty always matches."""
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return argument[0] > 0 and any(_may_fail(*item) for item in argument[2])
    if operator is sre.BRANCH:
        return all(any(_may_fail(*item) for item in branch) for branch in argument[1])
    bodies = [body for body, _flags in _bodies(operator, argument, 0)]
    if operator in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return any(_may_fail(*item) for item in bodies[0])
    return True


def _signs(operator: Any, argument: Any, flags: int, alphabet: Sequence[str]) -> int:
    """Return the characters that an item matches, one bit for each; an unknown item matches all."""
    if operator is sre.ANY and not flags & sre.SRE_FLAG_DOTALL:
        return _bits(sign != "\n" for sign in alphabet)
    if operator not in (sre.LITERAL, sre.NOT_LITERAL, sre.IN):
        return _bits(True for _sign in alphabet)
    members = argument if operator is sre.IN else [(sre.LITERAL, argument)]
    negated = operator is sre.NOT_LITERAL or members[0][0] is sre.NEGATE
    is_cased = not flags & sre.SRE_FLAG_IGNORECASE
    forms = ({sign} if is_cased else {sign, sign.lower(), sign.upper()} for sign in alphabet)
    return _bits(any(_is_in(form, members) for form in alike) is not negated for alike in forms)


def _is_in(sign: str, members: Iterable[tuple[Any, Any]]) -> bool:
    for operator, argument in members:
        if operator is sre.LITERAL and sign == chr(argument):
            return True
        if operator is sre.RANGE and argument[0] <= ord(sign[:1]) <= argument[1]:
            return True
        if operator is sre.CATEGORY and re.match(_CATEGORIES[argument], sign):
            return True
    return False


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _bits(values: Iterable[bool]) -> int:
    return sum(1 << number for number, value in enumerate(values) if value)


def _codes(tree: Any) -> Iterator[int]:
    """Yield the code points in a pattern."""
    for operator, argument in tree:
        if operator in (sre.LITERAL, sre.NOT_LITERAL):
            yield argument
        elif operator is sre.RANGE:
            yield from argument
        elif operator is sre.IN:
            yield from _codes(argument)
        for body, _flags in _bodies(operator, argument, 0):
            yield from _codes(body)


def _neighbours(codes: Iterable[int]) -> Iterator[str]:
    """Yield the characters in a pattern, and the characters next to them, which character classes may exclude."""
    for code in codes:
        yield from (chr(near) for near in (code - 1, code, code + 1) if 0 <= near < 0x110000)
