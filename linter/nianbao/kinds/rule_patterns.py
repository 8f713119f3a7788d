"""The regular expressions of rules, compiled only when a report has words that they need.

What is known of an expression (that it is valid, its words and groups) is kept between runs, so that a rule costs next
to nothing on reports that do not have its words.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any, NamedTuple

from nianbao.files.cache import cache_key, load_cached, store_cached
from nianbao.kinds.kind import make_room
from nianbao.model.lazy_pattern import LazyPattern

_VERSION = 1  # of what is kept; to be raised when ``needed_words`` finds other words
_KEY = cache_key(f"patterns of rules, {_VERSION}, Python {sys.version_info[:2]}")
_MAX_KEPT = 3000  # expressions; more are not kept


class RulePattern(LazyPattern):
    """A regular expression of a rule.

    Attributes:
        groups: The names of its groups.
    """

    def __init__(self, pattern: str, known: _Known) -> None:
        super().__init__(pattern, known.needs)
        self.groups = known.groups


class _Known(NamedTuple):
    """What is known of a valid expression: the words that it needs, and the names of its groups."""

    needs: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]


class _Memory:
    """What is known of expressions: from earlier runs, and from this one."""

    def __init__(self) -> None:
        kept = load_cached(_KEY)
        self._kept: dict[str, Any] = kept if isinstance(kept, dict) else {}
        self._used: dict[str, _Known] = {}
        self._has_new = False

    def known(self, pattern: str) -> _Known:
        """Return what is known of an expression; one that was not seen before is compiled.

        Raises:
            re.error, OverflowError, RecursionError: it is not a regular expression.
        """
        if pattern not in self._used:
            make_room(self._used, _MAX_KEPT)
            kept = self._kept.get(pattern)
            self._has_new |= kept is None
            self._used[pattern] = _seen(pattern) if kept is None else _Known(*kept)
        return self._used[pattern]

    def keep(self) -> None:
        """Keep what is known for later runs; of too many expressions, only those of this run are kept."""
        if not self._has_new:
            return
        self._has_new = False
        used = {pattern: list(known) for pattern, known in self._used.items()}
        every = {**self._kept, **used}
        self._kept = every if len(every) <= _MAX_KEPT else used
        store_cached(_KEY, self._kept)


@cache
def _memory() -> _Memory:
    return _Memory()


def _seen(pattern: str) -> _Known:
    from nianbao.kinds.needed_words import needed_words  # noqa: PLC0415 - what was seen in an earlier run is known

    return _Known(needed_words(pattern), tuple(re.compile(pattern).groupindex))


def rule_pattern(pattern: str) -> RulePattern:
    """Return an expression of a rule.

    Raises:
        re.error, OverflowError, RecursionError: it is not a regular expression.
    """
    return RulePattern(pattern, _memory().known(pattern))


def keep_patterns() -> None:
    """Keep what is known of the expressions of this run for later ones."""
    _memory().keep()
