"""Saves fetched data in a folder: the bytes as they are, under a name made from the address."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nianbao.errors import unwritable
from nianbao.files.atomic import create
from nianbao.inputs.folders import ending
from nianbao.inputs.leading import readable

if TYPE_CHECKING:
    from collections.abc import Collection

_OTHER = re.compile(r"[^\w.\-]+")
_DOTS = re.compile(r"\.{2,}")
_MAX_NAME_BYTES = 150  # bytes; systems allow 255
_MAX_NAMES_TRIED = 1000


def keep(data: bytes, address: str, *, folder: str, endings: Collection[str], suffix: str) -> str:
    """Save the data from an address in a folder and return the path; existing files are never overwritten.

    Args:
        data: The data.
        address: The address.
        folder: The folder, which is created if it does not exist.
        endings: Endings that may be adopted from the address.
        suffix: The ending of the file if the address has none of these.

    Raises:
        UsageError: it cannot be written.
    """
    name = file_name(address)
    last = ending(name)
    stem, last = (name[: -len(last)], last) if last in endings else (name, suffix)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for number in range(1, _MAX_NAMES_TRIED + 1):
            file = Path(folder) / f"{stem}{f'-{number}' if number > 1 else ''}{last}"
            if _holds(file, data):
                return str(file)
        raise FileExistsError(str(file))
    except OSError as error:
        raise unwritable(folder, error) from error


def _holds(file: Path, data: bytes) -> bool:
    """Create a file; return whether it now contains the data, or an existing file already does."""
    try:
        create(data, file)
    except FileExistsError:
        return file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data
    return True


def file_name(address: str) -> str:
    """Return a file name for an address, valid on every system and without any folder."""
    parts = urlsplit(address)
    query = f"_{parts.query}" if parts.query else ""
    host = parts.netloc.rpartition("@")[2]
    name = _DOTS.sub(".", _OTHER.sub("_", readable(f"{host}{parts.path}{query}"))).strip("._")
    data = name.encode("utf-8", "replace")
    if len(data) <= _MAX_NAME_BYTES:
        return name or "page"
    mark = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{data[: _MAX_NAME_BYTES - 13].decode('utf-8', 'ignore')}-{mark}"
