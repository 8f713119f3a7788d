"""Connections to servers: closed when their time is up, and never from an outside address to an inside one.

A name is looked up once; the connection goes to exactly the address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from functools import lru_cache
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.address import is_address

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CONNECT_SECONDS = 10.0
_MAX_ADDRESSES_TRIED = 4
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 addresses in networks that have only IPv6
_PRIVATE = Text(
    "跳转到了内部地址 {host}，没有跟过去；确实要读，请直接写那个地址",
    "leads to the private address {host}, which was not followed: give that address itself if it is meant",
)


class Deadline:
    """The limits of one fetch on the network: its time, and whether it may contact inside hosts.

    Args:
        seconds: The maximum time for all of it.
        inside: Whether inside hosts may be contacted; ``None`` if the first host decides: a user who names an inside
            host means it.
        clock: Returns the time, in seconds since any fixed moment.
    """

    def __init__(
        self, seconds: float, *, inside: bool | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self.inside = inside

    def left(self, most: float | None = None) -> float:
        """Return the seconds that are left, at most ``most``.

        Raises:
            ReadTimeout: the time is up.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if most is None else min(left, most)

    def admitted(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host that may be contacted.

        Raises:
            InputError: it has only inside addresses, and the first host was outside.
            OSError, ReadTimeout: the host is unknown, or was not found in time.
        """
        addresses = self.looked_up(host, port)
        if self.inside is None:
            self.inside = all(is_private(address) for address in addresses)
        admitted = addresses if self.inside else [address for address in addresses if not is_private(address)]
        if not admitted:
            raise InputError("private-address", _PRIVATE.format(host=host))
        return admitted

    def looked_up(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host, looked up in a thread, because the system's function has no time limit.

        Raises:
            OSError, ReadTimeout: the host is unknown, or was not found in time.
        """
        answers: list[list[str] | Exception] = []

        def look_up() -> None:
            try:
                entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                answers.append(list(dict.fromkeys(str(entry[4][0]) for entry in entries)))
            except (OSError, UnicodeError) as error:
                answers.append(error)

        thread = Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self.left())
        if not answers:
            raise httpcore.ReadTimeout
        if isinstance(answers[0], Exception):
            raise answers[0]
        return answers[0]


def is_private(address: str) -> bool:
    """Whether an address belongs to this machine, to its own network, or to anything else that is not public."""
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return not ip.is_global or ip.is_multicast


class Transport(httpx.BaseTransport):
    """Sends requests within a deadline, through the proxy that the environment names for the host, if any."""

    def __init__(self, line: Deadline) -> None:
        self._line = line
        self._pools: list[httpcore.ConnectionPool] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the body of the response is read later."""
        url = request.url
        proxy = _proxy(url.scheme, url.host)
        trust = _trust() if url.scheme == "https" or proxy.startswith("https") else None
        if proxy:  # the proxy makes the connection; the host is checked here as far as it is known here
            _admit_if_known(self._line, url)
            pool = _proxied(proxy, self._line, trust=trust)
        else:
            pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=_Backend(self._line))
        self._pools.append(pool)
        answer = pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=_wired(url),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """End all connections."""
        for pool in self._pools:
            pool.close()


def _proxied(proxy: str, line: Deadline, *, trust: ssl.SSLContext | None) -> httpcore.ConnectionPool:
    if not is_address(proxy):
        raise httpcore.ProxyError
    server = httpx.Proxy(proxy)
    return httpcore.HTTPProxy(
        proxy_url=_wired(server.url),
        proxy_auth=server.raw_auth,
        ssl_context=trust,
        proxy_ssl_context=trust if server.url.scheme == "https" else None,
        network_backend=_Backend(line, guarded=False),
    )


def _wired(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _proxy(scheme: str, host: str) -> str:
    """Return the proxy that the environment names for a host, else ""."""
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all") or ""
    return "" if not proxy or proxy_bypass(host) else proxy if "://" in proxy else f"http://{proxy}"


def _admit_if_known(line: Deadline, url: httpx.URL) -> None:
    try:
        line.admitted(url.raw_host.decode("ascii"), url.port or 80)
    except OSError:
        line.inside = bool(line.inside)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    """Connects within a deadline, to hosts that it admits (to any host if ``guarded`` is not set)."""

    def __init__(self, line: Deadline, *, guarded: bool = True) -> None:
        self._line = line
        self._guarded = guarded
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        del timeout, local_address, socket_options
        try:
            addresses = self._line.admitted(host, port) if self._guarded else self._line.looked_up(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses[:_MAX_ADDRESSES_TRIED]:
            try:
                stream = self._inner.connect_tcp(address, port, timeout=self._line.left(_CONNECT_SECONDS))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._line)
        raise failure


class _Stream(httpcore.NetworkStream):
    """A connection that ends when its deadline passes, however fast each single read is."""

    def __init__(self, inner: httpcore.NetworkStream, line: Deadline) -> None:
        self._inner = inner
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._line.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._line.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = self._inner.start_tls(ssl_context, server_hostname, self._line.left(timeout))
        except BaseException:
            self._inner.close()
            raise
        return _Stream(secured, self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
