"""Values that blank cells must have, and rows that cannot hold whatever is filled in.

A blank is an unknown figure, which is not negative unless its cell may have a sign. Bounds are propagated from row to
row until nothing changes, and rows are solved exactly. A contradiction names all rows that it follows from.
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

_MAX_CONTRADICTIONS = 200  # after so many, no blank is deduced
_MAX_STEPS = 2000


class BlankEquation(NamedTuple):
    """A row: the sum of its known figures, and the weights of its unknown ones; all together must be 0."""

    known: Number
    unknown: Mapping[Variable, Number]


class Deduced(NamedTuple):
    """The deduced figures of blanks, and the sets of rows that contradict each other."""

    values: Mapping[Variable, Number]
    contradictions: tuple[frozenset[int], ...]


class _Contradiction(Exception):  # noqa: N818 - it ends a round, and is not an error
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
    """Limits of unknown figures: whether a figure fits its cell, and the cells that may be negative."""

    fits: Callable[[Variable, Number], bool]
    signed: frozenset[Variable] = frozenset()


def deduce(equations: Mapping[int, BlankEquation], kinds: Kinds) -> Deduced:
    """Deduce unknown figures.

    Args:
        equations: The rows with unknown figures, by number.
        kinds: The limits of unknown figures.
    """
    rows = dict(equations)
    contradictions: list[frozenset[int]] = []
    while len(contradictions) < _MAX_CONTRADICTIONS:
        try:
            return Deduced(_values(rows, kinds), tuple(contradictions))
        except _Contradiction as contradiction:
            contradictions.append(contradiction.rows)
            rows = {number: row for number, row in rows.items() if number not in contradiction.rows}
    return Deduced({}, tuple(contradictions))


class _Row(NamedTuple):
    """A row with the blanks that are still unknown, and the rows that the known ones were deduced from."""

    known: Number
    unknown: Mapping[Variable, Number]
    because: frozenset[int]


def _values(equations: Mapping[int, BlankEquation], kinds: Kinds) -> dict[Variable, Number]:
    """Return the figures that follow from rows.

    Raises:
        _Contradiction: some rows contradict each other.
    """
    values: dict[Variable, Number] = {}
    rows = _put_in({number: _Row(*equation, frozenset((number,))) for number, equation in equations.items()}, {})
    ways = (partial(_plain, signed=kinds.signed), partial(_bounded, signed=kinds.signed), _solved)
    number = 0
    for _step in range(_MAX_STEPS):
        followed = ways[number](rows)
        for cell, (value, because) in followed.items():
            if not kinds.fits(cell, value):
                raise _Contradiction(because)
            values[cell] = value
        rows = _put_in(rows, followed)
        number = 0 if followed else number + 1  # the cheap method first, as long as it makes progress
        if not rows or number == len(ways):
            break
    return values


def _put_in(rows: Mapping[int, _Row], followed: Mapping[Variable, _Followed]) -> dict[int, _Row]:
    """Substitute figures in rows, and return the rows that still have blanks.

    Raises:
        _Contradiction: a row without blanks does not hold.
    """
    left = {}
    for number, row in rows.items():
        here = followed.keys() & row.unknown.keys()
        if here:
            known = exact(row.known + sum(row.unknown[cell] * followed[cell].value for cell in here))
            unknown = {cell: weight for cell, weight in row.unknown.items() if cell not in here}
            row = _Row(known, unknown, row.because.union(*(followed[cell].because for cell in here)))  # noqa: PLW2901
        if row.unknown:
            left[number] = row
        elif row.known:
            raise _Contradiction(row.because)
    return left


def _plain(rows: Mapping[int, _Row], *, signed: frozenset[Variable]) -> dict[Variable, _Followed]:
    """Return the cells that must be 0 because their row has nothing left for them, and those alone in a row."""
    followed: dict[Variable, _Followed] = {}
    for row in rows.values():
        if len(row.unknown) == 1:
            ((cell, weight),) = row.unknown.items()
            followed.setdefault(cell, _Followed(quotient(-row.known, weight), row.because))
        elif not row.known and signed.isdisjoint(row.unknown) and _is_sum(row):
            for cell in row.unknown:
                followed.setdefault(cell, _Followed(0, row.because))
    return followed


def _is_sum(row: _Row) -> bool:
    """Whether all weights have the same sign."""
    return len({weight > 0 for weight in row.unknown.values()}) == 1


def _bounded(rows: Mapping[int, _Row], *, signed: frozenset[Variable]) -> dict[Variable, _Followed]:
    """Return the cells whose lower and upper bounds are equal."""
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
    """Tighten the bounds of the cells of a row, and return the cells whose bounds changed.

    Raises:
        _Contradiction: no figures within the bounds satisfy the row.
    """
    narrowed = []
    # A cell times its weight is the negated sum of all others: the minimum of that sum bounds the product from above.
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
    """The minimum or maximum of the sum of a row: the share of each cell, and the bounds that it is computed from."""

    shares: Mapping[Variable, Number]
    bounds: Mapping[Variable, _Bound]
    total: Number
    endless: tuple[Variable, ...]

    @classmethod
    def of(cls, row: _Row, if_added: Mapping[Variable, _Bound], if_taken: Mapping[Variable, _Bound]) -> _Extreme:
        """Add up a row with one bound for each cell, which depends on the sign of its weight."""
        bounds = {cell: (if_added if weight > 0 else if_taken)[cell] for cell, weight in row.unknown.items()}
        shares = {
            cell: weight * value
            for cell, weight in row.unknown.items()
            if not isinstance(value := bounds[cell].value, float)
        }
        endless = tuple(cell for cell in row.unknown if cell not in shares)
        return cls(shares, bounds, sum(shares.values(), row.known), endless)

    def without(self, cell: Variable) -> Number | None:
        """Return the sum of all other cells, ``None`` where it has no bound."""
        if cell in self.shares:
            return None if self.endless else self.total - self.shares[cell]
        return self.total if self.endless == (cell,) else None

    def reasons(self, cell: Variable) -> Iterator[frozenset[int]]:
        """Return the rows that the bounds of all other cells were deduced from."""
        return (bound.because for other, bound in self.bounds.items() if other != cell)


def _solved(rows: Mapping[int, _Row]) -> dict[Variable, _Followed]:
    """Return the cells that the rows together can be solved for.

    Raises:
        _Contradiction: rows give different figures.
    """
    every = tuple(rows.values())
    system = [Constraint({**row.unknown, ONE: row.known}, "=") for row in every]
    reduced = reduce(system, solve_for=lambda _cell: True, totals=frozenset())

    def why(origin: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(every[number].because for number in origin))

    for left in reduced.left:
        if left.weights:
            raise _Contradiction(why(left.origin))
    return {
        cell: _Followed(weights.get(ONE, 0), why(reduced.origins[cell]))
        for cell, weights in reduced.solved.items()
        if set(weights) <= {ONE}
    }
