"""What a table cell says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.extraction.numbers import is_value, read_number


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("0", 0, "zero"),
        ("117", 117, "number"),
        (" 117\n", 117, "number"),
        ("１１７", 117, "number"),
        ("1,205", 1205, "number"),
        ("1，205", 1205, "number"),
        ("2090.6", Decimal("2090.6"), "number"),
        ("2090.60", Decimal("2090.60"), "number"),
        ("0.00", Decimal("0.00"), "zero"),
        ("+126", 126, "number"),
        ("-35", -35, "number"),
        ("－35", -35, "number"),
        ("251000元", 251000, "number"),
        ("976.81万元", Decimal("976.81"), "number"),
        ("", None, "blank"),
        ("\xa0 \u3000", None, "blank"),
        ("/", None, "mark"),
        ("／", None, "mark"),
        ("—", None, "mark"),
        ("-", None, "mark"),
        ("无", None, "mark"),
        ("1 2", None, "text"),
        ("1\n2", None, "text"),
        ("--253", None, "text"),
        ("1,20", None, "text"),
        ("22（其中修订16件）", None, "text"),
        ("增10", None, "text"),
        ("1.属于国家秘密", None, "text"),
        ("3.其他", None, "text"),
        ("1e5", None, "text"),
        ("9" * 40, None, "text"),
        ("8\u200b8\ufeff", 88, "number"),
        ("\u200b", None, "blank"),
        ("88①", 88, "number"),
        ("88 ②③", 88, "number"),
        ("88²", 88, "number"),
        ("88①件", 88, "number"),
        ("８８＊", 88, "number"),
        ("0*", 0, "zero"),
        ("912.57[1]", Decimal("912.57"), "number"),
        ("88〔注2〕", 88, "number"),
        ("88（注）", 88, "number"),
        ("1,205注1", 1205, "number"),
        ("①", None, "text"),
        ("²", None, "text"),
        ("①88", None, "text"),
        ("88①7", None, "text"),
        ("88².5", None, "text"),
        ("共88①", None, "text"),
        ("88(1)", None, "text"),
    ],
)
def test_cells_are_read_for_what_they_are(text: str, value: object, state: str) -> None:
    """Digits of either width make numbers; blanks, marks and words are told apart; torn digits are words."""
    reading = read_number(text)

    assert (reading.value, reading.state) == (value, state)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("88①", "①"), ("88*", "*"), ("①", "①"), ("①88", "①88"), ("88", ""), ("共88①", ""), ("1.其他①", ""), ("*", "")],
)
def test_note_marks_are_told(text: str, mark: str) -> None:
    """A mark behind a figure is no part of it; where it may be one, all of the text is a mark; words have none."""
    assert read_number(text).mark == mark
    assert is_value(text) is (read_number(text).state != "text" or bool(mark))


@pytest.mark.parametrize(("text", "is_one"), [("=SUM(D29:I29)", True), ("=", True), ("一=二", False)])
def test_a_formula_stands_where_a_figure_is_due(text: str, is_one: bool) -> None:  # noqa: FBT001
    """It has no value."""
    assert is_value(text) is is_one
    assert read_number(text).value is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_numbers_are_exact(digits: int, places: int) -> None:
    """A number keeps every digit it was written with."""
    written = Decimal(digits).scaleb(-places)

    assert read_number(f"{written:f}").value == written
    assert read_number(f"{written:,f}").value == written
    assert str(Decimal(read_number(f"{written:f}").value or 0)) == f"{written:f}".removeprefix(
        "-0" if not digits else ""
    )


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    """Any text is read as one of the five states."""
    assert read_number(text).state in {"number", "zero", "blank", "mark", "text"}
