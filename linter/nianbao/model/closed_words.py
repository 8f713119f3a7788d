"""Words of a closed set, taken from data."""

from __future__ import annotations

from typing import TypeVar

Word = TypeVar("Word", bound=str)


def word_of(value: object, words: tuple[Word, ...]) -> Word:
    """Return a value of data as one word of a closed set.

    Raises:
        ValueError: the set has no such word. Data of users are validated by a schema before.
    """
    for word in words:
        if word == value:
            return word
    raise ValueError(f"{value!r} is none of {', '.join(words)}")
