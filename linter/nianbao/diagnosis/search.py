"""All smallest sets of cells whose correction makes all rows hold, by an exact search after Fellegi and Holt.

A failing row has a wrong cell. The search takes the shortest failing row. For each of its cells, it solves the row for
that cell, substitutes it in all other rows (which gives the implied edits), and continues. A cell that was tried is
fixed while the next ones of the row are tried, so that each set is found once. The method is that of ``errorlocate``
(van der Loo and de Jonge, 2021) after Fellegi and Holt (1976), with exact numbers, and it returns every smallest set.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import add_to, exact, quotient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nianbao.diagnosis.equations import Number
    from nianbao.diagnosis.system import EquationSystem

Changes = dict[int, "Number"]  # the change of each cell


class SearchBudget:
    """The limits of a search: steps, which are the same on every machine, and seconds as a last resort.

    ``spent`` is set when the search reached a limit; ``incomplete`` means that something was not tried.
    """

    def __init__(self, steps: int, seconds: float) -> None:
        self.steps = steps
        self.until = time.monotonic() + seconds
        self.spent = False
        self._cut_short = False

    def step(self) -> bool:
        """Count a step; return whether the limit allows it."""
        self.steps -= 1
        if self.steps <= 0 or (self.steps % 64 == 0 and time.monotonic() > self.until):
            self.spent = True
        return not self.spent

    def cut_short(self) -> None:
        """Record that something is not tried."""
        self._cut_short = True

    @property
    def incomplete(self) -> bool:
        """Whether there may be more results than were found."""
        return self.spent or self._cut_short


class _Solved(NamedTuple):
    cell: int
    row: Mapping[int, Number]
    residual: Number


class _State(NamedTuple):
    """The state of a search.

    ``changed`` holds the rows that differ from those of the system, ``None`` for a solved one. ``residuals`` holds the
    residual of each failing row, ``solved`` the cells chosen so far, ``fixed`` the cells that must not change.
    """

    changed: Mapping[int, Mapping[int, Number] | None]
    residuals: Mapping[int, Number]
    solved: tuple[_Solved, ...]
    fixed: frozenset[int]


class Search:
    """A search over one system with one set of figures.

    Args:
        system: The equations.
        fits: Whether a change of a cell gives a figure that fits the cell.
        left_out: Rows that are not used, because some of their figures are unknown.
        budget: The limits of the search.
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
        """Yield every set of exactly ``size`` cells whose changes make all rows hold, if no proper subset does.

        Args:
            residuals: The residual of each failing row.
            size: The number of cells.
            fixed: Cells that must not change.
        """
        yield from self._descend(_State({}, residuals, (), fixed), size)

    def _descend(self, state: _State, left: int) -> Iterator[Changes]:
        if not state.residuals:
            if left == 0:
                yield from self._put_back(state.solved)
            return
        if left == 0 or not self.budget.step():
            return
        number = min(state.residuals, key=lambda candidate: len(self._row(state, candidate)))
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
        """Yield the single cells that repair all rows that still fail, and take part in no other row."""
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
        """Return how many rows a cell takes part in, in this state."""
        own = sum(row not in state.changed and row not in self.left_out for row in self.system.places[cell])
        return own + sum(row is not None and cell in row for row in state.changed.values())

    def _solve(self, state: _State, number: int, cell: int) -> _State:
        """Solve a row for a cell and substitute it in all other rows."""
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
        """Yield the changes of the chosen cells, if every cell changes and every new figure fits."""
        changes: Changes = {}
        for step in reversed(solved):
            rest = step.residual + sum(weight * changes[cell] for cell, weight in step.row.items() if cell in changes)
            change = quotient(-rest, step.row[step.cell])
            if not change or not self.fits(step.cell, change):
                return
            changes[step.cell] = change
        yield changes
