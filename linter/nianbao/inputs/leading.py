"""Where the links of a page lead that is no report itself: to documents of its own site, folder or archive."""

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
    """Return an address with its escapes undone, in the encoding that they fit."""
    data = unquote_to_bytes(address.encode("utf-8", "surrogateescape"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def is_document(link: Link) -> bool:
    """Whether a link leads to a file such as reports are published in, by its address or its words."""
    if len(link.address) > _MAX_ADDRESS_CHARS:
        return False
    address = readable(_HOST.sub("/", link.address))
    return _DOCUMENT.search(address) is not None or _DOCUMENT.search(link.words) is not None


def on_site(page: str) -> Lead:
    """Return what gives the address that a link of a page leads to: one of the same site, else ``None``.

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
    """Return what gives the file that a link of a saved page leads to: one in the page's own folder, else ``None``.

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
    """Return what gives the name of the file in an archive that a link of a page in it leads to, else ``None``.

    Args:
        page: The name of the page.
        archive: The name of the archive, which that of the page begins with.
    """

    def lead(address: str) -> str | None:
        path = _relative(address)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else ""
        return target if target.startswith(f"{archive}/") else None

    return lead


def _relative(address: str) -> str:
    """Return the path of an address that is one alone and relative, else ""."""
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
    """Return the part of a host's name that somebody registered, as ``example.gov.cn``; "" for a number."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        parts = host.rstrip(".").split(".")
        by_country = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
        return ".".join(parts[-3:] if by_country else parts[-2:]) if len(parts) > 1 else ""
    return ""
