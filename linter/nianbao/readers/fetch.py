"""Reports at an address: fetched within limits of time, size and redirects, and never from inside by way of outside."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    import httpx

MAX_SECONDS = 60.0
_MAX_REDIRECTS = 5
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_AGENT = "nianbao (a linter of annual reports)"

_CANNOT = Text(
    "取不到这个地址（{reason}）；请在浏览器里打开，另存为网页再检查",
    "cannot be fetched ({reason}): open it in a browser, save the page and check that",
)
_TOO_LARGE = Text(
    "这个地址给出的内容超过 {limit} MB；请只保存年报正文再检查",
    "gives more than {limit} MB: save the report itself and check that",
)
_TOO_SLOW = Text(
    "{seconds} 秒没有取完；请稍后再试，或者在浏览器里另存为网页再检查",
    "was not fetched within {seconds} seconds: try again later, or save the page and check that",
)
_TOO_MANY = Text("跳转超过 {limit} 次；请写最后的地址", "redirects more than {limit} times: give the last address")
_PRIVATE = Text(
    "跳转到了内部地址 {host}，没有跟过去；确实要读，请直接写那个地址",
    "redirects to the private address {host}, which was not followed: give that address itself if it is meant",
)
_STATUS = Text("服务器回答 {status}", "the server answers {status}")
_NO_HOST = Text("没有主机名", "there is no host in it")


def is_address(path: str) -> bool:
    """Whether what a user gave is an address rather than a path."""
    return _ADDRESS.match(path) is not None


def fetch(address: str, *, max_bytes: int, seconds: float = MAX_SECONDS) -> bytes:
    """Return the bytes at an address, decompressed.

    Args:
        address: An ``http`` or ``https`` address.
        max_bytes: The most that is taken, after decompression.
        seconds: The most time that all of it may take, redirects included.

    Raises:
        InputError: it cannot be fetched within these limits, or an outside address leads to an inside one.
    """
    import httpx  # noqa: PLC0415 - only for addresses

    end = time.monotonic() + seconds
    try:
        outside = not _is_private(_host(address))
        with httpx.Client(headers={"User-Agent": _AGENT}, timeout=min(seconds, 20.0)) as client:
            for _hop in range(_MAX_REDIRECTS + 1):
                if outside and _is_private(host := _host(address)):
                    raise InputError("private-address", _PRIVATE.format(host=host))
                with client.stream("GET", address) as answer:
                    if not answer.has_redirect_location:
                        return _body(answer, max_bytes, end=end, seconds=seconds)
                    address = urljoin(address, answer.headers["location"])
        raise InputError("too-many-redirects", _TOO_MANY.format(limit=_MAX_REDIRECTS))
    except httpx.TimeoutException as error:
        raise InputError("too-slow", _TOO_SLOW.format(seconds=f"{seconds:g}")) from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise InputError("cannot-fetch", _CANNOT.format(reason=reason[:200])) from error


def _body(answer: httpx.Response, max_bytes: int, *, end: float, seconds: float) -> bytes:
    if answer.status_code != 200:
        raise InputError("cannot-fetch", _CANNOT.format(reason=_STATUS.format(status=answer.status_code)))
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes(65_536):
        size += len(part)
        if size > max_bytes:
            raise InputError("too-large", _TOO_LARGE.format(limit=max_bytes // 2**20))
        if time.monotonic() > end:
            raise InputError("too-slow", _TOO_SLOW.format(seconds=f"{seconds:g}"))
        parts.append(part)
    return b"".join(parts)


def _host(address: str) -> str:
    host = urlsplit(address).hostname
    if not _ADDRESS.match(address) or not host:
        raise InputError("cannot-fetch", _CANNOT.format(reason=_NO_HOST))
    return host


def _is_private(host: str) -> bool:
    """Whether a host is on this machine or in its own network; one that has no address is told when it is asked."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)
