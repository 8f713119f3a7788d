"""Bytes to documents: one module a format, chosen by what the bytes are and not by the file's ending."""

from __future__ import annotations

import hashlib
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.readers import refusals
from nianbao.readers.decode import decode

if TYPE_CHECKING:
    from typing import BinaryIO

    from nianbao.model.document import Document

MEBIBYTE = 1024 * 1024
MAX_BYTES = 32 * MEBIBYTE
STDIN = "-"
_OPENS_PAGE = re.compile(
    r"\s*<(?:!doctype\b|html|head|body|meta|title|style|script|link|table|t[rdh]|p|div|span|font|center|section|article"
    r"|[uo]l|li|h[1-6]|form|pre|main)(?=[\s/>])",
    re.IGNORECASE,
)
_HAS_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def read_document(path: str, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read a file, or standard input for ``-``.

    Args:
        path: The file's path as the user gave it.
        max_bytes: The most that is read.

    Raises:
        InputError: the file is missing, cannot be opened, is empty, too large, or not of a format that is read.
    """
    data = _stdin(max_bytes) if path == STDIN else _file(path, max_bytes)
    return document_from_bytes(data, path)


def document_from_bytes(data: bytes, name: str) -> Document:
    """Read bytes as the document they are.

    Raises:
        InputError: nothing in them, or not text.
    """
    if not data.strip():
        raise InputError("empty", refusals.EMPTY)
    refusals.refuse_foreign(data)
    text = decode(data)
    if not text.strip():
        raise InputError("empty", refusals.EMPTY)
    digest = hashlib.sha256(data).hexdigest()
    if looks_like_html(text):
        from nianbao.readers.html import read_html  # noqa: PLC0415 - lxml is needed for pages alone

        return read_html(text, name, sha256=digest)
    from nianbao.readers.text import read_text  # noqa: PLC0415 - the other branch

    return read_text(text, name, sha256=digest)


def looks_like_html(text: str) -> bool:
    """Whether text is a page or a piece of one: it begins with a tag, or has the tags that hold text and tables."""
    if _OPENS_PAGE.match(text) or _HAS_PAGE.search(text, 0, 2000):
        return True
    lowered = text[:200_000].lower()
    return any(f"<{tag}" in lowered and f"</{tag}>" in lowered for tag in ("table", "p", "div", "td", "span"))


def _file(path: str, max_bytes: int) -> bytes:
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("cannot-open", refusals.DIRECTORY)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("cannot-open", refusals.SPECIAL)
        if status.st_size > max_bytes:
            raise _too_large(status.st_size, max_bytes)
        with file.open("rb") as stream:
            return _bounded(stream, max_bytes)
    except FileNotFoundError as error:
        raise InputError("not-found", refusals.NOT_FOUND) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("cannot-open", refusals.CANNOT_OPEN.format(reason=reason)) from error


def _stdin(max_bytes: int) -> bytes:
    return _bounded(sys.stdin.buffer, max_bytes)


def _bounded(stream: BinaryIO, max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(len(data), max_bytes)
    return data


def _too_large(size: int, max_bytes: int) -> InputError:
    megabytes, limit = f"{size / MEBIBYTE:.0f}", f"{max_bytes / MEBIBYTE:.0f}"
    return InputError("too-large", refusals.TOO_LARGE.format(size=megabytes, limit=limit))
