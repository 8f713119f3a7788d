"""What blank cells must be, and which rows can no longer hold whatever is filled in.

Blanks are unknown figures, none of them below zero where their cells have no sign. Bounds are carried from row to row
until nothing changes, and rows are solved exactly; a row that no figure can satisfy is told with all those that it
takes to say so.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.elimination import reduce
from nianbao.diagnosis.equations import ONE, Constraint, exact, quotient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nianbao.diagnosis.equations import Number, Variable

_MAX_CONTRADICTIONS = 200  # what is said after so many is that no blank follows
_MAX_STEPS = 2000


class BlankEquation(NamedTuple):
    """What known figures add up to, and the unknown ones with their weights; both make 0 together."""

    known: Number
    unknown: Mapping[Variable, Number]


class Deduced(NamedTuple):
    """Figures of blanks that follow, and the sets of rows that cannot hold together."""

    values: Mapping[Variable, Number]
    contradictions: tuple[frozenset[int], ...]


class _Contradiction(Exception):  # noqa: N818 - it is no error, and ends a round
    def __init__(self, rows: frozenset[int]) -> None:
        super().__init__(rows)
        self.rows = rows


class _Bound(NamedTuple):
    value: Number | float
    because: frozenset[int]


class _Followed(NamedTuple):
    value: Number
    because: frozenset[int]


class Kinds(NamedTuple):
    """What unknown figures may be: whether one fits into its cell, and those that may be below zero."""

    fits: Callable[[Variable, Number], bool]
    signed: frozenset[Variable] = frozenset()


def deduce(equations: Mapping[int, BlankEquation], kinds: Kinds) -> Deduced:
    """Say what follows for unknown figures.

    Args:
        equations: The rows that hold unknown figures, by number.
        kinds: What unknown figures may be.
    """
    rows = dict(equations)
    contradictions: list[frozenset[int]] = []
    while len(contradictions) < _MAX_CONTRADICTIONS:
        try:
            return Deduced(_values(rows, kinds), tuple(contradictions))
        except _Contradiction as found:
            contradictions.append(found.rows)
            rows = {number: row for number, row in rows.items() if number not in found.rows}
    return Deduced({}, tuple(contradictions))


class _Row(NamedTuple):
    """A row as far as its blanks are known by then, and the rows that say so."""

    known: Number
    unknown: Mapping[Variable, Number]
    because: frozenset[int]


def _values(equations: Mapping[int, BlankEquation], kinds: Kinds) -> dict[Variable, Number]:
    """Return the figures that follow from rows.

    Raises:
        _Contradiction: some rows cannot hold together.
    """
    values: dict[Variable, Number] = {}
    rows = _put_in({number: _Row(*one, frozenset((number,))) for number, one in equations.items()}, {})
    ways = (partial(_plain, signed=kinds.signed), partial(_bounded, signed=kinds.signed), _solved)
    number = 0
    for _step in range(_MAX_STEPS):
        found = ways[number](rows)
        for cell, (value, because) in found.items():
            if not kinds.fits(cell, value):
                raise _Contradiction(because)
            values[cell] = value
        rows = _put_in(rows, found)
        number = 0 if found else number + 1  # the short way first, as long as it leads on
        if not rows or number == len(ways):
            break
    return values


def _put_in(rows: Mapping[int, _Row], found: Mapping[Variable, _Followed]) -> dict[int, _Row]:
    """Put figures into rows, and return those that still have blanks.

    Raises:
        _Contradiction: a row without blanks does not hold.
    """
    left = {}
    for number, row in rows.items():
        here = found.keys() & row.unknown.keys()
        if here:
            known = exact(row.known + sum(row.unknown[cell] * found[cell].value for cell in here))
            unknown = {cell: weight for cell, weight in row.unknown.items() if cell not in here}
            row = _Row(known, unknown, row.because.union(*(found[cell].because for cell in here)))  # noqa: PLW2901
        if row.unknown:
            left[number] = row
        elif row.known:
            raise _Contradiction(row.because)
    return left


def _plain(rows: Mapping[int, _Row], *, signed: frozenset[Variable]) -> dict[Variable, _Followed]:
    """Return the cells of which a row leaves nothing but 0, and those that are alone in a row."""
    found: dict[Variable, _Followed] = {}
    for row in rows.values():
        if len(row.unknown) == 1:
            ((cell, weight),) = row.unknown.items()
            found.setdefault(cell, _Followed(quotient(-row.known, weight), row.because))
        elif not row.known and signed.isdisjoint(row.unknown) and _is_sum(row):
            for cell in row.unknown:
                found.setdefault(cell, _Followed(0, row.because))
    return found


def _is_sum(row: _Row) -> bool:
    """Whether all cells are added, or all taken away."""
    return len({weight > 0 for weight in row.unknown.values()}) == 1


def _bounded(rows: Mapping[int, _Row], *, signed: frozenset[Variable]) -> dict[Variable, _Followed]:
    """Return the cells whose lower and upper bound meet."""
    holding: dict[Variable, list[int]] = defaultdict(list)
    for number, row in rows.items():
        for cell in row.unknown:
            holding[cell].append(number)
    low = {cell: _Bound(-inf if cell in signed else 0, frozenset()) for cell in holding}
    high = {cell: _Bound(inf, frozenset()) for cell in holding}
    waiting = dict.fromkeys(rows)
    for _step in range(_MAX_STEPS):
        if not waiting:
            break
        number = next(iter(waiting))
        del waiting[number]
        for cell in _narrow(rows[number], low, high):
            waiting.update(dict.fromkeys(holding[cell]))
    return {
        cell: _Followed(bound.value, bound.because | high[cell].because)
        for cell, bound in low.items()
        if bound.value == high[cell].value and not isinstance(bound.value, float)
    }


def _narrow(row: _Row, low: dict[Variable, _Bound], high: dict[Variable, _Bound]) -> list[Variable]:
    """Carry bounds over a row to each of its cells, and return the cells whose bounds became narrower.

    Raises:
        _Contradiction: no figures between the bounds make the row hold.
    """
    narrowed = []
    # A cell, times its weight, is what all others come to with the sign turned: at the least they bound it from above.
    for from_above, if_added, if_taken in ((True, low, high), (False, high, low)):
        extreme = _Extreme.of(row, if_added, if_taken)
        if len(extreme.endless) > 1:
            continue
        for cell, weight in row.unknown.items():
            others = extreme.without(cell)
            if others is None:
                continue
            value = quotient(-others, weight)
            is_upper = from_above is (weight > 0)
            bounds = high if is_upper else low
            if value < bounds[cell].value if is_upper else value > bounds[cell].value:
                bounds[cell] = _Bound(value, row.because.union(*extreme.reasons(cell)))
                narrowed.append(cell)
            if low[cell].value > high[cell].value:
                raise _Contradiction(low[cell].because | high[cell].because | row.because)
    return narrowed


class _Extreme(NamedTuple):
    """The least or the most that a row may come to: each cell's share, and the bounds that it comes from."""

    shares: Mapping[Variable, Number]
    bounds: Mapping[Variable, _Bound]
    total: Number
    endless: tuple[Variable, ...]

    @classmethod
    def of(cls, row: _Row, if_added: Mapping[Variable, _Bound], if_taken: Mapping[Variable, _Bound]) -> _Extreme:
        """Add up a row with a bound for each cell, by whether its weight is above or below zero."""
        bounds = {cell: (if_added if weight > 0 else if_taken)[cell] for cell, weight in row.unknown.items()}
        shares = {
            cell: weight * value
            for cell, weight in row.unknown.items()
            if not isinstance(value := bounds[cell].value, float)
        }
        endless = tuple(cell for cell in row.unknown if cell not in shares)
        return cls(shares, bounds, sum(shares.values(), row.known), endless)

    def without(self, cell: Variable) -> Number | None:
        """Return what all other cells come to, ``None`` where there is no end to it."""
        if cell in self.shares:
            return None if self.endless else self.total - self.shares[cell]
        return self.total if self.endless == (cell,) else None

    def reasons(self, cell: Variable) -> Iterator[frozenset[int]]:
        """Give the rows that the bounds of all other cells come from."""
        return (bound.because for other, bound in self.bounds.items() if other != cell)


def _solved(rows: Mapping[int, _Row]) -> dict[Variable, _Followed]:
    """Return the cells that rows, taken together, can be solved for.

    Raises:
        _Contradiction: rows come to different figures.
    """
    every = tuple(rows.values())
    system = [Constraint({**row.unknown, ONE: row.known}, "=") for row in every]
    reduced = reduce(system, solve_for=lambda _cell: True, totals=frozenset())

    def why(origin: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(every[one].because for one in origin))

    for left in reduced.left:
        if left.weights:
            raise _Contradiction(why(left.origin))
    return {
        cell: _Followed(weights.get(ONE, 0), why(reduced.origins[cell]))
        for cell, weights in reduced.solved.items()
        if set(weights) <= {ONE}
    }
