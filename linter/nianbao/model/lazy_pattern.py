"""Regular expressions that are compiled when they are first needed: most are for words that few texts have."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def deferred(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a regular expression of the program, which is compiled when it is first used.

    It is for those that most runs do not use: compiling them takes longer than importing their module.
    """
    return cast("re.Pattern[str]", _Deferred(pattern, flags))


class _Deferred:
    """Stands for a compiled expression; each method of it that was used once is as fast as its own."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._source), name)  # which keeps what was compiled
        setattr(self, name, value)
        return value


class LazyPattern:
    """A regular expression that is compiled when a text may match it.

    Attributes:
        pattern: The expression.
        needs: Groups of words: every text in which it is found has a word of each group.
    """

    def __init__(self, pattern: str, needs: Iterable[Iterable[str]] = ()) -> None:
        self.pattern = pattern
        self.needs = tuple(map(tuple, needs))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern)

    def may_match(self, text: str) -> bool:
        """Whether a text has the words that it needs, so that the expression may be found in it."""
        for words in self.needs:  # loops are faster than generators, and this is asked very often
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.compiled.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give the matches in a text."""
        return self.compiled.finditer(text) if self.may_match(text) else iter(())
