"""Which figures of a report are wrong, what its blanks must be, and which failures depend on blanks alone."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.drafts import Draft, read_draft
from nianbao.diagnosis.equations import exact
from nianbao.diagnosis.operations import Figures
from nianbao.diagnosis.piecewise import PiecewiseSearch, is_outside
from nianbao.diagnosis.search import SearchBudget
from nianbao.diagnosis.splitting import Group
from nianbao.diagnosis.stated import deduced, worth
from nianbao.model.outcome import FAIL, PASS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.diagnosis.blanks import Deduced
    from nianbao.diagnosis.equations import Number, Variable
    from nianbao.diagnosis.stated import Stated
    from nianbao.diagnosis.system import EquationSystem

_STEPS = 3_000  # several times what a search for three slips needs
_SECONDS = 1.0


class Located(NamedTuple):
    """The diagnosis of a report that does not add up.

    Attributes:
        groups: Rows that fail together, with their readings.
        figures: The figures of the cells, and the failing rows.
        uncertain: Rows that fail only if blanks count as 0.
        hopeless: Rows with blanks that fail whatever figures these get.
        following: The deduced figures of blanks.
    """

    groups: tuple[Group, ...]
    figures: Figures
    uncertain: frozenset[int]
    hopeless: frozenset[int]
    following: Mapping[Variable, Number]


class _Part(NamedTuple):
    """The diagnosis of one part of a system; ``figures`` are only about its rows and cells."""

    groups: tuple[Group, ...]
    figures: Figures
    uncertain: frozenset[int] = frozenset()
    hopeless: frozenset[int] = frozenset()
    following: Mapping[Variable, Number] = MappingProxyType({})


def locate(system: EquationSystem, stated: Stated) -> Located:
    """Explain the failing rows.

    Args:
        system: The equations.
        stated: What the report states about their cells.
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
    )


def _part(system: EquationSystem, stated: Stated, rows: Sequence[int]) -> _Part:
    """Explain the failing rows of one part.

    Blanks are unknown figures. But if something is wrong whatever they are, and a few slips explain all of it with
    every blank as 0, then the report leaves cells blank instead of writing zeros.
    """
    zeros = _with_zeros(system, stated, rows)
    with_blanks = [row for row in rows if not stated.blank.isdisjoint(system.rows[row])]
    if not stated.is_open(with_blanks):
        return _searched(system, stated, zeros, rows)
    failing = {row for row in rows if stated.outcomes[row] == FAIL}
    blanks = deduced(system, stated, rows=with_blanks)
    if not blanks.contradictions and failing <= set(with_blanks):
        return _Part((), zeros, frozenset(failing), following=blanks.values)
    searched = _searched(system, stated, zeros, rows)
    groups = tuple(_without_filling(group, stated) for group in searched.groups)
    if _explain(groups, system):
        return searched._replace(groups=groups, following=_totals_after(system, stated, with_blanks, groups))
    draft = _draft(system, stated, rows, blanks)
    hopeless = draft.certain.intersection(with_blanks)
    uncertain = failing.intersection(with_blanks) - hopeless
    return _Part(draft.groups, zeros, frozenset(uncertain), hopeless, draft.following)


def _explain(groups: Iterable[Group], system: EquationSystem) -> bool:
    """Whether groups have readings, but for those of equations with other reports alone."""
    likely = [group for group in groups if group.readings and not group.pinned]
    rest = [group for group in groups if group not in likely]
    return bool(likely) and all(is_outside(system, row) for group in rest for row in group.rows)


def _draft(system: EquationSystem, stated: Stated, rows: Sequence[int], blanks: Deduced) -> Draft:
    """Explain what cannot hold whatever the blanks are: all of it, else the report's own tables, and the rest apart."""
    budget, fits = _make_budget(), _fits(system, stated)
    draft = read_draft(system, stated, rows=rows, blanks=blanks, fits=fits, budget=budget)
    outside = frozenset(row for row in rows if is_outside(system, row))
    complete = not budget.incomplete
    if outside and not any(group.readings for group in draft.groups):
        own_rows = [row for row in rows if row not in outside]
        with_blanks = [row for row in own_rows if not stated.blank.isdisjoint(system.rows[row])]
        own_blanks = deduced(system, stated, rows=with_blanks)
        failing = {row for row in own_rows if stated.outcomes[row] == FAIL}
        if own_blanks.contradictions or not failing <= set(with_blanks):
            budget = _make_budget()
            own = read_draft(system, stated, rows=own_rows, blanks=own_blanks, fits=fits, budget=budget)
            if any(group.readings for group in own.groups):
                left = draft.certain & outside
                apart = (Group(left, (), len(left)),) if left else ()
                draft = Draft((*own.groups, *apart), own.certain | left, own.following)
                complete = not budget.incomplete
    return draft._replace(groups=tuple(group._replace(complete=complete) for group in draft.groups))


def _make_budget() -> SearchBudget:
    return SearchBudget(_STEPS, _SECONDS)


def _totals_after(
    system: EquationSystem, stated: Stated, rows: Iterable[int], groups: Iterable[Group]
) -> Mapping[Variable, Number]:
    """Return the blanks that must not be 0, such as missing totals, after the only possible correction."""
    changes: dict[int, Number] = {}
    for group in groups:
        if len(group.readings) != 1:
            return {}
        changes |= group.readings[0].changes
    after = deduced(system, stated, rows=rows, changes=changes)
    return {} if after.contradictions else {cell: value for cell, value in after.values.items() if value}


def _fits(system: EquationSystem, stated: Stated) -> Callable[[int, Number], bool]:
    """Return a test whether a change of a cell gives a figure that fits the cell."""

    def fits(cell: int, change: Number) -> bool:
        return stated.fits(system.cells[cell], exact(stated.values[cell] + change))

    return fits


def _searched(system: EquationSystem, stated: Stated, figures: Figures, rows: Iterable[int]) -> _Part:
    if not figures.residuals:
        return _Part((), figures)
    search = PiecewiseSearch(system, rows, fits=_fits(system, stated), make_budget=_make_budget)
    return _Part(search.groups(figures), figures)


def _without_filling(group: Group, stated: Stated) -> Group:
    """Drop readings in which a blank is a missing figure."""
    blanks_stay = tuple(
        reading
        for reading in group.readings
        if not any(len(step.changes) == 1 and not stated.blank.isdisjoint(step.changes) for step in reading.steps)
    )
    return group._replace(readings=blanks_stay)


def _with_zeros(system: EquationSystem, stated: Stated, rows: Iterable[int]) -> Figures:
    """Determine which rows fail with every blank as 0, and which rows are left out.

    Rows are left out if they are undecided, or if they are mere evidence that does not hold.
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
