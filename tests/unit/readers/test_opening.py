"""Bytes are told by their content, and what cannot be read is refused with a code and a way out."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import types
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.errors import InputError
from nianbao.readers import document_from_bytes, read_document
from nianbao.readers.sniffing import looks_like_html

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t ", "empty"),
    "a mark alone": (b"\xef\xbb\xbf \n", "empty"),
    "wide blanks": ("\u3000\n".encode(), "empty"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not-text"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(100), "not-text"),
    "GIF": (b"GIF89a" + bytes(100), "not-text"),
    "docx": (b"PK\x03\x04" + bytes(100), "not-text"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "not-text"),
    "a single-file page without a page": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "unreadable-page"),
    "zero bytes": (bytes(1000), "not-text"),
    "noise": (bytes(number * number % 251 for number in range(5000)), "not-text"),
}


def code_of(data: bytes) -> str:
    """Return the code that bytes are refused with."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(data, "invented")
    assert caught.value.message.zh
    assert caught.value.message.en
    return caught.value.code


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_is_refused_by_its_content(data: bytes, code: str) -> None:
    """Empty and foreign files get their code, and a text in both languages."""
    assert code_of(data) == code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_a_known_kind_of_file_is_named(kind: str) -> None:
    """Who gives a picture is told what it really is."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(REFUSED[kind][0], "report.txt")
    assert kind in caught.value.message.zh
    assert kind in caught.value.message.en


@pytest.mark.parametrize(("kind", "zh", "en"), [("docx", "HTML", "plain text"), ("old Office", "损坏", "broken")])
def test_documents_come_with_the_way_out(kind: str, zh: str, en: str) -> None:
    """The clerk is told to save the file as a page or as text, or again where it is broken."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(REFUSED[kind][0], "report")
    assert zh in caught.value.message.zh
    assert en in caught.value.message.en


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!DOCTYPE html><p>甲", True),
        ("\n  <p>甲", True),
        ("<TABLE><TR><TD>1", True),
        ("<td>1</td>", True),
        ("<ul><li>甲<li>乙</ul>", True),
        ("<!-- saved --><html><p>甲</html>", True),
        ("甲<p>乙</p>", True),
        ("甲 | 1<br>2 | 3", False),
        ("1 < 2 <table", False),
        ("<plan> | 3", False),
        ("# 标题", False),
    ],
)
def test_pages_are_told_from_text(*, text: str, is_page: bool) -> None:
    """Tags that hold text make a page, also one without a head or end tags; a sign or a line break does not."""
    assert looks_like_html(text) is is_page


def test_the_ending_of_a_file_does_not_matter(tmp_path: Path) -> None:
    """A page saved as .txt is read as a page, a text saved as .html as text."""
    (tmp_path / "a.txt").write_text("<p>甲</p>", encoding="utf-8")
    (tmp_path / "a.html").write_text("甲", encoding="utf-8")
    assert read_document(str(tmp_path / "a.txt")).format == "html"
    assert read_document(str(tmp_path / "a.html")).format == "text"


def test_a_document_knows_its_name_and_hash(tmp_path: Path) -> None:
    """The name is the path as given, the hash that of the bytes."""
    file = tmp_path / "report.txt"
    file.write_bytes("一\r\n二".encode("gbk"))
    document = read_document(str(file))
    assert document.name == str(file)
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    """The code is the same whether the file or its folder is missing."""
    for path in (tmp_path / "none", tmp_path / "none" / "none"):
        with pytest.raises(InputError) as caught:
            read_document(str(path))
        assert caught.value.code == "not-found"


def test_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    """A folder is no report; nor is a path that no file can have."""
    for path in (str(tmp_path), "a\0b", "x" * 5000):
        with pytest.raises(InputError) as caught:
            read_document(path)
        assert caught.value.code == "cannot-open"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe that nobody writes to would keep the run waiting for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError) as caught:
        read_document(str(tmp_path / "pipe"))
    assert caught.value.code == "cannot-open"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_cannot_be_opened(tmp_path: Path) -> None:
    """The reason of the system is passed on."""
    file = tmp_path / "secret"
    file.write_text("甲")
    file.chmod(0)
    with pytest.raises(InputError) as caught:
        read_document(str(file))
    assert caught.value.code == "cannot-open"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    """Size is measured before reading: a hole of many gigabytes is refused at once."""
    file = tmp_path / "huge.html"
    with file.open("wb") as stream:
        stream.truncate(1 << 36)
    with pytest.raises(InputError) as caught:
        read_document(str(file))
    assert caught.value.code == "too-large"


def test_a_limit_of_the_caller_holds(tmp_path: Path) -> None:
    """A file as large as the limit is read, one byte more is not."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"a" * 10)
    assert read_document(str(file), max_bytes=10).blocks
    with pytest.raises(InputError, match="上限"):
        read_document(str(file), max_bytes=9)


def test_standard_input_is_read_as_bytes_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash means standard input, in any encoding, within the same limit."""
    data = "一、总体情况本年度工作".encode("gbk")
    for limit, code in ((len(data), None), (len(data) - 1, "too-large")):
        monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(data)))
        if code is None:
            assert read_document("-", max_bytes=limit).name == "-"
            continue
        with pytest.raises(InputError) as caught:
            read_document("-", max_bytes=limit)
        assert caught.value.code == code


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever the bytes, there is a document or an InputError, never another exception."""
    try:
        document = document_from_bytes(data, "any")
    except InputError as error:
        assert error.code  # noqa: PT017 - both ways out are right
    else:
        assert document.format in {"text", "html"}
        for block in document.blocks:
            document.refine(block.location)
