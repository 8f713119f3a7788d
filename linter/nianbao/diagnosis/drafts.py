"""Reports with blanks that are still to be filled in: what cannot add up, whatever figures they get.

Blanks are eliminated from the equations, and the remaining equations must hold without them. Readings are searched for
there, and kept if all blanks can still be filled in.
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
    """What is wrong in a report with blanks: groups of rows with their readings, and the rows that certainly fail.

    ``following`` are the figures of blanks that follow from the correction, if there is only one.
    """

    groups: tuple[Group, ...]
    certain: frozenset[int]
    following: Mapping[Variable, Number]


class _Implied(NamedTuple):
    """Equations without blanks, and the rows that each was derived from."""

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
    """Explain what cannot hold in a part of a system, whatever its blanks are.

    Args:
        system: The equations.
        stated: What the report states about their cells.
        rows: The rows of the part.
        blanks: The deduced blanks, and the rows that contradict each other.
        fits: Whether a change of a cell gives a figure that fits the cell.
        budget: The limits of the search.
    """
    implied = _without_blanks(system, stated, rows)
    every = range(len(implied.system.rows))
    residuals = {row: value for row in every if (value := worth(implied.system, row, values=stated.values))}
    figures = Figures(stated.values, frozenset(), residuals, frozenset())
    candidates = readings(implied.system, figures, fits=fits, budget=budget) if residuals else ()
    possible = tuple(
        reading
        for reading in candidates[:_MAX_DRAFTS_TRIED]
        if not _blanks_after(system, stated, rows, reading).contradictions
    )
    sets: tuple[frozenset[int], ...] = (*blanks.contradictions, *(implied.origins[row] for row in residuals))
    groups = split(implied.system, residuals, readings=possible) if possible else ()
    certain = frozenset(row for row in rows if stated.outcomes[row] == FAIL and (row,) in map(tuple, sets))
    reported = tuple(_reported(system, stated, group, rows=rows, certain=certain) for group in groups)
    sure = certain.union(*(group.rows for group in reported))
    if not sure:
        smallest: frozenset[int] = min(sets, key=len)
        sure = _longest(system, stated, smallest)
        reported = ()
    if not reported:
        reported = (Group(sure, (), len(residuals)),)
    following: Mapping[Variable, Number] = {}
    if len(possible) == 1:
        following = _blanks_after(system, stated, rows, possible[0]).values
    return Draft(reported, sure, following)


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
        {system.numbers[cell]: weight for cell, weight in leftover.weights.items() if cell != ONE} for leftover in left
    ]
    made = with_rows(system, weights_left, constants=[leftover.weights.get(ONE, 0) for leftover in left])
    return _Implied(made, tuple(frozenset(usable[number] for number in leftover.origin) for leftover in left))


def _says_something(system: EquationSystem, stated: Stated, row: int) -> bool:
    """Whether a row can be used: its cells are figures and blanks, and it is not mere evidence that does not hold."""
    if stated.outcomes[row] == NOT_APPLICABLE or not stated.unknown.isdisjoint(system.rows[row]):
        return False
    return stated.outcomes[row] is not None or not worth(system, row, values=stated.values)


def _longest(system: EquationSystem, stated: Stated, rows: Iterable[int]) -> frozenset[int]:
    """Return the failing row with the most cells, else the undecided row with the most cells.

    It represents all rows of a contradiction.
    """
    for outcome in (FAIL, UNDECIDED):
        candidates = [row for row in rows if stated.outcomes[row] == outcome]
        if candidates:
            return frozenset((max(candidates, key=lambda row: len(system.rows[row])),))
    return frozenset()


def _blanks_after(system: EquationSystem, stated: Stated, rows: Iterable[int], reading: Reading) -> Deduced:
    """Deduce the blanks after the changes of a reading."""
    with_blanks = [row for row in rows if not stated.blank.isdisjoint(system.rows[row])]
    return deduced(system, stated, rows=with_blanks, changes=reading.changes)


def _reported(
    system: EquationSystem, stated: Stated, group: Group, *, rows: Iterable[int], certain: frozenset[int]
) -> Group:
    """Return a group with the failing rows to report: those with a figure that some reading changes.

    With one reading, these are all such rows; with several, those that certainly fail, else one of them.
    """
    changed: set[int] = set().union(*(reading.changes for reading in group.readings))
    failing = frozenset(
        row for row in rows if stated.outcomes[row] == FAIL and not changed.isdisjoint(system.rows[row])
    )
    if len(group.readings) > 1:
        failing = failing & certain or _longest(system, stated, failing)
    return group._replace(rows=failing)
