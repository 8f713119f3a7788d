"""Cached plans for tables that differ only in their figures: most reports have exactly the form's tables."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.model.document import Table, TableCell

_MAX_PLANS = 64
_MAX_LOOKS = 1000
_MAX_CELLS = 1000
_MAX_CELL_CHARS = 200
_USUAL = 6

Look = tuple[object, ...]


class Plan(NamedTuple):
    """The cells of a form, by key, with the index of their cells in a source, and the ids of the rows found.

    ``is_clear`` is whether all of the table was understood.
    """

    cells: tuple[tuple[str, int], ...]
    rows: frozenset[str]
    is_clear: bool


class Plans:
    """The plans of one table of a form, by the look of its source tables."""

    def __init__(self) -> None:
        self._kept: dict[Look, Plan] = {}
        self._met: set[int] = set()

    def find(self, look: Look) -> Plan | None:
        """Return the plan for tables of this look, if there is one."""
        return self._kept.get(look)

    def keep(
        self,
        look: Look,
        cells: Mapping[str, TableCell],
        *,
        rows: frozenset[str],
        is_clear: bool,
        of: Sequence[TableCell],
    ) -> None:
        """Keep the plan by which the cells of a source were placed.

        Large sources and sources with joined cells are not kept, nor are those in which a figure has no position of
        its own, because a figure of another report may then belong to another cell.

        The first time, a look is only remembered: most looks never occur again.

        Args:
            look: The look of the source.
            cells: Its cells by key.
            rows: The ids of the rows found.
            is_clear: Whether all of the table was understood.
            of: All its cells.
        """
        if len(of) > _MAX_CELLS or any(len(cell.text) > _MAX_CELL_CHARS for cell in of):
            return
        if hash(look) not in self._met:
            if len(self._met) >= _MAX_LOOKS:
                self._met.clear()
            self._met.add(hash(look))
            return
        numbers = {id(cell): number for number, cell in enumerate(of)}
        placed = {id(cell) for cell in cells.values()}
        if not placed <= numbers.keys() or any(_cell_look(cell.text) == "0" and id(cell) not in placed for cell in of):
            return
        if len(self._kept) >= _MAX_PLANS:
            self._kept.clear()
        self._kept[look] = Plan(tuple((key, numbers[id(cell)]) for key, cell in cells.items()), rows, is_clear)


def look_of(tables: Sequence[Table]) -> Look:
    """Return the look of tables: the spans and words of their cells, and the positions of figures and blanks."""
    look: list[object] = []  # one flat list: thousands of small tuples would burden the garbage collector
    for table in tables:
        look += (table.shape, table.broken, table.loses_blanks)
        for text, row, column, rowspan, colspan, _place, _doubt in table.cells:
            look += (row, column, rowspan, colspan, _cell_look(text))
    return tuple(look)


def _cell_look(text: str) -> str:
    return _short_look(text) if len(text) <= _MAX_CELL_CHARS else text


@lru_cache(maxsize=4096)
def _short_look(text: str) -> str:
    """Return "0" for any usual figure, and other text unchanged: a long run of digits may be several figures."""
    usual = text.isascii() and text.isdecimal() and len(text) <= _USUAL and (text == "0" or text[0] != "0")
    return "0" if usual else text
