"""Addresses: distinguished from paths, and shown without secrets."""

from __future__ import annotations

import re

MAX_SECONDS = 60.0
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_USER = re.compile(r"^(https?://)[^/?#\\]*@", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether the user named an address, and not a path."""
    return _ADDRESS.match(path) is not None


def shown(path: str) -> str:
    """Return an address without the user name and password in it; a path is returned unchanged."""
    return _USER.sub(r"\1", path)
