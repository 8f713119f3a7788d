"""The grammar in the docs and the parser accept the same lines."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.support.thinning import examples

from nianbao.language.mistakes import Mistake
from nianbao.language.syntax import parse
from nianbao.language.tokens import END, NAME, NUMBER, QUOTED, tokens

PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
TERMINALS = {"number": (NUMBER, "12.5"), "word": (NAME, "新收"), "text": (QUOTED, "“某某局”")}
_PARTS = re.compile(r'"[^"]*"|\w+|[=|;(){}\[\],]')


class Choice(NamedTuple):
    """One of several."""

    ways: tuple[object, ...]


class Sequence(NamedTuple):
    """One after the other."""

    parts: tuple[object, ...]


class Repeat(NamedTuple):
    """As often as there is more, or (``once``) at most once."""

    part: object
    once: bool


class Sign(NamedTuple):
    """A sign or word, as tokens have it."""

    text: str


class Rule(NamedTuple):
    """Another rule, by name."""

    name: str


def read_grammar(text: str) -> dict[str, object]:
    """Read EBNF: ``name = … ;`` with ``|``, ``[ ]``, ``{ }``, ``( )`` and signs in quotation marks."""
    parts = _PARTS.findall(text)
    rules: dict[str, object] = {}
    while parts:
        name, equals = parts.pop(0), parts.pop(0)
        assert equals == "="
        rules[name] = choice(parts)
        assert parts.pop(0) == ";"
    return rules


def choice(parts: list[str]) -> object:
    """Read what stands between signs of choice."""
    ways = [sequence(parts)]
    while parts[0] == "|":
        parts.pop(0)
        ways.append(sequence(parts))
    return ways[0] if len(ways) == 1 else Choice(tuple(ways))


def sequence(parts: list[str]) -> object:
    """Read what stands one after the other."""
    found: list[object] = []
    while parts[0] not in {"|", ";", ")", "]", "}"}:
        part = parts.pop(0)
        if part in "([{":
            inner = choice(parts)
            parts.pop(0)
            found.append(inner if part == "(" else Repeat(inner, once=part == "["))
        elif part.startswith('"'):
            found.append(Sign(tokens(part[1:-1])[0].text))
        else:
            found.append(Rule(part))
    return found[0] if len(found) == 1 else Sequence(tuple(found))


GRAMMAR = read_grammar(re.findall(r"```ebnf\n(.*?)```", PAGE, re.DOTALL)[0])


def accepts(source: str) -> bool:
    """Say whether the grammar accepts a line: from where each rule can end, wherever it begins."""
    found = tokens(source)

    @cache
    def ends(part: object, at: int) -> frozenset[int]:
        if isinstance(part, Rule):
            if part.name in TERMINALS:
                return frozenset((at + 1,)) if found[at].kind == TERMINALS[part.name][0] else frozenset()
            return ends(GRAMMAR[part.name], at)
        if isinstance(part, Sign):
            fits = found[at].text == part.text and found[at].kind not in {NAME, QUOTED, NUMBER, END}
            return frozenset((at + 1,)) if fits else frozenset()
        if isinstance(part, Choice):
            return frozenset().union(*(ends(way, at) for way in part.ways))
        if isinstance(part, Repeat):
            reached = new = {at}
            while new and not (part.once and reached != {at}):
                new = {end for start in new for end in ends(part.part, start)} - reached
                reached = reached | new
            return frozenset(reached)
        assert isinstance(part, Sequence)
        places = {at}
        for one in part.parts:
            places = {end for start in places for end in ends(one, start)}
        return frozenset(places)

    return len(found) - 1 in ends(Rule("expression"), 0)


def parses(source: str) -> bool:
    """Say whether the parser accepts a line."""
    try:
        parse(source)
    except Mistake:
        return False
    return True


def written(part: object, dice: random.Random, depth: int = 0) -> list[str]:
    """Write a line by the grammar; the deeper, the plainer."""
    if isinstance(part, Rule):
        if part.name in TERMINALS:
            return [TERMINALS[part.name][1]]
        return ["1"] if depth > 20 else written(GRAMMAR[part.name], dice, depth + 1)
    if isinstance(part, Sign):
        return [part.text]
    if isinstance(part, Choice):
        return written(dice.choice(part.ways), dice, depth)
    inner = [part.part] * (dice.random() < 0.3) if isinstance(part, Repeat) else getattr(part, "parts", ())
    return [one for some in inner for one in written(some, dice, depth + 1)]


SIGNS = [
    "1",
    "新收",
    "“a”",
    "(",
    ")",
    "[",
    "]",
    "+",
    "-",
    "×",
    "÷",
    "=",
    "≤",
    "且",
    "或",
    "非",
    "若",
    "则",
    ".",
    "，",
    "有(",
]


@examples(100)
@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=9).map(" ".join))
def test_any_line_is_accepted_by_both_or_by_neither(source: str) -> None:
    """Short lines of anything."""
    assert parses(source) is accepts(source)


@given(st.integers(0, 2**32))
def test_what_the_grammar_gives_is_parsed(seed: int) -> None:
    """Lines made by the grammar; the same with a part of them missing are accepted by both or by neither."""
    parts = written(Rule("expression"), random.Random(seed))[:40]
    for less in (parts, *(parts[:number] + parts[number + 1 :] for number in range(len(parts)))):
        assert parses(" ".join(less)) is accepts(" ".join(less))


def test_most_lines_made_by_the_grammar_are_long_and_good() -> None:
    """So that the test above says something."""
    lines = [" ".join(written(Rule("expression"), random.Random(seed))) for seed in range(100)]
    assert sum(parses(line) for line in lines) > 80
    assert sum(parses(line) and len(line.split()) > 4 for line in lines) > 20


@pytest.mark.parametrize(
    ("source", "accepted"),
    [
        ("新收 = 上年结转", True),
        ("新收 = 1 = 2", False),
        ("非 非 新收 = 1", True),
        ("1 + 非 新收", False),
        ("若 新收 = 1 则 若 新收 = 2 则 新收 = 3", True),
        ("新收 = 1 且 若 新收 = 2 则 新收 = 3", False),
        ("− − 1 × −2 < 3", True),
        ("新收[自然人].总计", False),
        ("最大(新收, 2) ≥ 1 或 机关类别 = “a”", True),
        ("去年.表三.新收[总计]", True),
    ],
)
def test_lines_that_tell_grammars_apart(source: str, *, accepted: bool) -> None:
    """What binds how, and what cannot stand where."""
    assert (parses(source), accepts(source)) == (accepted, accepted)


def test_every_rule_of_the_grammar_is_used() -> None:
    """Nothing in it leads nowhere."""
    text = "\n".join(re.findall(r"```ebnf\n(.*?)```", PAGE, re.DOTALL))
    named = set(re.findall(r"(?<![\"\w])[a-z]+(?![\"\w])", re.sub(r'"[^"]*"', "", text)))
    assert named == set(GRAMMAR) | set(TERMINALS)
