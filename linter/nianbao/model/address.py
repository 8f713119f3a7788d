"""Addresses told from paths, and shown without secrets."""

from __future__ import annotations

import re

MAX_SECONDS = 60.0
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_USER = re.compile(r"^(https?://)[^/?#\\]*@", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether what a user gave is an address rather than a path."""
    return _ADDRESS.match(path) is not None


def shown(path: str) -> str:
    """Return an address as it may be shown, without a name and password in it; a path as it is."""
    return _USER.sub(r"\1", path)
