"""How often the wrong cells of corrupted reports are found, and how often what is called certain is wrong.

The seeds are fixed, so that the figures change with the program alone; what is drawn is better than the bars by more
than the sampling error.
``python bench/localisation.py`` gives all figures.
"""

from __future__ import annotations

from collections import Counter
from math import prod
from typing import TYPE_CHECKING

import pytest
from tests.support.corrupting import FAMILIES, HELD_OUT
from tests.support.exhaustive import smallest
from tests.support.thinning import scaled, thinned
from tests.support.trials import FIRST, NONE, THIRD, Setting, run_trial, settings_of, upper_bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.support.trials import Trial

FULLNESS = ("dense", "sparse")
DIGITS = {1: 0.98, 2: 0.97, 3: 0.93}
MOVED = ("shifted column", "torn number", "exchanged across", "exchanged down")
OF_THREE, SURE_AND_WRONG = 0.95, 0.01
HELD = [family for family in FAMILIES.values() if family.group == HELD_OUT]


def trials_of(settings: Iterable[Setting]) -> list[Trial]:
    """Run the trials that can be drawn."""
    return [trial for setting in settings if (trial := run_trial(setting)) is not None]


def settings(family: str, fullness: str, *, trials: int, k: int = 1) -> list[Setting]:
    """Return the settings of that many trials in Table 3."""
    return [Setting(family, f"acceptance/{number}", k, fullness=fullness) for number in range(trials)]


def share(trials: Sequence[Trial], *outcomes: str) -> float:
    """Return the share of trials with one of these outcomes."""
    return sum(trial.verdict.outcome in outcomes for trial in trials) / len(trials)


def sure(trials: Iterable[Trial]) -> Counter[bool]:
    """Count the explanations that were called certain by whether they are right."""
    return Counter(one.right for trial in trials for one in trial.verdict.sure)


@pytest.mark.parametrize("fullness", FULLNESS)
@pytest.mark.parametrize("k", DIGITS)
@pytest.mark.parametrize("family", ["wrong digit", "wrong digit of a figure"])
def test_wrong_digits_are_found(family: str, k: int, fullness: str) -> None:
    """With one, two, three wrong digits in Table 3 the first explanation is the truth, cells and figures.

    The digits stand anywhere; or in figures other than 0 alone, which are harder to find.
    """
    trials = trials_of(settings(family, fullness, trials=scaled(50), k=k))

    assert len(trials) == scaled(50)
    assert share(trials, FIRST) >= DIGITS[k]


@pytest.mark.parametrize("fullness", FULLNESS)
@pytest.mark.parametrize("family", MOVED)
def test_what_moved_is_among_the_first_three(family: str, fullness: str) -> None:
    """A shifted column, a torn number and exchanged neighbours are explained so, with all cells and figures."""
    trials = trials_of(settings(family, fullness, trials=scaled(50)))

    assert len(trials) == scaled(50)
    assert share(trials, FIRST, THIRD) >= OF_THREE


@pytest.mark.parametrize("k", [1, 2, 3])
def test_no_reading_of_fewer_slips_is_missed(k: int) -> None:
    """A plain search over single cells finds none smaller, nor more that are as small."""
    for family in ("mixed", "off by one", "value lost"):
        for setting in settings(family, "any", trials=10, k=k):
            trial = run_trial(setting)
            assert trial is not None
            sets = smallest(trial.case, most=3)
            slips = sum(told[0].slips for told in trial.verdict.told if told)
            assert trial.verdict.outcome != NONE
            assert slips <= len(sets[0])
            if slips == len(sets[0]):
                assert prod(component.readings for component in trial.verdict.components) >= len(sets)


@pytest.mark.slow
@pytest.mark.parametrize(("each", "least"), thinned([(4, 500), (24, 3000)], every=2))
def test_what_is_called_certain_is_right_in_thousands_of_trials(each: int, least: int) -> None:
    """Over more than three thousand trials, with what chance may add: fewer than one in a hundred is wrong."""
    trials = trials_of(setting for family in HELD for setting in settings_of(family, each))
    found = sure(trials)

    assert len(trials) >= least
    assert upper_bound(found[False], found.total()) <= SURE_AND_WRONG
