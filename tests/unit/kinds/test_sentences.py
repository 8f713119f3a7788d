"""Sentences that a pattern may be found in: never fewer than it is found in, whatever the pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.kinds.needed_words import needed_words
from nianbao.kinds.sentences import Prose, is_local
from nianbao.model.document import Paragraph
from nianbao.model.lazy_pattern import LazyPattern
from nianbao.model.report import Section

LOCAL = [
    *("收到申请", "收到[^,]{0,12}?申请(?P<value>[0-9]{1,18})件", "(?:未|没有).{0,4}收取"),
    *(r"\d+件", "[一二三]+件", "甲.*乙", r"\bx", r"[\d,]{1,9}件"),
]
NOT_LOCAL = [
    *("^甲", "甲$", r"\A甲", r"甲\Z", "甲(?!乙)", "甲(?=乙)", "(?<!甲)乙", "(?<=甲)乙", "(?i)x", "(?i:x)", "(?>甲)"),
    *("[^,]*件", r"\s+件", r"[\s,]+件", "(?:[^,])+件", "甲{2,}?[^甲]{1,}", "甲*+乙", "(甲)?(?(1)乙|丙)"),
]


@pytest.mark.parametrize("pattern", LOCAL)
def test_most_patterns_are_looked_for_in_all_sentences_at_once(pattern: str) -> None:
    """Words, classes, bounded repetitions and what stays in a line mean the same wherever a sentence stands."""
    assert is_local(pattern)


@pytest.mark.parametrize("pattern", NOT_LOCAL)
def test_patterns_that_see_beyond_a_sentence_are_not(pattern: str) -> None:
    """What looks at the edges of a text, gives nothing back, or may run on to its end is asked of each sentence."""
    assert not is_local(pattern)


def test_prose_without_end_is_parted_each_time_anew() -> None:
    """Megabytes of sentences are not kept; they are the same each time."""
    prose = Prose((Section("overview", "一", (Paragraph("甲乙。" * 100_000),)),))

    for said in (prose.of("overview"), prose.of("overview"), prose.matching((LazyPattern("丙"),))):
        assert sum(1 for _one in said) == 100_000


SIGNS = st.sampled_from(["甲", "乙", ",", "1", "x", "件"])
ATOMS = st.sampled_from(["甲", "乙", "[^,]", "[甲1]", ".", r"\d", r"\D", "件", "(?:甲|乙件)", "[^件]", r"\s"])
REPEATS = st.sampled_from(["", "", "?", "*", "+", "{0,2}", "{1,3}?", "*?", "{2,}"])
EDGES = st.sampled_from(["", "", "", r"\b", r"\B", "^", "$", "(?!乙)", "(?<!甲)", r"\Z"])


@given(
    st.lists(st.lists(SIGNS, min_size=1, max_size=8).map("".join), max_size=6),
    EDGES,
    st.lists(st.tuples(ATOMS, REPEATS).map("".join), min_size=1, max_size=5).map("".join),
    EDGES,
)
def test_no_sentence_is_missed(sentences: list[str], before: str, middle: str, behind: str) -> None:
    """Of all sentences that a pattern is found in, each is among those that it may be found in, in order."""
    source = before + middle + behind
    pattern = LazyPattern(source, needed_words(source))
    prose = Prose((Section("overview", "一", (Paragraph("。".join(sentences)),)),))

    every = list(prose.of())
    numbers = [[other is one for other in every].index(True) for one in prose.matching((pattern,))]

    assert {number for number, one in enumerate(every) if pattern.compiled.search(one.plain)} <= set(numbers)
    assert numbers == sorted(numbers)
