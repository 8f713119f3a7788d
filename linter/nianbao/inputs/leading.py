"""Targets of a page's links: documents in its own site, folder or archive."""

from __future__ import annotations

import ipaddress
import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urldefrag, urljoin, urlsplit

from nianbao.inputs.folders import ARCHIVES, DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

    from nianbao.model.document import Link

    Lead = Callable[[str], str | None]

_DOCUMENT = re.compile(rf"(?:{'|'.join(map(re.escape, DOCUMENTS | ARCHIVES))})(?![A-Za-z0-9])", re.IGNORECASE)
_HOST = re.compile(r"^\s*(?:\w+:)?//[^/?#]*")
_USUAL_PORTS = frozenset((None, 80, 443))
_MAX_ADDRESS_CHARS = 2000


def readable(address: str) -> str:
    """Return an address with its escapes decoded, in the encoding that fits."""
    data = unquote_to_bytes(address.encode("utf-8", "surrogateescape"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def is_document(link: Link) -> bool:
    """Whether a link leads to a file of a format in which reports are published, by its address or its text."""
    if len(link.address) > _MAX_ADDRESS_CHARS:
        return False
    address = readable(_HOST.sub("/", link.address))
    return _DOCUMENT.search(address) is not None or _DOCUMENT.search(link.words) is not None


def on_site(page: str) -> Lead:
    """Return a function from a link of a page to its address if that is on the same site, else to ``None``.

    Args:
        page: The address of the page.
    """
    home = urlsplit(page)

    def lead(address: str) -> str | None:
        try:
            target = urldefrag(urljoin(page, address.strip())).url
            parts = urlsplit(target)
            fits = parts.scheme in {"http", "https"} and parts.username is None and _same_site(home, parts)
        except ValueError:
            return None
        return target if fits else None

    return lead


def beside(page: str) -> Lead:
    """Return a function from a link of a saved page to its file if that is in the page's folder, else to ``None``.

    Args:
        page: The path of the page.
    """
    folder = Path(page).parent

    def lead(address: str) -> str | None:
        path = _relative(address)
        try:
            target = Path(os.path.normpath(folder / path)) if path else None
            if target is None or not target.resolve().is_relative_to(folder.resolve()) or not target.is_file():
                return None
        except (OSError, ValueError, RuntimeError):  # a link to itself is a RuntimeError
            return None
        return str(target)

    return lead


def in_archive(page: str, *, archive: str) -> Lead:
    """Return a function from a link of a page in an archive to the name of a file in that archive, else to ``None``.

    Args:
        page: The name of the page.
        archive: The name of the archive, with which the name of the page begins.
    """

    def lead(address: str) -> str | None:
        path = _relative(address)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else ""
        return target if target.startswith(f"{archive}/") else None

    return lead


def _relative(address: str) -> str:
    """Return the path of an address that consists of a relative path only, else ""."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return ""
    return readable(parts.path)


def _same_site(one: SplitResult, other: SplitResult) -> bool:
    if one.port != other.port and not {one.port, other.port} <= _USUAL_PORTS:
        return False
    first, second = (part.hostname or "" for part in (one, other))
    return first == second != "" or (_registered(first) == _registered(second) != "")


def _registered(host: str) -> str:
    """Return the registered domain of a host, such as ``example.gov.cn``; "" for a number."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        parts = host.rstrip(".").split(".")
        by_country = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
        return ".".join(parts[-3:] if by_country else parts[-2:]) if len(parts) > 1 else ""
    return ""
