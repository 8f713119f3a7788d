"""How much work something is, counted in calls and not in seconds: the same on every machine, busy or not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_BEGUN = frozenset({"call", "c_call"})


def steps(function: Callable[[], object]) -> int:
    """Return how many calls are made while a function runs in this thread, those of functions written in C included."""
    count = 0

    def look_on(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in _BEGUN

    before = sys.getprofile()
    sys.setprofile(look_on)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count
