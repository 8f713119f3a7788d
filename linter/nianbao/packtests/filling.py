"""Fills cells so that equations and inequalities hold: some figures are drawn, all others follow; bounded search."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.elimination import reduce
from nianbao.diagnosis.equations import ONE, exact
from nianbao.model.closed_words import word_of
from nianbao.model.outcome import RELATIONS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from nianbao.diagnosis.elimination import Reduced
    from nianbao.diagnosis.equations import Constraint, Number, Variable
    from nianbao.model.outcome import Relation

_STEPS = 400
_AMOUNT_STEPS = 10**4  # the smallest amount is 1 divided by this


class Sort(NamedTuple):
    """The values that a cell may hold: whole numbers only or also amounts, and whether they may be negative."""

    whole: bool = True
    signed: bool = False

    def fits(self, value: Number) -> bool:
        """Whether a cell of this sort may hold a value."""
        if value < 0 and not self.signed:
            return False
        return isinstance(value, int) or (not self.whole and (value * _AMOUNT_STEPS).denominator == 1)


class Bound(NamedTuple):
    """A condition on a weighted sum; ``rows`` are the constraints behind it, for messages."""

    weights: Mapping[Variable, Number]
    relation: Relation
    sort: Sort | None
    rows: tuple[Constraint, ...]


class FillingSystem(NamedTuple):
    """Equations solved for some cells, and the conditions on these cells and of the inequalities."""

    rows: tuple[Constraint, ...]
    reduced: Reduced
    bounds: tuple[Bound, ...]
    free: tuple[Variable, ...]


class Filled(NamedTuple):
    """A value for each cell, or ``None`` and the constraints that prevent it.

    ``surely`` means that these constraints contradict each other, so that no search could succeed.
    """

    values: Mapping[Variable, Number] | None
    against: tuple[Constraint, ...] = ()
    surely: bool = False


def make_system(
    rows: Iterable[Constraint], sorts: Mapping[Variable, Sort], *, totals: frozenset[str] = frozenset()
) -> FillingSystem:
    """Solve equations for cells.

    Args:
        rows: Equations and inequalities.
        sorts: The cells to fill; all others are known when the system is filled.
        totals: Keys of cells that are preferred when solving.
    """
    every = tuple(rows)
    equations = tuple(row for row in every if row.relation == "=")
    reduced = reduce(equations, solve_for=sorts.__contains__, totals=totals)
    bounds = [
        Bound(weights, ">=", sorts[variable], tuple(equations[number] for number in reduced.origins[variable]))
        for variable, weights in reduced.solved.items()
    ]
    for row in every:
        if row.relation != "=":
            flip = -1 if row.relation.startswith("<") else 1
            weights = {variable: weight * flip for variable, weight in reduced.put_in(row.weights).items()}
            bounds.append(Bound(weights, word_of(row.relation.replace("<", ">"), RELATIONS), None, (row,)))
    free = tuple(variable for variable in sorts if variable not in reduced.solved)
    return FillingSystem(equations, reduced, tuple(bounds), free)


def fill(
    system: FillingSystem, start: Mapping[Variable, Number], *, sorts: Mapping[Variable, Sort], dice: random.Random
) -> Filled:
    """Fill a system.

    Args:
        system: The system.
        start: Values of all known cells, and initial values of free ones; missing ones are 0.
        sorts: What each cell may hold.
        dice: Chooses between equal options.
    """
    search = _Search(system, start, sorts)
    for leftover in system.reduced.left:
        if search.value(leftover.weights):
            return Filled(None, tuple(system.rows[number] for number in leftover.origin), surely=True)
    for row in system.rows:
        if search.overfull(row):
            return Filled(None, (row,), surely=True)
    for _step in range(_STEPS):
        if not search.broken:
            return Filled(search.all_values())
        number = dice.choice(sorted(search.broken))
        if not search.mend(number, dice):
            return Filled(None, system.bounds[number].rows, surely=search.hopeless(number))
    return Filled(None, system.bounds[min(search.broken)].rows)


class _Search:
    """The values of the free cells, the value of each bound, and the violated bounds."""

    def __init__(self, system: FillingSystem, start: Mapping[Variable, Number], sorts: Mapping[Variable, Sort]) -> None:
        self.system = system
        self.sorts = sorts
        self.values: dict[Variable, Number] = {**dict.fromkeys(system.free, 0), **start, ONE: 1}
        self.worth = [self.value(bound.weights) for bound in system.bounds]
        self.holding: dict[Variable, list[int]] = {}
        for number, bound in enumerate(system.bounds):
            for variable in bound.weights:
                self.holding.setdefault(variable, []).append(number)
        self.broken = {number for number in range(len(self.worth)) if not self.kept(number)}

    def value(self, weights: Mapping[Variable, Number]) -> Number:
        """Return the value of a weighted sum."""
        return exact(sum((weight * self.values.get(variable, 0) for variable, weight in weights.items()), 0))

    def kept(self, number: int) -> bool:
        """Whether a bound is satisfied."""
        bound, worth = self.system.bounds[number], self.worth[number]
        if bound.sort is not None:
            return bound.sort.fits(worth)
        return {">=": worth >= 0, ">": worth > 0, "!=": worth != 0}[bound.relation]

    def all_values(self) -> dict[Variable, Number]:
        """Return the values of all cells to fill."""
        solved = {variable: self.worth[number] for number, variable in enumerate(self.system.reduced.solved)}
        return {**{variable: self.values[variable] for variable in self.system.free}, **solved}

    def mend(self, number: int, dice: random.Random) -> bool:
        """Change one free cell to satisfy a bound or come closer to it; return whether there is such a cell."""
        bound, worth = self.system.bounds[number], self.worth[number]
        ways = [
            (variable, step)
            for variable, weight in bound.weights.items()
            if variable in self.sorts and (step := self.step(variable, weight, bound, worth))
        ]
        if not ways:
            return False
        variable, step = dice.choice(ways)
        self.values[variable] = exact(self.values[variable] + step)
        for other in self.holding[variable]:
            self.worth[other] = exact(self.worth[other] + step * self.system.bounds[other].weights[variable])
            (self.broken.discard if self.kept(other) else self.broken.add)(other)
        return True

    def overfull(self, row: Constraint) -> bool:
        """Whether the known cells of an equation already exceed it, because the cells to fill can only add to them."""
        open_cells = [
            (weight, self.sorts[variable]) for variable, weight in row.weights.items() if variable in self.sorts
        ]
        known = self.value({variable: weight for variable, weight in row.weights.items() if variable not in self.sorts})
        return bool(known) and all(weight * known > 0 and not sort.signed for weight, sort in open_cells)

    def hopeless(self, number: int) -> bool:
        """Whether a bound that no change improves can never hold: all cells that lessen it are 0 already."""
        bound, worth = self.system.bounds[number], self.worth[number]
        known = not any(variable in self.sorts for variable in bound.weights)
        return known or (worth < 0 and not (bound.sort or Sort()).signed) or (worth == 0 and bound.relation == ">")

    def step(self, variable: Variable, weight: Number, bound: Bound, worth: Number) -> Number:
        """Return the change of a cell that helps a bound; 0 if that cell cannot help."""
        sort, value = self.sorts[variable], self.values[variable]
        if worth < 0 or (worth == 0 and bound.relation == ">"):
            wanted = exact(Fraction(-worth if worth else 1) / weight)
            step = wanted if isinstance(wanted, int) else wanted.__ceil__() if wanted > 0 else wanted.__floor__()
            return step if sort.signed or value + step >= 0 else -value
        if bound.relation == "!=" or not sort.whole or (weight * _AMOUNT_STEPS) % _AMOUNT_STEPS:
            return 1
        return 0


def known_sorts(kinds: Iterable[tuple[Variable, str]]) -> dict[Variable, Sort]:
    """Return what cells may hold, from the values that their columns ask for."""
    return {variable: Sort(whole=kind != "amount", signed=kind == "change") for variable, kind in kinds}
