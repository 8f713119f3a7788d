"""Bounds the time of code of others: rules, patterns and plugins.

In the first thread of a process, a timer of the system breaks off whatever runs, a search of a regular expression too.
Where there is no such timer, and in other threads, Python code is broken off, and one call into C is waited for.
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

MAX_SECONDS = 5.0  # that a rule may take on one report, and a search by the patterns of a form
_LOOKS = 4  # at the clock, before the time is up
_SLOW = Text("运行超时：超过 {seconds} 秒，已中断", "timed out: broken off after {seconds} seconds")


class OverrunError(NianbaoError):
    """Code took more time than it may."""


class EscapeError(NianbaoError):
    """Code raised what is no ``Exception``, such as ``SystemExit``; it is to end itself and nothing else."""


@contextmanager
def contained() -> Iterator[None]:
    """Let code of others end itself and nothing else, whatever it raises.

    Raises:
        EscapeError: it raised what is no ``Exception``, and no signal did, such as an interrupt by the user.
    """
    with known_interrupts():
        try:
            yield
        except (Exception, Overrun):
            raise
        except BaseException as error:
            raise _escape(error) from error


def _escape(error: BaseException) -> EscapeError:
    """Return what is told of an error that is no ``Exception``; one that a signal brought is raised again."""
    if came_by_signal(error):
        raise error
    return EscapeError(f"{type(error).__name__}: {error}".removesuffix(": "))


class Alarm:
    """Bounds the time of each of several actions, which run in the context ``set``.

    Args:
        seconds: The most time that an action may take; ``MAX_SECONDS`` when ``None``.
        clock: What tells the time.
    """

    def __init__(self, seconds: float | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = MAX_SECONDS if seconds is None else seconds
        self._clock = clock
        self._began: float | None = None
        self._watch: Watch | None = None

    @contextmanager
    def set(self) -> Iterator[Alarm]:
        """Look at the clock while this context lasts."""
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
        """Return what an action returns; what it raises is raised.

        Raises:
            OverrunError: it took too long.
            EscapeError: it raised what is no ``Exception``, and no signal did, such as an interrupt by the user.
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
