"""Interrupts code that takes too much time or memory: parsers of hostile files may never return."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.bounds.interrupting import Overrun, Watch, unsaid
from nianbao.bounds.limits import too_large, too_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEMORY = Path("/proc/self/statm")


@contextmanager
def watched(*, seconds: float, megabytes: int) -> Iterator[None]:
    """Interrupt the code in this thread when it exceeds a time limit, or when the process uses too much more memory.

    Another thread watches it. Memory is checked if the system reports it.

    Raises:
        InputError: ``too-slow`` or ``too-large``.
    """
    use = _Use(seconds, megabytes * 2**20)
    watch = Watch(use.is_over)
    try:
        with unsaid():
            watch.start()
            try:
                yield
            finally:
                watch.stop()
    except (Overrun, MemoryError) as error:
        watch.stop()
        if isinstance(error, Overrun) and not use.swollen:
            raise too_slow(seconds) from None
        raise too_large(megabytes) from None


class _Use:
    """The use of time and memory, and its limits."""

    def __init__(self, seconds: float, growth: int) -> None:
        self._deadline = time.monotonic() + seconds
        self._most = _resident() + growth
        self.swollen = False

    def is_over(self) -> bool:
        """Whether a limit is exceeded."""
        self.swollen = self.swollen or _resident() > self._most
        return self.swollen or time.monotonic() >= self._deadline


def _resident() -> int:
    """Return the memory of the process in bytes; 0 if the system does not report it."""
    try:
        return int(_MEMORY.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0
