"""Addresses: what a server gives is taken within limits, and nothing it does hangs or breaks a run."""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from nianbao.errors import InputError
from nianbao.readers import fetch as fetching
from nianbao.readers.fetch import fetch, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

MEBIBYTE = 2**20


class Server(BaseHTTPRequestHandler):
    """Answers each path in its own way, good or bad."""

    def do_GET(self) -> None:
        """Answer."""
        getattr(self, "give_" + self.path.strip("/").partition("/")[0], self.give_missing)()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def give(self, body: bytes, **headers: str) -> None:
        """Send a body with headers."""
        self.send_response(200)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, to: str) -> None:
        """Send elsewhere."""
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give_page(self) -> None:
        """A page."""
        self.give("年报".encode("gb18030"), Content_Type="text/html; charset=utf-8")

    def give_moved(self) -> None:
        """A page that has moved."""
        self.redirect("/page")

    def give_round(self) -> None:
        """A page that moves for ever."""
        self.redirect("/round/again")

    def give_missing(self) -> None:
        """No page."""
        self.send_error(404)

    def give_gzip(self) -> None:
        """A small answer that is large."""
        self.give(gzip.compress(b"0" * 8 * MEBIBYTE), Content_Encoding="gzip")

    def give_liar(self) -> None:
        """An answer that is not packed as it says."""
        self.give(b"no gzip at all", Content_Encoding="gzip")

    def give_short(self) -> None:
        """Less than promised."""
        self.give(b"abc", Content_Length="1000")

    def give_endless(self) -> None:
        """Ten gigabytes, if they are taken."""
        self.send_response(200)
        self.end_headers()
        try:
            for _part in range(10_000):
                self.wfile.write(b"0" * MEBIBYTE)
        except OSError:
            return

    def give_drops(self) -> None:
        """A byte now and then."""
        self.send_response(200)
        self.end_headers()
        try:
            for _part in range(200):
                self.wfile.write(b"0")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run the server and give its address."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize("path", ["page", "moved"])
def test_a_page_is_fetched_as_it_is(server: str, path: str) -> None:
    """Its bytes, wherever they have moved to; what the server says of their encoding is not believed."""
    assert fetch(f"{server}/{path}", max_bytes=MEBIBYTE) == "年报".encode("gb18030")


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("round", "too-many-redirects", "redirects more than 5 times"),
        ("missing", "cannot-fetch", "the server answers 404"),
        ("gzip", "too-large", "gives more than 1 MB"),
        ("endless", "too-large", "gives more than 1 MB"),
        ("liar", "cannot-fetch", "cannot be fetched"),
        ("short", "cannot-fetch", "cannot be fetched"),
        ("drops", "too-slow", "was not fetched within 0.5 seconds"),
    ],
)
def test_what_a_server_does_wrong_is_one_line(server: str, path: str, code: str, told: str) -> None:
    """Within the limits of size and time."""
    with pytest.raises(InputError) as caught:
        fetch(f"{server}/{path}", max_bytes=MEBIBYTE, seconds=0.5 if path == "drops" else 20)
    assert caught.value.code == code
    assert told in caught.value.text.en


def test_outside_addresses_do_not_lead_inside(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may not make the machine ask its own network; an inside address that the user gives is asked."""
    asked: list[str] = []

    def private(host: str) -> bool:
        asked.append(host)
        return len(asked) > 2  # the address given and the first hop are outside, where it leads is not

    monkeypatch.setattr(fetching, "_is_private", private)
    with pytest.raises(InputError) as caught:
        fetch(f"{server}/moved", max_bytes=MEBIBYTE)
    assert caught.value.code == "private-address"


@pytest.mark.parametrize(
    ("host", "private"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("169.254.169.254", True), ("::1", True), ("1.1.1.1", False)],
)
def test_private_hosts_are_known(host: str, *, private: bool) -> None:
    """This machine, its network, and what clouds give their machines."""
    assert fetching._is_private(host) is private


@pytest.mark.parametrize("address", ["http://", "http://[", "https://127.0.0.1:1/", "http://a b/", "http://\udcff/"])
def test_addresses_that_lead_nowhere_are_one_line(address: str) -> None:
    """No host, no server, no address."""
    assert is_address(address)
    with pytest.raises(InputError) as caught:
        fetch(address, max_bytes=MEBIBYTE, seconds=2)
    assert caught.value.code == "cannot-fetch"
