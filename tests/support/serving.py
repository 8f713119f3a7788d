"""A server for tests that answers each path in its own way, good or bad."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MEBIBYTE = 2**20
PAGE = "text/html"
PACKED = "年报。".encode() * 100_000
BOMB = gzip.compress(b"0" * 64 * MEBIBYTE, 1)
PATIENCE = 60  # seconds that an answer without an end goes on: far more than anyone should wait for it


class Answers(BaseHTTPRequestHandler):
    """Gives the files of a test, and under other names what no server should give."""

    protocol_version = "HTTP/1.1"
    files: Mapping[str, tuple[bytes, str]] = {}
    asked: list[tuple[str, str]]
    outlasted: list[str]
    over: threading.Event

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append((self.path, self.headers.get("Authorization", "")))
        self.close_connection = True
        try:
            if self.path in self.files:
                body, kind = self.files[self.path]
                self.give(body, Content_Type=kind)
            else:
                getattr(self, "give_" + self.path.strip("/").partition("/")[0], self.give_missing)()
        except OSError:  # the other side has heard enough
            return

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

    def drip(self, piece: bytes) -> None:
        """Send a piece now and then."""
        for _part in range(20 * PATIENCE):
            self.wfile.write(piece)
            self.wfile.flush()
            if self.over.wait(0.05):
                return
        self.outlasted.append(self.path)

    def give_moved(self) -> None:
        """A page that has moved."""
        self.redirect("/page")

    def give_round(self) -> None:
        """A page that moves for ever."""
        self.redirect("/round/again")

    def give_local(self) -> None:
        """A page that sends to a file."""
        self.redirect("file:///etc/hostname")

    def give_ftp(self) -> None:
        """A page that sends to another kind of server."""
        self.redirect("ftp://127.0.0.1/page")

    def give_missing(self) -> None:
        """A page that says that there is none."""
        self.send_error(404, explain="年度报告")

    def give_empty(self) -> None:
        """Nothing."""
        self.give(b"")

    def give_packed(self) -> None:
        """A page that is packed, as most servers send it."""
        self.give(gzip.compress(PACKED), Content_Encoding="gzip", Content_Type="text/html; charset=utf-8")

    def give_bomb(self) -> None:
        """A small answer that is large."""
        self.give(BOMB, Content_Encoding="gzip")

    def give_twice(self) -> None:
        """A small answer that is packed twice, and huge."""
        self.give(gzip.compress(BOMB), Content_Encoding="gzip, gzip")

    def give_unpacked(self) -> None:
        """An answer that is not packed as it says."""
        self.give(b"no gzip at all", Content_Encoding="gzip")

    def give_half(self) -> None:
        """Half of what was packed."""
        packed = gzip.compress(bytes(range(256)) * 64)
        self.give(packed[: len(packed) // 2], Content_Encoding="gzip")

    def give_foreign(self) -> None:
        """An answer packed as nobody asked."""
        self.give(b"\x1b\x00", Content_Encoding="br")

    def give_short(self) -> None:
        """Less than promised."""
        self.give(b"abc", Content_Length="1000")

    def give_closed(self) -> None:
        """No answer."""
        self.connection.close()

    def give_middle(self) -> None:
        """An end in the middle of a part."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5000\r\n<html>")

    def give_noise(self) -> None:
        """No answer such as a page has."""
        self.wfile.write(b"220 mail.example ESMTP ready\r\n")

    def give_endless(self) -> None:
        """Ten gigabytes in parts, if they are taken."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        part = b"100000\r\n" + b"0" * MEBIBYTE + b"\r\n"
        for _part in range(10_000):
            self.wfile.write(part)
        self.outlasted.append(self.path)

    def give_huge(self) -> None:
        """A promise of ten gigabytes."""
        self.send_response(200)
        self.send_header("Content-Length", str(10 * 2**30))
        self.end_headers()
        self.drip(b"0")

    def give_headlines(self) -> None:
        """A head without an end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(1_000_000):
            self.wfile.write(b"X-%d: %s\r\n" % (number, b"0" * 1000))
        self.outlasted.append(self.path)

    def give_slowhead(self) -> None:
        """A head that comes letter by letter."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        self.drip(b"0")

    def give_silent(self) -> None:
        """Nothing for a long time."""
        if not self.over.wait(PATIENCE):
            self.outlasted.append(self.path)

    def give_drops(self) -> None:
        """A body that comes letter by letter."""
        self.send_response(200)
        self.end_headers()
        self.drip(b"0")


@contextmanager
def serving(
    files: Mapping[str, bytes | tuple[bytes, str]],
    asked: list[tuple[str, str]] | None = None,
    outlasted: list[str] | None = None,
) -> Iterator[str]:
    """Run a server of some files and give its address.

    Args:
        files: Bodies by path, with their type where it is not that of a page.
        asked: Takes each path that is asked for, with what it is asked with.
        outlasted: Takes each path whose answer has no end worth waiting for, and was waited for all the same.
    """
    typed = {path: body if isinstance(body, tuple) else (body, PAGE) for path, body in files.items()}
    over = threading.Event()
    state = {
        "files": typed,
        "asked": [] if asked is None else asked,
        "outlasted": [] if outlasted is None else outlasted,
        "over": over,
    }
    handler = type("Given", (Answers,), state)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
