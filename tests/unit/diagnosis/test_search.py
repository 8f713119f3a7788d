"""The search for the smallest sets of wrong cells, against trying every figure in every cell."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.diagnosis.systems import figures_of, system_of

from nianbao.diagnosis.search import Search, SearchBudget

if TYPE_CHECKING:
    from nianbao.diagnosis.system import EquationSystem

MOST = 6  # the largest figure that may stand in a cell
CELLS = 5


@st.composite
def systems(draw: st.DrawFn) -> tuple[EquationSystem, list[int]]:
    """Draw equations over five cells, and figures that need not agree with them."""
    weights = st.dictionaries(st.integers(0, CELLS - 1), st.sampled_from([1, -1, 1, -1, 2]), min_size=2, max_size=4)
    rows = draw(st.lists(weights, min_size=1, max_size=4))
    return system_of(CELLS, rows), draw(st.lists(st.integers(0, MOST), min_size=CELLS, max_size=CELLS))


def all_sets(system: EquationSystem, values: list[int], size: int) -> dict[frozenset[int], list[dict[int, int]]]:
    """Return the sets of cells of that size with all figures, each another than before, that make every row hold."""
    found: dict[frozenset[int], list[dict[int, int]]] = defaultdict(list)
    for cells in combinations(range(CELLS), size):
        for figures in product(range(MOST + 1), repeat=size):
            changed = dict(zip(cells, figures, strict=True))
            whole = [changed.get(cell, value) for cell, value in enumerate(values)]
            if all(changed[cell] != values[cell] for cell in cells) and not figures_of(system, whole).residuals:
                found[frozenset(cells)].append({cell: changed[cell] - values[cell] for cell in cells})
    return found


@given(drawn=systems())
def test_every_smallest_set_is_found_and_no_other(drawn: tuple[EquationSystem, list[int]]) -> None:
    """Up to two cells: what is found makes all rows hold; what rows determine is found, each set once."""
    system, values = drawn
    residuals = figures_of(system, values).residuals

    def fits(cell: int, change: object) -> bool:
        return isinstance(change, int) and 0 <= values[cell] + change <= MOST

    for size in (1, 2):
        plainly = all_sets(system, values, size)
        search = Search(system, fits, left_out=frozenset(), budget=SearchBudget(10_000, 60))
        found = list(search.sets(residuals, size)) if residuals else []
        assert len({frozenset(one) for one in found}) == len(found)
        for one in found:
            assert one in plainly[frozenset(one)]
        if plainly:
            sets = {frozenset(one) for one in found}
            if residuals:
                assert all(cells in sets for cells in plainly if _are_determined(system, cells))
            break


def _are_determined(system: EquationSystem, cells: frozenset[int]) -> bool:
    """Whether rows determine what cells say, and not only the bounds of figures do: no column follows from another."""
    columns = [[row.get(cell, 0) for row in system.rows] for cell in sorted(cells)]
    if len(columns) == 1:
        return any(columns[0])
    pairs = list(zip(*columns, strict=True))
    return any(first * other != second * one for first, second in pairs for one, other in pairs)


def test_a_cell_in_a_row_and_a_column_is_the_only_one() -> None:
    """One wrong figure fails two sums; only the cell in both accounts for it."""
    rows = [{0: 1, 1: 1, 4: -1}, {2: 1, 3: 1, 5: -1}, {0: 1, 2: 1, 6: -1}, {1: 1, 3: 1, 7: -1}]
    system = system_of(8, rows)
    residuals = figures_of(system, [84, 2, 3, 4, 50, 7, 51, 6]).residuals

    search = Search(system, lambda _cell, _change: True, left_out=frozenset(), budget=SearchBudget(100, 60))

    assert list(search.sets(residuals, 1)) == [{0: -36}]


def test_a_search_that_is_given_up_says_so() -> None:
    """Its steps are bounded."""
    system = system_of(6, [{0: 1, 1: 1, 2: -1}, {3: 1, 4: 1, 5: -1}])
    budget = SearchBudget(1, 60)
    search = Search(system, lambda _cell, _change: True, left_out=frozenset(), budget=budget)

    assert list(search.sets(figures_of(system, [1, 1, 1, 1, 1, 1]).residuals, 2)) == []
    assert budget.spent


def test_seconds_bound_a_search_too() -> None:
    """On a slow machine the time ends it before the steps do."""
    budget = SearchBudget(1000, -1)
    assert not all(budget.step() for _number in range(200))
