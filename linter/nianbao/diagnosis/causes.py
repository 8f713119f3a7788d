"""Figures that are off by the same amount: they have one cause, although each was counted as a slip."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from nianbao.diagnosis.readings import Step
from nianbao.model.slip import SAME_AMOUNT, WITH_TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.readings import Reading
    from nianbao.diagnosis.system import EquationSystem
    from nianbao.model.slip import SlipKind

_PAIR = 2


def causes_of(system: EquationSystem, reading: Reading) -> tuple[Step, ...]:
    """Return the slips of a reading, with single figures that one equation balances joined to one slip.

    Two figures are joined where an equation holds both and holds before and after: an amount that one has too much and
    the other too little, or a total that was added up with the wrong figure.
    """
    alone = [step for step in reading.steps if len(step.changes) == 1]
    groups: list[list[Step]] = [[step] for step in alone]
    for first, second in combinations(alone, 2):
        if _balance(system, first.changes, second.changes):
            ours, theirs = (next(group for group in groups if step in group) for step in (first, second))
            if ours is not theirs:
                ours += theirs
                groups.remove(theirs)
    several = [step for step in reading.steps if len(step.changes) > 1]
    return (*several, *(_joined(system, group) for group in groups))


def _balance(system: EquationSystem, first: Mapping[int, Number], second: Mapping[int, Number]) -> bool:
    """Whether a row of one report holds two cells whose changes cancel each other there."""
    ((cell, change),), ((other, other_change),) = first.items(), second.items()
    if abs(change) != abs(other_change) or system.cells[cell][1] != system.cells[other][1]:
        return False
    return any(
        system.rows[row][cell] * change + system.rows[row][other] * other_change == 0
        for row in system.places[cell] & system.places[other]
    )


def _joined(system: EquationSystem, group: Sequence[Step]) -> Step:
    if len(group) == 1:
        return group[0]
    changes = {cell: change for step in group for cell, change in step.changes.items()}
    slip: SlipKind = WITH_TOTAL if len(changes) == _PAIR and _is_total_with_part(system, changes) else SAME_AMOUNT
    return Step(slip, changes, sum(step.cost for step in group), sum(step.supplied for step in group))


def _is_total_with_part(system: EquationSystem, changes: Mapping[int, Number]) -> bool:
    """Whether one of two cells is alone on its side of an equation that has the other on the other side."""
    first, second = changes
    if changes[first] != changes[second]:
        return False
    for row in system.places[first] & system.places[second]:
        weights = system.rows[row]
        signs = [weight > 0 for weight in weights.values()]
        if len(weights) > _PAIR and any(signs.count(weights[cell] > 0) == 1 for cell in changes):
            return True
    return False
