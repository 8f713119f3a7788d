"""Both sides of an equation as sums, and what a result comes down to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.messages import clean
from nianbao.model.outcome import FAIL, PASS, CellRef
from nianbao.model.report import Cell
from nianbao.model.result import Checked, Result
from nianbao.outputs.wording.arithmetic import side
from nianbao.outputs.wording.totals import RunTotals
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.finding import Finding
    from nianbao.model.rule import FailLevel, Severity


def terms(*weighed: tuple[int | Decimal, int | Decimal | None]) -> list[CellRef]:
    """Return cells of one side, by coefficient and value."""
    return [CellRef(Cell("t.r.c", value, "number", ""), "left", weight) for weight, value in weighed]


@pytest.mark.parametrize(
    ("weighed", "value", "expected"),
    [
        ([], 12, "12"),
        ([(1, 30)], 30, "30"),
        ([(1, 0)], 0, "0"),
        ([(1, None)], 0, "0"),
        ([(1, 67), (1, 3)], 70, "67 + 3 = 70"),
        ([(1, 67), (1, 0), (1, 0), (1, 3)], 70, "67 + 3 + 0×2 = 70"),
        ([(1, 5), (1, 0)], 5, "5 + 0 = 5"),
        ([(1, 0), (1, 0)], 0, "0×2 = 0"),
        ([(1, 5), (-1, 3), (1, 1)], 3, "5 − 3 + 1 = 3"),
        ([(-1, 3), (1, 5)], 2, "−3 + 5 = 2"),
        ([(2, 4), (1, 1)], 9, "2×4 + 1 = 9"),
        ([(-2, 4)], -8, "−2×4 = −8"),
        ([(1, 4)], 5, "4 + 1 = 5"),
        ([(1, Decimal("0.10")), (1, Decimal("2.50"))], Decimal("2.60"), "0.10 + 2.50 = 2.60"),
    ],
)
def test_a_side_as_a_sum(weighed: list[tuple[int, int]], value: int, expected: str) -> None:
    """Zeros are folded, signs are kept, a constant of the rule stands as a term."""
    assert side(CHINESE, terms(*weighed), value=value) == expected


@given(weighed=st.lists(st.tuples(st.integers(-3, 3).filter(bool), st.integers(0, 999)), min_size=1, max_size=9))
def test_every_sum_adds_up(weighed: list[tuple[int, int]]) -> None:
    """What is printed before the last sign of equality has the value behind it."""
    value = sum(weight * amount for weight, amount in weighed)

    left, _, right = side(CHINESE, terms(*weighed), value=value).replace("−", "-").replace("×", "*").rpartition(" = ")

    assert int(right) == value
    assert left == "" or eval(left) == value  # noqa: S307 - digits and signs that were just written


@pytest.mark.parametrize(
    ("value", "signed", "expected"),
    [(3, True, "+3"), (-3, False, "−3"), (Decimal("-1.50"), True, "−1.50"), (None, True, ""), (0, True, "+0")],
)
def test_figures(value: int | None, expected: str, *, signed: bool) -> None:
    """Figures keep their digits and have a true minus sign."""
    assert CHINESE.figure(value, signed=signed) == expected


@given(text=st.text())
def test_clean_text_is_safe_to_print(text: str) -> None:
    """No control, direction or surrogate character is left, and cleaning again changes nothing."""
    cleaned = clean(text)

    assert not any(ord(one) < 32 or 0x7F <= ord(one) < 0xA0 or 0x202A <= ord(one) <= 0x202E for one in cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("severity", "level", "expected"),
    [
        ("error", "error", True),
        ("warning", "error", False),
        ("warning", "warning", True),
        ("info", "info", True),
        ("info", "warning", False),
        ("error", "never", False),
    ],
)
def test_which_failures_count(
    made: Callable[..., Finding], severity: Severity, level: FailLevel, *, expected: bool
) -> None:
    """A failure counts from its own severity down, and nothing reaches never."""
    failing, passing = made(outcome=FAIL, severity=severity), made(outcome=PASS, severity="error")

    assert RunTotals.of(Result((Checked("a", findings=(failing, passing)),))).reaches(level) is expected
    assert RunTotals.of(Result((Checked("a", findings=(passing,)),))).reaches(level) is False
