"""What became of a figure: the likeliest slip between what is true and what stands there."""

from __future__ import annotations

import pytest

from nianbao.diagnosis.plausibility import slip_between
from nianbao.model.slip import (
    ADDED,
    BLANKED,
    COPIED,
    DOUBLED,
    DROPPED,
    OTHER_DIGIT,
    STRAY,
    TRANSPOSED,
    UNCLEAR,
    UNIT,
    ZERO_ADDED,
    ZEROED,
)


@pytest.mark.parametrize(
    ("true", "stated", "slip"),
    [
        (48, 84, TRANSPOSED),
        (1203, 1230, TRANSPOSED),
        (30, 3, DROPPED),
        (48, 46, OTHER_DIGIT),
        (5, 6, OTHER_DIGIT),
        (148, 48, DROPPED),
        (105, 15, DROPPED),
        (48, 448, DOUBLED),
        (48, 4378, UNCLEAR),
        (48, 438, ADDED),
        (48, 480, ZERO_ADDED),
        (48, 4800, UNIT),
        (48, 0, ZEROED),
        (0, 48, STRAY),
        (48, None, BLANKED),
        (48, 7310, UNCLEAR),
        (18, -18, ADDED),
    ],
)
def test_the_likeliest_slip_is_named(true: int, stated: int | None, slip: str) -> None:
    """By the digits of both figures."""
    assert slip_between(true, stated).name == slip


def test_a_figure_that_stands_beside_was_copied() -> None:
    """Unless digits say something likelier."""
    assert slip_between(48, 7310, beside=[7310, 2]).name == COPIED
    assert slip_between(48, 84, beside=[84]).name == TRANSPOSED


def test_likelier_slips_cost_less() -> None:
    """Exchanged digits less than another figure altogether; a miscount by one less than one by hundreds."""
    assert slip_between(48, 84).cost < slip_between(48, 7310).cost
    assert slip_between(999, 1000).cost < slip_between(999, 1411).cost
