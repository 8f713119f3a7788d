"""Plain texts and Markdown with figures put right."""

from __future__ import annotations

import pytest
from tests.support.editing import on_bytes

from nianbao.editing import editor_for
from nianbao.editing.editor import Correction
from nianbao.errors import InputError
from nianbao.model.document import Table
from nianbao.model.location import Location
from nianbao.readers import Source, document_from_bytes

correct = on_bytes("text").correct
BARS = "甲 | 乙 | 丙\n丁 | {} | 9\n戊 | 1 | 2\n"
MARKDOWN = "| 甲 | 乙 |\n| --- | --- |\n| 丁 | {} |\n| 戊 | 2 |\n"
TABS = "甲\t乙\t丙\n丁\t{}\t9\n戊\t1\t2\n"
FLOW = "甲 |\n乙 |\n丙 |\n{}|\n戊 |\n己 |\n庚 |\n7 |\n"


def test_texts_have_no_room_for_notes() -> None:
    """They would be read as part of it."""
    assert editor_for(Source("text", "一、总体情况".encode())).annotate is None


@pytest.mark.parametrize(
    ("source", "old", "new", "made"),
    [
        (BARS, "84", "48", "48"),
        (BARS, "84件", "48", "48件"),
        (BARS, "1,204", "1024", "1,024"),
        (BARS, "", "48", "48 "),
        (BARS, " ", "48", "48"),
        (MARKDOWN, "84", "48", "48"),
        (MARKDOWN, "**84**", "48", "**48**"),
        (MARKDOWN, "", "48", "48 "),
        (TABS, "84", "48", "48"),
        (TABS, "", "48", "48"),
        (FLOW, "84 ", "48", "48 "),
        (FLOW, "", "48", "48 "),
    ],
)
@pytest.mark.parametrize(("encoding", "breaks"), [("utf-8", "\n"), ("gb18030", "\r\n"), ("utf-16", "\r\n")])
def test_a_figure_is_put_right_in_its_line(
    source: str, old: str, new: str, made: str, encoding: str, breaks: str
) -> None:
    """Bars, tabs, emphasis, separators, line ends and encoding stay."""
    text = ("政府信息公开工作年度报告\n" + source).replace("\n", breaks)
    data = text.format(old).encode(encoding)
    table = next(block for block in document_from_bytes(data, "text").blocks if isinstance(block, Table))
    found = next(one for one in table.cells if one.text == old.strip().strip("*"))

    copy = correct(data, [Correction(found.location, found.text, new)])

    assert copy.decode(encoding).replace("  ", " ") == text.format(made).replace("  ", " ")
    again = next(block for block in document_from_bytes(copy, "text").blocks if isinstance(block, Table))
    assert [one.text for one in again.cells if one.text not in {x.text for x in table.cells}] == [
        made.strip().strip("*")
    ]


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction(Location(9, 1), "84", "48"), "place-not-found"),
        (Correction(Location(), "84", "48"), "place-not-found"),
        (Correction(Location(2, 5), "8", "48"), "other-words"),
        (Correction(Location(2, 5), "48", "84"), "other-words"),
        (Correction(Location(2, 5), "", "84"), "other-words"),
        (Correction(Location(2, 5), "84", "x"), "not-a-figure"),
        (Correction(Location(3, 4), "", "x|"), "not-a-figure"),
    ],
)
def test_what_is_not_there_is_not_put_right(correction: Correction, code: str) -> None:
    """A place that is not there, or says something else, is told."""
    with pytest.raises(InputError) as caught:
        correct(b"a | b\nc | 84 \nd | \n", [correction])

    assert caught.value.code == code
