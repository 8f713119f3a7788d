"""Automatic numbers of Word files."""

from __future__ import annotations

import pytest
from tests.support.parts import drawn
from tests.support.wordfiles import STYLES, abstract, cell, listed, num, para, row, table, word_file

from nianbao.readers import document_from_bytes
from nianbao.readers.word.lists import Lists

ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'


def texts(body: str, numbering: str, styles: str = STYLES) -> list[str | list[str]]:
    """Read a body with lists and show what it holds."""
    return drawn(document_from_bytes(word_file(body, numbering=numbering, styles=styles), "report.docx"))


def numbers(counting: str, *, start: int, count: int = 1) -> list[str]:
    """Return what a list counts from a number on."""
    numbering = abstract(1, (counting, "%1")).replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')
    shown = texts(table(row(*[cell(para("", listed(1)))] * (count + 1))), numbering + num(1, 1))
    return [one for part in shown for one in part][:count]


@pytest.mark.parametrize(
    ("counting", "start", "written"),
    [
        ("decimal", 9, ["9", "10"]),
        ("chineseCounting", 1, ["一", "二"]),
        ("chineseCountingThousand", 9, ["九", "十", "十一"]),
        ("japaneseCounting", 19, ["十九", "二十", "二十一"]),
        ("taiwaneseCountingThousand", 99, ["九十九", "一〇〇"]),
        ("chineseCounting", 0, ["〇", "一"]),
        ("ideographDigital", 9, ["九", "一〇", "一一"]),
        ("chineseLegalSimplified", 1, ["壹", "贰"]),
        ("ideographTraditional", 10, ["癸", "11"]),
        ("ideographZodiac", 1, ["子", "丑"]),
        ("decimalEnclosedCircle", 20, ["⑳", "21"]),
        ("decimalEnclosedParen", 1, ["(1)"]),
        ("decimalEnclosedFullstop", 1, ["1."]),
        ("decimalFullWidth", 10, ["１０"]),
        ("decimalZero", 9, ["09", "10"]),
        ("lowerLetter", 26, ["z", "aa", "bb"]),
        ("upperLetter", 0, ["0", "A"]),
        ("lowerRoman", 4, ["iv", "v"]),
        ("upperRoman", 999, ["CMXCIX", "1000"]),
        ("somethingElse", 3, ["3"]),
    ],
)
def test_numbers_are_written_as_word_counts(counting: str, start: int, written: list[str]) -> None:
    """Chinese, decimal, and other ways to count; an unknown one counts in digits."""
    assert numbers(counting, start=start, count=len(written)) == written


@pytest.mark.parametrize(
    ("written", "text", "shown"),
    [
        ("%1、", "总体情况", "一、总体情况"),
        ("（%1）", "予以公开", "（一）予以公开"),
        ("第%1条 ", "甲", "第一条 甲"),
        ("%1.", "属于", "一.属于"),
        ("%1.", "2024年", "一. 2024年"),
        ("%1", "2024年", "一2024年"),
    ],
)
def test_a_number_is_part_of_the_text(written: str, text: str, shown: str) -> None:
    """As it is written, with a space where it would run into figures."""
    assert texts(para(text, listed(1)), abstract(1, ("chineseCounting", written)) + num(1, 1)) == [shown]


def test_levels_count_within_each_other() -> None:
    """A deeper level begins anew behind a higher one, shows both, and marks of lists are no numbers."""
    numbering = abstract(1, ("decimal", "%1、"), ("decimal", "%1.%2 "), ("bullet", "●"), ("none", "x")) + num(1, 1)
    body = "".join(para("甲", listed(1, level)) for level in (0, 1, 1, 0, 1, 2, 3))

    assert texts(body, numbering) == ["1、甲", "1.1 甲", "1.2 甲", "2、甲", "2.1 甲", "甲", "甲"]


def test_a_deeper_level_before_any_higher_one_shows_where_that_begins() -> None:
    """The higher level counts from its beginning afterwards."""
    numbering = abstract(1, ("decimal", "%1、"), ("decimal", "%1.%2 ")) + num(1, 1, ANEW.format(5))

    assert texts(para("甲", listed(1, 1)) + para("乙", listed(1)), numbering) == ["5.1 甲", "5、乙"]


def test_a_level_may_go_on_behind_a_higher_one() -> None:
    """Where the list says that it never begins anew."""
    numbering = abstract(1, ("decimal", "%1、"), ("decimal", "%2.")) + num(1, 1)
    numbering = numbering.replace('<w:lvlText w:val="%2."/>', '<w:lvlText w:val="%2."/><w:lvlRestart w:val="0"/>')
    body = "".join(para("甲", listed(1, level)) for level in (0, 1, 0, 1))

    assert texts(body, numbering) == ["1、甲", "1.甲", "2、甲", "2.甲"]


