"""Readings taken apart where slips have nothing to do with each other: each group of rows has readings of its own."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.diagnosis.readings import Step
    from nianbao.diagnosis.system import EquationSystem


class Group(NamedTuple):
    """Rows that fail together, and the readings of that, the likeliest first.

    ``evidence`` is how many rows a reading must account for.
    """

    rows: frozenset[int]
    readings: tuple[Reading, ...]
    evidence: int


def split(system: EquationSystem, failing: Iterable[int], *, readings: Sequence[Reading]) -> tuple[Group, ...]:
    """Return the groups of failing rows that no slip of any reading joins.

    Where readings cannot be taken apart, such that any of one group goes with any of another, all is one group.
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
        return (Group(every, tuple(readings), len(every)),)
    made = [Group(every & group, part, len(every & group)) for group, part in zip(groups, parts, strict=True)]
    return tuple(sorted(made, key=lambda group: min(group.rows)))


def _readings_of(system: EquationSystem, rows: set[int], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    found: dict[frozenset[tuple[int, object]], Reading] = {}
    for reading in readings:
        part = Reading(tuple(step for step in reading.steps if not _rows(system, step).isdisjoint(rows)))
        found.setdefault(frozenset(part.changes.items()), part)
    return tuple(sorted(found.values(), key=lambda one: one.cost))


def _rows(system: EquationSystem, step: Step) -> frozenset[int]:
    return frozenset().union(*(system.places[cell] for cell in step.changes))
