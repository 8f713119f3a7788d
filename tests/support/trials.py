"""Trials of error localisation: a drawn report is corrupted, and what is said of it held against the truth."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import product
from math import exp, fsum, lgamma, log, log1p
from typing import TYPE_CHECKING, NamedTuple

from tests.support.corrupting import AIMED, ARITHMETIC, FAMILIES, corrupt
from tests.support.drawing import DENSE, DENSITIES, SPARSE, draw_report

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import form_by_id
from nianbao.model.outcome import FAIL
from nianbao.model.report import BLANK, NUMBER, ZERO, Cell, Issuer, Report
from nianbao.model.rule import HIGH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.support.corrupting import Damaged, Family
    from tests.support.drawing import Drawn, Value

    from nianbao.engine import Judgement
    from nianbao.model.explanation import Component, Explanation

APPLICATIONS, DISPUTES = ("applications",), ("disputes",)
BOTH = (*APPLICATIONS, *DISPUTES)
PLACES: Mapping[str, tuple[str, ...]] = {"applications": APPLICATIONS, "disputes": DISPUTES, "both": BOTH}
FULLNESS: Mapping[str, tuple[float, ...]] = {"dense": DENSE, "sparse": SPARSE, "any": DENSITIES}
FIRST, THIRD, NONE, FEWER, WRONG = "first", "third", "none", "fewer", "wrong"
MOST = 3  # the most slips that are looked for
_TRIES = 30
_BY_TURNS = ("applications", "applications", "applications", "disputes", "both")
_FORMS = ("zfxxgk-2021", "zfxxgk-2021", "zfxxgk-2021", "zfxxgk-2019")


class Setting(NamedTuple):
    """What a trial is drawn from; the same setting gives the same trial.

    ``place`` is one of ``PLACES``, ``fullness`` one of ``FULLNESS``.
    """

    family: str
    seed: str
    k: int = 1
    place: str = "applications"
    fullness: str = "any"
    form: str = "zfxxgk-2021"
    with_prior: bool = False
    blanks: bool = False


def settings_of(family: Family, trials: int, *, seed: int = 0) -> Iterator[Setting]:
    """Give the settings of as many trials of a family for each k and fullness.

    What a search for errors is aimed at is tried in 表三 of the form in force, alone; all else in all conditions by
    turns: tables, forms, with last year's report, with blank columns.
    """
    for k in range(1, family.most + 1):
        for fullness in ("dense", "sparse"):
            for number in range(trials):
                base = Setting(family.name, f"{seed}/{number}", k, fullness=fullness)
                if family.group != AIMED:
                    base = base._replace(
                        place=_BY_TURNS[number % len(_BY_TURNS)],
                        form=_FORMS[number % len(_FORMS)],
                        with_prior=number % 2 == 1,
                        blanks=number % 3 == 2,
                    )
                yield base


class Case(NamedTuple):
    """A true report, the year before, what became of the report, and how many corruptions were drawn in vain."""

    drawn: Drawn
    prior: Drawn | None
    damaged: Damaged
    redrawn: int


class Told(NamedTuple):
    """One explanation as it was told: its confidence, its rank, whether all its changes are true, and the changes."""

    confidence: str
    rank: int
    right: bool
    changes: Mapping[str, int]
    slips: int


class Verdict(NamedTuple):
    """What the components say, held against the truth.

    Attributes:
        outcome: ``first`` where the first explanations of all components together are the truth, cells and figures;
            ``third`` where explanations among the first three are; ``none`` where a component has none; ``fewer`` where
            the first explanations take fewer slips than the truth, which nothing can be done about; else ``wrong``.
        fewer: Whether the first explanations of all components take fewer slips than the truth.
        told: The explanations, by component.
        components: The components themselves.
        follows: How many figures are said to follow for blank cells, rightly and wrongly.
    """

    outcome: str
    fewer: bool
    told: tuple[tuple[Told, ...], ...]
    components: tuple[Component, ...] = ()
    follows: tuple[int, int] = (0, 0)

    @property
    def sure(self) -> tuple[Told, ...]:
        """The explanations said to be certain, whatever their rank."""
        return tuple(one for told in self.told for one in told if one.confidence == HIGH)


class Trial(NamedTuple):
    """A trial: what was drawn, and how what is said of it compares with the truth."""

    setting: Setting
    case: Case
    verdict: Verdict

    @property
    def cause(self) -> str:
        """Why the truth is not what is said first, in words; "" where it is."""
        outcome, slips = self.verdict.outcome, sum(told[0].slips for told in self.verdict.told if told)
        if outcome == FIRST:
            return ""
        if outcome == NONE:
            return "no reading, and the truth takes " + ("over" if self.case.damaged.slips > MOST else "at most") + " 3"
        if slips < self.case.damaged.slips:
            return "a reading of fewer slips"
        if slips > self.case.damaged.slips:
            return "more slips than the truth"
        return "as many slips, the truth second or third" if outcome == THIRD else "as many slips, the truth not shown"


@cache
def engine() -> Engine:
    """Return the engine with the pack that ships."""
    return Engine([builtin_pack()])


def report_of(drawn: Drawn, cells: Mapping[str, Value] | None = None) -> Report:
    """Return the report that drawn figures, or others in their place, would be read as."""
    found = {key: _cell(key, value) for key, value in (drawn.cells if cells is None else cells).items()}
    issuer = Issuer(drawn.issuer, "government")
    return Report("drawn", "", drawn.form, year=drawn.year, issuer=issuer, cells=found)


def _cell(key: str, value: Value) -> Cell:
    if value is None:
        return Cell(key, None, BLANK, "")
    return Cell(key, value, NUMBER if value else ZERO, str(value))


def draw_case(setting: Setting) -> Case | None:
    """Draw a report and corrupt it such that a rule fails on it; ``None`` where no such report was found."""
    family, form = FAMILIES[setting.family], form_by_id(setting.form)
    dice = random.Random(repr(setting))
    densities = FULLNESS[setting.fullness]
    for number in range(_TRIES):
        seed, prior = f"{setting!r}/{number}", None
        if setting.with_prior or family.needs_prior:
            prior = draw_report(form, f"{seed}/before", blanks=setting.blanks, densities=densities)
            prior = replace(prior, year=min(prior.year, (form.last_year or prior.year + 1) - 1))
        drawn = draw_report(form, seed, prior=prior, blanks=setting.blanks, densities=densities)
        damaged = corrupt(drawn, dice, PLACES[setting.place], family=family, k=setting.k, prior=prior)
        if damaged is not None:
            return Case(drawn, prior, damaged, number + damaged.redrawn)
    return None


def run_trial(setting: Setting) -> Trial | None:
    """Judge a report after its corruption; ``None`` where nothing is to be found."""
    case = draw_case(setting)
    return None if case is None else judged(setting, case, engine().judge(*corrupted(case)))


def sound(case: Case) -> tuple[Report, Report | None]:
    """Return the report of a case before its corruption, with that of the year before."""
    return report_of(case.drawn), None if case.prior is None else report_of(case.prior)._replace(name="prior")


def corrupted(case: Case) -> tuple[Report, Report | None]:
    """Return the report of a case after its corruption, with that of the year before."""
    return report_of(case.drawn, case.damaged.cells), sound(case)[1]


def judged(setting: Setting, case: Case, judgement: Judgement) -> Trial | None:
    """Return a case whose corrupted report is judged as a trial; ``None`` where nothing is to be found."""
    if not any(one.outcome == FAIL and one.kind in ARITHMETIC for one in judgement.findings):
        return None
    return Trial(setting, case, held_against(case.damaged, judgement))


def held_against(damaged: Damaged, judgement: Judgement) -> Verdict:
    """Hold what is said of a corrupted report against the truth."""
    components: tuple[Component, ...] = judgement.components
    follows = {one.cell.key: int(one.value) for one in judgement.following}
    rightly = sum(damaged.truth.get(key, 0) == value for key, value in follows.items())
    followed = {key: value for key, value in follows.items() if key in damaged.truth}
    told = tuple(
        tuple(_told(one, damaged.truth, _ours(one, damaged.cells)) for one in component.explanations)
        for component in components
    )
    fewer = bool(told) and all(told) and sum(one[0].slips for one in told) < damaged.slips
    return Verdict(
        _outcome(damaged, told, followed, fewer=fewer), fewer, told, components, (rightly, len(follows) - rightly)
    )


def _ours(explanation: Explanation, cells: Mapping[str, Value]) -> dict[str, int]:
    """Return what an explanation changes, by cell, blanks that become 0 left out; what stands elsewhere by its name."""
    return {
        change.key if change.source is None and change.key else f"{change.source}:{change.key}": int(change.new)
        for change in explanation.changes
        if change.source is not None or not change.key or (cells[change.key] or 0) != change.new
    }


def _told(explanation: Explanation, truth: Mapping[str, int], changes: Mapping[str, int]) -> Told:
    right = bool(changes) and changes.items() <= truth.items()
    return Told(explanation.confidence, explanation.rank, right, changes, explanation.slips)


def _outcome(damaged: Damaged, told: Sequence[Sequence[Told]], followed: Mapping[str, int], *, fewer: bool) -> str:
    if _are_true((one[0] for one in told if one), damaged.truth, followed):
        return FIRST
    readings = [[one for one in component if one.right] for component in told if component]
    if any(_are_true(chosen, damaged.truth, followed) for chosen in product(*readings)):
        return THIRD
    if not told or not all(told):
        return NONE
    return FEWER if fewer else WRONG


def _are_true(chosen: Iterable[Told], truth: Mapping[str, int], followed: Mapping[str, int]) -> bool:
    """Whether the changes of explanations, one a component, are the truth, with what is said to follow for blanks."""
    said = dict(followed)
    for one in chosen:
        if any(said.get(key, value) != value for key, value in one.changes.items()):
            return False
        said |= one.changes
    return said == dict(truth)


def upper_bound(events: int, of: int, *, confidence: float = 0.95) -> float:
    """Return the exact one-sided upper bound of a share (Clopper and Pearson): what it may be with that confidence."""
    if events >= of:
        return 1.0
    low, high = events / of, 1.0
    for _halving in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, of, share=middle) > 1 - confidence else (low, middle)
    return high


def _at_most(events: int, of: int, *, share: float) -> float:
    """Return how likely at most so many events are, by the terms of the binomial distribution."""
    logs = (
        lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1) + n * log(share) + (of - n) * log1p(-share)
        for n in range(events + 1)
    )
    return fsum(exp(one) for one in logs)
