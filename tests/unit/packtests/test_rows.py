"""Rules as rows: exact weights on one side, and the form's own totals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from tests.unit.language.making import NEW, OLD, rule

from nianbao.diagnosis.equations import ONE, Constraint, decimal, exact
from nianbao.language.names import PRIOR, THIS
from nianbao.packtests.constraints import compiled, rows_of, total_rows

if TYPE_CHECKING:
    from nianbao.diagnosis.equations import Number
    from nianbao.model.form import Form


def weights(source: str, kind: str = "equation") -> dict[tuple[str, str], Number]:
    """Return the weights of the first row of an expression."""
    return dict(rows_of([rule(kind, source)], NEW)[0].weights)


def test_all_stands_on_one_side() -> None:
    """Weights of the right side are turned round, what stands on both sides goes, numbers are weights of one."""
    source = "表四.复议[总计] × 2 + 表四.复议[维持] + 3 = 表四.复议[总计] ÷ 4 + 表四.复议[维持] + 1"

    assert weights(source) == {("disputes.review.total", THIS): Fraction(7, 4), ONE: 2}


def test_cells_of_the_year_before_are_cells_of_their_own() -> None:
    """The same key in another report is another unknown."""
    found = weights("表四.复议[总计] = 去年.表四.复议[总计]", "continuity")

    assert found == {("disputes.review.total", THIS): 1, ("disputes.review.total", PRIOR): -1}
    assert Constraint(found, "=").needs_prior


@pytest.mark.parametrize(
    ("value", "kept", "written"),
    [
        (3, 3, 3),
        (Decimal("2.50"), Fraction(5, 2), Decimal("2.5")),
        (Decimal("4.0"), 4, 4),
        (Fraction(6, 3), 2, 2),
        (Fraction(1, 3), Fraction(1, 3), None),
        (Fraction(-1, 8), Fraction(-1, 8), Decimal("-0.125")),
    ],
)
def test_numbers_are_kept_exactly(value: int | Decimal | Fraction, kept: Number, written: int | Decimal | None) -> None:
    """Whole ones as whole ones; what has no decimal is never rounded to one."""
    assert exact(value) == kept
    assert type(exact(value)) is type(kept)
    assert decimal(exact(value)) == written


@pytest.mark.parametrize(
    ("relation", "worth", "held"),
    [("≤", 0, True), ("≤", 1, False), ("<", 0, False), ("≥", Fraction(1, 2), True), ("≠", 0, False)],
)
def test_a_row_holds_as_its_rule_does(relation: str, worth: Number, held: bool) -> None:  # noqa: FBT001 - a column
    """What the weighted sum is worth is compared with 0."""
    (row,) = rows_of([rule("inequality", f"表四.复议[总计] {relation} 表四.复议[维持]")], NEW)

    assert row.holds(worth) is held


@pytest.mark.parametrize(("form", "count"), [(NEW, 25 + 7 + 3), (OLD, 23 + 7 + 3)], ids=["new", "old"])
def test_the_form_says_what_its_totals_are(form: Form, count: int) -> None:
    """Each row and each column with a total; the total of totals has a row for either."""
    found = list(total_rows(form))

    assert len(found) == count
    assert all(sum(weight == 1 for weight in row.weights.values()) == 1 for row in found)


def test_a_rule_for_another_form_is_no_row() -> None:
    """Nor is one whose names lead nowhere there."""
    assert compiled(rule("equation", "许可[增减] = 0"), OLD) is not None
    assert compiled(rule("equation", "许可[增减] = 0"), NEW) is None
    assert rows_of([rule("equation", "许可[增减] = 0")], NEW) == ()
