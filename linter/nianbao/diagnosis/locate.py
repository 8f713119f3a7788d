"""Which figures of a report are wrong, what its blanks must be, and which failures rest on blanks alone."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.drafts import read_draft
from nianbao.diagnosis.equations import exact
from nianbao.diagnosis.operations import Figures
from nianbao.diagnosis.readings import readings
from nianbao.diagnosis.search import SearchBudget
from nianbao.diagnosis.splitting import split
from nianbao.diagnosis.stated import deduced, worth
from nianbao.model.outcome import FAIL, PASS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.diagnosis.equations import Number, Variable
    from nianbao.diagnosis.splitting import Group
    from nianbao.diagnosis.stated import Stated
    from nianbao.diagnosis.system import EquationSystem

_STEPS = 3_000  # several times what three slips take
_SECONDS = 1.0


class Located(NamedTuple):
    """What is known of a report that does not add up.

    Attributes:
        groups: Rows that fail together, with their readings.
        figures: What the cells say, and which rows fail.
        uncertain: Rows that fail only if blanks count as 0.
        hopeless: Rows with blanks that fail whatever these are.
        following: Figures of blanks that follow.
        incomplete: Whether the search was given up before its end.
    """

    groups: tuple[Group, ...]
    figures: Figures
    uncertain: frozenset[int]
    hopeless: frozenset[int]
    following: Mapping[Variable, Number]
    incomplete: bool


class _Part(NamedTuple):
    """What is known of one part of a system; ``figures`` hold for its rows and cells alone."""

    groups: tuple[Group, ...]
    figures: Figures
    uncertain: frozenset[int] = frozenset()
    hopeless: frozenset[int] = frozenset()
    following: Mapping[Variable, Number] = MappingProxyType({})
    incomplete: bool = False


def locate(system: EquationSystem, stated: Stated) -> Located:
    """Explain the rows that fail.

    Args:
        system: The equations.
        stated: What is stated of their cells.
    """
    rows: dict[int, list[int]] = defaultdict(list)
    for row, number in enumerate(system.parts):
        rows[number].append(row)
    parts = [_part(system, stated, own) for own in rows.values() if stated.is_open(own)]
    figures = Figures(
        stated.values,
        stated.blank,
        {row: worth for part in parts for row, worth in part.figures.residuals.items()},
        frozenset().union(*(part.figures.left_out for part in parts)),
    )
    return Located(
        tuple(group for part in parts for group in part.groups),
        figures,
        frozenset().union(*(part.uncertain for part in parts)),
        frozenset().union(*(part.hopeless for part in parts)),
        {cell: value for part in parts for cell, value in part.following.items()},
        any(part.incomplete for part in parts),
    )


def _part(system: EquationSystem, stated: Stated, rows: Sequence[int]) -> _Part:
    """Explain the rows that fail in one part.

    Blanks are unknown. But where something is wrong whatever they are, and a few slips account for all of it with every
    blank a 0, blanks are what zeros are in a report that leaves columns blank.
    """
    budget = SearchBudget(_STEPS, _SECONDS)
    zeros = _with_zeros(system, stated, rows)
    with_blanks = [row for row in rows if not stated.blank.isdisjoint(system.rows[row])]
    if not stated.is_open(with_blanks):
        return _searched(system, stated, zeros, budget)
    failing = {row for row in rows if stated.outcomes[row] == FAIL}
    blanks = deduced(system, stated, rows=with_blanks)
    if not blanks.contradictions and failing <= set(with_blanks):
        return _Part((), zeros, frozenset(failing), following=blanks.values)
    found = _searched(system, stated, zeros, budget)
    groups = tuple(_without_filling(group, stated) for group in found.groups)
    if groups and all(group.readings for group in groups):
        return found._replace(groups=groups, following=_totals_after(system, stated, with_blanks, groups))
    budget = SearchBudget(_STEPS, _SECONDS)
    draft = read_draft(system, stated, rows=rows, blanks=blanks, fits=_fits(system, stated), budget=budget)
    hopeless = draft.certain.intersection(with_blanks)
    uncertain = failing.intersection(with_blanks) - hopeless
    return _Part(draft.groups, zeros, frozenset(uncertain), hopeless, draft.following, budget.incomplete)


def _totals_after(
    system: EquationSystem, stated: Stated, rows: Iterable[int], groups: Iterable[Group]
) -> Mapping[Variable, Number]:
    """Return what blanks must be other than 0, such as totals left out, once all is put right in the only way."""
    changes: dict[int, Number] = {}
    for group in groups:
        if len(group.readings) > 1:
            return {}
        changes |= group.readings[0].changes
    after = deduced(system, stated, rows=rows, changes=changes)
    return {} if after.contradictions else {cell: value for cell, value in after.values.items() if value}


def _fits(system: EquationSystem, stated: Stated) -> Callable[[int, Number], bool]:
    """Return the test whether a cell may have so much added to it."""

    def fits(cell: int, change: Number) -> bool:
        return stated.fits(system.cells[cell], exact(stated.values[cell] + change))

    return fits


def _searched(system: EquationSystem, stated: Stated, figures: Figures, budget: SearchBudget) -> _Part:
    if not figures.residuals:
        return _Part((), figures)
    found = readings(system, figures, fits=_fits(system, stated), budget=budget)
    return _Part(split(system, figures.residuals, readings=found), figures, incomplete=budget.incomplete)


def _without_filling(group: Group, stated: Stated) -> Group:
    """Leave out readings by which a blank was left out by mistake."""
    blanks_stay = tuple(
        reading
        for reading in group.readings
        if not any(len(step.changes) == 1 and not stated.blank.isdisjoint(step.changes) for step in reading.steps)
    )
    return group._replace(readings=blanks_stay)


def _with_zeros(system: EquationSystem, stated: Stated, rows: Iterable[int]) -> Figures:
    """See which rows fail with every blank a 0, and which say nothing.

    These are the ones that cannot be judged, and evidence that does not hold.
    """
    residuals = {}
    left_out = set()
    for row in rows:
        outcome, value = stated.outcomes[row], worth(system, row, values=stated.values)
        if outcome == FAIL and value:
            residuals[row] = value
        elif (outcome not in (FAIL, PASS) and (outcome is not None or value)) or not stated.unknown.isdisjoint(
            system.rows[row]
        ):
            left_out.add(row)
    return Figures(stated.values, stated.blank, residuals, frozenset(left_out))
