"""Places of cells and of the figures of explanations in a report's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.location import NOWHERE, Location, path_anchor

if TYPE_CHECKING:
    from nianbao.model.explanation import Change
    from nianbao.model.report import Cell, Report


def is_here(change: Change, report: Report) -> bool:
    """Whether a figure is in the report itself and not in another one."""
    return change.source is None and change.year in (None, report.year)


def cell_of(change: Change, report: Report) -> Cell | None:
    """Return the cell of a report that a change is about; ``None`` if it is in the prose or in another report."""
    return report.cells.get(change.key) if is_here(change, report) else None


def place_in_data(key: str) -> Location:
    """Return the place of a cell in data: that of its key, even if the data state another place."""
    return Location(anchor=path_anchor(("cells", key)))


def place_of(change: Change, report: Report, *, as_data: bool = False) -> Location | None:
    """Return the place of a figure in a report's file, ``None`` if it is in another report or has no place."""
    if not is_here(change, report):
        return None
    if cell_of(change, report) is not None:
        return place_in_data(change.key) if as_data else change.location
    return None if change.location == NOWHERE else change.location
