"""Parts of Office files in a copy: what is not changed is carried over byte for byte, broken or not."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest
from tests.support.copying import members
from tests.support.packing import packed

from nianbao.containers.rezip import rezipped
from nianbao.containers.zipped import Zipped
from nianbao.editing.editor import Note
from nianbao.editing.note_words import words_of
from nianbao.editing.office import opened
from nianbao.errors import InputError
from nianbao.model.location import NOWHERE


def test_members_stay_in_their_places_with_what_the_zip_says_of_them() -> None:
    """Time, order, folders and the remark on the whole; new ones come last."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.comment = "备注".encode()
        file.writestr(zipfile.ZipInfo("b/", (2020, 1, 2, 3, 4, 6)), b"")
        file.writestr(zipfile.ZipInfo("文.txt", (2021, 1, 2, 3, 4, 6)), b"1")
        file.writestr(zipfile.ZipInfo("a.xml", (2022, 1, 2, 3, 4, 6)), b"2")

    with zipfile.ZipFile(io.BytesIO(rezipped(Zipped(stream.getvalue()), {"a.xml": b"3", "new": b"4"}))) as made:
        found = [(one.filename, one.date_time[0], made.read(one)) for one in made.infolist()]
        assert made.comment == "备注".encode()
        assert made.testzip() is None
    assert found == [("b/", 2020, b""), ("文.txt", 2021, b"1"), ("a.xml", 2022, b"3"), ("new", 1980, b"4")]


class _Pipe(io.RawIOBase):
    """A stream that cannot go back, so that sizes stand behind what is written."""

    def __init__(self) -> None:
        self.made = bytearray()

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, some: object) -> int:
        """Take some bytes."""
        self.made += bytes(some)  # type: ignore[call-overload]
        return len(bytes(some))  # type: ignore[call-overload]


def test_members_with_their_sizes_behind_them_are_carried_over() -> None:
    """As programs write them that make a zip in one go."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"1" * 500)
        file.writestr("b", b"2" * 500)

    assert members(rezipped(Zipped(bytes(pipe.made)), {"b": b"3"})) == {"a": b"1" * 500, "b": b"3"}


def test_a_broken_member_is_carried_over() -> None:
    """Its bytes are never unpacked."""
    data = packed({"picture": b"x" * 1000, "text": b"y"}, method=zipfile.ZIP_STORED).replace(b"x" * 1000, b"z" * 1000)
    copy = rezipped(Zipped(data), {"text": b"1"})

    assert b"z" * 1000 in copy
    with zipfile.ZipFile(io.BytesIO(copy)) as made:
        assert (made.testzip(), made.read("text")) == ("picture", b"1")


def test_of_members_of_one_name_the_last_counts() -> None:
    """As it does for those that read them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = packed([("a", b"1"), ("a", b"2"), ("b", b"3")])

    assert members(rezipped(Zipped(data), {"b": b"4"})) == {"a": b"2", "b": b"4"}


def test_without_changes_a_zip_file_is_itself() -> None:
    """The very bytes."""
    data = packed({"a": b"1"})

    assert rezipped(Zipped(data), {}) is data


def test_a_member_that_does_not_lie_where_it_should_is_told() -> None:
    """With its name."""
    data = packed({"first": b"1", "second": b"2"})
    start = data.index(b"PK\x03\x04", 4)

    with pytest.raises(InputError, match="second") as caught:
        rezipped(Zipped(data[:start] + b"PK\x03\x05" + data[start + 4 :]), {"first": b"3"})

    assert caught.value.code == "broken-zip"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<x", "broken-part"),
        (b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", "broken-part"),
        (b"<x>" + b"<y/>" * 1_000_001 + b"</x>", "too-many-tags"),
    ],
)
def test_parts_that_harm_are_refused(data: bytes, code: str) -> None:
    """What is broken, brings entities, or is too much."""
    package = opened(Zipped(packed({"word/x.xml": data})))

    with pytest.raises(InputError) as caught:
        package.tree("word/x.xml")

    assert caught.value.code == code


def test_parts_are_found_in_any_case_and_with_any_slashes() -> None:
    """And keep the names that the zip has."""
    parts = opened(Zipped(packed({"XL\\Book.xml": b"<x/>", "[content_types].xml": b"<Types/>"})))

    parts.put("xl/book.xml", b"<y/>")
    parts.declare_ending("vml", "a/b")
    parts.declare_ending("vml", "a/b")
    parts.declare("xl/c.xml", "a/c")

    assert "xl/book.xml" in parts
    assert parts.free("xl/book{}.xml", first="") == "xl/book2.xml"
    found = members(parts.packed())
    assert found["XL\\Book.xml"] == b"<y/>"
    assert found["[content_types].xml"].endswith(
        b'<Types><Default Extension="vml" ContentType="a/b"/><Override PartName="/xl/c.xml" ContentType="a/c"/></Types>'
    )


def test_a_file_without_a_list_of_types_gets_one() -> None:
    """With the types of what every such file holds."""
    parts = opened(Zipped(packed({"a.xml": b"<x/>"})))
    parts.declare("b.xml", "c/d")

    assert parts.tree("[Content_Types].xml") is not None
    assert [one.get("ContentType") for one in parts.tree("[Content_Types].xml")][-1] == "c/d"


def test_links_are_told_with_their_targets() -> None:
    """Those to the outside without one; a new one gets an id that is free."""
    links = (
        '<Relationships><Relationship Id="rIdNb1" Type="x/y/z" Target="../c.xml"/>'
        '<Relationship Id="b" Type="x/web" Target="http://x" TargetMode="External"/></Relationships>'
    )
    parts = opened(Zipped(packed({"a/_rels/b.xml.rels": links.encode(), "c.xml": b"<x/>"})))

    assert [tuple(one) for one in parts.relations("a/b.xml")] == [("rIdNb1", "x/y/z", "c.xml"), ("b", "x/web", "")]
    assert (parts.linked("a/b.xml", "z"), parts.linked("a/b.xml", "web")) == ("c.xml", "")
    assert parts.link("a/b.xml", "a/d.xml", kind="comments") == "rIdNb2"
    assert parts.relations("a/b.xml")[-1].target == "a/d.xml"


@pytest.mark.parametrize(
    ("title", "body", "said"),
    [
        ("甲", "乙\n丙", ("甲", "乙", "丙")),
        ("甲", "甲\n丙", ("甲", "丙")),
        ("", "乙\n丙", ("乙", "丙")),
        ("甲", "", ("甲",)),
        ("甲", "\n\n乙\n\n\n丙\n\n", ("甲", "乙", "", "丙")),
        ("", "", ("",)),
    ],
)
def test_a_note_is_said_without_saying_anything_twice(title: str, body: str, said: tuple[str, ...]) -> None:
    """Nor with needless empty lines."""
    words = words_of(Note(NOWHERE, "error", title, body))

    assert (words.title, *words.lines) == said
