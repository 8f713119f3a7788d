"""Zip files for tests, good and bad."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def packed(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of some files, whatever their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, data in dict(files).items() if not isinstance(files, list) else files:
            file.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a zip file with other bytes, as many, for the name of a file, and without the sign that they are UTF-8."""
    if len(old) != len(new):
        raise ValueError(new)
    return _flagged(data.replace(old, new), clear=0x800)


def locked(data: bytes) -> bytes:
    """Return a zip file that says of all its files that a password protects them."""
    return _flagged(data, put=1)


def _flagged(data: bytes, *, put: int = 0, clear: int = 0) -> bytes:
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(magic)
        while start >= 0:
            (flags,) = struct.unpack_from("<H", data, start + offset)
            struct.pack_into("<H", changed, start + offset, flags & ~clear | put)
            start = data.find(magic, start + 4)
    return bytes(changed)
