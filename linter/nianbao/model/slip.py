"""Names of slips in typed figures: what may happen to a figure, or to several, when they are typed into a table."""

from __future__ import annotations

from typing import Final, Literal, get_args

SlipKind = Literal[
    # One figure.
    "transposed-digits",
    "wrong-digit",
    "dropped-digit",
    "doubled-digit",
    "added-digit",
    "extra-zero",
    "wrong-unit",
    "zero-for-figure",
    "left-blank",
    "figure-for-zero",
    "copied-neighbour",
    "other-figure",
    # Several figures at once.
    "moved-to-neighbour",
    "exchanged-neighbours",
    "torn-number",
    "joined-numbers",
    "shifted-row",
    "shifted-column",
    "exchanged-apart",
    "copied-last-year",
    "same-amount",
    "total-follows",
]
SLIPS: tuple[SlipKind, ...] = get_args(SlipKind)

TRANSPOSED: Final = "transposed-digits"
OTHER_DIGIT: Final = "wrong-digit"
DROPPED: Final = "dropped-digit"
DOUBLED: Final = "doubled-digit"
ADDED: Final = "added-digit"
ZERO_ADDED: Final = "extra-zero"
UNIT: Final = "wrong-unit"
ZEROED: Final = "zero-for-figure"
BLANKED: Final = "left-blank"
STRAY: Final = "figure-for-zero"
COPIED: Final = "copied-neighbour"
UNCLEAR: Final = "other-figure"  # none of the above
MOVED: Final = "moved-to-neighbour"
EXCHANGED: Final = "exchanged-neighbours"
TORN: Final = "torn-number"
JOINED: Final = "joined-numbers"
SHIFTED_ROW: Final = "shifted-row"
SHIFTED_COLUMN: Final = "shifted-column"
EXCHANGED_APART: Final = "exchanged-apart"
COPIED_ROW: Final = "copied-last-year"
SAME_AMOUNT: Final = "same-amount"  # what one figure has too much another has too little, or several are off alike
WITH_TOTAL: Final = "total-follows"  # a total that was added up with a wrong figure
