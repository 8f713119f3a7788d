"""Interrupts code from another thread by raising an exception in it."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_POLL_SECONDS, _REPEAT_SECONDS = 0.1, 1.0
_STEPS = 1000


class Overrun(BaseException):
    """Raised inside code that runs too long; not a subclass of ``Exception``, which libraries may catch and ignore."""


class Watch:
    """Watches the thread that creates it from another thread, and raises ``Overrun`` in it when a limit is exceeded.

    Python raises it between two of its bytecode instructions; a call into C code runs to its end.

    Args:
        is_over: Whether a limit is exceeded; called repeatedly, in the other thread.
        seconds: The time between two calls.
    """

    def __init__(self, is_over: Callable[[], bool], *, seconds: float = _POLL_SECONDS) -> None:
        self._is_over = is_over
        self._seconds = seconds
        self._watched = threading.get_ident()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._raised = False

    def start(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._look_on, name="nianbao-watch", daemon=True).start()

    def settle(self, ended: Callable[[], None]) -> None:
        """Call a function that ends the limit; an exception that was raised before arrives here and not later."""
        with self._lock:
            ended()
            raised, self._raised = self._raised, False
        if raised:
            with suppress(Overrun):
                for _step in range(_STEPS):
                    pass

    def stop(self) -> None:
        """Stop watching; from here on nothing is raised."""
        self.settle(self._ended.set)

    def _look_on(self) -> None:
        while not self._ended.wait(self._seconds):
            with self._lock:
                raised = not self._ended.is_set() and self._is_over()
                if raised:
                    self._raised = True
                    _raise_in(self._watched, Overrun)
            if raised:
                self._ended.wait(_REPEAT_SECONDS)  # then it is raised again, if a finaliser has swallowed it


@contextmanager
def unsaid() -> Iterator[None]:
    """Suppress Python's message about an overrun in a finaliser, which swallows it: the overrun is raised again."""
    before = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is not Overrun:
            before(unraisable)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        if sys.unraisablehook is hook:
            sys.unraisablehook = before


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Raise an exception in another thread at its next instruction, if this Python supports it."""
    import ctypes  # noqa: PLC0415 - slow to import, and most watched code ends in time

    python = getattr(ctypes, "pythonapi", None)
    if python is not None:
        python.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
