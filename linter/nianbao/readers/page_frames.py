"""Pages that only divide a window among others, as an office program saves a workbook of several sheets."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_SHEET = re.compile("<x:ExcelWorksheet>", re.IGNORECASE)
_MAX_SHEETS, _MAX_SHEET_CHARS = 200, 4000
_SOURCE = re.compile(r"<x:WorksheetSource\s+HRef\s*=\s*[\"']([^\"'<>]{1,500})[\"']", re.IGNORECASE)
_HIDDEN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_FRAME = re.compile(r"<frame\s[^<>]{0,1000}?\bsrc\s*=\s*[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)


class Frames(NamedTuple):
    """The addresses of the pages in the frames of another one, in order, and how many hidden sheets are not shown."""

    addresses: tuple[str, ...]
    hidden: int = 0


def frames_of(text: str) -> Frames | None:
    """Return the frames of a page; ``None`` if it has none. A workbook names its sheets, of which a frame shows one."""
    if _FRAMES.search(text) is None:
        return None
    sheets = [sheet[:_MAX_SHEET_CHARS] for sheet in _SHEET.split(text, _MAX_SHEETS)[1:]]
    named = [(source[1], _HIDDEN.search(sheet) is not None) for sheet in sheets if (source := _SOURCE.search(sheet))]
    if not named:
        return Frames(tuple(dict.fromkeys(unescape(match[1]) for match in _FRAME.finditer(text))))
    return Frames(tuple(unescape(address) for address, hidden in named if not hidden), sum(h for _a, h in named))


def file_name(address: str) -> str:
    """Return the last part of an address, by which a page is found among the parts of a file."""
    return unquote(re.split(r"[/\\]", address.strip().rstrip("/"))[-1]).lower()
