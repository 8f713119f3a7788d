"""Patterns that may explode are named, and others are not."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from nianbao.catalogue import builtin_pack
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import KINDS
from nianbao.messages import Text
from nianbao.model.rule import Pack
from nianbao.packtests.explosive import may_explode
from nianbao.packtests.patterns import check_patterns, patterns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Node = tuple[Any, ...]

EXPLOSIVE = [
    "(a+)+b",
    "(a*)*b",
    "(?:a|a)*b",
    "(?:a|ab|b)*c",
    "(a|a?)+b",
    "((?:a|b|ab)+)c",
    "(?:a?b?)*c",
    "(?:(?:(?:b)*)?a)*c",
    "(?:a{1,30}){1,30}b",
    "(x(a*)*b)*",
    "(?=(a+)+b)",
    "(?i)(?:ab|AB)*c",
    "(?i:(?:ab|Ab)*)c",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(\w+\s?)+$",
    r"(?:\s*,?\s*)*x",
    r"(?:\d+[,.]?)+元",
    "(?:[^,]{0,40},?)*费",
    "(?:.|。)*费",
    "(?:信息|信|息)+费",
    "(?:[\u4e00-\u9fa5]+、?)+处理费",
    "(?:(?:一|二|一二)+,)+x",
    ".*.*.*x",
    r"\s*[^,]*\s*件",
]
HARMLESS = [
    "a+b",
    "(a+)+",
    "(?:a|b)*c",
    "(?:ab)*c",
    "(?:a{2}){3}b",
    "(?>a+)+b",
    "(?:a++)+b",
    "(?:a?+b)*c",
    "(?:a(?!b))*c",
    r"(a)(?:\1)*b",
    "(?i)(?:a|b)*c",
    "(?-i:(?:ab|AB)*)c",
    "(d)?(?:(?(1)ab|b))*c",
    ".*a.*b.*c",
    ".*.*x",
    r"\s*\d+\s*件",
    r"\d{1,3}(?:,\d{3})*(?:\.\d+)?元",
    "(?:[^,]+,)*费",
    "[^,]{0,40}信息",
    r"(?:第\d+条,?)+款",
    "(?:甲|乙|丙)+x",
    "(?:无|没有|不存在)(?:发生|产生)*费",
    "信息(?:公开)?(?:信息)?处理费(?!管理)",
]


@pytest.mark.parametrize("pattern", EXPLOSIVE)
def test_a_pattern_that_matches_in_many_ways_may_explode(pattern: str) -> None:
    """A repetition inside a repetition, branches that overlap, signs that may be missing, runs side by side."""
    assert may_explode(pattern)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_a_pattern_that_matches_in_one_way_is_harmless(pattern: str) -> None:
    """Nor is one behind which nothing may fail, or that gives nothing back."""
    assert not may_explode(pattern)


def test_what_ships_is_harmless() -> None:
    """The patterns of all rules and of all forms."""
    assert check_patterns(builtin_pack(), forms=builtin_forms()) == ()
    assert [pattern for form in builtin_forms() for _what, pattern in patterns_of(form) if may_explode(pattern)] == []


def test_a_pattern_that_is_too_large_to_look_at_is_let_be() -> None:
    """Nothing is said that is not known."""
    assert not may_explode("(?:" + "a?" * 400 + ")*b")


def test_a_warning_names_rule_and_line_and_form() -> None:
    """Each pattern once, however many forms the rule is for; a long one is cut."""
    long = "(?:a|a)*" + "b" * 100
    rule = next(one for one in builtin_pack().rules if one.kind == "disclosure")
    options = {"disclosure": {"sections": ["other_matters"], "patterns": ["费", "(a+)+b", long]}}
    form = replace(builtin_forms()[0], id="own-form", patterns={"title": ("(b+)+c",), "link_words": ("(",)})
    pack = Pack("own", "1", Text(), (), (rule._replace(options=options),), own_forms=(form,))

    remarks = check_patterns(pack, forms=builtin_forms(), kinds=KINDS)

    place = (rule.code, rule.origin.file, rule.origin.line)
    assert [(one.level, one.code, one.file, one.line) for one in remarks] == [
        *[("warning", *place)] * 2,
        ("warning", "", "own", None),
    ]
    assert [one.text.en.partition(" may")[0] for one in remarks] == [
        "the pattern '(a+)+b'",
        f"the pattern '(?:a|a)*{'b' * 52}…'",
        "patterns.title of form own-form: the pattern '(b+)+c'",
    ]


class _EnoughError(Exception):
    """A search took more steps than are counted."""


def drawn(dice: random.Random, depth: int) -> Node:
    """Draw a pattern over two letters."""
    kind = dice.choices(("letter", "sequence", "either", "many", "perhaps"), (6, 5, 4, 3, 2))[0]
    if depth == 0 or kind == "letter":
        return "letter", dice.choice("ab")
    if kind in {"sequence", "either"}:
        return kind, drawn(dice, depth - 1), drawn(dice, depth - 1)
    return kind, drawn(dice, depth - 1)


def letters(node: Node) -> str:
    """Return the letters that a pattern of one letter matches; Python takes branches of such as one set."""
    if node[0] == "letter":
        return str(node[1])
    both = [letters(branch) for branch in node[1:]] if node[0] == "either" else [""]
    return "".join(both) if all(both) else ""


def written(node: Node) -> str:
    """Return a pattern as a regular expression."""
    kind, *parts = node
    if kind == "letter":
        return str(parts[0])
    texts = [written(part) for part in parts]
    return {"sequence": "{}{}", "either": "(?:{}|{})", "many": "(?:{})*", "perhaps": "(?:{})?"}[kind].format(*texts)


def steps(node: Node, word: str, most: int) -> int:
    """Return how many steps a search takes that tries all ways, as many as are counted."""
    count = 0

    def match(node: Node, at: int, then: Callable[[int], bool]) -> bool:
        nonlocal count
        count += 1
        if count > most:
            raise _EnoughError
        kind, *parts = node
        if one_of := letters(node):
            return at < len(word) and word[at] in one_of and then(at + 1)
        if kind == "sequence":
            return match(parts[0], at, lambda end: match(parts[1], end, then))
        if kind == "either":
            return match(parts[0], at, then) or match(parts[1], at, then)
        if kind == "perhaps":
            return match(parts[0], at, then) or then(at)
        return match(parts[0], at, lambda end: end != at and match(node, end, then)) or then(at)

    try:
        match(node, 0, lambda _end: False)
    except _EnoughError:
        return most
    return count


WORDS = [word for length in (1, 2, 3) for word in map("".join, product("ab", repeat=length))]


@pytest.mark.parametrize("seed", range(8))
def test_whatever_takes_very_many_steps_may_explode(seed: int) -> None:
    """By a search that is written anew and counts its steps, on patterns and words that are drawn."""
    dice = random.Random(seed)
    for _number in range(40):
        node = drawn(dice, 4)
        slow = any(steps(node, (word * 24)[:24], 20_000) == 20_000 for word in WORDS)
        assert may_explode(f"{written(node)}c") or not slow, written(node)
