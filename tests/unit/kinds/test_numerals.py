"""Chinese numerals and figures in prose: every writing of a number, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.kinds.figures import figure_at, unit_factor
from nianbao.kinds.numerals import read_numeral

DIGITS = "零一二三四五六七八九"


def below_ten_thousand(number: int, *, leading: bool) -> str:
    """Write a number below 10 000 as one says it; ``leading`` says that nothing stands before it."""
    written, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit == 0:
            gap = gap or bool(written) or not leading
            continue
        written += "零" if gap else ""
        gap = False
        written += ("" if digit == 1 and place == 10 and not written and leading else DIGITS[digit]) + unit
    return written


def written(number: int) -> str:
    """Write a number as one says it: 1 205 000 is 一百二十万五千."""
    if number == 0:
        return "零"
    text, rest = "", number
    for unit, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, rest = divmod(rest, unit)
        if part:
            text += below_ten_thousand(part, leading=not text) + sign
        elif text and rest and not text.endswith("零"):
            text += "零"
    return text.replace("零零", "零")


@given(st.integers(0, 10**12 - 1))
def test_every_number_is_read_as_it_is_said(number: int) -> None:
    """What is written in units is read back exactly."""
    assert read_numeral(written(number)) == number


@given(st.integers(0, 10**12))
def test_digits_alone_are_read_place_by_place(number: int) -> None:
    """二〇二四 is 2024, whatever sign stands for zero."""
    said = "".join(DIGITS[int(digit)] for digit in str(number))
    assert read_numeral(said) == read_numeral(said.replace("零", "〇")) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("两百", 200),
        ("一百二", 120),
        ("一百零二", 102),
        ("一百十二", 112),
        ("两万三", 23000),
        ("一亿二", 120_000_000),
        ("一万零五百", 10_500),
        ("贰拾叁", 23),
        ("一万亿", 10**12),
    ],
)
def test_other_ways_of_saying_a_number(text: str, value: int) -> None:
    """What people also write is understood."""
    assert read_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", "万一", "百", "十十", "三万零", "一千零五百", "十百", "两两", "零零万", "一" * 41]
)
def test_words_that_are_no_numeral(text: str) -> None:
    """What no number is written like is not guessed at."""
    assert read_numeral(text) is None


@given(st.text("零〇一二两三九十百千万亿拾件", max_size=60))
def test_any_mix_of_signs_is_a_number_or_none(text: str) -> None:
    """No mix of numerals breaks the reading or gives a negative number."""
    value = read_numeral(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("收到申请1,205件", 4, 1205),
        ("收到申请1,205件", 6, 1205),
        ("收到申请12,345,678件", 11, 12_345_678),
        ("共12,2024年另计", 1, 12),
        ("收到申请一百二十件", 4, 120),
        ("收费2090.6万元", 2, 20_906_000),
        ("收费3亿元", 2, 300_000_000),
        ("没有", 0, None),
        ("占12%", 1, None),
        ("增加3个百分点", 2, None),
        ("9" * 37, 0, None),
    ],
)
def test_a_figure_is_taken_whole(text: str, place: int, value: int | None) -> None:
    """A part of a figure stands for all of it; percentages and endless digits are no figures."""
    found = figure_at(text, place)
    assert (found and found.value) == value


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("约120件", 1),
        ("近120件", 1),
        ("超过120件", 2),
        ("120余件", 0),
        ("120多件", 0),
        ("120件左右", 0),
        ("120件以上", 0),
        ("3-5件", 0),
        ("3-5件", 2),
        ("3至5件", 0),
        ("几十件", 1),
        ("一百余件", 0),
    ],
)
def test_words_that_make_a_figure_an_approximation(text: str, place: int) -> None:
    """About, nearly, more than, ranges and the like are known for what they are."""
    found = figure_at(text, place)
    assert found is not None
    assert not found.exact


def test_the_last_place_of_a_figure_says_how_exact_it_is() -> None:
    """1.2万 may be rounded to thousands, 120 is what it is."""
    rounded, plain = figure_at("1.2万件", 0), figure_at("120件", 0)
    assert rounded is not None
    assert plain is not None
    assert (rounded.step, plain.step) == (Decimal(1000), 1)


@pytest.mark.parametrize(("unit", "parted"), [("件", ("件", 1)), ("万元", ("元", 10**4)), ("", ("", 1))])
def test_units_are_parted_from_their_multiplier(unit: str, parted: tuple[str, int]) -> None:
    """万元 is 10 000 元."""
    assert unit_factor(unit) == parted
