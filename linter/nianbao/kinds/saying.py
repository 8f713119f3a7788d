"""What a check function says of a report: the outcomes that it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, CellRef, Outcome

if TYPE_CHECKING:
    from nianbao.model.location import Location
    from nianbao.model.report import Cell


def fail(
    *cells: Cell, at: Location | None = None, subject: str = "", variant: str = "", **arguments: object
) -> Outcome:
    """Say that the rule does not hold.

    Args:
        cells: The cells that show it, of this report or of another that the check was given.
        at: Where to look first; at the first cell when ``None``.
        subject: What tells this failure apart from others of the rule, whatever the values; the cells' keys when "".
        variant: Which of the rule's messages to use; the main one when "".
        arguments: Values for the places of the message.
    """
    return Outcome(
        FAIL,
        variant,
        arguments,
        tuple(CellRef(cell, "subject") for cell in cells),
        location=at or (cells[0].location if cells else NOWHERE),
        subject=subject or "|".join(cell.key for cell in cells),
    )


def undecided(reason: str | Text, *cells: Cell) -> Outcome:
    """Say that it cannot be judged, and why.

    Args:
        reason: Why, in one language or two.
        cells: The cells that stand in the way.
    """
    return Outcome(
        UNDECIDED,
        cells=tuple(CellRef(cell, "subject") for cell in cells),
        location=cells[0].location if cells else NOWHERE,
        reason=Text.of(reason) if isinstance(reason, str) else reason,
    )


def passed() -> Outcome:
    """Say that the rule holds; a check that says nothing says the same."""
    return Outcome(PASS)
