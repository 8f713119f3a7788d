"""Random consistent reports from a seed: a report for which all equations hold, and last year's report."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import decimal, exact
from nianbao.language.names import PRIOR, THIS
from nianbao.model.report import NUMBER, ZERO, Cell
from nianbao.packtests.filling import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.diagnosis.equations import Constraint, Number, Variable
    from nianbao.model.report import Report
    from nianbao.packtests.cases import Case
    from nianbao.packtests.filling import Sort

_TRIES = 12
_DENSITIES = (0.03, 0.15, 0.5, 0.95)  # from offices with hardly any request to those with a figure in every cell
_MAX_DIGITS = 3.6


class Drawn(NamedTuple):
    """A report with last year's report, and its seed."""

    report: Report
    prior: Report
    values: Mapping[Variable, Number]
    seed: int


class Against(NamedTuple):
    """The constraints that prevented a report."""

    rows: tuple[Constraint, ...]


def draw(case: Case, seed: int) -> Drawn | Against:
    """Draw a consistent report; a limited number of attempts, each with other figures."""
    against: tuple[Constraint, ...] = ()
    for number in range(_TRIES):
        dice = random.Random(f"{seed}/{number}")  # noqa: S311 - figures, not secrets
        context = dice.choice(case.contexts)
        before = fill(case.before, _figures(case, dice), sorts=case.sorts, dice=dice)
        if before.values is None:
            against = against or before.against
            continue
        past = {(key, PRIOR): value for (key, _period), value in before.values.items()}
        filled = fill(case.system, {**_figures(case, dice), **past}, sorts=case.sorts, dice=dice)
        if filled.values is None:
            against = against or filled.against
            continue
        report = with_values(case.frame(context), filled.values)
        prior = with_values(case.frame(context, back=1), before.values)._replace(name="prior")
        return Drawn(report, prior, {**filled.values, **past}, seed)
    return Against(against)


def with_values(report: Report, values: Mapping[Variable, Number]) -> Report:
    """Return a report with other figures."""
    cells = {key: number_cell(cell, values[key, THIS]) for key, cell in report.cells.items() if (key, THIS) in values}
    return report._replace(cells={**report.cells, **cells})


def number_cell(cell: Cell, value: Number) -> Cell:
    """Return a cell with another figure."""
    written = decimal(value)
    return Cell(cell.key, written, NUMBER if written else ZERO, f"{written:f}" if value != 0 else "0", cell.location)


def _figures(case: Case, dice: random.Random) -> dict[Variable, Number]:
    density = dice.choice(_DENSITIES)
    return {variable: _figure(sort, density, dice) for variable, sort in case.sorts.items()}


def _figure(sort: Sort, density: float, dice: random.Random) -> Number:
    if dice.random() > density:
        return 0
    value = int(10 ** dice.uniform(0, _MAX_DIGITS))
    if not sort.whole:
        return exact(Fraction(value * 100 + dice.randrange(100), 10 ** dice.randrange(5)))
    return -value if sort.signed and dice.random() < 0.5 else value
