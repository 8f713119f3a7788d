"""What blank cells must be, and which rows can no longer hold whatever is filled in.

Blanks are unknown figures, none of them below zero where their cells have no sign. Bounds are carried from row to row
until nothing changes, and rows are solved exactly; a row that no figure can satisfy is told with all those that it
takes to say so.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from nianbao.localisation.elimination import reduce
from nianbao.localisation.rows import ONE, Row, exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.localisation.rows import Number, Variable

_ROUNDS = 12
_MOST_PASSES = 40


class Equation(NamedTuple):
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


def deduce(equations: Mapping[int, Equation], kinds: Kinds) -> Deduced:
    """Say what follows for unknown figures.

    Args:
        equations: The rows that hold unknown figures, by number.
        kinds: What unknown figures may be.
    """
    rows = dict(equations)
    contradictions: list[frozenset[int]] = []
    while len(contradictions) <= len(equations):
        try:
            return Deduced(_values(rows, kinds), tuple(contradictions))
        except _Contradiction as found:
            contradictions.append(found.rows)
            rows = {number: row for number, row in rows.items() if number not in found.rows}
    return Deduced({}, tuple(contradictions))


def _values(rows: Mapping[int, Equation], kinds: Kinds) -> dict[Variable, Number]:
    """Return the figures that follow from rows.

    Raises:
        _Contradiction: some rows cannot hold together.
    """
    values: dict[Variable, Number] = {}
    because: dict[Variable, frozenset[int]] = {}
    for _round in range(_ROUNDS):
        before = len(values)
        sources = {
            number: frozenset((number,)).union(*(because[cell] for cell in row.unknown if cell in values))
            for number, row in rows.items()
        }
        for follow in (partial(_bounded, signed=kinds.signed), _solved):
            open_rows = {number: _with(row, values) for number, row in rows.items()}
            for cell, (value, why) in follow(open_rows, sources).items():
                if not kinds.fits(cell, value):
                    raise _Contradiction(why)
                values[cell], because[cell] = value, why
        if len(values) == before:
            break
    return values


def _with(row: Equation, values: Mapping[Variable, Number]) -> Equation:
    known = row.known + sum(weight * values[cell] for cell, weight in row.unknown.items() if cell in values)
    return Equation(exact(known), {cell: weight for cell, weight in row.unknown.items() if cell not in values})


def _bounded(
    rows: Mapping[int, Equation], sources: Mapping[int, frozenset[int]], *, signed: frozenset[Variable]
) -> dict[Variable, _Followed]:
    """Return the cells whose lower and upper bound meet."""
    cells = {cell for row in rows.values() for cell in row.unknown}
    low = {cell: _Bound(-inf if cell in signed else 0, frozenset()) for cell in cells}
    high = {cell: _Bound(inf, frozenset()) for cell in cells}
    for _pass in range(_MOST_PASSES):
        changed = False
        for number, row in rows.items():
            changed |= _narrow(row, sources[number], low, high)
        if not changed:
            break
    return {
        cell: _Followed(bound.value, bound.because | high[cell].because)
        for cell, bound in low.items()
        if bound.value == high[cell].value and not isinstance(bound.value, float)
    }


def _narrow(row: Equation, source: frozenset[int], low: dict[Variable, _Bound], high: dict[Variable, _Bound]) -> bool:
    """Carry bounds over a row to each of its cells; say whether any became narrower.

    Raises:
        _Contradiction: no figures between the bounds make the row hold.
    """
    if not row.unknown:
        if row.known:
            raise _Contradiction(source)
        return False
    changed = False
    for cell, weight in row.unknown.items():
        others = [(one, factor) for one, factor in row.unknown.items() if one != cell]
        most = _sum(row.known, others, (low, high), largest=True)
        least = _sum(row.known, others, (low, high), largest=False)
        # The cell, times its weight, is what all others come to, with the sign turned.
        ends = sorted((_over(most, weight), _over(least, weight)), key=lambda bound: bound.value)
        for bounds, end, better in ((low, ends[0], 1), (high, ends[1], -1)):
            if better * end.value > better * bounds[cell].value:
                bounds[cell] = _Bound(end.value, end.because | source)
                changed = True
        if low[cell].value > high[cell].value:
            raise _Contradiction(low[cell].because | high[cell].because | source)
    return changed


def _over(bound: _Bound, weight: Number) -> _Bound:
    if isinstance(bound.value, float):
        return bound._replace(value=-bound.value if weight > 0 else bound.value)
    return bound._replace(value=exact(Fraction(-bound.value) / weight))


def _sum(
    known: Number,
    cells: Sequence[tuple[Variable, Number]],
    bounds: tuple[Mapping[Variable, _Bound], Mapping[Variable, _Bound]],
    *,
    largest: bool,
) -> _Bound:
    """Return the largest or smallest that a sum may come to, and the rows that say so."""
    value: Number | float = known
    because: frozenset[int] = frozenset()
    for cell, weight in cells:
        bound = bounds[(weight > 0) is largest][cell]
        value += weight * bound.value
        because |= bound.because
    return _Bound(value, because)


def _solved(rows: Mapping[int, Equation], sources: Mapping[int, frozenset[int]]) -> dict[Variable, _Followed]:
    """Return the cells that rows, taken together, can be solved for.

    A row without unknown figures has been looked at before.

    Raises:
        _Contradiction: rows come to different figures.
    """
    numbers = [number for number, row in rows.items() if row.unknown]
    system = [Row({**rows[number].unknown, ONE: rows[number].known}, "=") for number in numbers]
    reduced = reduce(system, solve_for=lambda _cell: True, totals=frozenset())

    def why(origin: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(sources[numbers[one]] for one in origin))

    for left in reduced.left:
        if left.weights:
            raise _Contradiction(why(left.origin))
    return {
        cell: _Followed(weights.get(ONE, 0), why(reduced.origins[cell]))
        for cell, weights in reduced.solved.items()
        if set(weights) <= {ONE}
    }
