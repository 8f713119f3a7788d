"""Pages with marks and notes, and with figures put right in their cells: nothing else of their source changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.editing import on_bytes

from nianbao.editing.editor import Correction, Note
from nianbao.errors import InputError
from nianbao.model.document import Paragraph, Table
from nianbao.model.location import Location
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.document import Document, TableCell

annotate, correct = on_bytes("html")[1:]
ROW = "<tr><td>甲</td><td>乙</td></tr>"
MARK = re.compile(r'<mark class="nianbao"(?: id="nianbao-\d+" data-number="\d+")? title="[^"]*">|</mark>')


def page(inner: str, *, head: str = "<html><body>", foot: str = "</body></html>") -> bytes:
    """Return a page of one table with a row of labels, and a row with a cell that says something."""
    return f"{head}<table>{ROW}<tr>{inner}<td>9</td></tr></table>{foot}".encode()


def read(data: bytes) -> Document:
    """Read a page."""
    return document_from_bytes(data, "page")


def cell(data: bytes, row: int = 1, column: int = 0) -> tuple[TableCell, Location]:
    """Return a cell of a page's only table, with its exact place."""
    document = read(data)
    table = next(block for block in document.blocks if isinstance(block, Table))
    found = next(one for one in table.cells if (one.row, one.column) == (row, column))
    return found, document.refine(found.location)


def without_notes(data: bytes) -> str:
    """Return the source of a page without what annotating adds."""
    text = re.sub(r"<style>[^<]*</style><nianbao-notes>.*?</nianbao-notes>", "", data.decode(), flags=re.DOTALL)
    return MARK.sub("", text)


@pytest.mark.parametrize(
    ("inner", "new", "made"),
    [
        ("<td>84</td>", "48", "<td>48</td>"),
        ("<td> 84 <!-- 7 --></td>", "48", "<td> 48 <!-- 7 --></td>"),
        (
            "<td><p><span>8</span><span><b>4</b></span></p></td>",
            "48",
            "<td><p><span>48</span><span><b></b></span></p></td>",
        ),
        ("<td>84件</td>", "48", "<td>48件</td>"),
        ("<td>８４ 件</td>", "48", "<td>４８ 件</td>"),
        ("<td>1,204</td>", "1024", "<td>1,024</td>"),
        ("<td>&#56;&#x34;</td>", "48", "<td>48</td>"),
        ("<td>&nbsp;</td>", "48", "<td>48&nbsp;</td>"),
        ("<td></td>", "48", "<td>48</td>"),
        (
            "<td><p class=a><span>&nbsp;<o:p></o:p></span></p></td>",
            "5",
            "<td><p class=a><span>5&nbsp;<o:p></o:p></span></p></td>",
        ),
        ("<td>/</td>", "0", "<td>0</td>"),
        ("<td title='84>'>84</td>", "48", "<td title='84>'>48</td>"),
        ("<td><script>var a = '84</td>';</script>84</td>", "48", "<td><script>var a = '84</td>';</script>48</td>"),
    ],
)
def test_a_figure_is_put_right_in_its_cell(inner: str, new: str, made: str) -> None:
    """Tags, attributes, comments, scripts and words around it stay; the new figure is written as the old one was."""
    data = page(inner)
    found, place = cell(data)

    copy = correct(data, [Correction(place, found.text, new)])

    assert copy == page(made)
    assert cell(copy)[0].text.replace("４８", "48").startswith(made_figure(new))


def made_figure(new: str) -> str:
    """Return a figure as pages of these tests write it."""
    return "1,024" if new == "1024" else new


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction(Location(1, 999, table=1), "84", "48"), "place-not-found"),
        (Correction(Location(), "84", "48"), "place-not-found"),
        (Correction(Location(1, 1), "84", "48"), "place-not-found"),
        (Correction(cell(page("<td>84</td>"))[1], "85", "48"), "other-words"),
        (Correction(cell(page("<td>84</td>"))[1], "", "48"), "other-words"),
        (Correction(cell(page("<td>84</td>"))[1], "84", "<b>"), "not-a-figure"),
    ],
)
def test_what_is_not_there_is_not_put_right(correction: Correction, code: str) -> None:
    """A place that is not there, or says something else, is told and nothing is made."""
    with pytest.raises(InputError) as caught:
        correct(page("<td>84</td>"), [correction])

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("<html><body>", "</body></html>"),
        (
            "<!DOCTYPE html>\r\n<HTML><head><title>t</title></head>\r\n<BODY class='a>b'>\r\n<p>年报</p>",
            "</BODY></HTML>",
        ),
        ("<!-- <body> --><script>'<body>'</script><p>年报</p>", ""),
        ("<p>年报<p>", "<p>完"),
        ("", ""),
        ("年报 ", "<!-- end"),
        ("<html><head><base href='http://a/'></head><body><div hidden>x</div>", ""),
    ],
)
@pytest.mark.parametrize(
    "inner", ["<td>84</td>", "<td></td>", "<td><p><span>8</span><span>4</span></p></td>", "<td>84 &lt;b&gt;</td>"]
)
def test_a_page_with_notes_is_read_as_it_was(head: str, foot: str, inner: str) -> None:
    """Wherever its body begins, whatever stands in the cell: blocks are the same, and so is the source around notes."""
    data = page(inner, head=head, foot=foot)
    note = Note(cell(data)[1], "error", "错误：84 应为 48", "第一行\n第二行")

    copy = annotate(data, [note])

    assert [one._replace(location=Location()) for one in paragraphs(copy)] == [
        one._replace(location=Location()) for one in paragraphs(data)
    ]
    assert [one.text for one in cells(copy)] == [one.text for one in cells(data)]
    assert without_notes(copy) == data.decode()
    assert copy.count(b"\n") == data.count(b"\n")
    assert copy.decode().count('data-number="1"') == 1
    assert "第一行<br>第二行" in copy.decode()


