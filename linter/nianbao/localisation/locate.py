"""Which figures of a report are wrong, what its blanks must be, and which failures rest on blanks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.localisation.blanks import Deduced, Equation, Kinds, deduce
from nianbao.localisation.operations import Figures
from nianbao.localisation.readings import readings
from nianbao.localisation.rows import exact
from nianbao.localisation.search import Budget
from nianbao.localisation.splitting import split
from nianbao.model.finding import FAIL, PASS, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nianbao.localisation.rows import Number, Variable
    from nianbao.localisation.splitting import Group
    from nianbao.localisation.system import System

_STEPS = 20_000
_SECONDS = 2.0


class Stated(NamedTuple):
    """What is stated of the cells and rows of a system.

    Attributes:
        values: The figure of each cell; 0 where there is none.
        blank: Cells that are blank.
        unknown: Cells that were not read, or hold no figure: their rows say nothing.
        outcomes: What the rule of each row says of it; ``None`` for rows that are evidence only as long as they hold.
        fits: Whether a figure may stand in a cell.
        signed: Blank cells whose figure may be below zero.
    """

    values: Sequence[Number]
    blank: frozenset[int]
    unknown: frozenset[int]
    outcomes: Sequence[str | None]
    fits: Callable[[Variable, Number], bool]
    signed: frozenset[Variable] = frozenset()


class Located(NamedTuple):
    """What is known of a report that does not add up.

    Attributes:
        groups: Rows that fail together, with their readings.
        figures: What the cells say, blanks that follow filled in.
        uncertain: Rows that fail only if blanks count as 0.
        following: Figures of blanks that follow.
        spent: Whether the search was given up before its end.
    """

    groups: tuple[Group, ...]
    figures: Figures
    uncertain: frozenset[int]
    following: Mapping[Variable, Number]
    spent: bool


def locate(system: System, stated: Stated) -> Located:
    """Explain the rows that fail.

    Args:
        system: The equations.
        stated: What is stated of their cells.
    """
    every = range(len(system.rows))
    idle = frozenset(row for row in every if not stated.unknown.isdisjoint(system.rows[row]))
    deduced = _deduced(system, stated, idle)
    certain = frozenset().union(*deduced.contradictions)
    uncertain = frozenset(
        row
        for row in every
        if stated.outcomes[row] == FAIL and row not in idle | certain and not stated.blank.isdisjoint(system.rows[row])
    )
    figures = _filled(system, stated, deduced, frozenset((*idle, *uncertain)))
    groups: list[Group] = []
    spent = False
    for part in dict.fromkeys(system.parts[row] for row in figures.residuals):
        own = {row: value for row, value in figures.residuals.items() if system.parts[row] == part}
        budget = Budget(_STEPS, _SECONDS)
        found = readings(system, figures._replace(residuals=own), _adding(system, figures, stated), budget)
        groups += split(system, own, found)
        spent |= budget.spent
    following = deduced.values if uncertain or UNDECIDED in stated.outcomes else {}
    return Located(tuple(groups), figures, uncertain, following, spent)


def _worth(system: System, row: int, values: Sequence[Number]) -> Number:
    return exact(sum((weight * values[cell] for cell, weight in system.rows[row].items()), system.constants[row]))


def _deduced(system: System, stated: Stated, idle: frozenset[int]) -> Deduced:
    """Ask what blanks must be, if a row that holds some does not hold as it stands."""
    every = range(len(system.rows))
    holding = [row for row in every if row not in idle and not stated.blank.isdisjoint(system.rows[row])]
    if all(stated.outcomes[row] in (PASS, None) for row in holding):
        return Deduced({}, ())
    equations = {}
    for row in holding:
        unknown = {system.cells[cell]: weight for cell, weight in system.rows[row].items() if cell in stated.blank}
        equations[row] = Equation(_worth(system, row, stated.values), unknown)
    return deduce(equations, Kinds(stated.fits, stated.signed))


def _filled(system: System, stated: Stated, deduced: Deduced, doubtful: frozenset[int]) -> Figures:
    """Fill in what follows, and see which rows fail then, and which say nothing.

    These are the ones in doubt and those that could not be judged, unless all their blanks follow; and rows that are
    evidence only as long as they hold, and do not.
    """
    values = [deduced.values.get(cell, value) for cell, value in zip(system.cells, stated.values, strict=True)]
    open_cells = stated.unknown.union(cell for cell in stated.blank if system.cells[cell] not in deduced.values)
    residuals = {}
    left_out = set()
    for row, outcome in enumerate(stated.outcomes):
        worth = _worth(system, row, values)
        unjudged = row in doubtful or outcome not in (FAIL, PASS, None)
        if (unjudged and not open_cells.isdisjoint(system.rows[row])) or (worth and outcome not in (FAIL, PASS)):
            left_out.add(row)
        elif worth and outcome == FAIL:
            residuals[row] = worth
    return Figures(values, open_cells & stated.blank, residuals, frozenset(left_out))


def _adding(system: System, figures: Figures, stated: Stated) -> Callable[[int, Number], bool]:
    def fits(cell: int, change: Number) -> bool:
        return stated.fits(system.cells[cell], exact(figures.values[cell] + change))

    return fits
