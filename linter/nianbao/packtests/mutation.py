"""Slips in consistent reports: those that some rule notices, and those that no rule notices."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.bounds.alarm import Alarm
from nianbao.kinds.kind import RuleContext
from nianbao.language.names import THIS
from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.model.proof import Missed, TableScore, Tally
from nianbao.model.report import BLANK, Cell
from nianbao.packtests.constraints import compiled
from nianbao.packtests.generation import number_cell
from nianbao.packtests.slips import neighbours, slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.diagnosis.equations import Constraint, Number, Variable
    from nianbao.kinds.kind import Check
    from nianbao.model.slip import SlipKind
    from nianbao.packtests.cases import Case
    from nianbao.packtests.generation import Drawn
    from nianbao.packtests.slips import Slip


class _Checks(NamedTuple):
    """Compiled rules that are silent on consistent reports: rows by the cell that takes part, and other checks."""

    rows: Mapping[str, Sequence[tuple[Constraint, Number]]]
    summing: Sequence[Check]
    others: Sequence[Check]


class _Subject(NamedTuple):
    """A report before the slip: its figures, the value of each row, and how many instances each sum cannot judge.

    The last is counted without and with last year's report.
    """

    drawn: Drawn
    values: Mapping[str, Number]
    worth: Mapping[int, Number]
    alone: RuleContext
    undecided: Mapping[bool, Sequence[int]]


def mutate(case: Case, reports: Iterable[Drawn], *, loud: frozenset[str]) -> tuple[list[TableScore], list[Missed]]:
    """Make slips in every cell of reports.

    Args:
        case: The case of the reports.
        reports: Consistent reports.
        loud: Codes of rules that fail on consistent reports; they are not used.
    """
    rules = [rule for rule in case.rules if rule.code not in loud]
    rows = [row for row in case.rows if row.rule is not None and row.rule.code not in loud]
    beside = neighbours(case.form)
    score = _Score()
    with Alarm().set() as alarm:
        checks = _checks(case, rows, [rule.code for rule in rules], alarm=alarm)
        for drawn in reports:
            dice = random.Random(f"slips/{drawn.seed}")  # noqa: S311 - figures, not secrets
            subject = _subject(case, drawn, rows, checks)
            for key in subject.values:
                for slip in slips(key, subject.values, neighbour=beside.get(key), dice=dice):
                    score.count(key, slip, _noticed(slip, subject, checks))
    return score.tables(case), score.missed(case)


def _checks(case: Case, rows: Iterable[Constraint], codes: Sequence[str], *, alarm: Alarm) -> _Checks:
    by_cell: dict[str, list[tuple[Constraint, Number]]] = {}
    for row in rows:
        for (key, period), weight in row.weights.items():
            if period == THIS:
                by_cell.setdefault(key, []).append((row, weight))
    made = [
        ready
        for rule in case.rules
        if rule.code in codes and (ready := compiled(rule, case.form, kinds=case.kinds)) is not None
    ]
    summing = [ready.check for ready in made if ready.sums]
    return _Checks(by_cell, summing, [_bounded(ready.check, alarm) for ready in made if not ready.sums])


def _bounded(check: Check, alarm: Alarm) -> Check:
    return lambda context: alarm.run(lambda: tuple(check(context)))


def _worth(row: Constraint, values: Mapping[Variable, Number]) -> Number:
    return sum((weight * values.get(variable, 1) for variable, weight in row.weights.items()), 0)


def _subject(case: Case, drawn: Drawn, rows: Iterable[Constraint], checks: _Checks) -> _Subject:
    values = {key: drawn.values[key, THIS] for key, slot in case.form.slots.items() if slot.holds_figure}
    alone = RuleContext.of(drawn.report)
    both = {False: alone, True: alone._replace(prior=drawn.prior)}
    undecided = {which: [_undecided(check, context) for check in checks.summing] for which, context in both.items()}
    return _Subject(drawn, values, {id(row): _worth(row, drawn.values) for row in rows}, alone, undecided)


def _noticed(slip: Slip, subject: _Subject, checks: _Checks) -> tuple[str, str]:
    """Return the outcome of a slip without and with last year's report: fail, undecided, or "" if no rule notices it.

    Equations are evaluated directly. Checks run only for blanks, and for slips that no equation notices.
    """
    if None in slip.cells.values():
        return _asked(slip, subject, checks)
    failed = list(_failed(slip, subject, checks))
    if any(not row.needs_prior for row in failed):
        return FAIL, FAIL
    after = _slipped(subject.alone, slip)
    other = FAIL if any(_fails(check, after) for check in checks.others) else ""
    return other, FAIL if failed else other


def _asked(slip: Slip, subject: _Subject, checks: _Checks) -> tuple[str, str]:
    """Run all checks: whether one fails, or can no longer judge what it judged before."""
    after = _slipped(subject.alone, slip)
    if any(_fails(check, after, blank=True) for check in (*checks.others, *checks.summing)):
        return FAIL, FAIL
    beside = after._replace(prior=subject.drawn.prior)
    failed = any(_fails(check, beside, blank=True) for check in checks.summing)
    alone, both = (
        UNDECIDED if any(_undecided(check, context) > count for check, count in counted) else ""
        for context, counted in (
            (after, zip(checks.summing, subject.undecided[False], strict=True)),
            (beside, zip(checks.summing, subject.undecided[True], strict=True)),
        )
    )
    return alone, FAIL if failed else both


def _failed(slip: Slip, subject: _Subject, checks: _Checks) -> Iterator[Constraint]:
    moved: dict[int, tuple[Constraint, Number]] = {}
    for key, value in slip.cells.items():
        step = (value or 0) - subject.values[key]
        for row, weight in checks.rows.get(key, ()):
            before = moved[id(row)][1] if id(row) in moved else subject.worth[id(row)]
            moved[id(row)] = (row, before + weight * step)
    return (row for row, worth in moved.values() if not row.holds(worth))


def _fails(check: Check, subject: RuleContext, *, blank: bool = False) -> bool:
    """Whether a check fails; with a blank, a failing sum does not count: it may hold after the blank is filled."""
    try:
        return any(outcome.outcome == FAIL and not (blank and outcome.relation == "=") for outcome in check(subject))
    except Exception:  # noqa: BLE001 - a rule that crashes does not notice the slip
        return False


def _undecided(check: Check, subject: RuleContext) -> int:
    return sum(
        outcome.outcome == UNDECIDED or (outcome.outcome == FAIL and outcome.relation == "=")
        for outcome in check(subject)
    )


def _slipped(subject: RuleContext, slip: Slip) -> RuleContext:
    cells, values = dict(subject.report.cells), dict(subject.values)
    for key, value in slip.cells.items():
        changed = (
            number_cell(cells[key], value) if value is not None else Cell(key, None, BLANK, "", cells[key].location)
        )
        cells[key] = changed
        values.pop(key, None)
        if changed.value is not None:
            values[key] = changed.value
    return subject._replace(report=subject.report._replace(cells=cells), values=values)


class _Score:
    """Counts of slips, by cell and kind, without and with last year's report."""

    def __init__(self) -> None:
        self.made: Counter[tuple[str, SlipKind]] = Counter()
        self.answers: dict[bool, Counter[tuple[str, SlipKind, str]]] = {False: Counter(), True: Counter()}

    def count(self, key: str, slip: Slip, answers: tuple[str, str]) -> None:
        """Count a slip and its outcomes, without and with last year's report."""
        self.made[key, slip.kind] += 1
        for with_prior, answer in zip((False, True), answers, strict=True):
            self.answers[with_prior][key, slip.kind, answer] += 1

    def tables(self, case: Case) -> list[TableScore]:
        """Return the score of each table."""
        return [
            TableScore(
                case.form,
                table.id,
                self._tally(table.slots, with_prior=False),
                self._tally(table.slots, with_prior=True),
            )
            for table in case.form.tables.values()
        ]

    def _tally(self, keys: Iterable[str], *, with_prior: bool) -> Tally:
        wanted, answers = set(keys), self.answers[with_prior]
        return Tally(
            sum(count for (key, _kind), count in self.made.items() if key in wanted),
            sum(count for (key, _kind, answer), count in answers.items() if key in wanted and answer == FAIL),
            sum(count for (key, _kind, answer), count in answers.items() if key in wanted and answer == UNDECIDED),
        )

    def missed(self, case: Case) -> list[Missed]:
        """Return the slips that no rule notices, cell by cell."""
        missed = []
        for with_prior, answers in self.answers.items():
            for key in case.form.slots:
                kinds = {
                    kind: answers[key, kind, ""]
                    for made_key, kind in self.made
                    if made_key == key and answers[key, kind, ""]
                }
                if kinds:
                    slips_of = {kind: (count, self.made[key, kind]) for kind, count in kinds.items()}
                    missed.append(Missed(case.form, key, with_prior, slips_of))
        return missed
