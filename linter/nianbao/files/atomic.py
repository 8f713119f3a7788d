"""Files that are written as a whole or not at all, and what can only be written into: devices, pipes, descriptors."""

from __future__ import annotations

import errno
import io
import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from nianbao.files.receiving import Receiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PIPE_SECONDS = 5.0  # that a named pipe is waited for until a program reads it
_POLL_SECONDS = 0.02
_MAX_LINKS = 40
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def whole(file: Path, *, pipe_seconds: float | None = None) -> Iterator[IO[bytes]]:
    """Give a stream that writes to what stands at a path.

    A file is put in place only when all of it has been written. It keeps its permissions, and where the path is a link,
    the link stays. A device, a pipe or an open descriptor (``/dev/stdout``) is written into; a pipe whose reader goes
    away is no error.

    Args:
        file: The path.
        pipe_seconds: How long to wait for a program that reads a named pipe; ``MAX_PIPE_SECONDS`` when ``None``.

    Raises:
        OSError: it cannot be written.
    """
    number = _descriptor(str(file))
    mode = _mode(file)
    if number is not None:
        with io.BufferedWriter(Receiver(os.dup(number), "wb")) as stream:
            yield stream
    elif mode is not None and not stat.S_ISREG(mode):
        wait = MAX_PIPE_SECONDS if pipe_seconds is None else pipe_seconds
        with io.BufferedWriter(Receiver(_opened(file, wait if stat.S_ISFIFO(mode) else 0), "wb")) as stream:
            yield stream
    else:
        with _replacement(os.path.realpath(file)) as stream:
            yield stream


def create(data: bytes, file: Path) -> None:
    """Write a new file; where not all of it can be written, it is taken away again.

    Raises:
        OSError: it cannot be written; ``FileExistsError`` where the path is taken.
    """
    with file.open("xb") as stream:
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            file.unlink()
            raise


def _mode(file: Path) -> int | None:
    try:
        return file.stat().st_mode
    except FileNotFoundError:
        return None


def _descriptor(path: str) -> int | None:
    """Return the open descriptor of this process that a path names, through links such as ``/dev/stdout``."""
    folders = {"/dev/fd", f"/proc/{os.getpid()}/fd"}
    for _link in range(_MAX_LINKS):
        folder, name = os.path.realpath(os.path.dirname(path)), os.path.basename(path)  # noqa: PTH119, PTH120 - text
        if folder in folders and name.isdecimal():
            return int(name)
        if not os.path.islink(path):  # noqa: PTH114 - text
            return None
        path = os.path.join(folder, os.readlink(path))  # noqa: PTH115, PTH118 - text
    return None


def _opened(file: Path, seconds: float) -> int:
    """Open what is written into; a pipe that no program reads would keep the run waiting for ever."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            number = os.open(file, os.O_WRONLY | _NONBLOCK | _BINARY)
        except OSError as error:
            if error.errno != errno.ENXIO or not seconds:
                raise
            if time.monotonic() >= deadline:
                raise OSError(errno.ENXIO, "no program reads this pipe") from error
            time.sleep(_POLL_SECONDS)
        else:
            if _NONBLOCK:
                os.set_blocking(number, True)
            return number


@contextmanager
def _replacement(path: str) -> Iterator[IO[bytes]]:
    """Give a stream for a draft that takes the place of a file in the end."""
    before = _before(path)
    if before is not None and _is_bound(path, before):
        with _rewritten(path) as stream:
            yield stream
        return
    import tempfile  # noqa: PLC0415 - slow to import, and most runs write no file

    number, draft = tempfile.mkstemp(prefix=".nianbao-", dir=os.path.dirname(path))  # noqa: PTH120 - text
    try:
        with os.fdopen(number, "wb") as stream:
            yield stream
        if before is None:
            os.chmod(draft, 0o666 & ~_umask())  # noqa: PTH101 - text
        else:
            _make_alike(draft, path)
        _put_in_place(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)  # noqa: PTH108 - text
        raise


def _before(path: str) -> os.stat_result | None:
    """Return what is known of a file that is to be written, ``None`` where it is not there.

    Raises:
        OSError: it is a folder, or may not be written.
    """
    try:
        before = os.stat(path)  # noqa: PTH116 - text
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(before.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not _may(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    return before


def _is_bound(path: str, before: os.stat_result) -> bool:
    """Whether another file cannot stand in for a file: it has further names, another owner or a closed folder."""
    owner = getattr(os, "geteuid", lambda: before.st_uid)()
    folder = os.path.dirname(path)  # noqa: PTH120 - text
    return before.st_nlink > 1 or owner not in (0, before.st_uid) or not _may(folder, os.W_OK | os.X_OK)


def _may(path: str, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _make_alike(draft: str, path: str) -> None:
    """Give a draft the owner and the permissions of the file whose place it takes."""
    import shutil  # noqa: PLC0415 - slow to import, and most runs write no file

    before = os.stat(path)  # noqa: PTH116 - text
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # a group that the user does not belong to
            os.chown(draft, before.st_uid, before.st_gid)
    shutil.copystat(path, draft)
    os.utime(draft)


@contextmanager
def _rewritten(path: str) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes overwrite those of a file when all of them are there."""
    import tempfile  # noqa: PLC0415 - rare

    with tempfile.TemporaryFile() as draft:
        yield draft
        _overwrite(draft, path)


def _put_in_place(draft: str, path: str) -> None:
    """Let a draft take the place of a file; a file that a system has mounted by itself is overwritten instead."""
    try:
        os.replace(draft, path)  # noqa: PTH105 - text
    except OSError as error:
        if error.errno not in {errno.EBUSY, errno.EXDEV}:
            raise
        with open(draft, "rb") as stream:  # noqa: PTH123 - text
            _overwrite(stream, path)
        os.unlink(draft)  # noqa: PTH108 - text


def _overwrite(draft: IO[bytes], path: str) -> None:
    import shutil  # noqa: PLC0415 - rare

    size = draft.seek(0, os.SEEK_END)
    draft.seek(0)
    with open(path, "r+b") as stream:  # noqa: PTH123 - text
        _reserve(stream.fileno(), size)
        shutil.copyfileobj(draft, stream)
        stream.truncate(size)


def _reserve(number: int, size: int) -> None:
    """Ensure that the disk has room for a file before it is overwritten, if the system supports this."""
    if not size or not hasattr(os, "posix_fallocate"):
        return
    before = os.fstat(number).st_size
    try:
        os.posix_fallocate(number, 0, size)
    except OSError as error:
        if error.errno in _NO_ROOM:
            os.ftruncate(number, before)
            raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
