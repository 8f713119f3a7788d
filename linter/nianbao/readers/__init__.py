"""Bytes to documents: one module for each format, chosen by the content and not by the file's ending."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.containers import limits
from nianbao.errors import InputError
from nianbao.readers.reader import Reader
from nianbao.readers.registry import READERS
from nianbao.readers.sniffing import recognised
from nianbao.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from nianbao.model.document import Document

MEBIBYTE = 1024 * 1024
MAX_BYTES = 32 * MEBIBYTE
STDIN = "-"


def read_document(path: str, *, max_bytes: int = MAX_BYTES, readers: Sequence[Reader] = READERS) -> Document:
    """Read a file, or standard input for ``-``.

    Args:
        path: The file's path as the user wrote it.
        max_bytes: The maximum size.
        readers: The readers, in the order in which they are tried.

    Raises:
        InputError: the file is missing, cannot be opened, is empty, too large, or in a format that is not read.
    """
    return document_from_bytes(load(path, max_bytes=max_bytes), path, readers=readers)


def load(path: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    Args:
        path: The file's path as the user wrote it.
        max_bytes: The maximum size.

    Raises:
        InputError: the file is missing, cannot be opened, or too large.
    """
    return _stdin(max_bytes) if path == STDIN else _file(path, max_bytes)


def document_from_bytes(data: bytes, name: str, *, readers: Sequence[Reader] = READERS, charset: str = "") -> Document:
    """Read bytes with the first reader that recognises them: binary readers are tried before readers of text.

    Args:
        data: The bytes.
        name: The name of the source, for its document.
        readers: The readers, in the order in which they are tried.
        charset: The encoding that a server states, or "".

    Raises:
        InputError: they are empty, or no reader recognises them.
    """
    return document_of(Source(name, data, charset), readers=readers)


def document_of(source: Source, *, readers: Sequence[Reader] = READERS) -> Document:
    """Read a source with the first reader that recognises it; raises the same errors as ``document_from_bytes``."""
    return recognised(source, readers=readers).read(source)


def _file(path: str, max_bytes: int) -> bytes:
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("cannot-open", limits.DIRECTORY)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("cannot-open", limits.SPECIAL)
        if status.st_size > max_bytes:
            raise _too_large(status.st_size, max_bytes)
        with file.open("rb") as stream:
            return _bounded(stream, max_bytes)
    except FileNotFoundError as error:
        raise InputError("not-found", limits.NOT_FOUND) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("cannot-open", limits.CANNOT_OPEN.format(reason=reason)) from error


def _stdin(max_bytes: int) -> bytes:
    return _bounded(sys.stdin.buffer, max_bytes)


def _bounded(stream: BinaryIO, max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(len(data), max_bytes)
    return data


def _too_large(size: int, max_bytes: int) -> InputError:
    megabytes, limit = f"{size / MEBIBYTE:.0f}", f"{max_bytes / MEBIBYTE:.0f}"
    return InputError("too-large", limits.TOO_LARGE.format(size=megabytes, limit=limit))


__all__ = ["READERS", "Reader", "Source", "document_from_bytes", "document_of", "load", "read_document", "recognised"]
