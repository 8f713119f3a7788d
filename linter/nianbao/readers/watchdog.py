"""Breaks off what takes too much time or memory, wherever it is: parsers of hostile files may never return."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERVAL, _AGAIN = 0.1, 1.0
_STEPS = 1000
_MEMORY = Path("/proc/self/statm")
_TOO_SLOW = Text(
    "读了 {seconds} 秒还没有读完，不像年度报告；请只保存年报正文再检查",
    "could not be read to its end in {seconds} seconds: save the report itself and check that",
)
_TOO_LARGE = Text(
    "读取时占用的内存超过 {limit} MB，不像年度报告；请只保存年报正文再检查",
    "takes more than {limit} MB of memory to read, which no annual report does: save the report itself and check that",
)


class _Overrun(BaseException):
    """Raised inside what runs too long; no exception of the kind that libraries catch and forget."""


@contextmanager
def watched(*, seconds: float, megabytes: int) -> Iterator[None]:
    """Break off what runs in this thread when it has taken so many seconds, or the process so much more memory.

    A thread looks on and raises an exception in the one that called, which Python allows between any two of its own
    steps; one call into C is waited for. Memory is looked at where the system tells it.

    Raises:
        InputError: ``too-slow`` or ``too-large``.
    """
    watch = _Watch(seconds, megabytes * 2**20)
    try:
        with _unsaid():
            watch.start()
            try:
                yield
            finally:
                watch.stop()
    except (_Overrun, MemoryError) as error:
        watch.stop()
        if isinstance(error, _Overrun) and not watch.swollen:
            raise InputError("too-slow", _TOO_SLOW.format(seconds=f"{seconds:g}")) from None
        raise InputError("too-large", _TOO_LARGE.format(limit=megabytes)) from None


@contextmanager
def _unsaid() -> Iterator[None]:
    """Let Python say nothing of an overrun that came up in a finaliser, which swallows it: it is raised again."""
    before = sys.unraisablehook

    def hook(told: sys.UnraisableHookArgs) -> None:
        if told.exc_type is not _Overrun:
            before(told)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        if sys.unraisablehook is hook:
            sys.unraisablehook = before


class _Watch:
    """Looks on one thread from another."""

    def __init__(self, seconds: float, growth: int) -> None:
        self._watched = threading.get_ident()
        self._deadline = time.monotonic() + seconds
        self._most = _resident() + growth
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._raised = False
        self.swollen = False

    def start(self) -> None:
        """Begin to look on."""
        threading.Thread(target=self._look_on, name="nianbao-watch", daemon=True).start()

    def stop(self) -> None:
        """Look on no more; from here on nothing is raised."""
        with self._lock:
            self._over.set()
        if self._raised:
            with suppress(_Overrun):
                for _step in range(_STEPS):  # what was raised at the last moment comes up here and no later
                    pass

    def _look_on(self) -> None:
        while not self._over.wait(_INTERVAL):
            self.swollen = self.swollen or _resident() > self._most
            if not self.swollen and time.monotonic() < self._deadline:
                continue
            with self._lock:
                if not self._over.is_set():
                    self._raised = True
                    _raise_in(self._watched, _Overrun)
            self._over.wait(_AGAIN)  # and raised again if a finaliser swallowed it


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Raise an exception in another thread at its next step, where this Python can."""
    python = getattr(ctypes, "pythonapi", None)
    if python is not None:
        python.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _resident() -> int:
    """Return how much memory the process holds, in bytes; 0 where the system does not tell it so."""
    try:
        return int(_MEMORY.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0
