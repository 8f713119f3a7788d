"""Words of closed sets: data is checked where it comes in."""

from __future__ import annotations

import pytest

from nianbao.messages import LANGUAGES
from nianbao.model.closed_words import word_of
from nianbao.model.form import FACT_TYPES, ITEM_VALUES, TABLE_LAYOUTS
from nianbao.model.outcome import OUTCOMES
from nianbao.model.report import CELL_STATES
from nianbao.model.rule import CONFIDENCES, LEVELS, PERSONAS, SEVERITIES, SHOWN
from nianbao.yamlfiles.source import schema


def test_a_word_of_data_is_one_of_its_set() -> None:
    """Equal strings are the word; all else is refused, with the words that there are."""
    assert word_of("warning", SEVERITIES) == "warning"
    with pytest.raises(ValueError, match=r"'wrong' is none of info, warning, error"):
        word_of("wrong", SEVERITIES)
    with pytest.raises(ValueError, match="None is none of"):
        word_of(None, SEVERITIES)


def enums(data: object, key: str) -> list[tuple[str, ...]]:
    """Return the sets of words that a schema allows for a key, wherever it has that key."""
    if isinstance(data, list):
        return [words for part in data for words in enums(part, key)]
    if not isinstance(data, dict):
        return []
    own = data.get(key)
    here = [tuple(own["enum"])] if isinstance(own, dict) and "enum" in own else []
    return here + [words for part in data.values() for words in enums(part, key)]


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("form", "layout", TABLE_LAYOUTS),
        ("form", "value", ITEM_VALUES),
        ("form", "type", FACT_TYPES),
        ("report", "state", CELL_STATES),
        ("result", "outcome", OUTCOMES),
        ("result", "severity", SEVERITIES),
        ("result", "confidence", CONFIDENCES),
        ("result", "state", CELL_STATES),
        ("rule-pack", "is", SEVERITIES),
        ("rule-pack", "confidence", CONFIDENCES),
        ("rule-pack", "persona", PERSONAS),
        ("settings", "fail_on", LEVELS),
        ("settings", "show", SHOWN),
        ("settings", "persona", PERSONAS),
        ("settings", "lang", LANGUAGES),
    ],
)
def test_schemas_and_types_have_the_same_words(name: str, key: str, words: tuple[str, ...]) -> None:
    """What a schema lets pass has a type, and all words of a type may be written."""
    allowed = enums(schema(name), key)

    assert {word for each in allowed for word in each} == set(words)
