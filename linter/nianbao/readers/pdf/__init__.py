"""PDF files: prose, tables and pictures in reading order; tables that pages break are joined again.

They are read in another process: PDFium is not safe for threads, and hostile files may crash it or never end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.bounds.limits import Limited
from nianbao.bounds.outside import CrashError, run_outside, start_outside
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.pdf.limits import Limits

if TYPE_CHECKING:
    from nianbao.model.document import Document

_READING = "nianbao.readers.pdf.reading:read_here"
_CRASHED = Text(
    "PDF 已损坏（读取时程序崩溃）；请重新导出或重新下载",
    "is broken (reading it crashes the library): export it or download it again",
)


def read_pdf(data: bytes, name: str, *, sha256: str, limits: Limits | None = None) -> Document:
    """Read a PDF.

    Raises:
        InputError: it is broken, encrypted, a scan, or larger than any report.
    """
    within = limits or Limits()
    limited = Limited(within.seconds, within.megabytes)
    try:
        document: Document = run_outside(
            _READING, data, name, options={"sha256": sha256, "limits": within}, within=limited
        )
    except CrashError as error:
        raise InputError("broken-pdf", _CRASHED) from error
    return document


def start_reading() -> None:
    """Start the process that reads PDFs, for a command that is going to read some."""
    start_outside(_READING)
