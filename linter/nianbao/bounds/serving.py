"""The other end of ``outside``: runs a function in this process for each request that arrives at standard input."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.bounds.limits import too_large
from nianbao.bounds.outside import Ended, received

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from nianbao.bounds.limits import Limited

_MEMORY = Path("/proc/self/statm")
_LENGTH = 8
_COLLECTION_OBJECTS = 50_000  # objects created between two collections, as in the command line
_GRACE = 5.0  # seconds: the other process ends this one before, as long as it lives


def serve(target: str) -> None:
    """Run a function for each request until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt by the user is for the other process
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    module, name = target.split(":")
    function = getattr(import_module(module), name)
    gc.set_threshold(_COLLECTION_OBJECTS)
    _send(sink, b"")
    while True:
        try:
            request = received(source.read)
        except EOFError:
            return
        arguments, options, within = pickle.loads(request)  # noqa: S301 - from the process that started this one
        del request
        answer = _answered(partial(function, *arguments, **options), within)
        del arguments, options
        _send(sink, _packed(answer))


def _answered(function: Callable[[], object], within: Limited) -> Ended:
    """Run the function within its limits."""
    with_timer = hasattr(signal, "setitimer")
    _limit_memory(within.megabytes)
    if with_timer:
        signal.setitimer(signal.ITIMER_REAL, within.seconds + _GRACE)
    try:
        return Ended(function())
    except MemoryError:
        return Ended(error=too_large(within.megabytes))
    except Exception as error:  # noqa: BLE001 - it is raised again in the other process
        return Ended(error=error.with_traceback(None))
    finally:
        if with_timer:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _packed(answer: Ended) -> bytes:
    """Return an answer as bytes; an error that cannot be packed is described."""
    try:
        data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        if answer.error is not None:
            pickle.loads(data)  # noqa: S301 - made here: not every error can be made again
    except Exception as error:  # noqa: BLE001 - whatever its own methods raise
        return pickle.dumps(Ended(error=RuntimeError(repr(answer.error or error))))
    return data


def _limit_memory(megabytes: int) -> None:
    """Let this process take that much more memory than now, where the system can limit it and says what it takes."""
    try:
        import resource  # noqa: PLC0415 - not on every system

        now = int(_MEMORY.read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = now + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
    except (ImportError, OSError, ValueError, AttributeError):
        return


def _send(sink: BinaryIO, data: bytes) -> None:
    sink.write(len(data).to_bytes(_LENGTH, "big"))
    sink.write(data)
    sink.flush()
