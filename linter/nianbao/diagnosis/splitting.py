"""Readings split where slips are independent of each other: each group of rows has its own readings."""

from __future__ import annotations

from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.readings import Reading
from nianbao.model.slip import UNCLEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.diagnosis.readings import Step
    from nianbao.diagnosis.system import EquationSystem


class Group(NamedTuple):
    """Rows that fail together, and the readings that explain them, the likeliest first.

    Attributes:
        rows: The rows.
        readings: The readings.
        evidence: The number of rows that a reading must explain.
        complete: Whether these are all readings.
        pinned: Whether figures were taken from other reports before slips were counted.
        tradable: Whether more slips, of which two cells are off by the same amount, may be as likely as the first
            reading.
    """

    rows: frozenset[int]
    readings: tuple[Reading, ...]
    evidence: int
    complete: bool = True
    pinned: bool = False
    tradable: bool = False


def split(system: EquationSystem, failing: Iterable[int], *, readings: Sequence[Reading]) -> tuple[Group, ...]:
    """Split failing rows into groups such that no slip of any reading concerns two groups.

    If the readings of the groups cannot be combined freely, all rows are one group.
    """
    every = frozenset(failing)
    if not readings:
        return (Group(every, (), len(every)),)
    joined: list[set[int]] = [{row} for row in every]
    for rows in {_rows(system, step) for reading in readings for step in reading.steps}:
        met = [group for group in joined if not rows.isdisjoint(group)]
        joined = [group for group in joined if rows.isdisjoint(group)] + [set(rows).union(*met)]
    groups = [group for group in joined if not every.isdisjoint(group)]
    parts = [_readings_of(system, group, readings) for group in groups]
    if prod(map(len, parts)) != len(readings):
        return (_group(system, every, readings),)
    made = [_group(system, every & group, part) for group, part in zip(groups, parts, strict=True)]
    return tuple(sorted(made, key=lambda group: min(group.rows)))


def _group(system: EquationSystem, rows: frozenset[int], readings: Sequence[Reading]) -> Group:
    return Group(rows, tuple(readings), len(rows), tradable=_is_tradable(system, readings[0]))


def _is_tradable(system: EquationSystem, reading: Reading) -> bool:
    """Whether two cells of one equation have slips of which one is of no known kind.

    A part of what the one is off by may be an amount that stands in another cell of each of their other equations.
    """
    single = [step for step in reading.steps if len(step.changes) == 1]
    return any(
        UNCLEAR in (first.slip, second.slip) and not _rows(system, first).isdisjoint(_rows(system, second))
        for first, second in combinations(single, 2)
    )


def _readings_of(system: EquationSystem, rows: set[int], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    distinct: dict[frozenset[tuple[int, object]], Reading] = {}
    for reading in readings:
        part = Reading(tuple(step for step in reading.steps if not _rows(system, step).isdisjoint(rows)))
        distinct.setdefault(frozenset(part.changes.items()), part)
    return tuple(sorted(distinct.values(), key=lambda part: part.cost))


def _rows(system: EquationSystem, step: Step) -> frozenset[int]:
    return frozenset().union(*(system.places[cell] for cell in step.changes))
