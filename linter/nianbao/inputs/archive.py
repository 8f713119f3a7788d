"""Archives: zip files that contain files and are not documents themselves, and the names of their members."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers.limits import LAYOUT
from nianbao.containers.zipped import MAX_MEMBERS
from nianbao.errors import InputError
from nianbao.messages import Text, clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from nianbao.containers.zipped import Zipped

MAX_DEPTH = 3
MAX_UNPACKED_BYTES = 512 * 2**20
_DOCUMENTS = ("[Content_Types].xml", "mimetype")  # Office and OpenDocument files are zip files with one of these
_LAYOUT = "OFD.xml"
_UTF8 = 0x800
_APART = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"[A-Za-z]:")
_MAX_NAME_CHARS = 200
_END = 40

_CROWD = Text(
    "压缩包里超过 {limit} 个文件；请解压后分批检查",
    "holds more than {limit} files: unpack it and check the folder in parts",
)
_TOO_DEEP = Text(
    "压缩包里套压缩包超过 {limit} 层；请解压后检查文件夹",
    "holds archives in archives more than {limit} deep: unpack it and check the folder",
)


class Member(NamedTuple):
    """A file in an archive: its name for display, and its name in the archive's directory."""

    name: str
    key: str


class Archive:
    """An archive; it shares limits on bytes, files and depth with the archives that contain it.

    Args:
        zipped: The archive.
        within: The archive that contains it.

    Raises:
        InputError: it is broken, or exceeds a limit.
    """

    def __init__(self, zipped: Zipped, *, within: Archive | None = None) -> None:
        outer: Zipped | None = None if within is None else within._zipped  # noqa: SLF001 - its own kind
        self._zipped: Zipped = zipped.limited(MAX_UNPACKED_BYTES, within=outer)
        self._depth: int = 1 if within is None else within._depth + 1  # noqa: SLF001 - its own kind
        self._counts: list[int] = [] if within is None else within._counts  # noqa: SLF001 - its own kind
        if self._depth > MAX_DEPTH:
            raise InputError("too-deep", _TOO_DEEP.format(limit=MAX_DEPTH))
        self._counts.append(len(self._zipped.members))
        if sum(self._counts) > MAX_MEMBERS:
            raise InputError("too-many-files", _CROWD.format(limit=MAX_MEMBERS))

    @property
    def is_used_up(self) -> bool:
        """Whether the limit of bytes is reached, so that the rest cannot be read."""
        return self._zipped.is_used_up

    @property
    def members(self) -> Iterator[Member]:
        """Its files in the order of their names, without hidden ones."""
        named = (Member(shown_name(info), info.filename) for info in self._zipped.members)
        return iter(sorted(member for member in named if not _is_hidden(member.name)))

    def read(self, member: Member, *, most: int) -> bytes:
        """Return the bytes of a file of the archive.

        Args:
            member: The file.
            most: The maximum size in bytes.

        Raises:
            InputError: it is broken or encrypted, or exceeds a limit.
        """
        return self._zipped.read(member.key, most=most)


def is_archive(zipped: Zipped) -> bool:
    """Whether a zip file is an archive of files, and not a document in a format based on zip.

    Raises:
        InputError: it is a document of a format that is not read.
    """
    if _LAYOUT in zipped:
        raise InputError("not-text", LAYOUT)
    return not any(name in zipped for name in _DOCUMENTS)


def shown_name(info: ZipInfo) -> str:
    """Return the name of a file in a zip for display: decoded, and without parts that lead out of the archive.

    Windows writes Chinese names as GBK without a mark for it, other systems as UTF-8 without a mark for it.
    """
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        name = _decoded(name)
    parts = [_cut(clean(part).strip()) for part in _APART.split(name) if not _DRIVE.fullmatch(part)]
    return "/".join(part for part in parts if part not in {"", ".", ".."}) or "?"


def _cut(part: str) -> str:
    """Shorten a name that is too long to be shown; its ending stays."""
    return part if len(part) <= _MAX_NAME_CHARS else f"{part[: _MAX_NAME_CHARS - _END]}…{part[-_END:]}"


def _decoded(name: str) -> str:
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
