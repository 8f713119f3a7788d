"""Samples of what is too much to wait for: some cases are always run, and all of them with ``--all``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

FEW = 20  # examples that Hypothesis draws where not everything is run


def scaled(few: int) -> int:
    """Return how many there are to be where there are to be a few: more in a long run, as with Hypothesis."""
    return max(1, few * settings().max_examples // FEW)


def examples(few: int) -> settings:
    """Return settings for Hypothesis to draw a few examples, or more in a long run."""
    return settings(max_examples=scaled(few))


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """Return cases of which one in so many is run, from the first one on, and the others are left to ``--all``."""
    return [left_to_all(case) if number % every else case for number, case in enumerate(cases)]


def left_to_all(case: Any) -> Any:
    """Return a case that is run with ``--all`` alone."""
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, pytest.mark.exhaustive])
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.exhaustive)
