"""Finds the format of bytes from their beginning: the reader that recognises them, or the reason why none does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.containers import limits
from nianbao.containers.limits import LOCKED
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.decode import utf16

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.readers.reader import Reader
    from nianbao.readers.source import Source


_SAVE = Text(
    "请在原程序里另存为网页（HTML）或纯文本再检查", "save it there as a page (HTML) or plain text and check that"
)


_BINARY = Text(
    "不是文本，也不是网页；请检查文件是否选对", "is neither text nor a page: check that this is the right file"
)


_WORDS = {
    "picture": Text(
        "其实是图片（{kind}），没有可读的文字；请检查原文件，不要用截图",
        "is really a picture ({kind}) with no text to read: check the original file instead of an image of it",
    ),
    "document": Text(
        "是{kind}文件，这一版只读文本和网页；" + _SAVE.zh,
        "is a {kind} file; this version reads text and pages: " + _SAVE.en,
    ),
    "broken": Text(
        "是{kind}文件，但内容已损坏或不完整；请重新保存或重新下载",
        "is a file of {kind}, but broken or not complete: save or download it again",
    ),
    "archive": Text(
        "是{kind}压缩包，不能直接读；请解压后检查文件夹，或改成 zip 压缩包",
        "is a {kind} archive, which is not read: unpack it and check the folder, or make it a zip file",
    ),
}


NOT_TEXT = "not-text"
_POINTER = b"version https://git-lfs.github.com/spec/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


_MAGIC: tuple[tuple[bytes, str, Text], ...] = (
    (b"\x89PNG\r\n", "picture", Text("PNG", "PNG")),
    (b"\xff\xd8\xff", "picture", Text("JPEG", "JPEG")),
    (b"GIF8", "picture", Text("GIF", "GIF")),
    (b"BM", "picture", Text("BMP", "BMP")),
    (b"II*\x00", "picture", Text("TIFF", "TIFF")),
    (b"MM\x00*", "picture", Text("TIFF", "TIFF")),
    (_OLE, "broken", Text("旧版 Office（.doc、.xls、.wps）", "old Office (.doc, .xls, .wps)")),
    (b"PK\x03\x04", "document", Text("压缩包或新版 Office（.docx、.xlsx、.zip）", "zip or new Office (.docx, .xlsx)")),
    (b"PK\x05\x06", "document", Text("压缩包（.zip）", "zip (.zip)")),
    (b"Rar!", "archive", Text(" RAR ", "RAR")),
    (b"7z\xbc\xaf", "archive", Text(" 7z ", "7z")),
    (b"\x1f\x8b", "archive", Text(" gzip ", "gzip")),
)


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b\x0b")


def refuse_foreign(data: bytes) -> None:
    """Refuse bytes that are not text.

    Raises:
        InputError: code ``not-text``, with the kind of file if it is known.
    """
    head = data[:4096]
    for magic, words, kind in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or _is_binary(head)):
            raise InputError(NOT_TEXT, _WORDS[words].format(kind=kind))
    if _is_binary(head) and utf16(head) is None:
        raise InputError(NOT_TEXT, _BINARY)


def refuse_locked(data: bytes) -> None:
    """Refuse an Office file that cannot be opened without a password.

    Raises:
        InputError: code ``locked``.
    """
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputError("locked", LOCKED)


def _is_binary(head: bytes) -> bool:
    """Whether bytes contain control characters that text never has."""
    return len(head) - len(head.translate(None, _CONTROL)) > len(head) // 200


_OPENS_PAGE = re.compile(
    r"\s*<(?:!doctype\b|html|head|body|meta|title|style|script|link|table|t[rdh]|p|div|span|font|center|section|article"
    r"|[uo]l|li|h[1-6]|form|pre|main)(?=[\s/>])",
    re.IGNORECASE,
)


_HAS_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def begins_as_page(text: str) -> bool:
    """Whether text begins with a tag, or has the tags of a whole page near its beginning."""
    return _OPENS_PAGE.match(text) is not None or _HAS_PAGE.search(text, 0, 2000) is not None


def looks_like_html(text: str) -> bool:
    """Whether text is HTML or a part of it: it begins with a tag, or contains tags for text and tables."""
    if begins_as_page(text):
        return True
    lowered = text[:200_000].lower()
    return any(f"<{tag}" in lowered and f"</{tag}>" in lowered for tag in ("table", "p", "div", "td", "span"))


def recognised(source: Source, *, readers: Sequence[Reader]) -> Reader:
    """Return the reader that recognises a source: binary readers are tried before readers of text.

    Raises:
        InputError: it is empty, or no reader recognises it.
    """
    data = source.data
    if not data.strip():
        raise InputError("empty", limits.EMPTY)
    if data.startswith(_POINTER):
        raise InputError("lfs-pointer", limits.POINTER)
    refuse_locked(data)
    reader = next((reader for reader in readers if reader.binary and reader.recognises(source)), None)
    if reader is None:
        refuse_foreign(data)
        if not source.text.strip():
            raise InputError("empty", limits.EMPTY)
        reader = next((reader for reader in readers if not reader.binary and reader.recognises(source)), None)
    if reader is None:
        raise InputError("unknown-format", limits.UNKNOWN)
    return reader
