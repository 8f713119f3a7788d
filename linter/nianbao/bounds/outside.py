"""Runs functions in another process, within limits on time and memory: no call into C code can be interrupted.

The process starts when the first function needs it, and waits for the next one afterwards. It ends with the process
that started it. A function that exceeds a limit, or crashes, takes only its own process with it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.bounds.limits import too_large, too_slow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nianbao.bounds.limits import Limited

_LENGTH = 8
_PROGRAM = "import sys; sys.path[:] = {path!r}; from nianbao.bounds.serving import serve; serve({target!r})"
_OUT_OF_MEMORY = frozenset(("SIGABRT", "SIGILL", "SIGTRAP", "SIGKILL"))  # what allocating in vain ends with
_SECONDS_TO_END = 2


class CrashError(Exception):
    """The process crashed."""


class Ended(NamedTuple):
    """What a function returned, or what it raised."""

    value: object = None
    error: Exception | None = None


def run_outside(target: str, *arguments: object, options: Mapping[str, object] | None = None, within: Limited) -> Any:
    """Run a function in another process and return its result; its errors are raised here.

    Args:
        target: The module and the name of the function, as in ``module:function``.
        arguments: Its arguments.
        options: Its arguments that have names.
        within: The time and the additional memory that it may take.

    Raises:
        InputError: ``too-slow`` or ``too-large``.
        CrashError: it ended the process in another way.
    """
    process = _taken(target)
    try:
        answer = process.ask((arguments, options or {}), within)
    except BaseException:
        process.end()
        raise
    _IDLE.setdefault(target, []).append(process)
    if answer.error is not None:
        raise answer.error
    return answer.value


def start_outside(target: str) -> None:
    """Start the process for a function that will soon be called, if there is none yet."""
    if not _IDLE.get(target):
        _IDLE.setdefault(target, []).append(_Process(target))


class _Process:
    """A process that runs one function after the other."""

    def __init__(self, target: str) -> None:
        program = _PROGRAM.format(path=sys.path, target=target)
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and nothing from outside
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._input: Any = self._process.stdin
        self._output: Any = self._process.stdout
        self._late = False
        self._began = False

    def ask(self, call: tuple[object, object], within: Limited) -> Ended:
        """Run the function and return its answer."""
        timer = threading.Timer(within.seconds, self._stop)
        timer.daemon = True
        try:
            if not self._began:  # its start is not part of the time
                self._receive()
                self._began = True
            timer.start()
            self._send(pickle.dumps((*call, within), pickle.HIGHEST_PROTOCOL))
            answer: Ended = pickle.loads(self._receive())  # noqa: S301 - from a process of our own
        except (OSError, EOFError):
            raise self._failure(within) from None
        finally:
            timer.cancel()
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        with suppress(OSError):
            self._process.kill()
        self._close()
        self._process.wait()

    def dismiss(self) -> None:
        """Let the process end, which waits for a function, or has not even begun to."""
        if self._began:
            with suppress(OSError):
                self._input.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_SECONDS_TO_END)
        self.end()

    def forget(self) -> None:
        """Leave the process to the one that started it, of which this one is a copy."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for stream in (self._input, self._output):
            with suppress(OSError):
                stream.close()

    def _stop(self) -> None:
        self._late = True
        with suppress(OSError):
            self._process.kill()

    def _failure(self, within: Limited) -> Exception:
        """Return why the process ended."""
        code = self._process.wait()
        ended = signal.Signals(-code).name if -code in signal.valid_signals() else ""
        if self._late or ended == "SIGALRM":
            return too_slow(within.seconds)
        return too_large(within.megabytes) if ended in _OUT_OF_MEMORY else CrashError(ended or str(code))

    def _send(self, data: bytes) -> None:
        stream = self._input
        stream.write(len(data).to_bytes(_LENGTH, "big"))
        stream.write(data)
        stream.flush()

    def _receive(self) -> bytes:
        return received(self._output.read)


def received(read: Callable[[int], bytes]) -> bytes:
    """Return the next piece of data from a stream.

    Raises:
        EOFError: the stream ends.
    """
    size = read(_LENGTH)
    data = read(int.from_bytes(size, "big")) if len(size) == _LENGTH else b""
    if len(size) < _LENGTH or len(data) < int.from_bytes(size, "big"):
        raise EOFError
    return data


def _taken(target: str) -> _Process:
    """Return a process that waits for a function, or a new one."""
    try:
        return _IDLE[target].pop()
    except (KeyError, IndexError):
        return _Process(target)


def _dismiss_all() -> None:
    while _IDLE:
        for process in _IDLE.popitem()[1]:
            process.dismiss()


def _forget_all() -> None:
    while _IDLE:
        for process in _IDLE.popitem()[1]:
            process.forget()


_IDLE: dict[str, list[_Process]] = {}
atexit.register(_dismiss_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
