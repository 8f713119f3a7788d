"""Word files that are broken, hostile or of a rare kind: read, or refused in one line."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import drawn
from tests.support.wordfiles import MAIN, cell, para, parts_of, row, span, table, word_file, zipped

from nianbao.errors import InputError
from nianbao.readers import document_from_bytes
from nianbao.readers.source import Source
from nianbao.readers.word import is_word

if TYPE_CHECKING:
    from collections.abc import Callable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = para("甲") + table(row(cell("1", span(2)), "2"), row("3", "4", "5"))
SHOWN: list[str | list[str]] = ["甲", ["1", "2", "3", "4", "5"]]
LINK = '<Relationship Id="rId99" Type="http://x/image" Target="../NULL"/></Relationships>'
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def changed(name: str, change: Callable[[str], str | bytes]) -> bytes:
    """Return a Word file one part of which was changed."""
    made = parts_of(BODY)
    return zipped({**made, name: change(str(made[name]))})


def without(*names: str) -> bytes:
    """Return a Word file that lacks some parts."""
    return zipped({name: content for name, content in parts_of(BODY).items() if name not in names})


def nested(depth: int) -> str:
    """Return tables in tables."""
    inside = para("甲")
    for _ in range(depth):
        inside = table(row(cell(inside)))
    return inside


def refused(data: bytes) -> InputError:
    """Read what cannot be read."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(data, "report.docx")
    return caught.value


