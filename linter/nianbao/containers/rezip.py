"""Rewrites zip files with some members changed; the other members are copied byte for byte."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.containers.zipped import Zipped

_MAGIC = b"PK\x03\x04"
_HEADER = 30
_HAS_DESCRIPTOR = 0x08
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BROKEN = Text(
    "压缩内容已损坏（{name}），不能写副本；请在原程序里另存后再试",
    "its compressed content is broken ({name}), so that no copy can be written: save it again in its program and retry",
)


def rezipped(zipped: Zipped, changed: Mapping[str, bytes]) -> bytes:
    """Return a zip file with members replaced in their places, and new ones at the end.

    Other members are never unpacked: their compressed bytes are copied, even if they are broken.

    Args:
        zipped: The zip file.
        changed: The new content of members by name.

    Raises:
        InputError: a member is not at the position that the directory states.
    """
    if not changed:
        return zipped.data
    stream = io.BytesIO()
    entries = zipped.entries
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = zipped.comment
        for name, info in entries.items():
            if name in changed:
                made.writestr(_renewed(info), changed[name])
            else:
                _carry(zipped.data, info, into=made)
        for name, content in changed.items():
            if name not in entries:
                made.writestr(_new(name), content)
    return stream.getvalue()


def _renewed(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the directory entry of a member with new content."""
    renewed = zipfile.ZipInfo(info.filename, info.date_time)
    renewed.compress_type = zipfile.ZIP_DEFLATED
    renewed.external_attr, renewed.create_system = info.external_attr, info.create_system
    return renewed


def _new(name: str) -> zipfile.ZipInfo:
    """Return the directory entry of a new member, with a fixed date, so that equal copies have equal bytes."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _carry(data: bytes, info: zipfile.ZipInfo, *, into: zipfile.ZipFile) -> None:
    """Copy a member in its compressed form."""
    begun = info.header_offset
    header = data[begun : begun + _HEADER]
    start = begun + _HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    raw = data[start : start + info.compress_size]
    if not header.startswith(_MAGIC) or len(raw) != info.compress_size or into.fp is None:
        raise InputError("broken-zip", _BROKEN.format(name=info.filename[:60]))
    carried = copy.copy(info)
    carried.flag_bits &= ~_HAS_DESCRIPTOR  # the header now has the sizes
    carried.header_offset = into.start_dir
    into.fp.seek(into.start_dir)
    into.fp.write(carried.FileHeader(zip64=False) + raw)
    into.start_dir = into.fp.tell()
    into.filelist.append(carried)
    into.NameToInfo[carried.filename] = carried
