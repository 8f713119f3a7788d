"""Bytes become text whatever the file says of its own encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.errors import InputError
from nianbao.readers.decode import decode, decoded

SIMPLE = "一、总体情况。本年度共收到申请三件，均已答复（见表三）。\n"
TRADITIONAL = "總計結果維持糾正本年度辦理收到申請，均已答覆。\n"


def page(declared: str, text: str = SIMPLE) -> str:
    """Return a page that declares an encoding."""
    return f'<html><head><meta charset="{declared}"></head><p>{text}</p></html>'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_without_a_declaration_is_read(encoding: str) -> None:
    """The encodings that Chinese files come in are told from the bytes alone, UTF-16 also without its mark."""
    assert decode(SIMPLE.encode(encoding)) == SIMPLE


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize(
    "declared", ["utf-8", "gbk", "GB2312", "gb18030", "iso-8859-1", "windows-1252", "undefined", "rot13", "none-such"]
)
def test_a_wrong_declaration_does_no_harm(encoding: str, declared: str) -> None:
    """A page in GBK may declare UTF-8 or Latin-1, a page in UTF-8 may declare GBK, and both may declare nonsense."""
    text = page(declared)
    assert decode(text.encode(encoding)) == text


def test_traditional_characters_in_big5_are_read() -> None:
    """A mirror in Big5 is read, declared or not."""
    declared = page("big5", TRADITIONAL)
    assert decode(declared.encode("big5")) == declared
    assert decode((TRADITIONAL * 5).encode("big5")) == TRADITIONAL * 5


def test_what_a_server_says_helps_where_the_bytes_fit_it() -> None:
    """A short text in Big5 is not told from others by its bytes alone."""
    short = "總計結果維持".encode("big5")
    assert decode(short, charset="Big5") == "總計結果維持"
    assert decode(short) != "總計結果維持"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("charset", ["big5", "utf-8", "GBK", "iso-8859-1", "none-such", "hz-gb-2312", ""])
def test_a_server_that_is_wrong_does_no_harm(encoding: str, charset: str) -> None:
    """It says the same of all its pages, whatever they are in."""
    assert decode(SIMPLE.encode(encoding), charset=charset) == SIMPLE


@pytest.mark.parametrize(("ends", "text"), [("\r\n", "a\nb"), ("\r", "a\nb"), ("\n", "a\nb"), ("\r\n\r", "a\n\nb")])
def test_line_ends_become_line_feeds(ends: str, text: str) -> None:
    """Lines are counted the same whatever system wrote the file."""
    assert decode(f"a{ends}b".encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_broken_character_in_a_long_text_is_replaced(encoding: str) -> None:
    """One byte lost in thousands, or a file cut within a character, does not make a report unreadable."""
    whole = (SIMPLE * 60).encode(encoding)
    assert decode(whole + b"\xff" + whole).replace("\ufffd", "") == SIMPLE * 120
    assert decode(whole + "改".encode(encoding)[:-1]).startswith(SIMPLE * 60)


def test_bytes_of_no_encoding_are_refused() -> None:
    """Text that is broken throughout is not guessed at."""
    with pytest.raises(InputError) as caught:
        decode(b"\xff\x81\xfe\x30\x80 \xa0\xff" * 300)
    assert caught.value.code == "unreadable-encoding"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1))
def test_any_utf_8_comes_back(text: str) -> None:
    """Valid UTF-8 with its mark is never taken for anything else."""
    assert decode(text.encode("utf-8-sig")) == text


@pytest.mark.parametrize(
    ("encoding", "found", "mark"),
    [("utf-8", "utf-8", 0), ("utf-8-sig", "utf-8", 3), ("gb18030", "gb18030", 0), ("utf-16-le", "utf-16-le", 0)],
)
def test_the_encoding_is_known_with_the_text(encoding: str, found: str, mark: int) -> None:
    """The text is as its bytes say it, line ends too, and the mark before it is no part of it."""
    text = "政府信息公开工作年度报告\r\n本年新收申请\r84"

    assert decoded(text.encode(encoding)) == (text, found, mark)
