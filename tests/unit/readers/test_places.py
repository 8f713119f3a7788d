"""Exact places in the source of a page: at the content, or none at all; never elsewhere."""

from __future__ import annotations

import html
import pickle
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import parts

from nianbao.model.document import Table
from nianbao.model.location import Location
from nianbao.readers import document_from_bytes
from nianbao.readers.html.places import HtmlPlaces

if TYPE_CHECKING:
    from nianbao.model.document import Document


def read(page: str) -> Document:
    """Read a page."""
    return document_from_bytes(page.encode(), "invented.html")


def places(page: str) -> list[tuple[str, str | None]]:
    """Return the text of each block and cell, and the source from its exact place on (``None`` without a column)."""
    document = read(page)
    lines = page.split("\n")
    found = []
    for part in parts(document):
        place = document.refine(part.location)
        known = place.line is not None and place.column is not None
        rest = lines[(place.line or 1) - 1][(place.column or 1) - 1 :] if known else None
        found.append((part.text, rest))
    return found


EXACT = {
    "a value that stands in attributes too": (
        '<table><tr><td class="c5"><p style="x: 5">5</p></td><td title="0"><b id=0>0</b></td></tr></table>',
        ["5</p>", "0</b>"],
    ),
    "values alike on one line": (
        "<table><tr><td>0</td><td>0</td><td> 0</td></tr></table>",
        ["0</td><td>0", "0</td><td> 0", "0</td></tr>"],
    ),
    "content on a later line": ("<table>\n<tr>\n<td>\n  <p>\n 7</p></td>\n<td>8\n</table>", ["7</p>", "8"]),
    "a tag over several lines": ("<table><tr><td\n class=x\n>7<td>8</table>", ["7<td>", "8</table>"]),
    "an empty cell": ("<table><tr><td>1</td><td> </td><td></td></tr></table>", ["1</td>", " </td>", "</td></tr>"]),
    "entities": (
        "<table><tr><td>&nbsp;&#160;4</td><td>&ldquo;x&rdquo;</td><td>a&lt;b</table>",
        ["4</td>", "&ldquo;", "a&lt;b"],
    ),
    "a torn number": ("<table><tr><td><i></i><b>3</b><i>02</i></td><td>3</td></table>", ["3</b>", "3</td>"]),
    "zero-width characters": ("<table><tr><td>\u200b5</td><td>6</table>", ["5</td>", "6</table>"]),
    "comments and scripts": (
        "<table><tr><!-- <td>9 --><td><script>a='<td>9'</script>5</td><td><!--8-->6</table>",
        ["5</td>", "6</table>"],
    ),
    "lines alike": ("<p>甲乙<br>甲</p><p>甲</p>", ["甲乙<br>", "甲</p><p>", "甲</p>"]),
    "a hidden part before": ("<table><tr><td><i hidden>9</i>5<td>6</table><p>甲", [None, "6</table>", "甲"]),
    "text behind a block": ("<div>甲<p>1</p>尾</div>", ["甲<p>", "1</p>", "尾</div>"]),
    "text that could be two": ("<div><p>1</p>1<p>2</p>", ["1</p>1", None, "2</p>"]),
    "text before any tag": ("甲<p>乙</p>", ["甲<p>", "乙</p>"]),
}


@pytest.mark.parametrize(("page", "rests"), EXACT.values(), ids=EXACT)
def test_places_lead_to_the_content(page: str, rests: list[str | None]) -> None:
    """The place is that of the content itself, on one line or many; where it cannot be told, there is none."""
    found = [rest for _text, rest in places(page)]
    assert len(found) == len(rests)
    for rest, begins in zip(found, rests, strict=True):
        assert (rest is None) if begins is None else (rest is not None and rest.startswith(begins))


def test_places_have_lines_before_they_are_refined() -> None:
    """Reading alone gives the line of the tag, table, row and cell; columns cost a second pass."""
    (table,) = read("<table>\n<tr><td>1<td>2\n<tr><td>3</table>").blocks
    assert isinstance(table, Table)
    assert [cell.location[:5] for cell in table.cells] == [(2, None, 1, 1, 1), (2, None, 1, 1, 2), (3, None, 1, 2, 1)]


