"""Functions in another process: what they return and raise arrives, and what exceeds a limit ends with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nianbao.bounds import outside
from nianbao.bounds.limits import Limited
from nianbao.bounds.outside import CrashError, run_outside, start_outside
from nianbao.errors import InputError

ENOUGH = Limited(60, 1000)


def test_results_and_errors_arrive() -> None:
    """One process runs one function after the other."""
    start_outside("builtins:int")
    assert run_outside("builtins:int", "11", options={"base": 2}, within=ENOUGH) == 3
    with pytest.raises(ValueError, match="invalid literal"):
        run_outside("builtins:int", "x", within=ENOUGH)
    with pytest.raises(RuntimeError, match="pickle"):
        run_outside("builtins:compile", "1", "x", "eval", within=ENOUGH)
    assert len(outside._IDLE["builtins:int"]) == 1


def test_what_never_ends_is_stopped() -> None:
    """A call into C code too; the next one has a new process."""
    with pytest.raises(InputError) as caught:
        run_outside("time:sleep", 1000, within=Limited(0.2, 1000))
    assert caught.value.code == "too-slow"
    assert run_outside("time:sleep", 0, within=ENOUGH) is None


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell how much memory is held")
def test_what_grows_is_stopped() -> None:
    """The memory of the process is limited."""
    with pytest.raises(InputError) as caught:
        run_outside("builtins:bytearray", 10**9, within=Limited(60, 100))
    assert caught.value.code == "too-large"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no signals")
def test_what_crashes_takes_no_other_process_with_it() -> None:
    """It is told how it ended; ends that allocating in vain leads to count as too large."""
    with pytest.raises(CrashError, match="7"):
        run_outside("os:_exit", 7, within=ENOUGH)
    with pytest.raises(CrashError, match="SIGSEGV"):
        run_outside("signal:raise_signal", signal.SIGSEGV, within=ENOUGH)
    with pytest.raises(InputError) as caught:
        run_outside("os:abort", within=ENOUGH)
    assert caught.value.code == "too-large"


def test_threads_have_processes_of_their_own() -> None:
    """No two functions share one at the same time."""
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda number: run_outside("builtins:abs", number, within=ENOUGH), range(-6, 0)))

    assert made == [6, 5, 4, 3, 2, 1]
    assert 1 <= len(outside._IDLE["builtins:abs"]) <= 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_an_interrupt_and_the_end_leave_nothing_behind() -> None:
    """The process of a program that is interrupted, or copied, ends with it."""
    program = (
        "import os, sys; from nianbao.bounds.outside import *; from nianbao.bounds.limits import Limited\n"
        "within = Limited(60, 1000)\n"
        "pid = run_outside('os:getpid', within=within)\n"
        "copy = os.fork()\n"
        "own = run_outside('os:getpid', within=within)\n"
        "assert (own == pid) is bool(copy)\n"
        "copy or os._exit(0)\n"
        "os.waitpid(copy, 0)\n"
        "try: print(pid, flush=True); run_outside('time:sleep', 1000, within=within)\n"
        "except KeyboardInterrupt: print('interrupted')\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read() == b"interrupted\n"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert process.returncode == 0
