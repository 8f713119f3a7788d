"""Differences between two readings of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from nianbao.model.location import Location

DifferenceKind = Literal["cell", "section", "fact"]

CELL: Final = "cell"
SECTION: Final = "section"
FACT: Final = "fact"


class Side(NamedTuple):
    """The content of one of two reports, ``None`` where it has none, and its place."""

    text: str | None
    location: Location = NOWHERE


class Difference(NamedTuple):
    """One difference between two reports.

    ``kind`` is ``cell`` (``key`` is the cell's), ``section`` (its id) or ``fact`` (its name: year, issuer, period, …).
    """

    kind: DifferenceKind
    key: str
    first: Side
    second: Side
