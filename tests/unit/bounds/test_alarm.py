"""What runs on is broken off, a search of a regular expression too; what ends by itself is left alone."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from nianbao.bounds.alarm import Alarm, EscapeError, OverrunError

if TYPE_CHECKING:
    from collections.abc import Callable

if not hasattr(signal, "setitimer"):
    pytest.skip("no timer of the system here", allow_module_level=True)

SOON = 0.05
EVIL = re.compile("(a+)+b")


def loop() -> None:
    """Run on, catching all that careless code catches."""
    while True:
        try:
            sum(range(100))
        except Exception:  # noqa: BLE001, S112 - that it is caught is the point
            continue


def search() -> None:
    """Look for what takes longer than the world stands."""
    EVIL.search("a" * 100)


def overran(action: Callable[[], object]) -> str:
    """Return what is said of an action that runs on."""
    with Alarm(SOON).set() as alarm, pytest.raises(OverrunError) as caught:
        alarm.run(action)
    return str(caught.value)


@pytest.mark.parametrize("action", [loop, lambda: time.sleep(1e6), search], ids=["loop", "sleep", "search"])
def test_what_runs_on_is_broken_off(action: Callable[[], object]) -> None:
    """In the first thread, whatever it does."""
    assert overran(action) == "timed out: broken off after 0.05 seconds"


def test_the_next_action_has_its_own_time() -> None:
    """The time that others took does not count; what was broken off is not broken off again."""
    with Alarm(SOON).set() as alarm:
        for _turn in range(3):
            with pytest.raises(OverrunError):
                alarm.run(loop)
            assert alarm.run(lambda: 7) == 7


def test_the_clock_that_is_handed_in_tells_the_time() -> None:
    """However long it takes by others."""
    times = iter([0.0, *[100.0] * 1000])
    with Alarm(50, clock=lambda: next(times)).set() as alarm:
        alarm._ring(0, None)
        with pytest.raises(OverrunError, match="50 seconds"):
            alarm.run(lambda: alarm._ring(0, None))
        alarm._ring(0, None)


def test_in_another_thread_python_code_is_broken_off() -> None:
    """It and no other."""
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.extend((overran(loop), overran(loop))))

    thread.start()
    thread.join(timeout=120)

    assert said == ["timed out: broken off after 0.05 seconds"] * 2


def test_without_a_timer_python_code_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems have none."""
    monkeypatch.delattr("_signal.setitimer")

    assert overran(loop) == "timed out: broken off after 0.05 seconds"


class Stubborn:
    """Takes all the time there is when it is thrown away."""

    def __del__(self) -> None:
        """Run on; what is raised in here, Python tells of and forgets."""
        while True:
            pass


def test_what_a_finaliser_swallows_is_raised_again_and_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No line of it reaches the user."""
    before = sys.unraisablehook

    def throw_away() -> None:
        Stubborn()
        loop()

    assert overran(throw_away)
    assert capsys.readouterr().err == ""
    assert sys.unraisablehook is before


def test_results_and_errors_pass_through() -> None:
    """And signals are handled as before."""
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGALRM)]

    with Alarm().set() as alarm:
        assert alarm.run(lambda: "said") == "said"
        with pytest.raises(ZeroDivisionError):
            alarm.run(lambda: 1 / 0)

    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGALRM)] == handlers
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


class Own(BaseException):
    """No ``Exception``."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyboardInterrupt("bye"), "KeyboardInterrupt: bye"),
        (SystemExit(3), "SystemExit: 3"),
        (GeneratorExit(), "GeneratorExit"),
        (Own("x"), "Own: x"),
    ],
)
@pytest.mark.parametrize("threaded", [False, True])
def test_what_code_raises_to_end_the_run_ends_itself_alone(error: BaseException, words: str, *, threaded: bool) -> None:
    """It is an error like any other."""
    said: list[str] = []

    def escape() -> None:
        with Alarm().set() as alarm, pytest.raises(EscapeError) as caught:
            alarm.run(lambda: raised(error))
        said.append(str(caught.value))

    if threaded:
        thread = threading.Thread(target=escape)
        thread.start()
        thread.join(timeout=120)
    else:
        escape()

    assert said == [words]


def raised(error: BaseException) -> Any:
    """Raise an error."""
    raise error


def test_an_interrupt_by_the_user_ends_the_run() -> None:
    """It comes by a signal, whatever code runs."""

    def interrupted() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(60)

    with pytest.raises(KeyboardInterrupt), Alarm().set() as alarm:
        alarm.run(interrupted)


def test_what_the_handler_of_a_signal_raises_ends_the_run() -> None:
    """As servers end their workers."""

    def stop(*_: object) -> None:
        raise SystemExit

    def stopped() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with pytest.raises(SystemExit), Alarm().set() as alarm:
            alarm.run(stopped)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_timer_of_somebody_else_goes_on() -> None:
    """It rings later, if its time has passed, and not never."""
    rung = threading.Event()
    before = signal.signal(signal.SIGALRM, lambda *_: rung.set())
    try:
        signal.setitimer(signal.ITIMER_REAL, 1e-3)
        with Alarm(SOON).set() as alarm, pytest.raises(OverrunError):
            alarm.run(loop)
        assert rung.wait(60)
    finally:
        signal.signal(signal.SIGALRM, before)
