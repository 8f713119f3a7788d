"""Stored results of formulas: they are updated or removed after corrections."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.editing.sheet.book import cells_in
from nianbao.editing.sheet.sums import Formula, counted, reaches
from nianbao.readers.sheets.numberformats import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.readers.sheets.workbook import MergedRange, Place

_MAX_FORMULAS = 500
_MAX_ROUNDS = 12
_NEAR = Decimal("1e-9")


class _Kept(NamedTuple):
    """A cell with a formula: its element, the formula (``None`` if unsupported), and the ranges it refers to."""

    cell: Any
    formula: Formula | None
    spans: tuple[MergedRange, ...]

    def names(self, words: tuple[str, ...]) -> bool:
        """Whether the formula contains one of some words."""
        formula = self.cell.findtext("{*}f") or ""
        return any(word in formula for word in words)


class Recounting:
    """The formulas of a sheet before its figures are corrected.

    Sums whose stored result is right are supported: their results are recalculated. Results of other formulas are
    removed if they depend on a change, since a wrong result is worse than none.

    Args:
        root: The tree of the sheet.
    """

    def __init__(self, root: Any) -> None:
        cells = dict(cells_in(root))
        self._kept = _kept(cells)
        self._values = {place: _value(cell) for place, cell in cells.items() if _is_filled(cell)}
        self._gone: set[Place] = set()
        is_small = len(self._kept) <= _MAX_FORMULAS
        self._understood = {place for place, kept in self._kept.items() if is_small and self._is_right(place, kept)}

    def _is_right(self, place: Place, cell: _Kept) -> bool:
        value = None if cell.formula is None else counted(cell.formula, self._values)
        kept = self._values.get(place)
        return value is not None and kept is not None and abs(value - kept) <= _NEAR * max(Decimal(1), abs(value))

    def settle(self, changed: Mapping[Place, Decimal | None], *, named: Iterable[str] = ()) -> bool:
        """Update results, and return whether any of them changed.

        Args:
            changed: The corrected figures; ``None`` for those that are text.
            named: Sheets with corrected figures: formulas that refer to them are not recalculated.
        """
        names = tuple(f"{mark}{name}{mark}!" for name in named for mark in ("", "'"))
        self._values.update(changed)
        fresh = set(changed) | {place for place, kept in self._kept.items() if kept.names(names)}
        for place in fresh & self._kept.keys():
            self._drop(place)
        is_other = bool(fresh - changed.keys())
        for _round in range(_MAX_ROUNDS):
            if not fresh:
                return is_other
            fresh = {place for place, kept in self._kept.items() if self._is_settled(place, kept, fresh)}
            is_other = is_other or bool(fresh)
        for place in self._kept.keys() - self._gone:  # circular references
            self._drop(place)
        return True

    def _is_settled(self, place: Place, kept: _Kept, fresh: set[Place]) -> bool:
        """Recalculate or remove a result if it depends on a change; return whether it changed."""
        if place in self._gone or not (kept.formula is None or reaches(kept.spans, fresh)):
            return False
        value = None
        if place in self._understood and kept.formula is not None and not reaches(kept.spans, self._gone):
            value = counted(kept.formula, self._values)
        if value is None:
            self._drop(place)
            return True
        if value == self._values[place]:
            return False
        self._values[place] = value
        kept.cell.find("{*}v").text = format(value.normalize(), "f")
        return True

    def _drop(self, place: Place) -> None:
        _take_away(self._kept[place].cell)
        self._gone.add(place)


def _kept(cells: Mapping[Place, Any]) -> dict[Place, _Kept]:
    """Return the cells with formulas; a shared formula is moved to the position of each cell."""
    shared: dict[str, tuple[Place, str]] = {}
    kept = {}
    for place, cell in cells.items():
        element = cell.find("{*}f")
        if element is None:
            continue
        kind, number, written = element.get("t", "normal"), element.get("si", ""), element.text or ""
        formula: Formula | None = Formula(written) if kind in {"normal", "shared"} and written else None
        if kind == "shared" and written:
            shared[number] = place, written
        elif kind == "shared" and number in shared:
            (row, column), written = shared[number]
            formula = Formula(written, place[0] - row, place[1] - column)
        plain = formula if formula is not None and formula.is_plain() else None
        kept[place] = _Kept(cell, plain, () if plain is None else plain.spans())
    return kept


def _is_filled(cell: Any) -> bool:
    return bool(cell.findtext("{*}v")) or cell.find("{*}is") is not None


def _value(cell: Any) -> Decimal | None:
    """Return the figure in a cell; ``None`` for text."""
    return read_stored(cell.findtext("{*}v") or "") if cell.get("t", "n") == "n" else None


def _take_away(cell: Any) -> None:
    """Remove the result of a cell with a formula."""
    for value in cell.findall("{*}v"):
        cell.remove(value)
    cell.attrib.pop("t", None)
