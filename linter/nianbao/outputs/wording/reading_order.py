"""The order in which the places of a report are read, whatever its format."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from nianbao.model.location import Location
    from nianbao.model.report import Report

_LAST = 10**9


class _Place(NamedTuple):
    """A place as it sorts: lines and pages first, and where there are none, by section, prose before its table."""

    page: int
    line: int
    column: int
    top: int
    section: int
    paragraph: int
    cell: int


class ReadingOrder:
    """The reading order of a report.

    Args:
        report: The report, or ``None`` for findings about several.
    """

    def __init__(self, report: Report | None) -> None:
        sections = () if report is None else report.sections
        self._form = None if report is None else report.form
        self._number = {section.id: number for number, section in reversed(list(enumerate(sections)))}
        starts = [section.location.paragraph for section in sections]
        self._starts = [start for start in starts if start is not None]
        self._cells = {} if self._form is None else {key: number for number, key in enumerate(self._form.slots)}

    def place_of(self, location: Location, key: str = "") -> tuple[int, ...]:
        """Return what places are sorted by; what stands nowhere is last.

        Args:
            location: The place.
            key: The key of the cell there, or "".
        """
        if location == NOWHERE and not key:
            return _Place(_LAST, _LAST, _LAST, _LAST, _LAST, _LAST, _LAST)
        return _Place(
            location.page or 0,
            location.line or 0,
            location.column or 0,
            0 if location.box is None else round(location.box[1]),
            self._section(location, key),
            _LAST if location.paragraph is None else location.paragraph,
            self._cells.get(key, _LAST),
        )

    def _section(self, location: Location, key: str) -> int:
        """Return the number of the section of a place: that of a cell's table, or of a paragraph."""
        slot = self._form.slot(key) if self._form is not None else None
        if slot is not None and self._form is not None:
            return self._number.get(self._form.tables[slot.table].section, _LAST)
        return -1 if location.paragraph is None else bisect_right(self._starts, location.paragraph) - 1
