"""Formulas that only add up are counted; all others are not known, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao.editing.sheet.sums import Formula, counted

VALUES = {(0, 0): Decimal(1), (0, 1): Decimal("2.5"), (1, 0): Decimal(30), (1, 1): None}  # A1, B1, A2; words in B2
COUNTED: dict[str, str | None] = {
    "A1+B1": "3.5",
    " $A$1 - b1 ": "-1.5",
    "-A1+(A2-(B1+1))": "25.5",
    "SUM(A1:B2)": "33.5",
    "sum(A1:A2,B1,4)": "37.5",
    "SUM(A1:A2)-SUM(B1:B9)": "28.5",
    "SUM(A1:XFD1048576)": "33.5",
    "A9": "0",
    "7": "7",
    "B2": None,
    "A1+B2": None,
    "A1*2": None,
    "A1+": None,
    "+A1": None,
    "(A1": None,
    "SUM(A1:A2": None,
    "SUM()": None,
    "SUM": None,
    "A1:A2": None,
    "A1 B1": None,
    "MAX(A1,B1)": None,
    "甲!A1": None,
    "'甲'!A1+1": None,
    "ZZZ9": None,
    "SUM(ZZZ9:A1)": None,
    "": None,
    "(" * 30 + "A1" + ")" * 30: None,
    "+".join(["A1"] * 400): None,
}


@pytest.mark.parametrize("written", COUNTED)
def test_sums_are_counted(written: str) -> None:
    """By the figures of the sheet; blanks count as nothing, and so do words in a range."""
    wanted = COUNTED[written]

    assert counted(Formula(written), VALUES) == (None if wanted is None else Decimal(wanted))


def test_a_formula_that_others_share_moves_with_them() -> None:
    """What is fixed stays; a place before the first row is none."""
    assert counted(Formula("A$1+A1", 1, 0), VALUES) == 31
    assert counted(Formula("$A1+A1", 0, 1), VALUES) == Decimal("3.5")
    assert counted(Formula("A1", -1, 0), VALUES) is None


def test_what_takes_too_long_to_count_is_not_known() -> None:
    """Each range costs what it looks at."""
    many = {(row, 0): Decimal(1) for row in range(2_000)}

    assert counted(Formula("SUM(A1:A9999,A1:A9999)"), many) == 4_000
    assert counted(Formula("SUM(A1:A9999,A1:A9999,A1:A9999)"), many) is None