def test_lines_beyond_what_the_parser_counts_are_found() -> None:
    """The parser stops counting at line 65535; no wrong line is given, and the second pass knows the true one."""
    page = "<html>" + "\n" * 70_000 + "<p>甲</p>"
    document = read(page)
    (paragraph,) = document.blocks
    assert paragraph.location.line is None
    assert document.refine(paragraph.location)[:2] == (70_001, 4)


def test_a_source_that_disagrees_with_the_tree_gives_only_what_is_sure() -> None:
    """With another number of tags than the tree has, only text that opens alike nowhere else has a place."""
    exact = partial(HtmlPlaces({"td": 2}).exact, "<td>0</td><td>0</td><td>12</td>")
    assert exact(Location(1, anchor="td:1:0")) == Location(1, anchor="td:1:0")
    assert exact(Location(1, anchor="td:2:12"))[:2] == (1, 25)
    assert exact(Location(1, anchor="td:2:")).column is None
    assert exact(Location(3)) == Location(3)


@pytest.mark.parametrize(
    "tail", ["<![<![", "<!--" * 20_000, "<a b='" * 20_000, "<![CDATA[", "</", "&" * 1000, "<script>"]
)
def test_broken_ends_of_a_page_do_no_harm(tail: str) -> None:
    """What the second pass cannot read ends it, soon and without an error; what came before keeps its place."""
    assert places("<p>甲</p><h2>乙</h2>" + tail)[:1] == [("甲", "甲</p><h2>乙</h2>" + tail)]


def test_refining_can_be_sent_to_another_process() -> None:
    """A document with its places can be pickled, before and after they are used."""
    document = read("<p>甲</p>")
    (paragraph,) = document.blocks
    for _ in range(2):
        again = pickle.loads(pickle.dumps(document))
        assert again.refine(paragraph.location) == document.refine(paragraph.location)


TEXTS = st.sampled_from(["", "0", "5", "12", "甲类", "总 计", "a<b", "“引”", " 7"])
OPENINGS = st.sampled_from(
    ["", "<p>", "<p style='text-indent: 0em'>", "\n  ", "&nbsp;", "<b><i>", "<!-- 0 -->", "<p>\n<span title=5>"]
)


@given(
    st.lists(st.lists(st.tuples(OPENINGS, TEXTS), min_size=2, max_size=4), min_size=1, max_size=4),
    st.sampled_from(["", "\n"]),
)
def test_every_cell_has_its_place(rows: list[list[tuple[str, str]]], line_end: str) -> None:
    """However cells are written, alike or not, the place of each leads to its own content."""
    page = "<table>"
    expected = []
    for row in rows:
        page += "<tr>" + line_end
        for opening, text in row:
            page += "<td class='0 5'>" + opening.replace("\n", line_end or " ")
            expected.append((text.strip(), len(page) + len(text) - len(text.lstrip())))
            page += html.escape(text) + "</td>"
    page += "</table>"
    document = read(page)
    (table,) = document.blocks
    assert isinstance(table, Table)
    lines = page.split("\n")
    for cell, (text, offset) in zip(table.cells, expected, strict=True):
        place = document.refine(cell.location)
        assert cell.text == text
        assert place.line is not None
        assert place.column is not None
        if text:
            assert sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1 == offset


_TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th>",
    "<br>",
    "<b>",
    "</b>",
]
_ODD = [
    "<span title='5'>",
    "<li>",
    "<h2>",
    "</h2>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<select>",
    "<form>",
    "<i hidden>",
]
_WORDS = ["&lt;", "&nbsp;", "&", "<", ">", "0", "5", "12", "甲", "乙。", "\u200b", " ", "\n"]


@given(st.lists(st.sampled_from(_TAGS + _ODD + _WORDS), max_size=40).map("".join))
def test_no_place_is_wrong_however_broken_the_page(soup: str) -> None:
    """Tags in any order, opened or closed or neither: a place with a column is one where the text begins."""
    page = "<html>" + soup
    for text, rest in places(page):
        assert not text or rest is None or rest.startswith((text[0], "&"))
