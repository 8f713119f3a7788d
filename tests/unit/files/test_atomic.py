"""Files that are written as a whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import pytest

from nianbao.files.atomic import create, whole

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_there_when_all_of_it_is_written(tmp_path: Path) -> None:
    """Until then, what was there before stays."""
    file = tmp_path / "out.txt"
    file.write_text("before", encoding="utf-8")

    with whole(file) as stream:
        stream.write(b"after")
        assert file.read_text(encoding="utf-8") == "before"

    assert file.read_text(encoding="utf-8") == "after"
    assert list(tmp_path.iterdir()) == [file]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """Neither half a file nor a draft of one."""

    def write() -> None:
        with whole(tmp_path / "out.txt") as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX")
def test_others_may_read_what_they_may_read_of_new_files(tmp_path: Path) -> None:
    """As the umask has it."""
    before = os.umask(0o027)
    try:
        with whole(tmp_path / "out.txt") as stream:
            stream.write(b"said")
    finally:
        os.umask(before)

    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_mounted_by_itself_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As containers give files to programs: nothing can take its place."""

    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    file = tmp_path / "out.txt"
    file.write_text("before and more", encoding="utf-8")
    monkeypatch.setattr(os, "replace", busy)

    with whole(file) as stream:
        stream.write(b"after")

    assert file.read_text(encoding="utf-8") == "after"
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_put_in_place_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the reason."""

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "replace", broken)

    with pytest.raises(OSError, match="Input/output"), whole(tmp_path / "out.txt") as stream:
        stream.write(b"after")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_written(tmp_path: Path) -> None:
    """It is told before anything is written."""
    with pytest.raises(IsADirectoryError), whole(tmp_path) as stream:
        stream.write(b"never")


def test_a_new_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """One that is there stays as it was."""
    file = tmp_path / "new"
    create(b"one", file)
    with pytest.raises(FileExistsError):
        create(b"two", file)

    assert file.read_bytes() == b"one"


def test_room_is_reserved_where_the_system_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every file system can; one that is full says so before anything is overwritten."""
    file, other = tmp_path / "out", tmp_path / "other"
    file.write_text("before", encoding="utf-8")
    other.hardlink_to(file)

    def write(error: int) -> None:
        def fail(*_: object) -> None:
            raise OSError(error, os.strerror(error))

        monkeypatch.setattr(os, "posix_fallocate", fail, raising=False)
        with whole(file) as stream:
            stream.write(b"after")

    with pytest.raises(OSError, match="No space"):
        write(errno.ENOSPC)
    assert other.read_text(encoding="utf-8") == "before"
    write(errno.EOPNOTSUPP)
    assert other.read_text(encoding="utf-8") == "after"
