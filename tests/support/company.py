"""Trials with last year's report beside: one wrong digit while the two years do not fit, and figures between rows.

Nothing here knows how errors are looked for; what is said is held against what was drawn.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tests.support.drawing import DENSE, SPARSE, draw_report
from tests.support.mistyping import wrong_digit
from tests.support.trials import engine, report_of

from nianbao.forms.loading import form_by_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.support.drawing import Drawn, Value

    from nianbao.engine import Judgement
    from nianbao.model.explanation import Explanation
    from nianbao.model.form import Form
    from nianbao.model.report import Report

CELL, YEAR = "a cell of last year's changed", "last year's figures changed consistently"
FULLNESS = {"dense": DENSE, "sparse": SPARSE}
TABLE, CARRIED, LEFT, NEW = "applications", "carried_in", "carried_out", "new"
_MOST, _TRIES = 30, 60
_Drawn = TypeVar("_Drawn")


class Pair(NamedTuple):
    """Two years of one organ, in which something is wrong.

    Attributes:
        drawn: This year's figures as they should be.
        cells: This year's figures as they stand.
        prior: Last year's report as it stands.
        truth: The true figures of this year's cells that are wrong.
        broken: The columns in which the two years do not fit.
    """

    drawn: Drawn
    cells: Mapping[str, Value]
    prior: Drawn
    truth: Mapping[str, int]
    broken: frozenset[str]

    @property
    def is_beside(self) -> bool:
        """Whether no wrong cell is one that last year's report breaks with."""
        return not any(f"{TABLE}.{CARRIED}.{column}" in self.truth for column in self.broken)

    @property
    def reports(self) -> tuple[Report, Report]:
        """This year's report and last year's."""
        return report_of(self.drawn, self.cells), report_of(self.prior)._replace(name="prior")

    def judged(self, *, with_prior: bool = True) -> Judgement:
        """Judge this year's report, with last year's or without."""
        report, prior = self.reports
        return engine().judge(report, prior if with_prior else None)


def pairs_with_a_wrong_digit(kind: str, fullness: str, *, pairs: int, seed: int = 0) -> Iterator[Pair]:
    """Draw pairs with one wrong digit in this year's Table 3, and a break between the years."""
    breaks: Mapping[str, Callable[[Drawn, random.Random], Mapping[str, int] | None]] = {
        CELL: _cell_changed,
        YEAR: _year_changed,
    }
    form = form_by_id("zfxxgk-2021")
    for number in range(pairs):
        dice = random.Random(f"{seed}/{number}/{kind}/{fullness}")
        drawn, prior = _years(form, dice, fullness)
        changed = _until(lambda: breaks[kind](prior, dice))  # noqa: B023 - called at once
        keys = [key for key in drawn.cells if key.startswith(f"{TABLE}.")]
        key = dice.choice(keys)
        true = int(drawn.cells[key] or 0)
        stated = _until(lambda: wrong_digit(true, dice))  # noqa: B023 - called at once
        broken = frozenset(name.rpartition(".")[2] for name in changed if name.startswith(f"{TABLE}.{LEFT}."))
        yield Pair(
            drawn,
            {**drawn.cells, key: stated},
            replace(prior, cells={**prior.cells, **changed}),
            {key: true},
            broken,
        )


def rectangles(fullness: str, *, pairs: int, seed: int = 0) -> Iterator[Pair]:
    """Draw pairs in which requests of two columns stand in the row of the new ones, or of those carried in, wrongly.

    All rows and columns still add up; last year's report alone shows it.
    """
    form = form_by_id("zfxxgk-2021")
    table = form.tables[TABLE]
    columns = [column.id for column in table.columns.leaves if column.total_of is None]
    number = drawn_pairs = 0
    while drawn_pairs < pairs:
        number += 1
        dice = random.Random(f"{seed}/{number}/rectangle/{fullness}")
        drawn, prior = _years(form, dice, fullness)
        first, second = dice.sample(columns, 2)
        by = dice.randrange(1, _MOST)
        signs = {(NEW, first): by, (CARRIED, first): -by, (NEW, second): -by, (CARRIED, second): by}
        changes = {f"{TABLE}.{row}.{column}": change for (row, column), change in signs.items()}
        cells = {key: int(drawn.cells[key] or 0) + change for key, change in changes.items()}
        if min(cells.values()) >= 0:
            drawn_pairs += 1
            truth = {key: int(drawn.cells[key] or 0) for key in cells}
            yield Pair(drawn, {**drawn.cells, **cells}, prior, truth, frozenset())


def changes_of(explanation: Explanation) -> dict[str, int]:
    """Return what an explanation changes, by cell; figures of last year's report by ``prior:`` and cell."""
    return {
        change.key if change.source is None else f"{change.source}:{change.key}": int(change.new)
        for change in explanation.changes
    }


def is_first(pair: Pair, judgement: Judgement) -> bool:
    """Whether the first explanation of the report is the truth, every cell with its figure."""
    shown = [component.explanations[0] for component in judgement.components if component.explanations]
    return bool(shown) and changes_of(shown[0]) == dict(pair.truth)


def is_told(pair: Pair, judgement: Judgement) -> bool:
    """Whether an explanation is the truth, every cell with its figure."""
    shown = (explanation for component in judgement.components for explanation in component.explanations)
    return any(changes_of(explanation) == dict(pair.truth) for explanation in shown)


def _years(form: Form, dice: random.Random, fullness: str) -> tuple[Drawn, Drawn]:
    densities = FULLNESS[fullness]
    prior = draw_report(form, f"{dice.random()}/before", densities=densities)
    return draw_report(form, f"{dice.random()}", prior=prior, densities=densities), prior


def _cell_changed(prior: Drawn, dice: random.Random) -> Mapping[str, int] | None:
    """Change a digit of a figure that last year's report carried out; nothing else."""
    key = dice.choice([key for key in prior.cells if key.startswith(f"{TABLE}.{LEFT}.")])
    new = wrong_digit(int(prior.cells[key] or 0), dice)
    return None if new is None else {key: new}


def _year_changed(prior: Drawn, dice: random.Random) -> Mapping[str, int] | None:
    """Change what last year's report received and carried out in a column, with all totals."""
    column = dice.choice([one.id for one in prior.form.tables[TABLE].columns.leaves if one.total_of is None])
    by = dice.choice((-1, 1)) * dice.randrange(1, _MOST)
    keys = [f"{TABLE}.{row}.{name}" for row in (NEW, LEFT) for name in (column, "total")]
    changed = {key: int(prior.cells[key] or 0) + by for key in keys}
    return None if min(changed.values()) < 0 else changed


def _until(draw: Callable[[], _Drawn | None]) -> _Drawn:
    """Draw until something is drawn."""
    for _try in range(_TRIES):
        if (drawn := draw()) is not None:
            return drawn
    raise AssertionError("nothing was drawn")