SOUND: dict[str, Callable[[], bytes]] = {
    "a link to a part that is not there": lambda: changed(
        "word/_rels/document.xml.rels", lambda xml: xml.replace("</Relationships>", LINK)
    ),
    "with macros": lambda: zipped(parts_of(BODY, main="application/vnd.ms-word.document.macroEnabled.main+xml")),
    "a template": lambda: zipped(parts_of(BODY, main=MAIN.replace("document.main", "template.main"))),
    "the strict kind": lambda: changed(
        "word/document.xml",
        lambda xml: xml.replace(TRANSITIONAL, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ),
    "no styles, lists or properties": lambda: without(
        "word/styles.xml", "word/numbering.xml", "docProps/core.xml", "word/_rels/document.xml.rels"
    ),
    "no links at all": lambda: without("_rels/.rels"),
    "a type said the other way round": lambda: changed(
        "[Content_Types].xml",
        lambda xml: xml.replace(
            f'PartName="/word/document.xml" ContentType="{MAIN}"', f'ContentType="{MAIN}" PartName="/word/document.xml"'
        ),
    ),
    "no types": lambda: changed("[Content_Types].xml", lambda xml: "<Types/>"),
    "the text under another name": lambda: zipped(
        {
            name.replace("document", "document2"): str(content).replace("document.xml", "document2.xml")
            for name, content in parts_of(BODY).items()
        }
    ),
    "a path from the top": lambda: changed(
        "_rels/.rels", lambda xml: xml.replace('"word/document.xml"', '"/word/document.xml"')
    ),
    "a link outside": lambda: changed(
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace('Target="styles.xml"', 'Target="http://x/styles.xml" TargetMode="External"'),
    ),
    "UTF-16": lambda: changed(
        "word/document.xml", lambda xml: f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode("utf-16")
    ),
    "comments and instructions": lambda: changed(
        "word/document.xml", lambda xml: xml.replace("<w:body>", "<w:body><!-- x --><?y z?>")
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_rare_kinds_of_word_files_are_read(name: str) -> None:
    """What Word opens is read, whatever else is missing or odd."""
    assert drawn(document_from_bytes(SOUND[name](), "report.docx")) == SHOWN


BROKEN: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "cut off": (lambda: word_file(BODY)[:-200], "broken-zip", "save or download it again"),
    "no text": (lambda: without("word/document.xml"), "unreadable-word", "without its text"),
    "an empty document": (lambda: word_file(""), "unreadable-word", "without its text"),
    "broken XML": (
        lambda: changed("word/document.xml", lambda xml: xml[:-30]),
        "unreadable-word",
        "broken (word/document.xml)",
    ),
    "broken styles": (
        lambda: changed("word/styles.xml", lambda xml: "<x"),
        "unreadable-word",
        "broken (word/styles.xml)",
    ),
    "an empty part": (lambda: changed("word/document.xml", lambda xml: ""), "unreadable-word", "broken"),
    "broken compression": (lambda: _spoilt(word_file(BODY)), "broken-zip", "broken"),
    "an entity from outside": (
        lambda: changed(
            "word/document.xml", lambda xml: f'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>{xml}'
        ),
        "unreadable-word",
        "broken",
    ),
    "an entity that grows": (
        lambda: changed(
            "word/document.xml",
            lambda xml: f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>' + xml.replace(">甲<", ">&l11;<"),
        ),
        "unreadable-word",
        "broken",
    ),
    "deep nesting": (
        lambda: word_file("<w:sdt><w:sdtContent>" * 200 + para("甲") + "</w:sdtContent></w:sdt>" * 200),
        "unreadable-word",
        "nested too deep",
    ),
    "tables in tables": (lambda: word_file(nested(14)), "too-deep", "more than 12 deep"),
    "tables in a cell of data": (
        lambda: word_file(table(*[row("1", "2", "3")] * 9, row("4", "5", cell(nested(14))))),
        "too-deep",
        "more than 12 deep",
    ),
    "a million tags": (lambda: word_file(para("甲") + "<w:p/>" * 1_000_000), "too-many-tags", "1000000 tags"),
    "many cells": (
        lambda: word_file(para("甲") + table("<w:tr>" + "<w:tc/>" * 200_001 + "</w:tr>")),
        "too-many-cells",
        "200000 cells",
    ),
    "many attributes": (
        lambda: word_file("<w:p " + "a='' " * 4_000_001 + "/>"),
        "too-many-tags",
        "tags",
    ),
    "a bomb": (lambda: word_file(para("0" * 70_000_000)), "too-large", "64 MB"),
    "a long text": (lambda: word_file(para("0" * 11_000_000)), "unreadable-word", "broken"),
    "a page inside": (
        lambda: word_file('<w:p/><w:altChunk r:id="rId9"/>'),
        "unreadable-word",
        "embedded in another format",
    ),
    "a password": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked", "password"),
    "an older kind of file": (lambda: OLE + bytes(600), "not-text", "old Office"),
}


def _spoilt(data: bytes) -> bytes:
    """Return a zip file in which the text's compressed bytes are wrong."""
    start = data.index(b"word/document.xml") + len("word/document.xml") + 20
    return data[:start] + bytes(byte ^ 0x55 for byte in data[start : start + 60]) + data[start + 60 :]


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_in_one_line(name: str) -> None:
    """What is wrong, and what to do; never a traceback."""
    make, code, words = BROKEN[name]

    error = refused(make())

    assert (error.code, words in error.message.en, "；" in error.message.zh) == (code, True, True)
    assert "\n" not in error.message.zh + error.message.en


def test_a_part_in_another_format_is_told_where_there_is_other_text() -> None:
    """What is embedded as a page is not read, and a note says so."""
    document = document_from_bytes(word_file(BODY + '<w:altChunk r:id="rId9"/>'), "report.docx")

    assert drawn(document) == SHOWN
    assert [note.en[:36] for note in document.notes] == ["a part of it is embedded in another "]


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a.txt": "word/document.xml"}),
        zipped({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl/workbook.xml": "<x/>"}),
        zipped({"word/document.xml": "<x/>"}),
        b"PK\x03\x04" + bytes(50),
    ],
)
def test_other_zip_files_are_no_word_files(data: bytes) -> None:
    """Sheets, archives, and what only begins as a zip file does."""
    assert not is_word(Source("x", data))


def test_huge_spans_cost_nothing() -> None:
    """Many cells of a hundred thousand columns each, merged down through all rows."""
    wide = cell("", span(100_000) + "<w:vMerge/>")
    document = document_from_bytes(word_file(para("甲") + table(*[row(*[wide] * 50)] * 50)), "report.docx")

    assert [len(part) for part in drawn(document)] == [1, 50]


@given(st.integers(0, 2**32))
def test_spoilt_files_are_read_or_refused(seed: int) -> None:
    """Bytes changed anywhere in the file, or in its text before it is zipped, end in a document or one clear line."""
    dice = random.Random(seed)
    made = {name: str(content).encode() for name, content in parts_of(BODY).items()}
    if inside := dice.random() < 0.7:
        name = dice.choice(["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
        made[name] = _mutated(made[name], dice)
    data = zipped({name: bytes(content) for name, content in made.items()})
    try:
        document_from_bytes(data if inside else _mutated(data, dice), "report.docx")
    except InputError as error:
        assert error.message.zh  # noqa: PT017 - either way is right


def _mutated(data: bytes, dice: random.Random) -> bytes:
    changed_ = bytearray(data)
    for _ in range(dice.randrange(1, 6)):
        place = dice.randrange(len(changed_))
        way = dice.randrange(3)
        if way == 0:
            changed_[place] = dice.randrange(256)
        elif way == 1:
            del changed_[place : place + dice.randrange(1, 40)]
        else:
            changed_[place:place] = changed_[: dice.randrange(1, 40)]
        if not changed_:
            return b"x"
    return bytes(changed_)


def test_the_bytes_of_a_word_file_are_told_from_its_name() -> None:
    """A Word file under any name is one."""
    assert document_from_bytes(word_file(BODY), "report.txt").format == "word"
