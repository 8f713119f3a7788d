"""Opens zip files within limits: Word files, spreadsheets and archives are zip files, and each may be a zip bomb."""

from __future__ import annotations

import io
import zipfile
import zlib
from copy import copy
from typing import TYPE_CHECKING

from nianbao.containers import limits
from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 20_000
MAX_UNPACKED_BYTES = 128 * 2**20
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"
# The errors of `zipfile` for broken files; `RuntimeError` for features that it does not support.
_FAULTS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    *(EOFError, KeyError, OSError, RuntimeError, ValueError),
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound
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
_METHOD = Text("不支持压缩方法 {method}", "compression method {method} is not known")
_CROWD = Text("压缩包里超过 {limit} 个文件；请分批检查", "holds more than {limit} files: check them in parts")


def is_zip(data: bytes) -> bool:
    """Whether bytes begin with the signature of a zip file."""
    return data.startswith(_MAGIC)


class _Budget:
    """The number of bytes that may still be unpacked."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise too_large(self.limit)


def too_large(limit: int) -> InputError:
    """Return the error for a file that unpacks to more bytes than the limit."""
    return InputError("too-large", _BOMB.format(limit=limit // 2**20))


class Zipped:
    """A zip file in memory; the sum of all that is read from it stays below a limit, whatever its directory states.

    Args:
        data: The bytes of the file.

    Raises:
        InputError: it is broken, or has more members than any such file.

    Attributes:
        data: The bytes of the file.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._budget = _Budget(MAX_UNPACKED_BYTES)
        if data.count(_ENTRY) > MAX_MEMBERS:  # a list of them would take long to make
            raise InputError("too-many-files", _CROWD.format(limit=MAX_MEMBERS))
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise InputError("broken-zip", _TRUNCATED) from error
        self._members = {info.filename: info for info in self._file.infolist() if not _is_folder(info)}

    def limited(self, max_unpacked: int = MAX_UNPACKED_BYTES, *, within: Zipped | None = None) -> Zipped:
        """Return the same open file with its own limit.

        Args:
            max_unpacked: The maximum number of unpacked bytes.
            within: The zip file that contains this one; its limit then holds for both.
        """
        limited = copy(self)
        limited._budget = _Budget(max_unpacked) if within is None else within._budget  # noqa: SLF001 - its own kind
        return limited

    @property
    def comment(self) -> bytes:
        """The comment at its end."""
        return self._file.comment

    @property
    def entries(self) -> dict[str, zipfile.ZipInfo]:
        """All entries of its directory by name, folders too; of several with the same name, the last."""
        return {info.filename: info for info in self._file.infolist()}

    @property
    def members(self) -> tuple[zipfile.ZipInfo, ...]:
        """The files in it, in its own order, without folders."""
        return tuple(self._members.values())

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def is_used_up(self) -> bool:
        """Whether the limit is reached, so that nothing more can be read."""
        return self._budget.left < 0

    def read(self, name: str, *, most: int | None = None) -> bytes:
        """Return the content of a member.

        Args:
            name: The member's name in the directory.
            most: The maximum size of this member in bytes; the rest of the limit when ``None``.

        Raises:
            InputError: there is no such member, it is broken or encrypted, or a limit is exceeded.
        """
        parts: list[bytes] = []
        size = 0
        for chunk in self._chunks(name):
            size += len(chunk)
            if most is not None and size > most:
                raise too_large(most)
            parts.append(chunk)
        return b"".join(parts)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            info = self._members[name]
            if info.flag_bits & 1:
                raise InputError("locked", limits.LOCKED)
            if info.compress_type not in _METHODS:
                raise InputError("broken-zip", _BROKEN.format(reason=_METHOD.format(method=info.compress_type)))
            with self._file.open(info) as stream:
                while chunk := stream.read(min(_CHUNK, max(self._budget.left, 0) + 1)):
                    self._budget.take(len(chunk))
                    yield chunk
        except _FAULTS as error:
            raise InputError("broken-zip", _BROKEN.format(reason=str(error)[:120])) from error


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder, or has an empty name."""
    return not info.filename or info.filename.endswith("/")
