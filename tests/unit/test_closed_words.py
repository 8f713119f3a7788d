"""Words of closed sets: data is checked where it comes in."""

from __future__ import annotations

import pytest

from nianbao.model.closed_words import word_of
from nianbao.model.rule import SEVERITIES


def test_a_word_of_data_is_one_of_its_set() -> None:
    """Equal strings are the word; all else is refused, with the words that there are."""
    assert word_of("warning", SEVERITIES) == "warning"
    with pytest.raises(ValueError, match=r"'wrong' is none of info, warning, error"):
        word_of("wrong", SEVERITIES)
    with pytest.raises(ValueError, match="None is none of"):
        word_of(None, SEVERITIES)
