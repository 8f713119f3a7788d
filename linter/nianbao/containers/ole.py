"""Old Office files: a small file system in a file, whose streams say what it is.

No chain of sectors is followed twice over the same one, so that nothing read from a file is longer than the file.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import NamedTuple

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # from here on, a number names no sector
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SHIFTS = {9, 12}
_SMALL = 64


class _Entry(NamedTuple):
    """An entry of the directory: its neighbours and first child by number, and where its content begins."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


def is_ole(data: bytes) -> bool:
    """Whether bytes begin as old Office files do."""
    return data.startswith(_MAGIC)


class OleFile:
    """An old Office file; of one that is broken, as much as can be read.

    Args:
        data: The bytes of the file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of the streams at the top; none of a file that is broken."""
        try:
            return frozenset(self._file.top)
        except (struct.error, LookupError, ValueError):
            return frozenset()

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream at the top; nothing where it cannot be read."""
        try:
            return self._file.content(name)
        except (struct.error, LookupError, ValueError):
            return b""

    @cached_property
    def _file(self) -> _File:
        return _File(self._data)


class _File:
    """An old Office file; LookupError, ValueError and struct.error say that it is none or broken."""

    def __init__(self, data: bytes) -> None:
        if not is_ole(data):
            raise ValueError
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in _SHIFTS:
            raise ValueError
        self.sector = 1 << shift
        self.folder, _, self.least, self.small_table = struct.unpack_from("<IIII", data, 48)

    def content(self, name: str) -> bytes:
        """Return the bytes of a stream at the top."""
        entry = self.top[name]
        if entry.size >= self.least:
            return self.joined(entry.first)[: entry.size]
        small = self.joined(self.entries[0].first)
        table = _numbers(self.joined(self.small_table))
        return b"".join(small[at * _SMALL : (at + 1) * _SMALL] for at in _chain(entry.first, table))[: entry.size]

    @cached_property
    def top(self) -> dict[str, _Entry]:
        """The streams at the top by name."""
        found: dict[str, _Entry] = {}
        waiting, seen = [self.entries[0].child], set()
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(self.entries):
                continue
            seen.add(number)
            entry = self.entries[number]
            waiting += [entry.left, entry.right]
            if entry.kind == _STREAM:
                found.setdefault(entry.name, entry)
        return found

    @cached_property
    def entries(self) -> list[_Entry]:
        """The entries of the directory; the first is the root."""
        folder = self.joined(self.folder)
        found = [_entry(folder[at : at + _ENTRY]) for at in range(0, len(folder) - _ENTRY + 1, _ENTRY)]
        if not found or found[0].kind != _ROOT:
            raise ValueError
        return found

    @cached_property
    def table(self) -> tuple[int, ...]:
        """The sector that follows each sector."""
        places = list(struct.unpack_from("<109I", self.data, 76))
        (more,) = struct.unpack_from("<I", self.data, 68)
        seen: set[int] = set()
        while more < _LAST and more not in seen:  # a long table goes on in sectors of their own
            seen.add(more)
            *further, more = _numbers(self.sector_at(more))
            places += further
        used = dict.fromkeys(place for place in places if place < _LAST)
        return tuple(number for place in used for number in _numbers(self.sector_at(place)))

    def joined(self, first: int) -> bytes:
        """Return the bytes of the sectors that begin with one and follow each other."""
        return b"".join(map(self.sector_at, _chain(first, self.table)))

    def sector_at(self, number: int) -> bytes:
        """Return a sector; nothing where the file ends before."""
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]


def _chain(first: int, table: tuple[int, ...]) -> list[int]:
    """Return the sectors that follow each other; one that comes again ends them."""
    found: dict[int, None] = {}
    while first < len(table) and first not in found:
        found[first] = None
        first = table[first]
    return list(found)


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _entry(data: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", data, 64)
    left, right, child = struct.unpack_from("<III", data, 68)
    first, size = struct.unpack_from("<II", data, 116)
    return _Entry(
        data[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, left, right, child, first, size
    )
