"""Names of the slips of those who type figures: what became of a figure, or of several, on its way into a table."""

from __future__ import annotations

# One figure.
TRANSPOSED = "transposed-digits"
OTHER_DIGIT = "wrong-digit"
DROPPED = "dropped-digit"
DOUBLED = "doubled-digit"
ADDED = "added-digit"
ZERO_ADDED = "extra-zero"
UNIT = "wrong-unit"
ZEROED = "zero-for-figure"
BLANKED = "left-blank"
STRAY = "figure-for-zero"
COPIED = "copied-neighbour"
UNCLEAR = "other-figure"  # none of the above
# Several figures at once.
MOVED = "moved-to-neighbour"
EXCHANGED = "exchanged-neighbours"
TORN = "torn-number"
JOINED = "joined-numbers"
SHIFTED_ROW = "shifted-row"
SHIFTED_COLUMN = "shifted-column"

SLIPS = (
    *(TRANSPOSED, OTHER_DIGIT, DROPPED, DOUBLED, ADDED, ZERO_ADDED, UNIT, ZEROED, BLANKED, STRAY, COPIED, UNCLEAR),
    *(MOVED, EXCHANGED, TORN, JOINED, SHIFTED_ROW, SHIFTED_COLUMN),
)
