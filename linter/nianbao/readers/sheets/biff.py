"""The records of an ``.xls`` workbook: counted before they are read, and searched for pictures."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers.limits import MAX_CELLS, TOO_MANY_CELLS
from nianbao.errors import InputError
from nianbao.readers.sheets.drawings import MAX_SHAPES
from nianbao.readers.sheets.parts import crowd
from nianbao.readers.sheets.workbook import Shape, count_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RECORDS = 1_000_000
_BOF = frozenset((0x0009, 0x0209, 0x0409, 0x0809))
_EOF, _BOUNDSHEET, _DRAWING, _OBJECT, _LOCKED = 0x0A, 0x85, 0xEC, 0x5D, 0x2F
_MANY = {0xBD: 6, 0xBE: 2}  # records with several cells: the bytes of each cell
_ONE = frozenset((0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0xFD, 0xD6, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406))
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"  # the position of a shape on a sheet
_PICTURE = 8


class Record(NamedTuple):
    """One record of a workbook: its number, its offset and its content."""

    id: int
    start: int
    data: bytes


class Survey(NamedTuple):
    """Facts about a workbook before it is read: whether it has a password, and the pictures of each sheet."""

    locked: bool
    pictures: tuple[tuple[Shape, ...], ...]


def survey(workbook: bytes) -> Survey:
    """Examine the records of a workbook.

    Raises:
        InputError: there are more cells, records or sheets than in any report.
    """
    cells = 0
    locked = False
    sheets: list[int] = []
    pictures: dict[int, list[Shape]] = {}
    begun, corner = 0, (0, 0)
    for record in _records(workbook):
        if record.id in _BOF:
            begun = record.start
        elif record.id == _LOCKED:
            locked = True
        elif record.id == _BOUNDSHEET and record.data[5:6] == b"\x00":
            sheets.append(int.from_bytes(record.data[:4], "little"))
        elif record.id == _DRAWING:
            corner = _corner(record.data) or corner
        elif record.id == _OBJECT and _is_picture(record.data) and len(pictures.setdefault(begun, [])) < MAX_SHAPES:
            pictures[begun].append(Shape(*corner))
        cells += record.id in _ONE or len(record.data) // _MANY.get(record.id, MAX_RECORDS)
        if cells > MAX_CELLS:
            raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    count_sheets(len(sheets))
    return Survey(locked, tuple(tuple(pictures.get(start, ())) for start in sheets))


def _records(workbook: bytes) -> Iterator[Record]:
    start = count = 0
    while start + 4 <= len(workbook):
        number, size = struct.unpack_from("<HH", workbook, start)
        count += 1
        if count > MAX_RECORDS:
            raise crowd(MAX_RECORDS)
        yield Record(number, start, workbook[start + 4 : start + 4 + size])
        start += 4 + size


def _corner(drawing: bytes) -> tuple[int, int] | None:
    at = drawing.rfind(_ANCHOR)
    if at < 0 or len(drawing) < at + len(_ANCHOR) + 8:
        return None
    _flags, column, _left, row = struct.unpack_from("<HHHH", drawing, at + len(_ANCHOR))
    return row, column


def _is_picture(record: bytes) -> bool:
    return record[:4] == b"\x15\x00\x12\x00" and record[4:6] == _PICTURE.to_bytes(2, "little")
