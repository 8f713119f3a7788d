"""System signals while third-party code runs: a timer, and recognisable interrupts by the user."""

from __future__ import annotations

# The public module wraps this one in enumerations, which take more time than most rules.
import _signal as signal  # type: ignore[import-not-found]
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    Handler = Callable[[int, FrameType | None], object]

_SOON = 0.001  # seconds until another timer rings whose time has passed meanwhile


@contextmanager
def handled_signals(ring: Handler, *, seconds: float) -> Iterator[bool]:
    """Call a function repeatedly in the current thread; give whether this is possible.

    Signals are handled only in the main thread of a process, and not every system has such a timer.

    Args:
        ring: The function; an exception that it raises interrupts any code, including a search for a pattern.
        seconds: The time between two calls.
    """
    first = threading.current_thread() is threading.main_thread()
    if not first or not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGALRM) is None:
        yield False
        return
    with _timer(ring, seconds):
        yield True


@contextmanager
def known_interrupts() -> Iterator[None]:
    """Let a function of this module raise interrupts by the user, to distinguish them from those that code raises."""
    first = threading.current_thread() is threading.main_thread()
    if not first or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def came_by_signal(error: BaseException) -> bool:
    """Whether a signal handler raised an error, and not the code that was running."""
    handlers = {getattr(signal.getsignal(number), "__code__", None) for number in signal.valid_signals()} - {None}
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code in handlers:
            return True
        trace = trace.tb_next
    return False


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _timer(ring: Handler, seconds: float) -> Iterator[None]:
    """Set the timer of the process; a timer that was set before continues afterwards."""
    begun = time.monotonic()
    before = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begun), _SOON), interval)
