"""Old Office files for tests: streams in a file, and workbooks as records in such a stream."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from openpyxl.cell.rich_text import CellRichText, TextBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # smaller streams would be kept in another way
_BOF = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
_BOF_SHEET = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
_FONT = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial"
_FONTS = [
    struct.pack("<HHHHHBBBB", 200, struck, colour, 400, raised, 0, 0, 0, 0) + b"\x05\x00Arial"
    for struck, raised, colour in [(8, 0, 0x7FFF), (0, 1, 0x7FFF), (0, 0, 9)]
]
_FIRST_FONT = 6  # there is no font 4, and five are plain
_FIRST_FORMAT = 164
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_ERRORS = {"#REF!": 0x17, "#DIV/0!": 0x07, "#N/A": 0x2A}


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return an old Office file with these streams at its top."""
    entries = [_entry("Root Entry", 5, first=_END, size=0, child=1)]
    sectors: list[bytes] = []
    chains: list[int] = []
    names = list(streams)
    for number, name in enumerate(names, 1):
        content = streams[name].ljust(_LEAST, b"\0")
        first = len(sectors)
        parts = [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
        chains += [*range(first + 1, first + len(parts)), _END]
        sectors += parts
        right = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, 2, first=first, size=max(len(streams[name]), _LEAST), right=right))
    folder = b"".join(entries)
    folder = folder.ljust(-(-len(folder) // _SECTOR) * _SECTOR, b"\0")
    start = len(sectors)
    parts = [folder[at : at + _SECTOR] for at in range(0, len(folder), _SECTOR)]
    chains += [*range(start + 1, start + len(parts)), _END]
    sectors += parts
    tables = 1
    while tables * 128 < len(chains) + tables:
        tables += 1
    places = list(range(len(sectors), len(sectors) + tables))
    chains += [_FAT] * tables
    chains += [_FREE] * (tables * 128 - len(chains))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", tables, start, 0, _LEAST, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(chains)}I", *chains)


def _entry(name: str, kind: int, *, first: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1)
    return head + struct.pack("<III", _FREE, right, child) + bytes(36) + struct.pack("<IIi", first, size, 0)


def record(number: int, data: bytes = b"") -> bytes:
    """Return one record of a workbook."""
    return struct.pack("<HH", number, len(data)) + data


def xls(book: Workbook, *, extra: bytes = b"", stream: str = "Workbook") -> bytes:
    """Return a workbook in the old format.

    Args:
        book: What it holds: texts, figures, errors, formulas, lines, formats, merged ranges, what is hidden.
        extra: Records that go into each sheet.
        stream: Name of the stream that holds it.
    """
    return ole({stream: records(book, extra=extra)})


def records(book: Workbook, *, extra: bytes = b"", globals_: bytes = b"") -> bytes:
    """Return the records of a workbook; ``globals_`` are more of them before its sheets."""
    styles: dict[tuple[str, bool, int], int] = {("General", False, 0): 0}
    sheets = [b"".join(_sheet(sheet, styles)) for sheet in book.worksheets]
    codes = [code for code in dict.fromkeys(code for code, _ruled, _font in styles) if code != "General"]
    head = record(0x809, _BOF) + globals_ + record(0x31, _FONT) * 5 + b"".join(record(0x31, font) for font in _FONTS)
    head += b"".join(record(0x41E, struct.pack("<H", _FIRST_FORMAT + n) + _words(c)) for n, c in enumerate(codes))
    for code, ruled, font in styles:
        number = 0 if code == "General" else _FIRST_FORMAT + codes.index(code)
        head += record(0xE0, struct.pack("<HHHBBBBIIH", font, number, 1, 0x20, 0, 0, 0xFC, 0x11 * ruled, 0, 0x20C0))
    entries = [_words(sheet.title, wide="<B") for sheet in book.worksheets]
    start = len(head) + sum(10 + len(entry) for entry in entries) + 4
    for sheet, entry, content in zip(book.worksheets, entries, sheets, strict=True):
        head += record(0x85, struct.pack("<IBB", start, _STATES[sheet.sheet_state], 0) + entry)
        start += len(content) + len(extra) + len(record(0x809, _BOF_SHEET)) + 4
    return head + record(0x0A) + b"".join(record(0x809, _BOF_SHEET) + one + extra + record(0x0A) for one in sheets)


def _words(text: str, wide: str = "<H") -> bytes:
    return struct.pack(wide, len(text)) + b"\x01" + text.encode("utf-16-le")


def _sheet(sheet: Any, styles: dict[tuple[str, bool, int], int]) -> Iterator[bytes]:
    for letters, column in sheet.column_dimensions.items():
        if column.hidden:
            at = sheet[f"{letters}1"].column - 1
            yield record(0x7D, struct.pack("<HHHHHH", at, at, 0, 0, 1, 0))
    for number, row in sheet.row_dimensions.items():
        yield record(0x208, struct.pack("<HHHHHHI", number - 1, 0, 0, 255, 0, 0, 0x20 * bool(row.hidden)))
    for row in sheet.iter_rows():
        for cell in row:
            look = (cell.number_format, bool(cell.border.left.style), _font_of(cell.font))
            style = styles.setdefault(look, len(styles))
            yield _cell(cell.value, struct.pack("<HHH", cell.row - 1, cell.column - 1, style))
    spans = [(one.min_row - 1, one.max_row - 1, one.min_col - 1, one.max_col - 1) for one in sheet.merged_cells.ranges]
    if spans:
        yield record(0xE5, struct.pack("<H", len(spans)) + b"".join(struct.pack("<HHHH", *span) for span in spans))


def _cell(value: Any, place: bytes) -> bytes:
    if value is None:
        return record(0x201, place)
    if isinstance(value, CellRichText):
        return record(0xD6, place + _rich(value))
    if isinstance(value, bool):
        return record(0x205, place + struct.pack("<BB", value, 0))
    if value in _ERRORS:
        return record(0x205, place + struct.pack("<BB", _ERRORS[value], 1))
    if isinstance(value, str):
        return record(0x204, place + _words(value))
    return record(0x203, place + struct.pack("<d", value))


def _font_of(font: Any) -> int:
    """Return the number of a font: it is struck out, raised, white, or plain."""
    white = font is not None and font.color is not None and font.color.rgb == "FFFFFFFF"
    looks = (font is not None and font.strike, font is not None and font.vertAlign == "superscript", white)
    return next((_FIRST_FONT + number for number, look in enumerate(looks) if look), 0)


def _rich(value: CellRichText) -> bytes:
    """Return a text with its runs: the first character of each, and the number of its font."""
    runs, at = b"", 0
    for part in value:
        runs += struct.pack("<HH", at, _font_of(part.font) if isinstance(part, TextBlock) else 0)
        at += len(str(part))
    return _words(str(value)) + struct.pack("<H", len(value)) + runs
