"""A line of a text and its cells."""

from __future__ import annotations

from typing import NamedTuple


class SourceLine(NamedTuple):
    """A line of the source: its number from 1, its text, and its cells with their columns from 1 (none for prose).

    ``numbers`` are the lines on which the cells begin, if one of them is written on several lines.
    """

    number: int
    text: str
    cells: tuple[tuple[str, int], ...]
    numbers: tuple[int, ...] = ()

    @property
    def words(self) -> int:
        """The number of cells that are not empty."""
        return sum(1 for cell, _column in self.cells if cell)
