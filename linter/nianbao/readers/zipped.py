"""Zip files opened within limits: Word files, sheets and archives are all of this kind, and may all be bombs."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 20_000
MAX_UNPACKED = 128 * 2**20
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK = 2**20

_BROKEN = Text(
    "压缩内容已损坏（{reason}）；请重新保存或重新下载",
    "its compressed content is broken ({reason}): save or download it again",
)
_TRUNCATED = Text(
    "文件不完整（压缩包的目录缺失，可能没有下载完）；请重新保存或重新下载",
    "is not complete (the directory of the zip is missing, as when a download ends early): save or download it again",
)
_BOMB = Text(
    "解开后超过 {limit} MB，不像年度报告；请只保存年报正文再检查",
    "unpacks to more than {limit} MB, which no annual report does: save the report itself and check that",
)
_CROWD = Text("压缩包里超过 {limit} 个文件；请分批检查", "holds more than {limit} files: check them in parts")


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a zip file does."""
    return data.startswith(_MAGIC)


class Zipped:
    """A zip file in memory; all that is read from it together stays below a limit, whatever its directory says.

    Args:
        data: The bytes of the file.
        max_unpacked: The most bytes that may be read from it, after unpacking.

    Raises:
        InputError: it is broken, or has more members than any such file.
    """

    def __init__(self, data: bytes, *, max_unpacked: int = MAX_UNPACKED) -> None:
        self._limit = max_unpacked
        self._left = max_unpacked
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InputError("broken-zip", _TRUNCATED) from error
        if len(self._file.infolist()) > MAX_MEMBERS:
            raise InputError("too-many-files", _CROWD.format(limit=MAX_MEMBERS))
        self._members = {info.filename: info for info in self._file.infolist() if not info.is_dir()}

    @property
    def members(self) -> tuple[zipfile.ZipInfo, ...]:
        """The files in it, in its own order, folders left out."""
        return tuple(self._members.values())

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            InputError: there is no such member, it is broken or locked, or the limit is passed.
        """
        return b"".join(self._chunks(name))

    def check(self) -> None:
        """Unpack every member within the limit and keep nothing: for libraries that open the file by themselves.

        Raises:
            InputError: a member is broken or locked, or the limit is passed.
        """
        for name in self._members:
            for _chunk in self._chunks(name):
                pass

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            info = self._members[name]
            if info.flag_bits & 1:
                raise InputError("locked", refusals.LOCKED)
            with self._file.open(info) as stream:
                while chunk := stream.read(min(_CHUNK, self._left + 1)):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise InputError("too-large", _BOMB.format(limit=self._limit // 2**20))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError) as error:
            raise InputError("broken-zip", _BROKEN.format(reason=str(error)[:120])) from error
