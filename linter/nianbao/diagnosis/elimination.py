"""Exact elimination: which cells follow from others, and which equations follow from or contradict others."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import ONE, add_to, exact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nianbao.diagnosis.equations import Constraint, Number, Variable, Weights

Origin = dict[int, "Number"]


class Leftover(NamedTuple):
    """What is left of a row when all cells that could be solved for are gone, and the rows that it came from.

    Nothing left means that the row follows from the others; the constant alone, that it contradicts them.
    """

    row: int
    weights: Mapping[Variable, Number]
    origin: Mapping[int, Number]


class Reduced(NamedTuple):
    """Equations solved: cells as weighted sums of the others, by cell, and what was left of rows.

    ``origins`` says which rows each solution came from.
    """

    solved: Mapping[Variable, Mapping[Variable, Number]]
    origins: Mapping[Variable, Mapping[int, Number]]
    left: tuple[Leftover, ...]

    def put_in(self, weights: Mapping[Variable, Number]) -> Weights:
        """Return a weighted sum with the solutions put in."""
        result: Weights = {}
        for variable, weight in weights.items():
            add_to(result, self.solved.get(variable, {variable: 1}), weight=weight)
        return result


def reduce(rows: Sequence[Constraint], *, solve_for: Callable[[Variable], bool], totals: frozenset[str]) -> Reduced:
    """Solve equations for cells, one cell an equation, each put into all others.

    Args:
        rows: The equations.
        solve_for: Whether a cell may be solved for; what others are worth is known later.
        totals: Keys of cells that are best solved for where nothing else decides.
    """
    solved: dict[Variable, Weights] = {}
    origins: dict[Variable, Origin] = {}
    used: dict[Variable, set[Variable]] = {}
    left: list[Leftover] = []
    for number, row in enumerate(rows):
        weights: Weights = {}
        origin: Origin = {number: 1}
        for variable, weight in row.weights.items():
            if variable in solved:
                add_to(weights, solved[variable], weight=weight)
                add_to(origin, origins[variable], weight=weight)
            else:
                add_to(weights, {variable: 1}, weight=weight)
        pivot = _pivot(weights, solve_for, totals)
        if pivot is None:
            left.append(Leftover(number, weights, origin))
            continue
        factor = exact(Fraction(-1, 1) / weights.pop(pivot))
        solution = {variable: exact(weight * factor) for variable, weight in weights.items()}
        source = {one: exact(weight * factor) for one, weight in origin.items()}
        for other in used.pop(pivot, ()):
            weight = solved[other].pop(pivot, 0)
            if weight:
                add_to(solved[other], solution, weight=weight)
                add_to(origins[other], source, weight=weight)
                for variable in solution:
                    used.setdefault(variable, set()).add(other)
        solved[pivot], origins[pivot] = solution, source
        for variable in solution:
            used.setdefault(variable, set()).add(pivot)
    return Reduced(solved, origins, tuple(left))


def _pivot(weights: Weights, solve_for: Callable[[Variable], bool], totals: frozenset[str]) -> Variable | None:
    """Choose the cell that is whole and not negative most surely when the others are."""
    free = [variable for variable in weights if variable != ONE and solve_for(variable)]
    if not free:
        return None
    same = {True: 0, False: 0}
    for variable in free:
        same[weights[variable] > 0] += 1
    return min(free, key=lambda one: (abs(weights[one]) != 1, same[weights[one] > 0], one[0] not in totals))
