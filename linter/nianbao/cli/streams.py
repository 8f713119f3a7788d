"""The standard streams of the process: a full, closed or abandoned stream is not an error of nianbao."""

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
_ENCODINGS = frozenset(("utf8", "gbk", "gb18030", "cp936"))  # of terminals that can show Chinese


def prepare_streams() -> None:
    """Make the standard streams safe to use, whatever they are.

    If standard output cannot be written, this is a ``UsageError``, once; if its reader has gone, all output is
    discarded. If standard error cannot be written, its output is discarded silently. A character that a terminal
    cannot show is printed as a question mark.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as the process runs
    sys.stdout = _guarded(sys.stdout, _Output, closed=os.O_RDONLY)
    sys.stderr = _guarded(sys.stderr, _Errors, closed=os.O_WRONLY)


class _Output(Receiver):
    """Standard output: it raises an error once if it cannot be written, and then discards everything."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self.is_gone = True
            raise UsageError(_UNWRITABLE.format(zh=cause(error), en=error.strerror or error)) from error


class _Errors(Receiver):
    """Standard error: its own errors cannot be reported anywhere."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _guarded(stream: TextIO | None, kind: type[io.FileIO], *, closed: int) -> TextIO:
    """Return a stream that writes to the same file as another one; if there is none, to the null device."""
    if stream is None:
        return _text(kind(os.open(os.devnull, closed), "w"), "utf-8", line_buffering=True)
    if not isinstance(stream, io.TextIOWrapper):  # replaced by another program
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
