"""What takes too much time or memory is broken off, whatever it does, and nothing is left behind."""

from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path

import pytest

from nianbao.bounds import watchdog as watch
from nianbao.bounds.watchdog import watched
from nianbao.errors import InputError


def endless(*, growing: bool) -> None:
    """Run without end, catching all that can be caught, as careless libraries do."""
    kept = []
    while True:
        try:
            kept.append(" " * 10_000)
            if not growing:
                kept.clear()
        except Exception:  # noqa: BLE001, S112 - that it is caught is the point
            continue


def stopped(seconds: float, megabytes: int, *, growing: bool = False) -> str:
    """Return the code that what runs without end is stopped with."""
    with pytest.raises(InputError) as caught, watched(seconds=seconds, megabytes=megabytes):
        endless(growing=growing)
    return caught.value.code


def test_what_never_ends_is_stopped() -> None:
    """Though it catches exceptions."""
    assert stopped(0.3, 100_000) == "too-slow"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell how much memory is held")
def test_what_grows_without_end_is_stopped() -> None:
    """When the process holds so much more than before."""
    assert stopped(60, 100, growing=True) == "too-large"
    gc.collect()


class Stubborn:
    """Takes all the time there is when it is thrown away."""

    def __del__(self) -> None:
        """Run without end; what is raised in here, Python tells of and forgets."""
        while True:
            pass


def throw_away() -> None:
    """Throw away what will not go, and run on without end."""
    Stubborn()
    endless(growing=False)


def test_what_a_finaliser_swallows_is_raised_again_and_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No line of it reaches the user; other troubles of finalisers are told as ever."""
    before = sys.unraisablehook

    with pytest.raises(InputError) as caught, watched(seconds=0.3, megabytes=100_000):
        throw_away()

    assert caught.value.code == "too-slow"
    assert capsys.readouterr().err == ""
    assert sys.unraisablehook is before


def test_it_works_in_any_thread() -> None:
    """A thread that is not the first is stopped, and it alone."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(stopped(0.3, 100_000)))

    thread.start()
    thread.join(timeout=120)

    assert found == ["too-slow"]


def test_what_ends_in_time_goes_on_undisturbed() -> None:
    """Results and errors of what is watched pass through, and no thread stays."""
    with watched(seconds=60, megabytes=100_000):
        total = sum(range(1000))
    with pytest.raises(KeyError), watched(seconds=60, megabytes=100_000):
        raise KeyError(total)

    watching = [thread for thread in threading.enumerate() if thread.name == "nianbao-watch"]
    for thread in watching:
        thread.join(timeout=60)
    assert [thread.name for thread in watching if thread.is_alive()] == []


def test_time_alone_counts_where_memory_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every system says how much memory a process holds."""
    monkeypatch.setattr(watch, "_MEMORY", Path("/nowhere/at/all"))

    assert stopped(0.3, 0) == "too-slow"


def test_running_out_of_memory_is_told_the_same() -> None:
    """Where the system itself gives no more."""
    with pytest.raises(InputError) as caught, watched(seconds=60, megabytes=100):
        raise MemoryError
    assert caught.value.code == "too-large"
