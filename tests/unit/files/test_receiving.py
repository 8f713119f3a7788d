"""Pipes are waited for, and a reader that goes away is no error."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

import pytest

from nianbao.files.receiving import Receiver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes here are those of POSIX")


def test_a_pipe_that_is_full_is_waited_for() -> None:
    """One that does not block says only that it takes nothing now."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 4096)

    with Receiver(writer, "wb") as receiver:
        thread = threading.Thread(target=lambda: receiver.write(b"last"))
        thread.start()
        got = b""
        while not got.endswith(b"last"):
            got += os.read(reader, 4096)
        thread.join()

    os.close(reader)
    assert got.count(b"last") == 1


def test_a_reader_that_goes_away_gets_no_more() -> None:
    """What is written then is taken, and given to nobody."""
    reader, writer = os.pipe()
    os.close(reader)

    with Receiver(writer, "wb") as receiver:
        assert [receiver.write(b"one"), receiver.write(b"three")] == [3, 5]
        assert receiver.is_gone


def test_what_cannot_be_written_for_another_reason_is_an_error() -> None:
    """A disk that is full, say."""
    with Receiver("/dev/full", "wb") as receiver, pytest.raises(OSError, match="No space"):
        receiver.write(b"one")
