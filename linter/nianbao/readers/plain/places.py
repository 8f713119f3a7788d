"""The places of a line in a fixed font: a wide character takes two of them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDE = frozenset("WF")


class PlacedLine:
    """A line of text by its places.

    Attributes:
        number: Its number in the source, from 1.
        text: Its characters, one for each place; a wide character is followed by a filler.
    """

    _FILLER = "\0"

    def __init__(self, number: int, source: str, *, wide: bool) -> None:
        self.number = number
        self._columns: list[int] = []
        letters: list[str] = []
        for column, letter in enumerate(source, 1):
            taken = 2 if wide and not letter.isascii() and unicodedata.east_asian_width(letter) in _WIDE else 1
            letters += [letter, self._FILLER][:taken]
            self._columns += [column] * taken
        self.text = "".join(letters)

    def words(self, start: int, stop: int | None = None) -> str:
        """Return the text between two places, without white space around it."""
        return self.text[start:stop].replace(self._FILLER, "").strip()

    def column(self, start: int) -> int:
        """Return the column in the source of the first character that is no white space from a place on."""
        rest = self.text[start:]
        place = start + len(rest) - len(rest.lstrip())
        return self._columns[place] if place < len(self._columns) else len(self._columns) + 1


def placed_lines(lines: Iterable[str], *, first: int, wide: bool) -> list[PlacedLine]:
    """Return lines by their places; ``first`` is the number of the first one in the source."""
    return [PlacedLine(number, line.rstrip(), wide=wide) for number, line in enumerate(lines, first)]
