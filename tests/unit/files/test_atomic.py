"""Files that are written as a whole or not at all."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from nianbao.files.atomic import whole

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
