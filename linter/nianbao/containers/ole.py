"""OLE compound files (old Office files): a small file system in a file; its streams show which format it is.

A chain of sectors never visits a sector twice, so that nothing read from a file is longer than the file.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import NamedTuple

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # numbers from here on are not sectors
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SHIFTS = {9, 12}
_SMALL = 64


class _Entry(NamedTuple):
    """An entry of the directory: the numbers of its neighbours and of its first child, and where its content begins."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


def is_ole(data: bytes) -> bool:
    """Whether bytes begin with the signature of an OLE file."""
    return data.startswith(_MAGIC)


class OleFile:
    """An OLE file; if it is broken, as much of it as can be read.

    Args:
        data: The bytes of the file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of the streams at the top level; empty for a broken file."""
        try:
            return frozenset(self._file.top)
        except (struct.error, LookupError, ValueError):
            return frozenset()

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream at the top level; empty if it cannot be read."""
        try:
            return self._file.content(name)
        except (struct.error, LookupError, ValueError):
            return b""

    @cached_property
    def _file(self) -> _File:
        return _File(self._data)


class _File:
    """An OLE file; LookupError, ValueError and struct.error mean that it is broken or of another format."""

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
        """Return the bytes of a stream at the top level."""
        entry = self.top[name]
        if entry.size >= self.least:
            return self.joined(entry.first)[: entry.size]
        small = self.joined(self.entries[0].first)
        table = _numbers(self.joined(self.small_table))
        return b"".join(small[at * _SMALL : (at + 1) * _SMALL] for at in _chain(entry.first, table))[: entry.size]

    @cached_property
    def top(self) -> dict[str, _Entry]:
        """The streams at the top level by name."""
        streams: dict[str, _Entry] = {}
        waiting, seen = [self.entries[0].child], set()
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(self.entries):
                continue
            seen.add(number)
            entry = self.entries[number]
            waiting += [entry.left, entry.right]
            if entry.kind == _STREAM:
                streams.setdefault(entry.name, entry)
        return streams

    @cached_property
    def entries(self) -> list[_Entry]:
        """The entries of the directory; the first is the root."""
        folder = self.joined(self.folder)
        entries = [_entry(folder[at : at + _ENTRY]) for at in range(0, len(folder) - _ENTRY + 1, _ENTRY)]
        if not entries or entries[0].kind != _ROOT:
            raise ValueError
        return entries

    @cached_property
    def table(self) -> tuple[int, ...]:
        """The number of the next sector, for each sector."""
        places = list(struct.unpack_from("<109I", self.data, 76))
        (more,) = struct.unpack_from("<I", self.data, 68)
        seen: set[int] = set()
        while more < _LAST and more not in seen:  # a long table continues in further sectors
            seen.add(more)
            *further, more = _numbers(self.sector_at(more))
            places += further
        used = dict.fromkeys(place for place in places if place < _LAST)
        return tuple(number for place in used for number in _numbers(self.sector_at(place)))

    def joined(self, first: int) -> bytes:
        """Return the bytes of a chain of sectors."""
        return b"".join(map(self.sector_at, _chain(first, self.table)))

    def sector_at(self, number: int) -> bytes:
        """Return a sector; empty if it lies behind the end of the file."""
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]


def _chain(first: int, table: tuple[int, ...]) -> list[int]:
    """Return a chain of sectors; it ends before a sector that it already contains."""
    chain: dict[int, None] = {}
    while first < len(table) and first not in chain:
        chain[first] = None
        first = table[first]
    return list(chain)


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _entry(data: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", data, 64)
    left, right, child = struct.unpack_from("<III", data, 68)
    first, size = struct.unpack_from("<II", data, 116)
    return _Entry(
        data[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, left, right, child, first, size
    )
