"""Addresses: what a server gives is taken within limits, and nothing it does hangs or breaks a run."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from typing import TYPE_CHECKING

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.serving import MEBIBYTE, PACKED, PATIENCE, serving

from nianbao.errors import InputError
from nianbao.inputs import transport as wire
from nianbao.inputs.fetch import _unpacked, fetch
from nianbao.model.address import is_address, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = "年报".encode("gb18030")
OUTLASTED: list[str] = []  # answers without an end that were waited for


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run the server and give its address."""
    with serving({"/page": (PAGE, "text/html; charset=GBK")}, outlasted=OUTLASTED) as address:
        yield address


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the server itself, whatever the environment of the tests says."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("path", ["page", "moved"])
def test_a_page_is_fetched_as_it_is(server: str, path: str) -> None:
    """Its bytes, wherever they have moved to, with what the server says of their encoding, and where they came from."""
    found = fetch(f"{server}/{path}", max_bytes=MEBIBYTE)

    assert (found.data, found.charset.lower()) == (PAGE, "gbk")
    assert found.address == f"{server}/page"
    assert found.inside


def test_a_packed_page_is_unpacked(server: str) -> None:
    """All of it, however often its parts were cut."""
    assert fetch(f"{server}/packed", max_bytes=MEBIBYTE).data == PACKED


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_packed_parts_come_out_whole(data: bytes, size: int) -> None:
    """Wherever the parts are cut."""
    whole = gzip.compress(data * 50)
    parts = (whole[start : start + size] for start in range(0, len(whole), size))

    assert b"".join(_unpacked(parts)) == data * 50


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("round", "too-many-redirects", "redirects more than 5 times"),
        ("local", "cannot-fetch", "redirects to what is no http address"),
        ("ftp", "cannot-fetch", "redirects to what is no http address"),
        ("missing", "cannot-fetch", "the server answers 404"),
        ("bomb", "too-large", "gives more than 1 MB"),
        ("endless", "too-large", "gives more than 1 MB"),
        ("huge", "too-large", "gives more than 1 MB"),
        ("twice", "cannot-fetch", "packed as gzip, gzip"),
        ("foreign", "cannot-fetch", "packed as br"),
        ("unpacked", "cannot-fetch", "not packed as it says"),
        ("half", "cannot-fetch", "ended before all of it had come"),
        ("short", "cannot-fetch", "ends too early"),
        ("middle", "cannot-fetch", "ends too early"),
        ("closed", "cannot-fetch", "ends too early"),
        ("noise", "cannot-fetch", "does not answer as it should"),
        ("headlines", "cannot-fetch", "does not answer as it should"),
        ("slowhead", "too-slow", "not fetched within 0.4 seconds"),
        ("silent", "too-slow", "not fetched within 0.4 seconds"),
        ("drops", "too-slow", "not fetched within 0.4 seconds"),
    ],
)
def test_what_a_server_does_wrong_is_one_line(server: str, path: str, code: str, told: str) -> None:
    """Within the limits of size and time, however often a little of it comes: no answer is waited for to its end."""
    with pytest.raises(InputError) as caught:
        fetch(f"{server}/{path}", max_bytes=MEBIBYTE, seconds=0.4 if code == "too-slow" else 60)

    assert caught.value.code == code
    assert told in caught.value.message.en
    assert OUTLASTED == []


def test_what_is_left_of_the_time_is_what_each_wait_may_take() -> None:
    """By the clock, however many waits there are, and none of them longer than it asks for."""
    moments = iter([100.0, 101.0, 106.0, 109.5, 110.0])
    deadline = wire.Deadline(10, clock=lambda: next(moments))

    assert [deadline.left(), deadline.left(3), deadline.left(3)] == [9, 3, 0.5]
    with pytest.raises(httpcore.ReadTimeout):
        deadline.left(3)


