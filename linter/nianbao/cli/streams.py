"""The standard streams of the process: one that is full, closed or read no more is no error of nianbao."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from nianbao.errors import UsageError, cause
from nianbao.files.receiving import Receiver
from nianbao.messages import Text

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_UNWRITABLE = Text("无法写入标准输出：{zh}", "cannot write standard output: {en}")
_ENCODINGS = frozenset(("utf8", "gbk", "gb18030", "cp936"))  # of terminals that show Chinese


def prepare_streams() -> None:
    """Make the standard streams safe to use, whatever they are.

    Standard output that cannot be written is a ``UsageError`` where that is noticed, once; one whose reader went away
    takes everything and keeps nothing. Standard error that cannot be written is given up without a word. What a
    terminal cannot show is printed as a question mark.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as the process runs
    sys.stdout = _guarded(sys.stdout, _Output, closed=os.O_RDONLY)
    sys.stderr = _guarded(sys.stderr, _Errors, closed=os.O_WRONLY)


class _Output(Receiver):
    """Standard output: says once that it cannot be written, and then takes everything."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self.is_gone = True
            raise UsageError(_UNWRITABLE.format(zh=cause(error), en=error.strerror or error)) from error


class _Errors(Receiver):
    """Standard error: nobody can be told that it cannot be written."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _guarded(stream: TextIO | None, kind: type[io.FileIO], *, closed: int) -> TextIO:
    """Return a stream that writes where another one does; one to nothing, opened as ``closed`` says, for none."""
    if stream is None:
        return _text(kind(os.open(os.devnull, closed), "w"), "utf-8", line_buffering=True)
    if not isinstance(stream, io.TextIOWrapper):  # what another program put there
        return stream
    encoding = stream.encoding if stream.encoding.lower().replace("-", "") in _ENCODINGS else "utf-8"
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if type(raw) is not io.FileIO:  # the console of Windows
        stream.reconfigure(encoding=encoding, errors="replace")
        return stream
    made = kind(raw.fileno(), "w", closefd=False)
    return _text(made, encoding, line_buffering=stream.line_buffering or stream.write_through)


def _text(raw: io.FileIO, encoding: str, *, line_buffering: bool) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding, errors="replace", line_buffering=line_buffering)