def paragraphs(data: bytes) -> list[Paragraph]:
    """Return the prose of a page."""
    return [block for block in read(data).blocks if isinstance(block, Paragraph)]


def cells(data: bytes) -> list[TableCell]:
    """Return the cells of a page."""
    return [one for block in read(data).blocks if isinstance(block, Table) for one in block.cells]


def test_words_are_marked_and_numbered_where_they_stand() -> None:
    """A quoted sentence over several tags and references is marked piece by piece, its number behind the last."""
    data = "<html><body><p>本年新收<b>申请</b>84&nbsp;件，另有&amp;其他。</p><p>完</p></body></html>".encode()
    first = next(block for block in read(data).blocks if isinstance(block, Paragraph))
    note = Note(read(data).refine(first.location), "warning", "警告", "正文", "申请84 件")

    copy = annotate(data, [note]).decode().partition("</nianbao-notes>")[2]

    opening = '<mark class="nianbao" title="警告&#10;正文">'
    numbered = '<mark class="nianbao" id="nianbao-1" data-number="1" title="警告&#10;正文">'
    assert copy == (
        f"<p>本年新收<b>{opening}申请</mark></b>{numbered}84&nbsp;件</mark>，另有&amp;其他。</p><p>完</p></body></html>"
    )


def test_notes_on_the_same_words_share_them() -> None:
    """Marks do not overlap: what is marked already is not marked again, but each note has its number."""
    data = "<html><body><p>本年新收申请84件。</p></body></html>".encode()
    place = read(data).refine(paragraphs(data)[0].location)
    quotes = ("新收申请84", "申请84件", "84", "")
    notes = [Note(place, "info", str(number), "", quote) for number, quote in enumerate(quotes)]

    copy = annotate(data, notes)

    assert without_notes(copy) == data.decode()
    shown = copy.decode().partition("</nianbao-notes>")[2]
    assert sorted(re.findall(r'data-number="(\d)"', shown)) == ["1", "2", "3", "4"]
    assert paragraphs(copy)[0].text == "本年新收申请84件。"
    assert re.search(r"<mark[^>]*>[^<]*<mark", shown) is None


def test_notes_say_nothing_of_their_own() -> None:
    """What notes quote of a hostile report is shown as it is, and no part of the page's code."""
    data = page("<td>84</td>")
    hostile = "\"'><script>alert(1)</script></nianbao-notes><td>7</td>&amp;\x00\x1b\u202e"
    severity: Any = "x' onload='y"
    copy = annotate(data, [Note(cell(data)[1], severity, hostile, hostile + "\n" + hostile)])

    assert b"<script" not in copy
    assert b"onload='y" not in copy
    assert copy.count(b"</nianbao-notes>") == 1
    assert without_notes(copy) == data.decode()
    assert [one.text for one in cells(copy)] == [one.text for one in cells(data)]


def test_a_note_without_a_place_stands_on_top_alone() -> None:
    """It has no link either."""
    copy = annotate(page("<td>84</td>"), [Note(Location(), "error", "错误", "哪里")]).decode()

    assert "哪里" in copy
    assert "<mark" not in copy.partition("</style>")[2]
    assert "href" not in copy


def test_where_marks_would_be_read_notes_stand_on_top_alone() -> None:
    """Behind a tag that is broken off; what is read of the page stays the same."""
    data = page("<td>84 </ </td>")

    copy = annotate(data, [Note(cell(data)[1], "error", "错误", "哪里")])

    assert "哪里" in copy.decode()
    assert b"data-number=" not in copy
    assert [one.text for one in cells(copy)] == [one.text for one in cells(data)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_kept(encoding: str) -> None:
    """What the notes say is written in the page's own encoding."""
    text = page(
        "<td>84</td>", head="<html><head><meta charset='gbk'></head><body><p>政府信息公开工作年度报告</p>"
    ).decode()
    data = text.encode(encoding)

    copy = annotate(data, [Note(cell(data)[1], "error", "错误：应为 48", "é😀")])

    assert "错误：应为 48" in copy.decode(encoding)
    assert without_notes(copy.decode(encoding).encode()) == data.decode(encoding)


TAGS = "<td>84</td> <td> </td> <tr> </tr> <table> </table> <p> </p> <span> <script> </script> <body> <br> <select> <b"
PIECES = st.sampled_from((*TAGS.split(), "84", " ", "年报", "&nbsp;", "<!--", "-->", "<", ">", "&", '"', "'"))


@given(pieces=st.lists(PIECES, max_size=25))
def test_whatever_a_page_is_its_notes_change_nothing_of_it(pieces: list[str]) -> None:
    """Pages of broken tags read as before, with a note on every cell and paragraph; or notes are refused."""
    data = ("<html><p>政府信息公开</p><table><tr><td>1</td><td>2</td></tr></table>" + "".join(pieces)).encode()
    places = [read(data).refine(place) for _words, place in said(data)]

    copy = annotate(data, [Note(place, "error", "错误", "正文") for place in places])

    assert without_notes(copy) == data.decode()
    assert [words for words, _place in said(copy)] == [words for words, _place in said(data)]


def said(data: bytes) -> list[tuple[str, Location]]:
    """Return what a page says, paragraph by paragraph and cell by cell, with places."""
    return [(one.text, one.location) for one in paragraphs(data)] + [(one.text, one.location) for one in cells(data)]
