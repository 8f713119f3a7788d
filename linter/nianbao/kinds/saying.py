"""Outcomes that a check function returns."""

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
    """Return the outcome that the rule does not hold.

    Args:
        cells: The cells that show it, of this report or of another argument of the check.
        at: The place to show; the first cell when ``None``.
        subject: Identifies this failure among others of the rule, whatever the values; the cells' keys when "".
        variant: The variant of the rule's message; the main one when "".
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
    """Return the outcome that the rule cannot be judged.

    Args:
        reason: The reason, in one language or two.
        cells: The cells that prevent a judgement.
    """
    return Outcome(
        UNDECIDED,
        cells=tuple(CellRef(cell, "subject") for cell in cells),
        location=cells[0].location if cells else NOWHERE,
        reason=Text.of(reason) if isinstance(reason, str) else reason,
    )


def passed() -> Outcome:
    """Return the outcome that the rule holds; a check without any outcome means the same."""
    return Outcome(PASS)
