"""Fetches reports within limits of time, size and redirects; an outside address never leads to an inside one."""

from __future__ import annotations

import socket
import ssl
import zlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

import httpcore
import httpx

from nianbao.errors import InputError
from nianbao.inputs.transport import Deadline, Transport
from nianbao.messages import Text, clean
from nianbao.model.address import MAX_SECONDS, is_address, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_REDIRECTS = 5
_SILENCE = 20.0
_CHUNK = 65_536
_HEADERS = {"User-Agent": "nianbao (a linter of annual reports)", "Accept-Encoding": "gzip"}
_PACKED = {"": False, "identity": False, "gzip": True, "x-gzip": True}

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
_STATUS = Text("服务器回答 {status}", "the server answers {status}")
_NO_ADDRESS = Text("地址写得不对", "that is no address")
_NO_PAGE = Text("跳转到了不是网页的地址", "it redirects to what is no http address")
_ENCODED = Text("用没有要求的方式 {encoding} 压缩", "it is packed as {encoding}, which was not asked for")
_NOT_PACKED = Text("内容不像它所说的那样压缩", "its content is not packed as it says")
_CUT = Text("没有传完就断开了", "the connection ended before all of it had come")
_UNTRUSTED = Text("网站的证书不可信：{reason}", "its certificate is not trusted: {reason}")
_NO_TLS = Text("建立不了安全连接：{reason}", "no secure connection can be made: {reason}")
_NO_HOST = Text("没有这个主机名，或者没有联网", "there is no such host, or no network here")
_REFUSED = Text("服务器不接受连接", "the server refuses the connection")
_UNREACHED = Text("连不上服务器", "the server cannot be reached")
_NOT_HTTP = Text(
    "服务器的回答不合规矩，或没有传完就断开了", "the server does not answer as it should, or ends too early"
)
_NO_PROXY = Text("代理服务器用不了，只支持 http 代理", "the proxy cannot be used; only those of http can")
_CAUSES: dict[type[BaseException], Text] = {
    socket.gaierror: _NO_HOST,
    ConnectionRefusedError: _REFUSED,
    ConnectionError: _CUT,
    OSError: _UNREACHED,
}


class Fetched(NamedTuple):
    """The response from an address.

    Attributes:
        data: The bytes, decompressed.
        address: The final address, after redirects.
        charset: The encoding that the server states, or "".
        inside: Whether the address led to this machine or its own network, so that its links may lead there too.
    """

    data: bytes
    address: str
    charset: str
    inside: bool


def fetch(address: str, *, max_bytes: int, seconds: float = MAX_SECONDS, inside: bool | None = None) -> Fetched:
    """Fetch what is at an address.

    Args:
        address: An ``http`` or ``https`` address.
        max_bytes: The maximum size, after decompression.
        seconds: The maximum time for all of it, redirects included.
        inside: Whether it may lead to this machine and its own network; ``None``: only if it names a host there.

    Raises:
        InputError: it cannot be fetched within these limits, or an outside address leads to an inside one.
    """
    line = Deadline(seconds, inside=inside)
    try:
        with httpx.Client(transport=Transport(line), headers=_HEADERS, timeout=min(seconds, _SILENCE)) as client:
            return _followed(client, address, line=line, max_bytes=max_bytes)
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise InputError("too-slow", _TOO_SLOW.format(seconds=f"{seconds:g}")) from error
    except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError) as error:
        raise _cannot(_NO_ADDRESS) from error
    except httpcore.ProxyError as error:
        raise _cannot(_NO_PROXY) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, ValueError, OSError) as error:
        raise _cannot(_cause(error)) from error


def _followed(client: httpx.Client, address: str, *, line: Deadline, max_bytes: int) -> Fetched:
    """Fetch what is at an address, or where it redirects to."""
    for _hop in range(_MAX_REDIRECTS + 1):
        with client.stream("GET", address) as answer:
            if not answer.has_redirect_location:
                data = _body(answer, line, max_bytes=max_bytes)
                return Fetched(data, shown(address), answer.charset_encoding or "", bool(line.inside))
            address = urljoin(address, answer.headers["location"])
            if not is_address(address):
                raise _cannot(_NO_PAGE)
    raise InputError("too-many-redirects", _TOO_MANY.format(limit=_MAX_REDIRECTS))


def _body(answer: httpx.Response, line: Deadline, *, max_bytes: int) -> bytes:
    if answer.status_code != 200:
        raise _cannot(_STATUS.format(status=answer.status_code))
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding not in _PACKED:
        raise _cannot(_ENCODED.format(encoding=clean(encoding)[:40]))
    data = bytearray()
    if int(answer.headers.get("content-length", "0")) > max_bytes:
        raise _too_large(max_bytes)
    for part in _unpacked(answer.iter_raw()) if _PACKED[encoding] else answer.iter_raw():
        line.left()
        data += part
        if len(data) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(data)


def _too_large(max_bytes: int) -> InputError:
    return InputError("too-large", _TOO_LARGE.format(limit=max_bytes // 2**20))


def _unpacked(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip in small steps: compressed data may expand a thousandfold."""
    inflate = zlib.decompressobj(wbits=31)
    try:
        for part in parts:
            left = part
            while left and not inflate.eof:
                yield inflate.decompress(left, _CHUNK)
                left = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        raise _cannot(_NOT_PACKED) from error
    if not inflate.eof:
        raise _cannot(_CUT)


def _cannot(reason: Text) -> InputError:
    return InputError("cannot-fetch", _CANNOT.format(reason=reason))


def _cause(error: BaseException | None) -> Text:
    """Describe a network failure by the innermost known error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return _UNTRUSTED.format(reason=clean(error.verify_message)[:120])
        if isinstance(error, ssl.SSLError):
            return _NO_TLS.format(reason=clean(str(getattr(error, "reason", "") or error))[:120])
        for kind, text in _CAUSES.items():
            if isinstance(error, kind):
                return text
        error = error.__cause__ or error.__context__
    return _NOT_HTTP
