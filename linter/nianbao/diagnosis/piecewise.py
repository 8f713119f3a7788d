"""Readings of a part of the equations: all at once, or the report's own tables first and the rest after them.

Equations over figures outside the tables (another report, the prose) add evidence, and may break for reasons of their
own. They never take away a reading that the tables alone make certain: it is put in first, and the rest is searched
apart. So is what is left where no few slips explain everything. Where other reports alone tell what a cell should say,
these figures are put in before slips are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.diagnosis.confidence import confidences
from nianbao.diagnosis.equations import quotient
from nianbao.diagnosis.operations import after
from nianbao.diagnosis.readings import Reading, readings, step_of
from nianbao.diagnosis.splitting import Group, split
from nianbao.language.names import THIS
from nianbao.model.rule import HIGH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.operations import Figures
    from nianbao.diagnosis.search import SearchBudget
    from nianbao.diagnosis.system import EquationSystem


class PiecewiseSearch:
    """A search for readings of one part of a system.

    Args:
        system: The equations.
        rows: The rows of the part.
        fits: Whether a change of a cell gives a figure that fits the cell.
        make_budget: Returns the limits of one search.
    """

    def __init__(
        self,
        system: EquationSystem,
        rows: Iterable[int],
        *,
        fits: Callable[[int, Number], bool],
        make_budget: Callable[[], SearchBudget],
    ) -> None:
        self._system = system
        self._fits = fits
        self._make_budget = make_budget
        self._complete = True
        self._outside = frozenset(row for row in rows if is_outside(system, row))

    def groups(self, figures: Figures) -> tuple[Group, ...]:
        """Return the rows that fail, in groups with their readings; the likeliest reading is the first."""
        self._outside -= figures.left_out
        own_residuals = {row: value for row, value in figures.residuals.items() if row not in self._outside}
        together: tuple[Group, ...] | None = None
        if len(own_residuals) == len(figures.residuals):
            together = self._together(figures, frozenset())
            if not self._outside or (together and all(map(_is_certain, together))):
                return together or self._unexplained(figures)
        own = self._together(
            figures._replace(residuals=own_residuals, left_out=figures.left_out | self._outside), frozenset()
        )
        certain = [group for group in own if _is_certain(group)]
        told, rest, fixed = self._put_in(figures, certain, frozenset())
        found = self._together(rest, fixed) if certain or together is None else together
        if _refutes(figures, rest, found) and any(len(group.readings[0].steps) > 1 for group in certain):
            together = self._together(figures, frozenset()) if together is None else together
            if together and all(map(_is_certain, together)):
                return together
        if found or not rest.residuals:
            return (*told, *found)
        likely = [group for group in own if group not in certain]
        further, rest, fixed = self._put_in(rest, likely, fixed)
        if rest.residuals:
            found = self._together(rest, fixed) if likely else ()
            found = found or self._pinned(rest, fixed) or self._unexplained(rest)
        return (*told, *further, *found)

    def _together(self, figures: Figures, fixed: frozenset[int]) -> tuple[Group, ...]:
        """Return all failing rows with their readings, none if there is no reading."""
        budget = self._make_budget()
        failing = figures.residuals
        found = readings(self._system, figures, fits=self._fits, budget=budget, fixed=fixed) if failing else ()
        groups = split(self._system, failing, readings=found) if found else ()
        self._complete = not budget.incomplete
        return tuple(group._replace(complete=self._complete) for group in groups)

    def _put_in(
        self, figures: Figures, groups: Sequence[Group], fixed: frozenset[int]
    ) -> tuple[tuple[Group, ...], Figures, frozenset[int]]:
        """Put the first reading of groups in; a group gets the rows outside that it also mends."""
        changes = {cell: change for group in groups for cell, change in group.readings[0].changes.items()}
        left = after(self._system, figures, changes=changes)
        mended = (figures.residuals.keys() - left.keys()) & self._outside
        told = []
        for group in groups:
            touched = frozenset().union(*(self._system.places[cell] for cell in group.readings[0].changes))
            rows = group.rows | (mended & touched)
            told.append(group._replace(rows=rows, evidence=group.evidence + len(rows) - len(group.rows)))
        return tuple(told), _with(figures, changes, left), fixed | changes.keys()

    def _pinned(self, figures: Figures, fixed: frozenset[int]) -> tuple[Group, ...]:
        """Put in what other reports say that cells should be, and search for what must be wrong besides."""
        pins = self._pins(figures, fixed)
        if not pins:
            return ()
        rest = _with(figures, pins, after(self._system, figures, changes=pins))
        outside = {cell for row in self._outside for cell in self._system.rows[row] if self._is_elsewhere(cell)}
        fixed = fixed.union(pins, outside)
        found: Sequence[Reading] = (Reading(()),)
        budget = self._make_budget()
        if rest.residuals:
            found = readings(self._system, rest, fits=self._fits, budget=budget, fixed=fixed, single=True)
            found = found or readings(self._system, rest, fits=self._fits, budget=budget, fixed=fixed)
        steps = tuple(step_of(self._system, figures, cell=cell, change=change) for cell, change in pins.items())
        nearest = sorted(found, key=lambda reading: -self._taken_from_beside(reading, pins))
        whole = tuple(Reading((*steps, *reading.steps)) for reading in nearest)
        rows = frozenset(figures.residuals)
        return (Group(rows, whole, len(rows), not budget.incomplete, pinned=True),) if whole else ()

    def _taken_from_beside(self, reading: Reading, pins: Mapping[int, Number]) -> int:
        """Return how many cells that were put in have what they lacked in the cell printed beside, or the reverse."""
        changes = reading.changes
        return sum(
            changes.get(neighbour) == -change
            for cell, change in pins.items()
            for neighbour in self._system.beside[cell]
        )

    def _pins(self, figures: Figures, fixed: frozenset[int]) -> dict[int, Number]:
        """Return the changes of cells that stand in a failing row with figures of other reports alone."""
        pins: dict[int, set[Number]] = {}
        for row in self._outside & figures.residuals.keys():
            weights = self._system.rows[row]
            own = [cell for cell in weights if not self._is_elsewhere(cell)]
            if len(own) == 1 and own[0] not in fixed and len(weights) > 1:
                pins.setdefault(own[0], set()).add(quotient(-figures.residuals[row], weights[own[0]]))
        agreed = {cell: values.pop() for cell, values in pins.items() if len(values) == 1}
        return {cell: change for cell, change in agreed.items() if self._fits(cell, change)}

    def _unexplained(self, figures: Figures) -> tuple[Group, ...]:
        """Return failing rows without a reading, those of the report's own tables apart from the others."""
        failing = frozenset(figures.residuals)
        apart = (failing - self._outside, failing & self._outside)
        return tuple(Group(rows, (), len(rows), self._complete) for rows in apart if rows)

    def _is_elsewhere(self, cell: int) -> bool:
        return self._system.cells[cell][1] != THIS


def is_outside(system: EquationSystem, row: int) -> bool:
    """Whether a row has a figure that does not stand in the tables of the report itself."""
    return any(system.cells[cell][1] != THIS for cell in system.rows[row])


def _refutes(figures: Figures, rest: Figures, found: Sequence[Group]) -> bool:
    """Whether what was put in breaks a row that held, or leaves rows that nothing explains."""
    return not rest.residuals.keys() <= figures.residuals.keys() or bool(rest.residuals and not found)


def _is_certain(group: Group) -> bool:
    return bool(group.readings) and confidences(group)[0] == HIGH


def _with(figures: Figures, changes: dict[int, Number], residuals: dict[int, Number]) -> Figures:
    values = list(figures.values)
    for cell, change in changes.items():
        values[cell] += change
    return figures._replace(values=values, residuals=residuals)