def resolving(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], list[str]]) -> list[str]:
    """Let names lead where a test says; returns the names that are asked for."""
    asked: list[str] = []
    true = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: int, **named: int) -> list[tuple[object, ...]]:
        asked.append(host)
        found = answer(host)
        if not found:
            raise socket.gaierror
        return [entry for one in found for entry in true(one, port, *rest, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_outside_addresses_do_not_lead_inside(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may not make the machine ask its own network; what is inside is known by a stand-in here."""
    monkeypatch.setattr(wire, "is_private", lambda address: address == "127.0.0.2")
    port = server.rpartition(":")[2]
    resolving(monkeypatch, lambda host: ["127.0.0.2" if host == "inside.test" else host])
    monkeypatch.setattr(
        "tests.support.serving.Answers.give_moved", lambda self: self.redirect(f"http://inside.test:{port}/page")
    )

    with pytest.raises(InputError) as caught:
        fetch(f"{server}/moved", max_bytes=MEBIBYTE)

    assert caught.value.code == "private-address"
    assert "inside.test" in caught.value.message.zh


def test_a_name_is_looked_up_once_and_that_address_is_asked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is asked again gains nothing; of several, one inside is left out."""
    monkeypatch.setattr(wire, "is_private", lambda address: address != "127.0.0.1")
    turns = iter([["10.255.255.1", "127.0.0.1"], ["10.255.255.1"]])
    asked = resolving(monkeypatch, lambda host: next(turns) if host == "turning.test" else [host])

    found = fetch(f"http://turning.test:{server.rpartition(':')[2]}/page", max_bytes=MEBIBYTE, seconds=60)

    assert (found.data, found.inside) == (PAGE, False)
    assert asked.count("turning.test") == 1


def test_what_leads_on_from_outside_stays_outside(server: str) -> None:
    """A link of an outside page to a host inside is not followed."""
    with pytest.raises(InputError) as caught:
        fetch(f"{server}/page", max_bytes=MEBIBYTE, inside=False)

    assert caught.value.code == "private-address"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("0.0.0.0", True),  # noqa: S104 - nothing is bound to it
        ("100.64.0.1", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("::ffff:192.168.1.1", True),
        ("2002:7f00:1::", True),
        ("64:ff9b::7f00:1", True),
        ("1.1.1.1", False),
        ("64:ff9b::101:101", False),
        ("2606:4700::1111", False),
    ],
)
def test_private_addresses_are_known(address: str, *, private: bool) -> None:
    """This machine, its network, what clouds give their machines, and how IPv6 writes these."""
    assert wire.is_private(address) is private


@pytest.mark.parametrize("address", ["http://", "http://[", "https://127.0.0.1:1/", "http://a b/", "http://\udcff/"])
def test_addresses_that_lead_nowhere_are_one_line(address: str) -> None:
    """No host, no server, no address."""
    assert is_address(address)
    with pytest.raises(InputError) as caught:
        fetch(address, max_bytes=MEBIBYTE)
    assert caught.value.code == "cannot-fetch"


def test_a_name_that_takes_long_to_look_up_ends_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system takes its own time for names; the fetch does not wait for it."""
    over = threading.Event()
    found: list[bool] = []

    def getaddrinfo(*_all: object, **_named: object) -> list[object]:
        found.append(over.wait(PATIENCE))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    with pytest.raises(InputError) as caught:
        fetch("http://slow.test/", max_bytes=MEBIBYTE, seconds=0.2)

    assert caught.value.code == "too-slow"
    assert found == []
    over.set()


def test_time_that_is_up_before_a_hop_ends_it(server: str) -> None:
    """Each redirect takes of the same time."""
    with pytest.raises(InputError) as caught:
        fetch(f"{server}/moved", max_bytes=MEBIBYTE, seconds=1e-9)
    assert caught.value.code == "too-slow"


def test_a_secured_connection_ends_with_its_time_too(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in for one here lets all through as it is."""
    secured: list[str] = []

    def start_tls(stream: object, _context: object, server_hostname: str, _timeout: float) -> object:
        secured.append(server_hostname)
        return stream

    monkeypatch.setattr("httpcore._backends.sync.SyncStream.start_tls", start_tls)
    secure = server.replace("http:", "https:")
    assert fetch(f"{secure}/page", max_bytes=MEBIBYTE).data == PAGE
    with pytest.raises(InputError) as caught:
        fetch(f"{secure}/drops", max_bytes=MEBIBYTE, seconds=0.3)
    assert caught.value.code == "too-slow"
    assert secured == ["127.0.0.1"] * 2


def test_an_untrusted_certificate_is_told_plainly(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason that the library gives, and not with its number."""
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    error.verify_message = "certificate has expired"

    def start_tls(*_all: object, **_named: object) -> None:
        try:
            raise error
        except OSError as cause:
            raise httpcore.ConnectError(str(cause)) from cause

    monkeypatch.setattr("httpcore._backends.sync.SyncStream.start_tls", start_tls)
    with pytest.raises(InputError) as caught:
        fetch(server.replace("http:", "https:"), max_bytes=MEBIBYTE)

    assert "its certificate is not trusted: certificate has expired" in caught.value.message.en


def test_a_server_that_speaks_no_tls_is_told_plainly(server: str) -> None:
    """A secure address on a server that has none."""
    with pytest.raises(InputError) as caught:
        fetch(server.replace("http:", "https:"), max_bytes=MEBIBYTE, seconds=60)

    assert caught.value.code == "cannot-fetch"
    assert "no secure connection" in caught.value.message.en


def test_the_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for hosts that are not known here, with the name and password that it wants."""
    asked: list[tuple[str, str]] = []
    with serving({"http://report.test/a": PAGE}, asked) as proxy:
        monkeypatch.setenv("http_proxy", proxy.replace("http://", "http://name:secret@"))
        resolving(monkeypatch, lambda host: [host] if host == "127.0.0.1" else [])
        found = fetch("http://report.test/a", max_bytes=MEBIBYTE)

    assert found.data == PAGE
    assert [path for path, _with in asked] == ["http://report.test/a"]


@pytest.mark.parametrize(
    ("proxy", "told"),
    [
        ("socks5://127.0.0.1:1", "the proxy cannot be used"),
        ("http://name:s3cret@127.0.0.1:1", "the server refuses the connection"),
        ("127.0.0.1:1", "the server refuses the connection"),
    ],
)
def test_a_proxy_that_does_not_work_is_one_line(proxy: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a kind that is not known, or not there."""
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(InputError) as caught:
        fetch("http://127.0.0.2/a", max_bytes=MEBIBYTE)
    assert caught.value.code == "cannot-fetch"
    assert told in caught.value.message.en


def test_a_name_and_password_are_sent_and_never_shown(server: str) -> None:
    """They are no part of what an address is called, nor of what went wrong with it."""
    asked: list[tuple[str, str]] = []
    with serving({"/page": PAGE}, asked) as other:
        secret = other.replace("http://", "http://name:s3cret@")
        found = fetch(f"{secret}/page", max_bytes=MEBIBYTE)
        with pytest.raises(InputError) as caught:
            fetch(f"{secret}/nothing", max_bytes=MEBIBYTE)

    assert asked[0][1].startswith("Basic ")
    assert "s3cret" not in found.address + str(caught.value.message) + shown(secret)
    assert shown("folder/a@b.html") == "folder/a@b.html"
