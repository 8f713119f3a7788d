"""LibreOffice, which makes files of other kinds for tests."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WORD = "docx:MS Word 2007 XML"
_PATIENCE = 900  # seconds after which it hangs, on the slowest machine

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(files: Iterable[Path], target: str, folder: Path, *options: str) -> list[Path]:
    """Save copies of files as another kind, all in one run, and return those that were made, in the order of the files.

    Args:
        files: The files.
        target: The ending of the copies, with a filter behind a colon where the ending does not say enough.
        folder: Where the copies go; their names are those of the files but for the ending.
        options: More options of the program.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources = list(files)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        *options,
        "--convert-to",
        target,
        "--outdir",
        *map(str, (folder, *sources)),
    ]
    done = subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    assert b"Error" not in done.stdout + done.stderr
    copies = [folder / f"{source.stem}.{target.partition(':')[0]}" for source in sources]
    return [copy for copy in copies if copy.is_file()]
