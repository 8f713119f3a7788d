"""What was fetched, kept in a folder: the bytes as they came, under a name made of the address."""

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
    """Write what an address gave into a folder and return the path; nothing that is there is written over.

    Args:
        data: What it gave.
        address: The address.
        folder: The folder, which is made if it is not there.
        endings: Endings that the address may give to the file.
        suffix: The ending of the file if it has none of these.

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
    """Write a file that is not there; whether it then holds the data, or held them before."""
    try:
        create(data, file)
    except FileExistsError:
        return file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data
    return True


def file_name(address: str) -> str:
    """Return a name for what is at an address, that any system takes and that leads nowhere else."""
    parts = urlsplit(address)
    query = f"_{parts.query}" if parts.query else ""
    host = parts.netloc.rpartition("@")[2]
    name = _DOTS.sub(".", _OTHER.sub("_", readable(f"{host}{parts.path}{query}"))).strip("._")
    data = name.encode("utf-8", "replace")
    if len(data) <= _MAX_NAME_BYTES:
        return name or "page"
    mark = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{data[: _MAX_NAME_BYTES - 13].decode('utf-8', 'ignore')}-{mark}"
