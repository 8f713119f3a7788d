"""The yardstick finds sets of changes that make everything add up, the truth among them unless a smaller one does."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.corrupting import agreement
from tests.support.exhaustive import smallest
from tests.support.trials import Setting, draw_case


@pytest.mark.parametrize("family", ["mixed", "off by one", "old totals"])
@given(seed=st.integers(0, 10**9), k=st.integers(1, 3), with_prior=st.booleans())
def test_every_set_makes_all_equations_hold(family: str, seed: int, k: int, *, with_prior: bool) -> None:
    """None without a change that counts; the truth is one of them where it is as small."""
    case = draw_case(Setting(family, str(seed), 1 if family == "old totals" else k, with_prior=with_prior))
    assert case is not None
    true, prior = case.damaged.truth, None if case.prior is None else case.prior.cells

    found = smallest(case, most=3)

    assert found
    assert len(found[0]) <= len(true)
    assert (true in found) == (len(found[0]) == len(true))
    for changes in found:
        cells = {**case.damaged.cells, **changes}
        assert not agreement(case.drawn.form).notices(cells, cells, prior=prior)


@pytest.mark.parametrize("seed", range(6))
def test_no_pair_in_a_small_table_is_missed(seed: int) -> None:
    """All pairs of cells of Table 4 one of which, or both, may be off by one are tried one by one."""
    case = draw_case(Setting("off by one", str(seed), 2, "disputes"))
    assert case is not None
    figures = {key: int(value or 0) for key, value in case.damaged.cells.items() if key.startswith("disputes.")}
    mending = {
        frozenset(pair)
        for pair in combinations(figures, 2)
        for steps in product((-1, 1), repeat=2)
        if min(new := [figures[key] + step for key, step in zip(pair, steps, strict=True)]) >= 0
        if not agreement(case.drawn.form).notices({**case.damaged.cells, **dict(zip(pair, new, strict=True))}, figures)
    }

    found = {frozenset(changes) for changes in smallest(case, most=2)}

    assert frozenset(case.damaged.truth) in mending
    assert {len(one) for one in found} == {1} or mending <= found
