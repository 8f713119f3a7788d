"""Regular expressions that are compiled when they are first needed: most are for words that few texts have."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class LazyPattern:
    """A regular expression that is compiled when a text may match it.

    Attributes:
        pattern: The expression.
        words: Every text in which it is found has one of these words; if there are none, any text may match.
    """

    def __init__(self, pattern: str, words: Iterable[str] = ()) -> None:
        self.pattern = pattern
        self.words = tuple(words)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern)

    def may_match(self, text: str) -> bool:
        """Whether a text has one of the words, so that the expression may be found in it."""
        return not self.words or any(word in text for word in self.words)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.compiled.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give the matches in a text."""
        return self.compiled.finditer(text) if self.may_match(text) else iter(())
