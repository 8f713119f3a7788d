"""Consistent drawn reports corrupted in known ways: what each corruption changed, and what was true.

None of this knows how errors are looked for. A slip is one thing that goes wrong (``tests/slipping.py``), a family is
the slips that one corruption is drawn from.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tests.support.mistyping import ONE_FIGURE, corrected_late, counted_late, wrong_digit, wrong_digit_of_a_figure
from tests.support.slipping import (
    blanked,
    copied_from_beside,
    copied_from_column,
    copied_row,
    exchanged_across,
    exchanged_apart,
    exchanged_down,
    ground,
    last_years,
    old_totals,
    one_figure,
    shifted_column,
    shifted_row,
    torn,
    zeroed_row,
)

from nianbao.catalogue import builtin_pack
from nianbao.kinds import KINDS
from nianbao.language.names import PRIOR, THIS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from tests.support.drawing import Drawn
    from tests.support.slipping import Cells, Ground, Slip

    from nianbao.language.linear import Equation, Linear
    from nianbao.model.form import Form

ARITHMETIC = ("equation", "continuity")  # kinds of rules that say what figures add up to
AIMED, HELD_OUT, BESIDE = "aimed at", "held out", "beside"
_TRIES = 40


class Family(NamedTuple):
    """Corruptions of one kind.

    Attributes:
        name: What it is called.
        slips: The slips that it is drawn from.
        group: ``AIMED`` where it is what a search for errors is made for, ``HELD_OUT`` where it is not to be tuned on,
            ``BESIDE`` where it is measured for information.
        counts: Of which slips it takes one to account for the truth, ``"slips"`` or ``"cells"``.
        most: The most slips that are made in one report.
        needs_prior: Whether last year's report takes part.
    """

    name: str
    slips: tuple[Slip, ...]
    group: str = HELD_OUT
    counts: str = "cells"
    most: int = 3
    needs_prior: bool = False


class Damaged(NamedTuple):
    """A corrupted report.

    Attributes:
        cells: Its cells.
        truth: The true figure of every cell that counts as another now; a blank counts as 0.
        name: The family of the corruption.
        slips: How many slips it takes to account for it.
        redrawn: How many slips were drawn in vain: they changed nothing, or nothing that any equation notices.
    """

    cells: Cells
    truth: Mapping[str, int]
    name: str
    slips: int
    redrawn: int


class Agreement:
    """The equations of the pack that ships over reports of a form, to see whether a slip can be noticed at all."""

    def __init__(self, form: Form) -> None:
        self.equations: list[Equation] = []
        self._holding: dict[str, list[Equation]] = {}
        rules = (rule for rule in builtin_pack().rules if rule.kind in ARITHMETIC and form.id in rule.applies.forms)
        for rule in rules:
            self.equations += (one.equation for one in KINDS[rule.kind].compile(rule, form).sums)
        for equation in self.equations:
            for key in {term.key for term in equation.terms if term.period == THIS}:
                self._holding.setdefault(key, []).append(equation)

    def notices(self, cells: Cells, changed: Iterable[str], *, prior: Cells | None = None) -> bool:
        """Whether some equation over a changed cell fails; blanks count as 0."""
        reports = {THIS: cells} if prior is None else {THIS: cells, PRIOR: prior}
        return any(_fails(one, reports) for key in changed for one in self._holding.get(key, ()))


def _fails(equation: Equation, reports: Mapping[str, Cells]) -> bool:
    asked = all(term.period in reports for term in equation.terms)
    return asked and _sum(equation.left, reports) != _sum(equation.right, reports)


def _sum(side: Linear, reports: Mapping[str, Cells]) -> int | Decimal:
    start = side.constant
    return sum((term.coefficient * (reports[term.period].get(term.key) or 0) for term in side.terms), start)


@cache
def agreement(form: Form) -> Agreement:
    """Return the equations over reports of a form, made ready once."""
    return Agreement(form)


def corrupt(
    drawn: Drawn,
    dice: random.Random,
    tables: tuple[str, ...],
    *,
    family: Family,
    k: int = 1,
    prior: Drawn | None = None,
) -> Damaged | None:
    """Make ``k`` slips of a family in cells apart, table by table in turn, each of which some equation notices.

    All places of a table where a slip can happen are as likely. ``None`` where the report has no room for the slips.
    """
    redrawn = 0
    grounds = [ground(drawn, table, prior=prior) for table in tables]
    for _try in range(_TRIES):
        changes: dict[str, int | None] = {}
        first, slips = dice.randrange(len(grounds)), 0
        for number in range(k):
            made, vain = _slip(grounds[(first + number) % len(grounds)], dice, family=family, taken=changes.keys())
            redrawn += vain
            if made is None:
                return None
            changes |= made
            slips += 1 if family.counts == "slips" else len(truth_of(drawn.cells, made))
        cells = {**drawn.cells, **changes}
        if agreement(drawn.form).notices(cells, changes, prior=grounds[0].prior):
            return Damaged(cells, truth_of(drawn.cells, changes), family.name, slips, redrawn)
        redrawn += 1
    return None


def truth_of(cells: Cells, changes: Mapping[str, int | None]) -> dict[str, int]:
    """Return the true figures of the cells that changes make count as another; a blank counts as 0."""
    return {key: int(cells[key] or 0) for key, new in changes.items() if (cells[key] or 0) != (new or 0)}


def _slip(
    here: Ground, dice: random.Random, *, family: Family, taken: Iterable[str]
) -> tuple[dict[str, int | None] | None, int]:
    """Draw a slip in cells that are not taken; with it, how many were drawn in vain."""
    vain = 0
    closed = set(taken)
    for slip in dice.sample(family.slips, len(family.slips)):
        for key in dice.sample(here.keys, len(here.keys)):
            made = slip(here, key, dice)
            if made is None or closed & made.keys():
                continue
            cells = {**here.cells, **made}
            if truth_of(here.cells, made) and agreement(here.form).notices(cells, made, prior=here.prior):
                return made, vain
            vain += 1
    return None, vain


_HELD_OUT = {
    **{name: one_figure(becomes) for name, becomes in ONE_FIGURE.items()},
    "copied from beside": copied_from_beside,
    "copied from the column": copied_from_column,
    "counted late": one_figure(counted_late, totals=False),
    "corrected late": one_figure(corrected_late, totals=False),
}
_FAMILIES = (
    Family("wrong digit", (one_figure(wrong_digit),), AIMED),
    Family("wrong digit of a figure", (one_figure(wrong_digit_of_a_figure),), AIMED),
    Family("shifted column", (shifted_column,), AIMED, "slips", most=1),
    Family("shifted row", (shifted_row,), AIMED, "slips", most=1),
    Family("torn number", (torn,), AIMED, "slips", most=1),
    Family("exchanged across", (exchanged_across,), AIMED, "slips", most=1),
    Family("exchanged down", (exchanged_down,), AIMED, "slips", most=1),
    *(Family(name, (slip,)) for name, slip in _HELD_OUT.items()),
    Family("last year's figure", (last_years,), needs_prior=True),
    Family("mixed", tuple(_HELD_OUT.values())),
    Family("exchanged apart", (exchanged_apart,), most=1),
    Family("row zeroed", (zeroed_row,), most=1),
    Family("row copied", (copied_row,), most=1),
    Family("old totals", (old_totals,), most=1),
    Family("left blank", (blanked,), BESIDE),
    Family(
        "moved and mistyped", (torn, exchanged_across, exchanged_down, one_figure(wrong_digit)), BESIDE, "slips", most=3
    ),
)
FAMILIES: Mapping[str, Family] = {family.name: family for family in _FAMILIES}
