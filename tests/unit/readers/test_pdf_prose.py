"""Prose of PDFs: lines to paragraphs, without page numbers and what stands on every page."""

from __future__ import annotations

import pytest
from tests.support.parts import drawn
from tests.support.pdffiles import pages, say

from nianbao.model.document import Paragraph
from nianbao.readers import document_from_bytes

FULL = "本机关按照要求做好各项公开工作重点在于提高答复的质量并且按月核对各个栏目补上缺漏同时加强培训"
WIDTH = len(FULL) * 10


def read(*contents: bytes) -> list[str | list[str]]:
    """Read a file of those pages."""
    return drawn(document_from_bytes(pages(*contents), "x"))


@pytest.mark.parametrize(
    ("content", "paragraphs"),
    [
        (say(80, 100, FULL[2:]) + say(60, 120, FULL + "\n核对栏目。"), [FULL[2:] + FULL + "核对栏目。"]),
        (say(80, 100, FULL[2:]) + say(60, 120, FULL) + say(80, 140, FULL[2:]), [FULL[2:] + FULL, FULL[2:]]),
        (say(60, 100, "一、总体\n" + FULL + "\n核对。\n二、其他"), ["一、总体", FULL + "核对。", "二、其他"]),
        (say(60, 100, FULL * 1 + "\n" + FULL + "\n三、下一节"), [FULL * 2, "三、下一节"]),
        (say(60, 100, FULL) + say(60, 115, FULL) + say(60, 160, FULL), [FULL * 2, FULL]),
        (say(60, 100, FULL) + say(60, 115, FULL[:18]) + say(60, 130, FULL), [FULL + FULL[:18], FULL]),
        (say(160, 60, "某某局", size=16) + say(60, 100, FULL + "\n" + FULL), ["某某局", FULL * 2]),
        (
            say(60, 100, FULL[:42] + "annual") + say(60, 115, "report is " + FULL[:20] + "甲乙"),
            [FULL[:42] + "annual report is" + FULL[:20] + "甲乙"],
        ),
        (say(60, 60, FULL[:29], size=16) + say(60, 84, FULL), [FULL[:29], FULL]),
        (say(60, 100, "自 2024 年 1 月 1 日起"), ["自2024年1月1日起"]),
        (say(60, 100, "see page 12 of it"), ["see page 12 of it"]),
        (say(60, 100, FULL + "，\n" + FULL + "\n" + FULL + "\n" + FULL[:3]), [FULL + "，" + FULL * 2 + FULL[:3]]),
    ],
    ids=[
        "lines of a paragraph",
        "an indent begins one",
        "headings stay alone",
        "a heading behind a full line",
        "a gap",
        "a short line ends one",
        "a larger title",
        "words of letters keep their space",
        "a full title and smaller text",
        "no spaces among characters",
        "spaces among words",
        "a comma over the margin",
    ],
)
def test_lines_make_paragraphs(content: bytes, paragraphs: list[str]) -> None:
    """A line that fills its width goes on in the next, unless that is set off."""
    assert read(content) == paragraphs


def test_a_paragraph_goes_on_over_the_page() -> None:
    """A full last line goes on, wherever the page's number stands."""
    first = say(80, 700, FULL[2:]) + say(60, 715, FULL) + say(280, 810, "- 1 -")

    assert read(first, say(60, 60, FULL[:5] + "。") + say(280, 810, "- 2 -")) == [FULL[2:] + FULL + FULL[:5] + "。"]


def test_a_paragraph_has_the_place_of_its_lines() -> None:
    """Page and box are those of the lines on its first page."""
    (paragraph,) = document_from_bytes(pages(b"", say(60, 100, FULL + "\n核对。")), "x").blocks

    assert isinstance(paragraph, Paragraph)
    assert paragraph.location.page == 2
    assert paragraph.location.box == pytest.approx((60, 91.2, 60 + WIDTH, 116.2), abs=0.5)


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "{}", "第 {} 页", "第{}页 共3页", "{}/3"])
def test_page_numbers_are_no_prose(number: str) -> None:
    """However they are written, at the foot of the page."""
    assert read(
        *(say(60, 100, f"第{word}段。") + say(280, 810, number.format(n)) for n, word in enumerate("甲乙丙", 1))
    ) == [
        "第甲段。",
        "第乙段。",
        "第丙段。",
    ]


def test_what_stands_on_most_pages_is_no_prose() -> None:
    """Heads and feet that repeat at the same place go, with their numbers; the same words elsewhere stay."""
    head = "某某局年度报告"
    contents = [say(200, 40, head) + say(60, 200 + 60 * n, f"第{word}段。") for n, word in enumerate("甲乙丙丁")]
    contents[0] += say(200, 120, head)

    assert read(*contents) == [head, "第甲段。", "第乙段。", "第丙段。", "第丁段。"]


def test_a_number_in_the_text_is_no_page_number() -> None:
    """Only at the head or the foot of a page is a lone number its own."""
    assert read(say(60, 400, "12")) == ["12"]


def test_characters_named_by_radicals_and_old_names_are_plain() -> None:
    """Some programs name characters by radicals or compatibility characters that look like them."""
    assert read(say(60, 100, "⼈⺠政府⻚面更")) == ["人民政府页面更"]
