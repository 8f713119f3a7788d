"""What a page shows or leads to beside its text: pictures that a table may be hidden in, and links."""

from __future__ import annotations

import pytest
from tests.support.counting import steps
from tests.support.parts import drawn

from nianbao.model.document import Link, Picture
from nianbao.readers import document_from_bytes

PICTURES = {
    "between paragraphs": ("<p>甲</p><p><img src=a.png></p><p>乙</p>", ["甲", "[picture]", "乙"]),
    "directly in the page": ("<div>甲<p>乙</p><img src=a.png><p>丙</p></div>", ["甲", "乙", "[picture]", "丙"]),
    "within a sentence": ("<p>共1<img src=a.png>2件</p><p>乙</p>", ["共12件", "[picture]", "乙"]),
    "within a cell": ("<table><tr><td>1<img src=a.png>2<td>3</table>乙", [["12", "3"], "[picture]", "乙"]),
    "in place of a table's text": ("<table><tr><td><img src=a.png></table>", [[""], "[picture]"]),
    "within a link": ("<a href=b.png><img src=a.png></a>", ["[picture]"]),
    "several in a row": ("<p><img src=a.png></p>" * 50 + "甲<img src=b.png>", [*["[picture]"] * 20, "甲", "[picture]"]),
    "of few pixels": ("<img src=a.png width=16 height=16><img src=b.png style='width: 24.5px'><img height=20px>", []),
    "of many pixels": ("<img src=a.png width=600 height='400'>", ["[picture]"]),
    "of the line's width": ("<img src=a.png width='100%' style='max-width:30px'>", ["[picture]"]),
    "icons by their names": ("<img src='/x/fileTypeImages/icon_pdf.gif'><img src=/images/logo.png>", []),
    "in the menu and the footer": ("<nav><img src=a.png></nav><footer><p><img src=b.png></footer>", []),
    "not shown": (
        "<p hidden><img src=a.png></p><noscript><img src=b.png></noscript><img src=c.png style='display:none'>",
        [],
    ),
}


@pytest.mark.parametrize(("page", "blocks"), PICTURES.values(), ids=PICTURES)
def test_pictures_stand_in_reading_order(page: str, blocks: list[str | list[str]]) -> None:
    """A picture that may show a table is a block of its own, behind the paragraph or the table that it stands in."""
    assert drawn(document_from_bytes(f"<html><body>{page}</body></html>".encode(), "invented")) == blocks


def test_a_picture_has_its_words_and_its_line() -> None:
    """What the page says of a picture is kept, with the line of its tag."""
    (picture,) = document_from_bytes(b"<html>\n<p>\n<img src=a.png alt='  Table  3 '></p>", "invented").blocks

    assert isinstance(picture, Picture)
    assert (picture.words, picture.location.line) == ("Table 3", 3)


LINKS = {
    "as written": ("<a href=' ../a.html?x=1&amp;y=2 '>甲</a>", [("../a.html?x=1&y=2", "甲")]),
    "words within elements": ("<a href=a><b>甲<i>乙</i>丙</b> <span>丁</span></a>戊", [("a", "甲乙丙 丁")]),
    "in reading order": (
        "<a href=1>甲</a><table><tr><td><a href=2>乙</a></table><iframe src=3></iframe><embed src=4><object data=5>",
        [("1", "甲"), ("2", "乙"), ("3", ""), ("4", ""), ("5", "")],
    ),
    "no address": ("<a>甲</a><a name=top>乙</a><a href=''>丙</a>", []),
    "no words": ("<a href=a.pdf><img src=a.png></a>", [("a.pdf", "")]),
    "two thousand at most": ("<a href=a>甲</a>" * 2005, [("a", "甲")] * 2000),
}


@pytest.mark.parametrize(("page", "links"), LINKS.values(), ids=LINKS)
def test_links_are_kept(page: str, links: list[tuple[str, str]]) -> None:
    """Links and framed documents are kept with the words that they stand under; the text of the page is as without."""
    document = document_from_bytes(f"<html><body>{page}</body></html>".encode(), "invented")

    assert document.links == tuple(Link(*link) for link in links)


@pytest.mark.parametrize(
    ("beginning", "repeated"),
    [
        ("<div><a href=x>" * 100, "<br>"),
        ("", "<img src=a.png>"),
        ("<div>" * 200, "<img src=a.png>"),
        ("", "<p>甲<img src=a.png>"),
        ("<a href=", "x" * 100),
    ],
    ids=["links around links", "pictures", "pictures far inside", "pictures and text", "a long address"],
)
def test_media_made_to_exhaust_cost_little(beginning: str, repeated: str) -> None:
    """However many elements are within links, and pictures within elements, each takes some forty steps at most."""
    count = 20_000
    page = f"<html><body>{beginning}{repeated * count}".encode()

    assert steps(lambda: document_from_bytes(page, "invented")) <= 40 * count
