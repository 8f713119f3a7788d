"""All smallest sets of cells that can be put right, found exactly, after Fellegi and Holt.

A row that fails holds a cell that is wrong. The shortest such row is taken; for each of its cells, that cell is solved
for and put into all other rows (which gives the edits that these imply), and the search goes on. Cells that were tried
in a row are left out where the next ones are, so that each set is met once. The method is that of ``errorlocate``
(van der Loo and de Jonge, 2021) after Fellegi and Holt (1976), in exact numbers and with every smallest set returned.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import add_to, exact, quotient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.system import EquationSystem

Changes = dict[int, "Number"]  # what is added to each cell


class SearchBudget:
    """How much a search may still do: steps first, which are the same on every machine, and seconds as a last resort.

    ``spent`` says that it came to an end before the search did, and ``incomplete`` that something was not tried.
    """

    def __init__(self, steps: int, seconds: float) -> None:
        self.steps = steps
        self.until = time.monotonic() + seconds
        self.spent = False
        self._cut_short = False

    def step(self) -> bool:
        """Take a step; say whether there was one left."""
        self.steps -= 1
        if self.steps <= 0 or (self.steps % 64 == 0 and time.monotonic() > self.until):
            self.spent = True
        return not self.spent

    def cut_short(self) -> None:
        """Note that something is not tried."""
        self._cut_short = True

    @property
    def incomplete(self) -> bool:
        """Whether there may be more than what was found."""
        return self.spent or self._cut_short


class _Solved(NamedTuple):
    cell: int
    row: Mapping[int, Number]
    residual: Number


class _State(NamedTuple):
    """How far a search has come.

    ``changed`` holds the rows that are no longer the system's own, ``None`` for one that was solved; ``residuals`` what
    each row that fails is worth; ``solved`` the cells taken; ``fixed`` those that stay as they are.
    """

    changed: Mapping[int, Mapping[int, Number] | None]
    residuals: Mapping[int, Number]
    solved: tuple[_Solved, ...]
    fixed: frozenset[int]


class Search:
    """A search over one system with one set of figures.

    Args:
        system: The equations.
        fits: Whether a cell may have so much added to it: the result must be a figure that belongs there.
        left_out: Rows that say nothing, since figures of theirs are not known.
        budget: What the search may cost.
    """

    def __init__(
        self,
        system: EquationSystem,
        fits: Callable[[int, Number], bool],
        *,
        left_out: frozenset[int],
        budget: SearchBudget,
    ) -> None:
        self.system = system
        self.fits = fits
        self.left_out = left_out
        self.budget = budget

    def sets(
        self, residuals: Mapping[int, Number], size: int, *, fixed: frozenset[int] = frozenset()
    ) -> Iterator[Changes]:
        """Give every set of exactly so many cells that, changed, make all rows hold, where no fewer cells of it do.

        Args:
            residuals: What each row that fails is worth, more or less than nothing.
            size: How many cells.
            fixed: Cells that stay as they are.
        """
        yield from self._descend(_State({}, residuals, (), fixed), size)

    def _descend(self, state: _State, left: int) -> Iterator[Changes]:
        if not state.residuals:
            if left == 0:
                yield from self._put_back(state.solved)
            return
        if left == 0 or not self.budget.step():
            return
        number = min(state.residuals, key=lambda one: len(self._row(state, one)))
        if left == 1:
            yield from self._last(state, number)
            return
        for cell in self._row(state, number):
            if cell in state.fixed:
                continue
            yield from self._descend(self._solve(state, number, cell), left - 1)
            if self.budget.spent:
                return
            state = state._replace(fixed=state.fixed | {cell})

    def _row(self, state: _State, number: int) -> Mapping[int, Number]:
        row = state.changed.get(number)
        return self.system.rows[number] if row is None else row

    def _last(self, state: _State, shortest: int) -> Iterator[Changes]:
        """Give the single cells that account for all rows that still fail, and disturb no other."""
        failing = [(self._row(state, number), worth) for number, worth in state.residuals.items()]
        row, worth = self._row(state, shortest), state.residuals[shortest]
        for cell, weight in row.items():
            if cell in state.fixed:
                continue
            change = quotient(-worth, weight)
            if any(cell not in other or rest + other[cell] * change for other, rest in failing):
                continue
            if self._takes_part(state, cell) == len(failing):
                yield from self._put_back((*state.solved, _Solved(cell, row, worth)))

    def _takes_part(self, state: _State, cell: int) -> int:
        """Return how many rows a cell takes part in by now."""
        own = sum(row not in state.changed and row not in self.left_out for row in self.system.places[cell])
        return own + sum(row is not None and cell in row for row in state.changed.values())

    def _solve(self, state: _State, number: int, cell: int) -> _State:
        """Solve a row for a cell and put it into all other rows."""
        source, worth = self._row(state, number), state.residuals[number]
        changed, residuals = dict(state.changed), dict(state.residuals)
        changed[number] = None
        del residuals[number]
        others = [row for row in self.system.places[cell] if row not in changed and row not in self.left_out]
        others += [row for row, weights in changed.items() if weights is not None and cell in weights]
        for other in others:
            row = dict(self._row(state, other))
            factor = quotient(-row[cell], source[cell])
            add_to(row, source, weight=factor)
            changed[other] = row
            left = exact(residuals.pop(other, 0) + factor * worth)
            if left:
                residuals[other] = left
        return _State(changed, residuals, (*state.solved, _Solved(cell, source, worth)), state.fixed)

    def _put_back(self, solved: tuple[_Solved, ...]) -> Iterator[Changes]:
        """Give what is added to each cell, if all of it is a change and fits."""
        changes: Changes = {}
        for one in reversed(solved):
            rest = one.residual + sum(weight * changes[cell] for cell, weight in one.row.items() if cell in changes)
            change = quotient(-rest, one.row[one.cell])
            if not change or not self.fits(one.cell, change):
                return
            changes[one.cell] = change
        yield changes
