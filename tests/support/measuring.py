"""Which cases of a test coverage is measured in: a few of each, since all run the same lines and measuring is slow."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

_MEASURED = 5
_OF_PROCESSES = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")


def measured(items: Sequence[pytest.Item]) -> set[str]:
    """Return the ids of some cases of each test, spread over all of them; all of a test with few cases."""
    counts = Counter(map(_test, items))
    numbers: Counter[str] = Counter()
    chosen = set()
    for item in items:
        test = _test(item)
        if numbers[test] % -(-counts[test] // _MEASURED) == 0:
            chosen.add(item.nodeid)
        numbers[test] += 1
    return chosen


def _test(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure nothing for a while, in this process and in those that it starts."""
    current = coverage.Coverage.current()
    if current is None:
        yield
        return
    kept = {name: os.environ.pop(name) for name in _OF_PROCESSES if name in os.environ}
    current.stop()
    try:
        yield
    finally:
        current.start()
        os.environ.update(kept)
