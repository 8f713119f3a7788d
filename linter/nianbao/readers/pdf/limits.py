"""The limits above which a PDF is refused."""

from __future__ import annotations

from typing import NamedTuple

_MEBIBYTE = 2**20


class Limits(NamedTuple):
    """The limits on pages, characters and lines of a page, unpacked bytes, time, and memory."""

    pages: int = 300
    marks: int = 60_000
    unpacked: int = 128 * _MEBIBYTE
    seconds: float = 20
    megabytes: int = 768
