"""Bytes from a file or from standard input: never more than the limit, never from what may hang."""

from __future__ import annotations

import os
import sys

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.limits import too_large

STANDARD_INPUT = "-"

# Without this flag, opening a pipe that nobody writes to would wait for ever; regular files do not mind it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: str, *, limit: int) -> bytes:
    """Return the bytes of a regular file, or of standard input for ``-``.

    Raises:
        InputError: ``not-found``, ``cannot-open`` (no permission, a folder, a pipe or device), ``too-large``.
    """
    return _standard_input(limit) if path == STANDARD_INPUT else _file(path, limit)


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        raise InputError(
            "cannot-open",
            Text("没有标准输入可读。请给出文件路径。", "There is no standard input to read. Give the path of a file."),
        )
    try:
        data = sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise _cannot_open(error) from error
    if len(data) > limit:
        raise too_large(limit)
    return data


def _file(path: str, limit: int) -> bytes:
    try:
        handle = os.open(path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(
            "not-found",
            Text("找不到这个文件。请检查路径。", "There is no such file. Check the path."),
        ) from error
    except (OSError, ValueError) as error:
        raise _folder() if _is_folder(path) else _cannot_open(error) from error
    with os.fdopen(handle, "rb", closefd=True) as file:
        return _regular(file.fileno(), limit) if _checked(handle, limit) else b""


def _regular(handle: int, limit: int) -> bytes:
    parts: list[bytes] = []
    room = limit + 1
    try:
        while room and (part := os.read(handle, min(room, 1 << 20))):
            parts.append(part)
            room -= len(part)
    except OSError as error:
        raise _cannot_open(error) from error
    if not room:
        raise too_large(limit)  # it grew since it was measured
    return b"".join(parts)
