"""Streams of PDF files, unpacked once to check them: all must be whole, and a few kilobytes may expand to gigabytes.

PDFium passes over what is cut off or damaged, and shows the rest of a page as if it were the whole.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from nianbao.containers.zipped import too_large
from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 2**20
_ZLIB_HEADER, _ZLIB_TAIL = 2, 4
_MAX_ROW_VALUES = 100_000
_LONGEST_HEAD = 4096
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_LENGTH = re.compile(rb"/Length\s+(\d+)\b(?!\s+\d+\s+R)")
_COLUMNS = re.compile(rb"/(?:Columns|Colors)\s+(\d+)")
_NAME = re.compile(rb"/(\w+)")
_INFLATE = frozenset((b"FlateDecode", b"Fl"))
_OTHERS = frozenset(
    (b"LZWDecode", b"LZW", b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx", b"RunLengthDecode", b"RL", b"Crypt")
)
_UNCHECKED = (b"/Image", b"/Width", b"/Length1", b"/Type1C", b"/CIDFontType0C", b"/OpenType")  # images and fonts
_REPLACES = b"/ActualText"

_CUT = Text(
    "PDF 不完整（有一段内容被截断）；请重新导出或重新下载",
    "is not complete (a part of its content is cut off): export it or download it again",
)
_DAMAGED = Text(
    "PDF 已损坏（有一段内容解不开）；请重新导出或重新下载",
    "is broken (a part of its content cannot be unpacked): export it or download it again",
)


def check_streams(data: bytes, most: int) -> bool:
    """Check the packed content of a file; return whether it may say of its texts what they stand for.

    Args:
        data: The file.
        most: The bytes that all its streams together may unpack to.

    Raises:
        InputError: a stream is cut off, damaged or packed in an unknown way, or they are too large.
    """
    if b"/Encrypt" in data:
        return True
    replaces = _REPLACES in data
    left = most
    end = 0
    while (begin := _STREAM.search(data, end)) is not None:
        head_at = data.rfind(b"obj", max(end, begin.start() - _LONGEST_HEAD), begin.start())
        start, head = begin.end(), data[head_at : begin.start()]
        if head_at < 0:
            end = start
            continue
        length = _LENGTH.search(head)
        end = start + int(length[1]) if length is not None else data.find(b"endstream", start)
        end = end if start <= end <= len(data) else len(data)
        if any(sign in head for sign in _UNCHECKED):
            continue
        filters = _filters(head)
        content: Iterable[bytes] = (data[start:end],)
        for name in filters:
            if name not in _INFLATE:
                replaces = True
                break
            content = _inflated(content)
        if not filters:
            continue
        before = b""
        for chunk in content:
            left -= len(chunk)
            if left < 0:
                raise too_large(most)
            replaces = replaces or _REPLACES in before[-len(_REPLACES) :] + chunk
            before = chunk
    return replaces


def _filters(head: bytes) -> list[bytes]:
    """Return the ways in which a stream is packed.

    Raises:
        InputError: there is an unknown one, or no such rows can be in it.
    """
    written = _FILTERS.search(head)
    names = _NAME.findall(written[1]) if written is not None else []
    wide = b"/Predictor" in head and any(int(number) > _MAX_ROW_VALUES for number in _COLUMNS.findall(head))
    if wide or not _INFLATE.union(_OTHERS).issuperset(names):
        raise _damaged()
    return names


def _damaged() -> InputError:
    return InputError("broken-pdf", _DAMAGED)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give inflated data; truncated data and data with a wrong checksum are refused."""
    engine, checksum = zlib.decompressobj(-zlib.MAX_WBITS), zlib.adler32(b"")
    head = b""
    for piece in pieces:
        rest = piece
        if len(head) < _ZLIB_HEADER:
            head += rest
            if len(head) < _ZLIB_HEADER:
                continue
            if head[0] & 15 != zlib.DEFLATED:
                raise _damaged()
            rest = head[_ZLIB_HEADER:]
        while rest and not engine.eof:
            try:
                chunk = engine.decompress(rest, _CHUNK)
            except zlib.error:
                raise _damaged() from None
            rest = engine.unconsumed_tail
            checksum = zlib.adler32(chunk, checksum)
            yield chunk
    if not head.strip():
        return
    if not engine.eof:
        raise InputError("broken-pdf", _CUT)
    stated = engine.unused_data[:_ZLIB_TAIL]  # some programs omit it
    if len(stated) == _ZLIB_TAIL and int.from_bytes(stated, "big") != checksum:
        raise _damaged()
