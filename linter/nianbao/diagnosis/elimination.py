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
    """The rest of a row after elimination of all cells that could be solved for, and the rows that it comes from.

    An empty rest means that the row follows from the others; a rest of only a constant, that it contradicts them.
    """

    row: int
    weights: Mapping[Variable, Number]
    origin: Mapping[int, Number]


class Reduced(NamedTuple):
    """Solved equations: each solved cell as a weighted sum of the others, and the rests of rows.

    ``origins`` names the rows that each solution comes from.
    """

    solved: Mapping[Variable, Mapping[Variable, Number]]
    origins: Mapping[Variable, Mapping[int, Number]]
    left: tuple[Leftover, ...]

    def put_in(self, weights: Mapping[Variable, Number]) -> Weights:
        """Return a weighted sum after substitution of the solved cells."""
        result: Weights = {}
        for variable, weight in weights.items():
            add_to(result, self.solved.get(variable, {variable: 1}), weight=weight)
        return result


def reduce(rows: Sequence[Constraint], *, solve_for: Callable[[Variable], bool], totals: frozenset[str]) -> Reduced:
    """Solve equations for cells, one cell for each equation, and substitute each in all others.

    Args:
        rows: The equations.
        solve_for: Whether a cell may be solved for; the values of the others are known later.
        totals: Keys of cells that are preferred where nothing else decides.
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
        source = {source_row: exact(weight * factor) for source_row, weight in origin.items()}
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
    """Choose the cell that is most likely to be whole and not negative if the others are."""
    free = [variable for variable in weights if variable != ONE and solve_for(variable)]
    if not free:
        return None
    same = {True: 0, False: 0}
    for variable in free:
        same[weights[variable] > 0] += 1
    return min(
        free,
        key=lambda candidate: (abs(weights[candidate]) != 1, same[weights[candidate] > 0], candidate[0] not in totals),
    )
