"""The smallest sets of cells with other figures that make all equations of a report hold, searched for plainly.

It serves as a yardstick that shares nothing with the search of the program: a failed equation must hold a wrong cell;
each of its cells is tried, taken out of the other equations, and so on. It knows single cells alone, not figures that
move together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.support.corrupting import agreement

from nianbao.language.names import PRIOR, THIS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.trials import Case

    from nianbao.language.linear import Equation

Weights = dict[str, int]


class Lack(NamedTuple):
    """An equation as weights of changes, and what the changes have to add up to for it to hold."""

    weights: Weights
    wanted: int


class Pivot(NamedTuple):
    """A cell taken to be wrong, with the equation that gives its change by those of cells taken later."""

    key: str
    lack: Lack


def smallest(case: Case, *, most: int) -> list[dict[str, int]]:
    """Return all smallest sets of changes to a corrupted report, new figures by key; none where more are needed."""
    lacks = [_lack(one, case) for one in agreement(case.drawn.form).equations if case.prior or not _asks_prior(one)]
    for count in range(1, most + 1):
        found: dict[frozenset[str], dict[str, int]] = {}
        for pivots in _searched(lacks, (), count, set()):
            changes = _solved(pivots)
            figures = {key: int(case.damaged.cells[key] or 0) + change for key, change in changes.items()}
            if all(changes.values()) and min(figures.values()) >= 0:
                found[frozenset(figures)] = figures
        if found:
            return list(found.values())
    return []


def _asks_prior(equation: Equation) -> bool:
    return any(term.period == PRIOR for term in equation.terms)


def _lack(equation: Equation, case: Case) -> Lack:
    """Return what an equation lacks in a corrupted report; last year's figures are taken to be true."""
    cells = {THIS: case.damaged.cells, PRIOR: {} if case.prior is None else case.prior.cells}
    weights: Weights = {}
    wanted = equation.right.constant - equation.left.constant
    for side, sign in ((equation.left, 1), (equation.right, -1)):
        for term in side.terms:
            wanted -= sign * term.coefficient * (cells[term.period].get(term.key) or 0)
            if term.period == THIS:
                weights[term.key] = weights.get(term.key, 0) + sign * int(term.coefficient)
    return Lack({key: weight for key, weight in weights.items() if weight}, int(wanted))


def _searched(
    lacks: list[Lack], pivots: tuple[Pivot, ...], left: int, seen: set[frozenset[str]]
) -> Iterator[tuple[Pivot, ...]]:
    failed = [lack for lack in lacks if lack.wanted]
    if not failed:
        yield pivots
    elif left:
        shortest = min(failed, key=lambda lack: len(lack.weights))
        for key in shortest.weights:
            chosen = frozenset((key, *(one.key for one in pivots)))
            if chosen not in seen:
                seen.add(chosen)
                others = [_without(key, lack, shortest) for lack in lacks if lack is not shortest]
                yield from _searched(others, (*pivots, Pivot(key, shortest)), left - 1, seen)


def _without(key: str, lack: Lack, pivot: Lack) -> Lack:
    """Take a cell out of an equation by that which gives its change; all weights are 1 or -1."""
    times = lack.weights.get(key, 0) * pivot.weights[key]
    if not times:
        return lack
    weights = dict(lack.weights)
    for other, weight in pivot.weights.items():
        weights[other] = weights.get(other, 0) - times * weight
    return Lack({key: weight for key, weight in weights.items() if weight}, lack.wanted - times * pivot.wanted)


def _solved(pivots: tuple[Pivot, ...]) -> dict[str, int]:
    """Return the changes, that of the cell taken last first."""
    changes: dict[str, int] = {}
    for key, lack in reversed(pivots):
        known = sum(weight * changes[other] for other, weight in lack.weights.items() if other in changes)
        changes[key] = (lack.wanted - known) * lack.weights[key]
    return changes
