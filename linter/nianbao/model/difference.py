"""In what two readings of one report differ."""

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
    """What one of two reports says, ``None`` where it says nothing of it, and where."""

    text: str | None
    location: Location = NOWHERE


class Difference(NamedTuple):
    """One thing that two reports say differently.

    ``kind`` is ``cell`` (``key`` is the cell's), ``section`` (its id) or ``fact`` (its name: year, issuer, period, …).
    """

    kind: DifferenceKind
    key: str
    first: Side
    second: Side
