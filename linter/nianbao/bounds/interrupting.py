"""How code that does not end is broken off from another thread: an exception is raised in the midst of it."""

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
    """Raised inside what runs too long; no exception of the kind that libraries catch and forget."""


class Watch:
    """Looks on the thread that makes it from another one, and raises ``Overrun`` in it when something is over.

    Python raises it between any two of its own steps; one call into C is waited for.

    Args:
        is_over: Whether what runs has taken too much; asked again and again, in the other thread.
        seconds: How long to wait between two looks.
    """

    def __init__(self, is_over: Callable[[], bool], *, seconds: float = _POLL_SECONDS) -> None:
        self._is_over = is_over
        self._seconds = seconds
        self._watched = threading.get_ident()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._raised = False

    def start(self) -> None:
        """Begin to look on."""
        threading.Thread(target=self._look_on, name="nianbao-watch", daemon=True).start()

    def settle(self, ended: Callable[[], None]) -> None:
        """Call what says that nothing is over any more; what was raised before comes up here and no later."""
        with self._lock:
            ended()
            raised, self._raised = self._raised, False
        if raised:
            with suppress(Overrun):
                for _step in range(_STEPS):
                    pass

    def stop(self) -> None:
        """Look on no more; from here on nothing is raised."""
        self.settle(self._ended.set)

    def _look_on(self) -> None:
        while not self._ended.wait(self._seconds):
            with self._lock:
                raised = not self._ended.is_set() and self._is_over()
                if raised:
                    self._raised = True
                    _raise_in(self._watched, Overrun)
            if raised:
                self._ended.wait(_REPEAT_SECONDS)  # and raised again if a finaliser swallowed it


@contextmanager
def unsaid() -> Iterator[None]:
    """Let Python say nothing of an overrun that came up in a finaliser, which swallows it: it is raised again."""
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
    """Raise an exception in another thread at its next step, where this Python can."""
    import ctypes  # noqa: PLC0415 - slow to import, and most of what is watched ends in time

    python = getattr(ctypes, "pythonapi", None)
    if python is not None:
        python.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
