"""Readings of what is wrong: all corrections with the fewest possible slips, the likeliest first."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.copied_rows import copied_rows
from nianbao.diagnosis.operations import after, operations
from nianbao.diagnosis.plausibility import cost_of, slip_between
from nianbao.diagnosis.search import Search
from nianbao.language.names import THIS
from nianbao.model.slip import EXCHANGED_APART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.operations import Figures, Operation
    from nianbao.diagnosis.search import SearchBudget
    from nianbao.diagnosis.system import EquationSystem
    from nianbao.model.slip import SlipKind

MAX_SLIPS = 3
_MAX_OPERATIONS = 24  # slips over several cells that are tried together with others
_CELLS = 200  # with which a figure may have been exchanged
_ELSEWHERE = 4.0  # the extra cost of doubting another report, which is consistent in itself


class Step(NamedTuple):
    """One slip: its name, the change of each cell that undoes it, its cost, and how many figures rows supplied."""

    slip: SlipKind
    changes: Mapping[int, Number]
    cost: float
    supplied: int = 1


class Reading(NamedTuple):
    """One correction of everything, slip by slip."""

    steps: tuple[Step, ...]

    @property
    def cost(self) -> float:
        """The total cost of its slips."""
        return sum(step.cost for step in self.steps)

    @property
    def supplied(self) -> int:
        """How many of its figures were computed from rows, which therefore cannot confirm it."""
        return sum(step.supplied for step in self.steps)

    @property
    def changes(self) -> dict[int, Number]:
        """The change of each cell."""
        return {cell: change for step in self.steps for cell, change in step.changes.items()}


def readings(
    system: EquationSystem,
    figures: Figures,
    *,
    fits: Callable[[int, Number], bool],
    budget: SearchBudget,
    fixed: frozenset[int] = frozenset(),
    single: bool = False,
) -> tuple[Reading, ...]:
    """Return all readings with the fewest slips, at most three, the likeliest first.

    A figure that does not fit its cell, such as a negative one, is wrong in every reading.

    Args:
        system: The equations.
        figures: The figures of the cells.
        fits: Whether a change of a cell gives a figure that fits the cell.
        budget: The limits of the search; if it is spent, readings are missing.
        fixed: Cells that must not change.
        single: Whether only slips of single cells are looked for.
    """
    candidates = () if single else (*operations(system, figures), *copied_rows(system, figures))
    several = [
        operation for operation in candidates if fixed.isdisjoint(operation.changes) and _all_fit(operation, fits)
    ]
    wrong = {cell for row in figures.residuals for cell in system.rows[row] if not fits(cell, 0)} - fixed
    search = Search(system, fits, left_out=figures.left_out, budget=budget)
    for size in range(1, MAX_SLIPS + 1):
        if size > 1 and len(several) > _MAX_OPERATIONS:
            budget.cut_short()
            several.sort(key=lambda operation: len(after(system, figures, changes=operation.changes)))
            del several[_MAX_OPERATIONS:]
        best: dict[frozenset[tuple[int, Number]], Reading] = {}
        for chosen, changes in _accounting_sets(system, figures, search, several, size=size, fixed=fixed):
            reading = _reading(system, figures, chosen, changes)
            if not wrong <= reading.changes.keys():
                continue
            identity = frozenset(reading.changes.items())
            if identity not in best or reading.cost < best[identity].cost:
                best[identity] = reading
        if best or budget.spent:
            return tuple(sorted(best.values(), key=lambda candidate: candidate.cost))
    return ()


def _accounting_sets(
    system: EquationSystem,
    figures: Figures,
    search: Search,
    several: list[Operation],
    *,
    size: int,
    fixed: frozenset[int],
) -> Iterator[tuple[tuple[Operation, ...], Mapping[int, Number]]]:
    """Yield the sets of ``size`` slips that explain all failures: some over several cells, the others over one each."""
    widest = max(map(len, system.places), default=0)
    for count in range(size + 1):
        for chosen in combinations(several, count):
            together = [cell for operation in chosen for cell in operation.changes]
            if len(set(together)) < len(together) or (count > 1 and not search.budget.step()):
                continue
            changes = {cell: change for operation in chosen for cell, change in operation.changes.items()}
            residuals = after(system, figures, changes=changes) if chosen else figures.residuals
            left = size - count
            if len(residuals) > left * widest:
                continue
            if not left:
                yield chosen, {}
                continue
            for cells in search.sets(residuals, left, fixed=fixed.union(together)):
                yield chosen, cells


def _all_fit(operation: Operation, fits: Callable[[int, Number], bool]) -> bool:
    return all(fits(cell, change) for cell, change in operation.changes.items())


def _reading(
    system: EquationSystem, figures: Figures, chosen: tuple[Operation, ...], changes: Mapping[int, Number]
) -> Reading:
    steps = [
        Step(operation.slip, operation.changes, cost_of(operation.slip), operation.supplied) for operation in chosen
    ]
    return Reading((*steps, *_single_steps(system, figures, changes)))


def _single_steps(system: EquationSystem, figures: Figures, changes: Mapping[int, Number]) -> Iterator[Step]:
    """Yield the slips of single cells; two cells that have each other's figure were exchanged, wherever they stand.

    A cell with but one equation could have any of the figures of its row, so that such a figure proves nothing.
    """
    steps = {cell: step_of(system, figures, cell=cell, change=change) for cell, change in changes.items()}
    for first, second in combinations((cell for cell in changes if len(system.places[cell]) > 1), 2):
        difference = figures.values[second] - figures.values[first]
        if changes[first] == difference == -changes[second] and {first, second} <= steps.keys():
            del steps[first], steps[second]
            both = {first: changes[first], second: changes[second]}
            yield Step(EXCHANGED_APART, both, cost_of(EXCHANGED_APART, _CELLS), len(both))
    yield from steps.values()


def step_of(system: EquationSystem, figures: Figures, *, cell: int, change: Number) -> Step:
    """Return the slip that a change of one cell undoes."""
    stated = None if cell in figures.blank else figures.values[cell]
    beside = [figures.values[neighbour] for neighbour in system.beside[cell]]
    slip = slip_between(figures.values[cell] + change, stated, beside=beside)
    elsewhere = _ELSEWHERE if system.cells[cell][1] != THIS else 0.0
    return Step(slip.name, {cell: change}, slip.cost + elsewhere)