def test_a_level_may_show_all_numbers_in_digits() -> None:
    """As legal numbering does below Chinese chapters."""
    numbering = abstract(1, ("chineseCounting", "%1、"), ("decimal", "%1.%2 ")) + num(1, 1)
    numbering = numbering.replace('<w:lvlText w:val="%1.%2 "/>', '<w:isLgl/><w:lvlText w:val="%1.%2 "/>')

    assert texts(para("甲", listed(1)) + para("乙", listed(1, 1)), numbering) == ["一、甲", "1.1 乙"]


def test_lists_that_share_a_count_go_on_unless_they_begin_anew() -> None:
    """A list may begin anew, once, and count from another number, or be written otherwise."""
    other = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:lvlText w:val="(%1)"/></w:lvl></w:lvlOverride>'
    numbering = abstract(1, ("decimal", "%1.")) + num(1, 1) + num(2, 1) + num(3, 1, ANEW.format(1)) + num(4, 1, other)
    body = "".join(para("甲", listed(one)) for one in (1, 1, 2, 3, 3, 4, 1))

    assert texts(body, numbering) == ["1.甲", "2.甲", "3.甲", "1.甲", "2.甲", "(3)甲", "4.甲"]


def test_a_list_of_a_style_is_found_by_its_name() -> None:
    """A list may be defined by another that belongs to a style."""
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
        + abstract(2, ("chineseCounting", "%1、"), extra='<w:styleLink w:val="s"/>')
        + num(1, 1)
    )

    assert texts(para("甲", listed(1)), numbering) == ["一、甲"]


@pytest.mark.parametrize(
    ("style", "properties", "shown"),
    [
        ('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "", "1.1 甲"),
        ('<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>', "", "一、甲"),
        ('<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr>', "", "一.一甲"),
        ('<w:basedOn w:val="b"/>', "", "一、甲"),
        ('<w:basedOn w:val="b"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', "", "甲"),
        ('<w:basedOn w:val="b"/>', '<w:numPr><w:numId w:val="0"/></w:numPr>', "甲"),
        ('<w:basedOn w:val="b"/>', '<w:numPr><w:ilvl w:val="1"/></w:numPr>', "一.一甲"),
        ("", '<w:numPr><w:numId w:val="99"/></w:numPr>', "甲"),
        ("", '<w:numPr><w:ilvl w:val="7"/><w:numId w:val="2"/></w:numPr>', "甲"),
        ("", '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:pPrChange>', "甲"),
    ],
)
def test_styles_number_their_paragraphs(style: str, properties: str, shown: str) -> None:
    """By the level that belongs to the style, or the one it names; the paragraph's own word goes before."""
    styles = (
        f'{STYLES}<w:style w:type="paragraph" w:styleId="b"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        f'</w:style><w:style w:type="paragraph" w:styleId="s">{style}</w:style>'
    )
    numbering = abstract(1, ("decimal", "%1."), ("decimal", "%1.%2 ")).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="s"/>'
    )
    numbering += abstract(2, ("chineseCounting", "%1、"), ("chineseCounting", "%1.%2")) + num(1, 1) + num(2, 2)

    assert texts(para("甲", f'<w:pStyle w:val="s"/>{properties}'), numbering, styles) == [shown]


def test_empty_paragraphs_count_and_are_shown_in_cells_alone() -> None:
    """A column of automatic numbers is read; an empty paragraph outside tables is none."""
    numbering = abstract(1, ("decimal", "%1")) + num(1, 1)
    body = para("", listed(1)) + para("甲", listed(1)) + table(row(cell(para("", listed(1))), "乙"))

    assert texts(body, numbering) == ["2甲", ["3", "乙"]]


def test_deleted_paragraphs_do_not_count() -> None:
    """Joined with the next, they have its number."""
    numbering = abstract(1, ("decimal", "%1、")) + num(1, 1)
    gone = para("<w:del/>", listed(1) + "<w:rPr><w:del/></w:rPr>")

    assert texts(gone + para("甲", listed(1)) + gone + para("乙", listed(1)), numbering) == ["1、甲", "2、乙"]


def test_a_way_to_count_that_is_given_twice_is_the_plain_one() -> None:
    """Newer programs give a pattern of their own, and a way to count for the others."""
    both = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = abstract(1, ("x", "%1、")).replace('<w:numFmt w:val="x"/>', both) + num(1, 1)

    assert texts(para("甲", listed(1)), numbering) == ["1、甲"]


def test_without_lists_there_are_no_numbers() -> None:
    """As in a file that lost the part which defines them."""
    assert Lists(None).next("1", 0) == ""
