"""A cache of parsed data by content: it is kept between runs, and never required.

It is in the user's cache folder (``NIANBAO_CACHE`` names another one; if it is set and empty, there is no cache). It
may be deleted, corrupted or read-only at any time: missing or broken entries are computed again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_MAX_BYTES = 8_000_000
_FORMAT = "4"  # version of the entries; entries of another version are ignored


def cache_key(text: str) -> str:
    """Return the key of data made from ``text``."""
    return hashlib.sha256(f"{_FORMAT}\0{text}".encode()).hexdigest()[:32]


def load_cached(key: str) -> Any:
    """Return the data under a key, ``None`` if there are none that can be read."""
    file = _file(key)
    with suppress(OSError, ValueError, RecursionError):
        if file is not None and file.stat().st_size <= _MAX_BYTES:
            digest, _, body = file.read_bytes().partition(b"\n")
            return json.loads(body) if digest == _digest(body) else None
    return None


def store_cached(key: str, data: Any) -> None:
    """Store plain data under a key, if possible."""
    file = _file(key)
    if file is None:
        return
    # Each process writes its own draft, so a reader sees a whole file or none.
    draft = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            draft.write_bytes(_digest(body) + b"\n" + body)
            draft.replace(file)
        except OSError:
            draft.unlink()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _file(key: str) -> Path | None:
    folder = _folder()
    return None if folder is None else folder / f"{key}.json"


def _folder() -> Path | None:
    named = os.environ.get("NIANBAO_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    if base:
        return Path(base) / "nianbao"
    home = os.path.expanduser("~")  # noqa: PTH111 - a missing home is not an error here
    return Path(home) / ".cache" / "nianbao" if home != "~" else None
