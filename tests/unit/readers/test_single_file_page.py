"""Pages that are saved as one file."""

from __future__ import annotations

import base64
import quopri

import pytest
from tests.support.parts import drawn

from nianbao.errors import InputError
from nianbao.model.document import Paragraph, Picture, Table
from nianbao.model.location import Location
from nianbao.readers import document_from_bytes

PAGE = "<html><body><p>甲</p><p>共8<sup>1</sup>件</p><img src=a.png><table><tr><td>乙<td>9</table></body></html>"
HEAD = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"'
FRAME = "Content-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<p>广告</p>"
PICTURE = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
CODED = {
    "quoted-printable": lambda data: quopri.encodestring(data).decode(),
    "base64": lambda data: base64.encodebytes(data).decode(),
}


def page_part(coding: str, charset: str, *, content_id: str = "<page>") -> str:
    """Return the part with the page."""
    written = CODED[coding](PAGE.encode(charset))
    return (
        f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {coding}\r\n'
        f"Content-ID: {content_id}\r\n\r\n{written}"
    )


def saved(*parts: str, head: str = HEAD) -> bytes:
    """Return parts as one file."""
    return (head + "\r\n\r\n" + "".join(f"--B\r\n{part}\r\n" for part in parts) + "--B--\r\n").encode()


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_page_in_a_file_is_read(coding: str, charset: str) -> None:
    """However the page is coded; places are paragraphs and tables, since its lines are not those of the file."""
    document = document_from_bytes(saved(page_part(coding, charset), PICTURE, FRAME), "invented.mht")

    assert document.format == "mht"
    assert [(block.text, block.location) for block in document.blocks if isinstance(block, Paragraph)] == [
        ("甲", Location(paragraph=1)),
        ("共8件", Location(paragraph=2)),
    ]
    assert [cell.location for block in document.blocks if isinstance(block, Table) for cell in block.cells] == [
        Location(table=1, row=1, cell=1),
        Location(table=1, row=1, cell=2),
    ]
    assert sum(isinstance(block, Picture) for block in document.blocks) == 1
    assert len(document.notes) == 1


def test_the_head_may_name_the_page() -> None:
    """Else it is the first page."""
    head = HEAD + '; start="<page>"'
    parts = FRAME, page_part("base64", "utf-8")

    named, first = (document_from_bytes(saved(*parts, head=one), "invented") for one in (head, HEAD))

    assert [block.text for block in named.blocks if isinstance(block, Paragraph)][:1] == ["甲"]
    assert [block.text for block in first.blocks if isinstance(block, Paragraph)] == ["广告"]


def part(name: str, page: str) -> str:
    """Return a part with a page, as an office program writes it."""
    return (
        f"Content-Location: file:///C:/9E2F/{name}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f'Content-Type: text/html; charset="utf-8"\r\n\r\n{quopri.encodestring(page.encode()).decode()}'
    )


BOOK = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><!--[if gte mso 9]><xml><x:ExcelWorkbook>"
    "<x:ExcelWorksheets>{sheets}</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>"
    '<frameset rows="*,39"><frame src="%E5%B9%B4.files/sheet001.htm"><frame src="%E5%B9%B4.files/tabstrip.htm">'
    "<noframes><body><p>frames</p></body></noframes></frameset></html>"
)
LISTED = '<x:ExcelWorksheet><x:Name>{0}</x:Name><x:WorksheetSource HRef="%E5%B9%B4.files/{0}.htm"/></x:ExcelWorksheet>'
FIRST = part("年.files/sheet001.htm", "<p>甲</p><table><tr><td>乙<td>9</table>")
SECOND = part("%E5%B9%B4.files/sheet002.htm", "<table><tr><td>丙<td>8</table><p>丁</p>")
TABS = part("%E5%B9%B4.files/tabstrip.htm", "<table><tr><td>一<td>二</table>")


def test_a_workbook_in_frames_is_read_through_its_sheets() -> None:
    """All that it names are read in order, their tables numbered on; a hidden one is told of."""
    hidden = LISTED.format("sheet003").replace("</x:Name>", "</x:Name><x:Visible>SheetHidden</x:Visible>")
    main = part("%E5%B9%B4.htm", BOOK.format(sheets=LISTED.format("sheet001") + LISTED.format("sheet002") + hidden))

    document = document_from_bytes(saved(main, TABS, SECOND, FIRST), "invented")

    assert drawn(document) == ["甲", ["乙", "9"], ["丙", "8"], "丁"]
    assert [block.location.table for block in document.blocks if isinstance(block, Table)] == [1, 2]
    assert ["隐藏的 1 张工作表" in note.zh for note in document.notes] == [True]


def test_pages_in_frames_are_read_in_their_order() -> None:
    """Where no sheets are named."""
    main = part("main.htm", BOOK.format(sheets=""))

    assert drawn(document_from_bytes(saved(main, TABS, FIRST), "invented")) == ["甲", ["乙", "9"], ["一", "二"]]


def test_a_page_in_frames_that_is_not_in_the_file_is_told_of() -> None:
    """Then nothing is read: it may hold a part of the report."""
    main = part("main.htm", BOOK.format(sheets=LISTED.format("sheet001") + LISTED.format("sheet002")))

    with pytest.raises(InputError) as caught:
        document_from_bytes(saved(main, FIRST), "invented")

    assert caught.value.code == "unreadable-page"
    assert "另存为 .xlsx" in caught.value.message.zh


@pytest.mark.parametrize(
    "data",
    [
        saved(PICTURE),
        saved(),
        saved("Content-Type: text/html\r\n\r\n \r\n"),
        HEAD.encode(),
        b"MIME-Version: 1.0\r\n" + b'Content-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n' * 1000,
    ],
    ids=["a picture", "no part", "an empty page", "a head alone", "parts in parts"],
)
def test_a_file_without_a_page_is_told_of(data: bytes) -> None:
    """The message names the way out."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(data, "invented")

    assert caught.value.code == "unreadable-page"
    assert "另存为网页" in caught.value.message.zh
    assert "save it as a page" in caught.value.message.en


def test_a_letter_is_no_page() -> None:
    """A text that begins with a word and a colon is text."""
    assert document_from_bytes("Subject: 甲\n\n乙".encode(), "invented").format == "text"
