"""Limits the time of third-party code: rules, patterns and plugins.

In the main thread of a process, a system timer interrupts any code, including a search with a regular expression.
Without such a timer, and in other threads, only Python code is interrupted; a call into C code runs to its end.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from nianbao.bounds.interrupting import Overrun, Watch, unsaid
from nianbao.bounds.signals import came_by_signal, handled_signals, known_interrupts
from nianbao.errors import NianbaoError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

Returned = TypeVar("Returned")

MAX_SECONDS = 5.0  # for a rule on one report, and for a search with the patterns of a form
_LOOKS = 4  # checks of the clock within the time
_SLOW = Text("运行超时：超过 {seconds} 秒，已中断", "timed out: broken off after {seconds} seconds")


class OverrunError(NianbaoError):
    """Code exceeded its time limit."""


class EscapeError(NianbaoError):
    """Code raised something else than an ``Exception``, such as ``SystemExit``; it must not end the process."""


@contextmanager
def contained() -> Iterator[None]:
    """Contain third-party code, so that nothing that it raises ends the process.

    Raises:
        EscapeError: it raised something else than an ``Exception``, and not because of a signal, such as an interrupt.
    """
    with known_interrupts():
        try:
            yield
        except (Exception, Overrun):
            raise
        except BaseException as error:
            raise _escape(error) from error


def _escape(error: BaseException) -> EscapeError:
    """Return the error for something else than an ``Exception``; if a signal caused it, it is raised again."""
    if came_by_signal(error):
        raise error
    return EscapeError(f"{type(error).__name__}: {error}".removesuffix(": "))


class Alarm:
    """Limits the time of each of several actions, which run in the context ``set``.

    Args:
        seconds: The maximum time of an action; ``MAX_SECONDS`` when ``None``.
        clock: Returns the time, in seconds since any fixed moment.
    """

    def __init__(self, seconds: float | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = MAX_SECONDS if seconds is None else seconds
        self._clock = clock
        self._began: float | None = None
        self._watch: Watch | None = None

    @contextmanager
    def set(self) -> Iterator[Alarm]:
        """Check the clock during this context."""
        interval = self.seconds / _LOOKS
        with unsaid(), known_interrupts(), handled_signals(self._ring, seconds=interval) as rings:
            if rings:
                yield self
                return
            self._watch = Watch(self._is_over, seconds=interval)
            self._watch.start()
            try:
                yield self
            finally:
                self._watch.stop()

    def run(self, action: Callable[[], Returned]) -> Returned:
        """Run an action and return its result; its own errors are raised unchanged.

        Raises:
            OverrunError: it took too long.
            EscapeError: it raised something else than an ``Exception``, and not because of a signal.
        """
        try:
            try:
                self._began = self._clock()
                return action()
            finally:
                self._end()
        except Overrun as error:
            self._end()
            raise OverrunError(_SLOW.format(seconds=f"{self.seconds:g}")) from error
        except Exception:
            raise
        except BaseException as error:
            raise _escape(error) from error

    def _end(self) -> None:
        if self._watch is None:
            self._began = None
        else:
            self._watch.settle(self._forget)

    def _forget(self) -> None:
        self._began = None

    def _is_over(self) -> bool:
        began = self._began
        return began is not None and self._clock() - began >= self.seconds

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_over():
            raise Overrun
