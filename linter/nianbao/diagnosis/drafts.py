"""Reports with blanks that are still to be filled in: what can no longer add up, whatever they will be.

Blanks are put out of the equations (each is what a row says it is), and what is left must hold by itself. Readings are
sought there, and kept where figures can be found for all blanks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.elimination import reduce
from nianbao.diagnosis.equations import ONE, Constraint
from nianbao.diagnosis.operations import Figures
from nianbao.diagnosis.readings import readings
from nianbao.diagnosis.splitting import Group, split
from nianbao.diagnosis.stated import deduced, worth
from nianbao.diagnosis.system import with_rows
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.diagnosis.blanks import Deduced
    from nianbao.diagnosis.equations import Number, Variable
    from nianbao.diagnosis.readings import Reading
    from nianbao.diagnosis.search import SearchBudget
    from nianbao.diagnosis.stated import Stated
    from nianbao.diagnosis.system import EquationSystem

_MAX_DRAFTS_TRIED = 50


class Draft(NamedTuple):
    """What is wrong in a report with blanks: groups of rows with their readings, and the rows that surely fail.

    ``following`` are figures of blanks that follow once all is put right in the only way there is.
    """

    groups: tuple[Group, ...]
    certain: frozenset[int]
    following: Mapping[Variable, Number]


class _Implied(NamedTuple):
    """Equations without blanks, and the rows that each was made of."""

    system: EquationSystem
    origins: tuple[frozenset[int], ...]


def read_draft(
    system: EquationSystem,
    stated: Stated,
    *,
    rows: Sequence[int],
    blanks: Deduced,
    fits: Callable[[int, Number], bool],
    budget: SearchBudget,
) -> Draft:
    """Explain what cannot hold in a part of a system whatever its blanks are.

    Args:
        system: The equations.
        stated: What is stated of their cells.
        rows: The rows of the part.
        blanks: What follows for blanks, and which rows cannot hold together.
        fits: Whether a cell may have so much added to it.
        budget: What the search may cost.
    """
    implied = _without_blanks(system, stated, rows)
    every = range(len(implied.system.rows))
    residuals = {row: value for row in every if (value := worth(implied.system, row, values=stated.values))}
    figures = Figures(stated.values, frozenset(), residuals, frozenset())
    found = readings(implied.system, figures, fits=fits, budget=budget) if residuals else ()
    possible = tuple(
        one for one in found[:_MAX_DRAFTS_TRIED] if not _blanks_after(system, stated, rows, one).contradictions
    )
    sets: tuple[frozenset[int], ...] = (*blanks.contradictions, *(implied.origins[row] for row in residuals))
    groups = split(implied.system, residuals, readings=possible) if possible else ()
    certain = frozenset(row for row in rows if stated.outcomes[row] == FAIL and (row,) in map(tuple, sets))
    told = tuple(_told(system, stated, group, rows=rows, certain=certain) for group in groups)
    sure = certain.union(*(group.rows for group in told))
    if not sure:
        smallest: frozenset[int] = min(sets, key=len)
        sure = _longest(system, stated, smallest)
        told = ()
    if not told:
        told = (Group(sure, (), len(residuals)),)
    following: Mapping[Variable, Number] = {}
    if len(possible) == 1:
        following = _blanks_after(system, stated, rows, possible[0]).values
    return Draft(told, sure, following)


def _without_blanks(system: EquationSystem, stated: Stated, rows: Iterable[int]) -> _Implied:
    usable = [row for row in rows if _says_something(system, stated, row)]
    equations = []
    for row in usable:
        off = worth(system, row, values=stated.values) if stated.outcomes[row] == PASS else 0
        weights = {system.cells[cell]: weight for cell, weight in system.rows[row].items()}
        equations.append(Constraint({**weights, ONE: system.constants[row] - off}, "="))
    blank = {system.cells[cell] for cell in stated.blank}
    left = reduce(equations, solve_for=blank.__contains__, totals=frozenset()).left
    weights_left = [
        {system.numbers[cell]: weight for cell, weight in one.weights.items() if cell != ONE} for one in left
    ]
    made = with_rows(system, weights_left, constants=[one.weights.get(ONE, 0) for one in left])
    return _Implied(made, tuple(frozenset(usable[number] for number in one.origin) for one in left))


def _says_something(system: EquationSystem, stated: Stated, row: int) -> bool:
    """Whether a row can be asked: its cells are figures and blanks, and it is no evidence that does not hold."""
    if stated.outcomes[row] == NOT_APPLICABLE or not stated.unknown.isdisjoint(system.rows[row]):
        return False
    return stated.outcomes[row] is not None or not worth(system, row, values=stated.values)


def _longest(system: EquationSystem, stated: Stated, rows: Iterable[int]) -> frozenset[int]:
    """Return a row with the most cells of those that fail, else of those that cannot be judged.

    Of rows that cannot hold together it stands for all.
    """
    for outcome in (FAIL, UNDECIDED):
        found = [row for row in rows if stated.outcomes[row] == outcome]
        if found:
            return frozenset((max(found, key=lambda row: len(system.rows[row])),))
    return frozenset()


def _blanks_after(system: EquationSystem, stated: Stated, rows: Iterable[int], reading: Reading) -> Deduced:
    """Return what blanks must be once a reading's changes are made."""
    with_blanks = [row for row in rows if not stated.blank.isdisjoint(system.rows[row])]
    return deduced(system, stated, rows=with_blanks, changes=reading.changes)


def _told(
    system: EquationSystem, stated: Stated, group: Group, *, rows: Iterable[int], certain: frozenset[int]
) -> Group:
    """Return a group with the rows that fail as they stand and hold a figure that some reading changes.

    Where there is one reading, these are all such rows; where there are several, those that are certain, else one.
    """
    changed: set[int] = set().union(*(reading.changes for reading in group.readings))
    failing = frozenset(
        row for row in rows if stated.outcomes[row] == FAIL and not changed.isdisjoint(system.rows[row])
    )
    if len(group.readings) > 1:
        failing = failing & certain or _longest(system, stated, failing)
    return group._replace(rows=failing)
