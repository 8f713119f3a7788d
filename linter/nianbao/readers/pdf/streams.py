"""Streams of PDF files, unpacked within a budget: a few kilobytes may expand to gigabytes."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

from pdfminer.lzw import LZWDecoder
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_CCITTFAX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    PDFStream,
    int_value,
)
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from nianbao.containers.zipped import too_large
from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfminer.psparser import PSKeyword

_CHUNK = 2**20
_ZLIB_HEADER, _ZLIB_TAIL = 2, 4
_MAX_ROW_VALUES = 100_000
_PREDICTOR = (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
_TIFF = 2

_CUT = Text(
    "PDF 不完整（有一段内容被截断）；请重新导出或重新下载",
    "is not complete (a part of its content is cut off): export it or download it again",
)


class UnpackBudget:
    """The number of bytes that may still be unpacked."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most

    def spend(self, chunks: Iterable[bytes]) -> bytes:
        """Return chunks joined, as long as the budget allows it."""
        kept = []
        for chunk in chunks:
            self._left -= len(chunk)
            if self._left < 0:
                raise too_large(self._most)
            kept.append(chunk)
        return b"".join(kept)


class Parser(PDFParser):
    """Makes streams that are unpacked within a budget."""

    def __init__(self, file: io.BytesIO, budget: UnpackBudget) -> None:
        super().__init__(file)
        self._budget = budget

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Process a keyword of the file's structure."""
        super().do_keyword(pos, token)
        start, stream = self.curstack[-1] if self.curstack else (pos, None)
        if token is self.KEYWORD_STREAM and isinstance(stream, PDFStream):
            self.curstack[-1] = (start, _Stream(stream, self._budget))


class _Stream(PDFStream):
    """A stream; all its filters together unpack at most the rest of a budget."""

    def __init__(self, stream: PDFStream, budget: UnpackBudget) -> None:
        super().__init__(stream.attrs, stream.rawdata or b"", stream.decipher)
        self._budget = budget

    def decode(self) -> None:
        """Unpack the stream."""
        data = self.rawdata or b""
        if self.decipher is not None and self.objid is not None:
            data = self.decipher(self.objid, self.genno or 0, data, self.attrs)
        for name, params in self.get_filters():
            data = self._budget.spend(_unpacked(data, name))
            if isinstance(params, dict) and int_value(params.get("Predictor", 1)) > 1:
                data = _predicted(data, params)
        self.data, self.rawdata = data, None


def _unpacked(data: bytes, name: object) -> Iterator[bytes]:
    """Give the result of one filter, piece by piece if it may be larger than its input."""
    if name in LITERALS_FLATE_DECODE:
        yield from _inflated(data)
    elif name in LITERALS_LZW_DECODE:
        yield from LZWDecoder(io.BytesIO(data)).run()
    elif name in LITERALS_CCITTFAX_DECODE:
        raise PDFException("pictures are not unpacked")
    else:
        yield PDFStream({"Filter": name}, data).get_data()


def _inflated(data: bytes) -> Iterator[bytes]:
    """Give inflated data; truncated data and data with a wrong checksum are refused."""
    if not data.strip():
        return
    if len(data) < _ZLIB_HEADER or data[0] & 15 != zlib.DEFLATED:
        raise PDFException("not deflated")
    engine, rest, checksum = zlib.decompressobj(-zlib.MAX_WBITS), data[_ZLIB_HEADER:], zlib.adler32(b"")
    while not engine.eof:
        chunk = engine.decompress(rest, _CHUNK)
        rest = engine.unconsumed_tail
        if not chunk and not engine.eof:
            raise InputError("broken-pdf", _CUT)
        checksum = zlib.adler32(chunk, checksum)
        yield chunk
    stated = engine.unused_data[:_ZLIB_TAIL]  # some programs omit it
    if len(stated) == _ZLIB_TAIL and int.from_bytes(stated, "big") != checksum:
        raise PDFException("damaged")


def _predicted(data: bytes, params: dict[str, Any]) -> bytes:
    """Undo the predictor: the differences between pixels or table rows that a stream was packed with."""
    kind = int_value(params["Predictor"])
    colors, columns, bits = (int_value(params.get(name, usual)) for name, usual in _PREDICTOR)
    if not 0 < colors * columns <= _MAX_ROW_VALUES:
        raise PDFException("no such row")
    if kind == _TIFF:
        return apply_tiff_predictor(colors, columns, bits, data)
    return apply_png_predictor(kind, colors, columns, bits, data)
