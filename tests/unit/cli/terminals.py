"""Terminals that tests look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import FileIO


def all_shown(screen: FileIO) -> bytes:
    """Return all that is written on a terminal until its last writer closes it."""
    seen = b""
    try:
        while piece := screen.read(65536):
            seen += piece
    except OSError:  # Linux says so when the last writer has closed a terminal
        pass
    return seen
