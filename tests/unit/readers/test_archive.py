"""Archives: what is in them is bounded, and their names are shown clean."""

from __future__ import annotations

import struct
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.packing import locked, packed, renamed

from nianbao.containers.zipped import MAX_MEMBERS, Zipped, is_zip
from nianbao.errors import InputError
from nianbao.inputs.archive import Archive, Member, is_archive, shown_name

MEBIBYTE = 2**20


def names(data: bytes) -> list[str]:
    """Return the names of the files in an archive."""
    return [member.name for member in Archive(Zipped(data)).members]


@pytest.mark.parametrize(
    ("files", "archive"),
    [
        ({"a.txt": b"1"}, True),
        ({}, True),
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, False),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, False),
    ],
)
def test_a_zip_file_is_an_archive_unless_it_is_a_document(*, files: dict[str, bytes], archive: bool) -> None:
    """Office and OpenDocument files are zip files too."""
    assert is_archive(Zipped(packed(files))) is archive


def test_other_bytes_are_no_archive() -> None:
    """Nothing is looked for in them."""
    assert not is_zip(b"PK is short for nothing")


@pytest.mark.parametrize(
    ("data", "code"),
    [(packed({"OFD.xml": b""}), "not-text"), (packed({"a.txt": b"1" * 99})[:40], "broken-zip")],
    ids=["OFD", "cut"],
)
def test_what_cannot_be_an_archive_is_told(data: bytes, code: str) -> None:
    """A document that is not read, and a zip file without its end."""
    with pytest.raises(InputError) as caught:
        is_archive(Zipped(data))
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_do_not_say_their_encoding_are_understood(encoding: str) -> None:
    """As Chinese Windows and others write them."""
    name = "年报/临江区.txt".encode(encoding)
    data = renamed(packed({"x" * len(name): b"1"}), b"x" * len(name), name)

    assert names(data) == ["年报/临江区.txt"]
    archive = Archive(Zipped(data))
    assert archive.read(next(archive.members), most=9) == b"1"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("年报/a.txt", "年报/a.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\a.txt", "Users/a.txt"),
        ("a\nb\x1b[31m.txt", "a b[31m.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("\u202etxt.exe", "txt.exe"),
        ("..", "?"),
        ("x" * 300 + ".txt", "x" * 160 + "…" + "x" * 36 + ".txt"),
    ],
)
def test_names_are_shown_clean(name: str, shown: str) -> None:
    """Nothing in them moves a cursor, ends a line, or leads out of the archive."""
    info = zipfile.ZipInfo("a")
    info.filename, info.flag_bits = name, 0x800

    assert shown_name(info) == shown


@given(st.text(max_size=60))
def test_any_name_can_be_shown(name: str) -> None:
    """On one line, in parts that lead down."""
    info = zipfile.ZipInfo("a")
    info.filename = name

    shown = shown_name(info)

    assert shown
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, shown))
    assert not {"", ".", ".."} & set(shown.split("/"))


def test_hidden_files_are_no_members() -> None:
    """What systems put beside the files of a folder."""
    assert names(packed({"a.txt": b"", ".DS_Store": b"", "__MACOSX/._a.txt": b"", "b/.c/d.txt": b""})) == ["a.txt"]


def test_members_come_by_name_and_folders_are_none() -> None:
    """As the files of a folder do."""
    assert names(packed({"b.txt": b"", "a/": b"", "a/c.txt": b""})) == ["a/c.txt", "b.txt"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked(packed({"a.txt": b"1"})), "locked"),
        (packed({"a.txt": b"1" * 99}, method=zipfile.ZIP_BZIP2), "broken-zip"),
        (packed({"a.txt": b"1" * 99}, method=zipfile.ZIP_LZMA), "broken-zip"),
        (packed({"a.txt": b"0123456789"}, method=zipfile.ZIP_STORED).replace(b"456", b"654"), "broken-zip"),
        (packed({"a.txt": b"0" * 2 * MEBIBYTE}), "too-large"),
    ],
    ids=["password", "bzip2", "lzma", "changed", "large"],
)
def test_a_member_that_cannot_be_read_is_one_line(data: bytes, code: str) -> None:
    """Methods that unpack without a bound are not read."""
    archive = Archive(Zipped(data))
    with pytest.raises(InputError) as caught:
        archive.read(next(archive.members), most=MEBIBYTE)
    assert caught.value.code == code
    assert not archive.is_used_up


def test_an_archive_and_those_in_it_have_one_limit() -> None:
    """Many small bombs are as bad as a large one."""
    bomb = packed({"a.txt": b"0" * 3 * MEBIBYTE})
    outer = Zipped(packed({"1.zip": bomb, "2.zip": bomb})).limited(5 * MEBIBYTE)
    first = Zipped(outer.read("1.zip")).limited(within=outer)
    assert len(first.read("a.txt")) == 3 * MEBIBYTE
    assert not outer.is_used_up

    second = Zipped(outer.read("2.zip")).limited(within=outer)
    with pytest.raises(InputError) as caught:
        second.read("a.txt")
    assert caught.value.code == "too-large"
    assert outer.is_used_up
    with pytest.raises(InputError):
        outer.read("1.zip")


def test_archives_in_archives_are_opened_three_deep() -> None:
    """The fourth is not."""
    data = packed({"a.txt": b"1"})
    for _level in range(3):
        data = packed({"a.zip": data})
    archive = None
    for _level in range(3):
        archive = Archive(Zipped(data), within=archive)
        data = archive.read(Member("a.zip", "a.zip"), most=MEBIBYTE)
    with pytest.raises(InputError) as caught:
        Archive(Zipped(data), within=archive)
    assert caught.value.code == "too-deep"


def test_a_crowd_of_files_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a list of them is made; archives in one archive are counted together."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, *[0] * 15)
    entries = entry * 600_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entries), 4, 0)
    data = b"PK\x03\x04" + entries + end
    listed: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(zipfile, "ZipInfo", lambda *arguments: listed.append(arguments))
        with pytest.raises(InputError) as caught:
            Archive(Zipped(data))
    assert (caught.value.code, listed) == ("too-many-files", [])

    half = packed((f"{number}.txt", b"") for number in range(MAX_MEMBERS // 2 + 1))
    with pytest.raises(InputError):
        Archive(Zipped(half), within=Archive(Zipped(half)))
