"""Regular expressions in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.catalogue import builtin_pack
from nianbao.kinds import KINDS
from nianbao.outputs.commands.rules import render_rule
from nianbao.outputs.wording.pattern_words import pattern_words
from nianbao.voice import Voice

if TYPE_CHECKING:
    from nianbao.model.rule import Rule

ZH = Voice("zh")
_SIGNS = re.compile(r"\(\?|\[\^|\\\\d|{\d|[*+|]")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("未收取", "未收取"),
        ("(?:未|没有)[^,]{0,12}收费", "〔未／没有〕…收费"),
        ("信息(?:公开)?处理费(?!管理)", "信息（公开）处理费（后面不是“管理”）"),
        ("(?<!未)收费", "（前面不是“未”）收费"),
        (r"新收(?:申请)?(?P<value>)件", "新收（申请）〈数〉件"),
        (r"\d+元", "〈数〉元"),
        ("[一二三四五]项", "〈数〉项"),
        ("[甲乙]项.*$", "〔甲／乙〕项"),
        ("(?:甲|)乙", "（甲）乙"),
        ("[", "["),
        (".*", ".*"),
        ("甲{2}乙", "甲…乙"),
    ],
)
def test_a_pattern_in_words(pattern: str, words: str) -> None:
    """What may be missing is in brackets, ways are apart by strokes, anything is dots."""
    assert pattern_words(ZH, pattern) == words


@given(st.text("ab未|()[]{}?*+.^$\\\\d1,", max_size=12))
def test_any_text_gives_some_words(pattern: str) -> None:
    """Nothing crashes, nothing is empty that was not."""
    assert bool(pattern_words(ZH, pattern)) is bool(pattern)


@pytest.mark.parametrize("rule", [rule for rule in builtin_pack().rules if KINDS[rule.kind].patterns], ids=str)
def test_rules_are_explained_without_signs_of_patterns(rule: Rule) -> None:
    """Where they have patterns; the names of these options are known from their descriptions."""
    page = render_rule(ZH, rule, patterns=KINDS[rule.kind].patterns)
    lines = [line for line in page.splitlines() if line.startswith("      - ")]
    assert [line for line in lines if _SIGNS.search(line)] == []


def test_options_that_are_patterns_are_known() -> None:
    """Of the kinds that ship."""
    assert KINDS["content"].patterns == {"content.any", "content.all", "content.none"}
    disclosure = {f"disclosure.{name}" for name in ("patterns", "ignore", "unless", "unclear", "in_tables")}
    assert KINDS["disclosure"].patterns == disclosure
    assert KINDS["leftover"].patterns == {"leftover.patterns", "leftover.unless"}
    assert {"claim.patterns", "claim.unless"} <= KINDS["claim"].patterns
