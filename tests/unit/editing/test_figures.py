"""Figures in place of others keep the way these are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.editing.figures import restated
from nianbao.extraction.numbers import read_number


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("84", 48, "48"),
        ("84件", 48, "48件"),
        ("８４", 48, "４８"),
        ("1,205", 2105, "2,105"),
        ("1,205", 205, "205"),
        ("999", 1999, "1999"),
        ("", 5, "5"),
        ("/", 5, "5"),
        ("1 2", 12, "12"),
        ("20.50", Decimal("25.50"), "25.50"),
        ("−3", 3, "3"),
        (" 0 ", 11, " 11 "),
        ("约84", 48, "48"),
    ],
)
def test_examples(old: str, new: int | Decimal, said: str) -> None:
    """Words, full-width digits and separators stay; what would not be read as the figure gives way to it alone."""
    assert restated(old, new) == said


@given(old=st.text("0123456789０９,，.件元 /-", max_size=8), new=st.integers(0, 10**7))
def test_it_is_always_read_as_the_figure(old: str, new: int) -> None:
    """Whatever stood there before."""
    assert read_number(restated(old, new)).value == new
