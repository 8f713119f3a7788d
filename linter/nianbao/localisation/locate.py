"""Which figures of a report are wrong, what its blanks must be, and which failures rest on blanks alone."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.localisation.blanks import Equation, Kinds, deduce
from nianbao.localisation.operations import Figures
from nianbao.localisation.readings import readings
from nianbao.localisation.rows import exact
from nianbao.localisation.search import Budget
from nianbao.localisation.splitting import split
from nianbao.model.finding import FAIL, PASS, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.localisation.blanks import Deduced
    from nianbao.localisation.readings import Step
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


class _Part(NamedTuple):
    """What is known of one part of a system; ``figures`` hold for its rows and cells alone."""

    groups: tuple[Group, ...]
    figures: Figures
    uncertain: frozenset[int] = frozenset()
    following: Mapping[Variable, Number] = MappingProxyType({})
    spent: bool = False


def locate(system: System, stated: Stated) -> Located:
    """Explain the rows that fail.

    Args:
        system: The equations.
        stated: What is stated of their cells.
    """
    rows: dict[int, list[int]] = defaultdict(list)
    for row, number in enumerate(system.parts):
        rows[number].append(row)
    parts = [_part(system, stated, own) for own in rows.values() if _is_open(stated, own)]
    values = list(stated.values)
    for part in parts:
        for cell, value in part.following.items():
            values[system.numbers[cell]] = value
    figures = Figures(
        values,
        frozenset(cell for cell in stated.blank if not any(system.cells[cell] in part.following for part in parts)),
        {row: worth for part in parts for row, worth in part.figures.residuals.items()},
        frozenset().union(*(part.figures.left_out for part in parts)),
    )
    return Located(
        tuple(group for part in parts for group in part.groups),
        figures,
        frozenset().union(*(part.uncertain for part in parts)),
        {cell: value for part in parts for cell, value in part.following.items()},
        any(part.spent for part in parts),
    )


def _is_open(stated: Stated, rows: Iterable[int]) -> bool:
    return any(stated.outcomes[row] in (FAIL, UNDECIDED) for row in rows)


def _part(system: System, stated: Stated, rows: Sequence[int]) -> _Part:
    """Explain the rows that fail in one part.

    Blanks are unknown. But where something is wrong whatever they are, and a few slips account for all of it with every
    blank a 0, blanks are what zeros are in a report that leaves columns blank.
    """
    with_blanks = [row for row in rows if not stated.blank.isdisjoint(system.rows[row])]
    sure = [row for row in rows if stated.outcomes[row] == FAIL and row not in with_blanks]
    zeros = _filled(system, stated, rows, values={}, doubtful=frozenset())
    if all(stated.outcomes[row] in (PASS, None) for row in with_blanks):
        return _searched(system, stated, zeros)
    deduced = _deduced(system, stated, with_blanks)
    if sure or deduced.contradictions:
        as_zeros = _searched(system, stated, zeros, zeros=True)
        if as_zeros.groups and all(group.readings for group in as_zeros.groups):
            return as_zeros
    certain = frozenset().union(*deduced.contradictions)
    uncertain = frozenset(row for row in with_blanks if stated.outcomes[row] == FAIL and row not in certain)
    figures = _filled(system, stated, rows, values=deduced.values, doubtful=uncertain)
    found = _searched(system, stated, figures)
    explained = all(group.readings for group in found.groups)
    return found._replace(uncertain=uncertain, following=deduced.values if explained else {})


def _searched(system: System, stated: Stated, figures: Figures, *, zeros: bool = False) -> _Part:
    """Search for readings; with ``zeros``, only for those that find no blank left out by mistake."""
    if not figures.residuals:
        return _Part((), figures)
    budget = Budget(_STEPS, _SECONDS)

    def fits(cell: int, change: Number) -> bool:
        return stated.fits(system.cells[cell], exact(figures.values[cell] + change))

    found = readings(system, figures, fits=fits, budget=budget)
    if zeros:
        found = tuple(one for one in found if not any(_fills_blank(step, stated) for step in one.steps))
    return _Part(split(system, figures.residuals, readings=found), figures, spent=budget.spent)


def _fills_blank(step: Step, stated: Stated) -> bool:
    return len(step.changes) == 1 and not stated.blank.isdisjoint(step.changes)


def _worth(system: System, row: int, values: Sequence[Number]) -> Number:
    return exact(sum((weight * values[cell] for cell, weight in system.rows[row].items()), system.constants[row]))


def _deduced(system: System, stated: Stated, rows: Iterable[int]) -> Deduced:
    """Ask what blanks must be; cells that hold no figure and are no blanks make their rows say nothing."""
    equations = {}
    for row in rows:
        if stated.unknown.isdisjoint(system.rows[row]):
            unknown = {system.cells[cell]: weight for cell, weight in system.rows[row].items() if cell in stated.blank}
            equations[row] = Equation(_worth(system, row, stated.values), unknown)
    return deduce(equations, Kinds(stated.fits, stated.signed))


def _filled(
    system: System,
    stated: Stated,
    rows: Iterable[int],
    *,
    values: Mapping[Variable, Number],
    doubtful: frozenset[int],
) -> Figures:
    """Fill in what follows, and see which rows fail then, and which say nothing.

    These are the ones in doubt and those that could not be judged, unless all their blanks follow; and rows that are
    evidence only as long as they hold, and do not.
    """
    filled = [values.get(cell, value) for cell, value in zip(system.cells, stated.values, strict=True)]
    open_cells = stated.unknown.union(cell for cell in stated.blank if system.cells[cell] not in values)
    residuals = {}
    left_out = set()
    for row in rows:
        outcome = stated.outcomes[row]
        worth = _worth(system, row, filled)
        unjudged = (
            row in doubtful or outcome not in (FAIL, PASS, None) or not stated.unknown.isdisjoint(system.rows[row])
        )
        if (unjudged and not open_cells.isdisjoint(system.rows[row])) or (worth and outcome not in (FAIL, PASS)):
            left_out.add(row)
        elif worth and outcome == FAIL:
            residuals[row] = worth
    return Figures(filled, open_cells & stated.blank, residuals, frozenset(left_out))
