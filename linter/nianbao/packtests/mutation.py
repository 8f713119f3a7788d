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
from nianbao.packtests.watching import answer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.diagnosis.equations import Constraint, Number, Variable
    from nianbao.kinds.kind import Check
    from nianbao.model.outcome import Outcome
    from nianbao.model.slip import SlipKind
    from nianbao.packtests.cases import Case
    from nianbao.packtests.generation import Drawn
    from nianbao.packtests.slips import Slip


class _Checks(NamedTuple):
    """Compiled rules that are silent on consistent reports: rows by the cell that takes part, and other checks."""

    rows: Mapping[str, Sequence[tuple[Constraint, Number]]]
    summing: Sequence[Check]
    others: Sequence[Check]


class _Asked(NamedTuple):
    """A check, the cells that it reads in the report before the slip, and how many instances it cannot judge there."""

    check: Check
    keys: frozenset[str]
    undecided: int


class _Subject(NamedTuple):
    """A report before the slip: its figures, the value of each row, and its checks.

    Sums are asked without and with last year's report.
    """

    drawn: Drawn
    values: Mapping[str, Number]
    worth: Mapping[int, Number]
    alone: RuleContext
    others: Sequence[_Asked]
    sums: Mapping[bool, Sequence[_Asked]]


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
                    score.count(key, slip, _noticed(slip, subject, checks.rows))
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
    return _Subject(
        drawn,
        values,
        {id(row): _worth(row, drawn.values) for row in rows},
        alone,
        [_asked_before(check, alone) for check in checks.others],
        {which: [_asked_before(check, context) for check in checks.summing] for which, context in both.items()},
    )


def _asked_before(check: Check, context: RuleContext) -> _Asked:
    try:
        outcomes, keys = answer_of(check, context)
    except Exception:  # noqa: BLE001 - a rule that crashes is asked again for each slip: it may not crash then
        return _Asked(check, frozenset(context.report.cells), 0)
    return _Asked(check, keys, _open(outcomes))


def _noticed(slip: Slip, subject: _Subject, rows: Mapping[str, Sequence[tuple[Constraint, Number]]]) -> tuple[str, str]:
    """Return the outcome of a slip without and with last year's report: fail, undecided, or "" if no rule notices it.

    Equations are evaluated directly. Checks run only for blanks, and for slips that no equation notices; and only
    those that read a cell that the slip changes, for what the others say stays.
    """
    if None in slip.cells.values():
        return _after_blank(slip, subject)
    failed = list(_failed(slip, subject, rows))
    if any(not row.needs_prior for row in failed):
        return FAIL, FAIL
    after = _slipped(subject.alone, slip)
    other = FAIL if any(_fails(asked.check, after) for asked in _reading(subject.others, slip)) else ""
    return other, FAIL if failed else other


def _reading(checks: Iterable[_Asked], slip: Slip) -> list[_Asked]:
    """Return the checks that read a cell which a slip changes."""
    return [asked for asked in checks if not asked.keys.isdisjoint(slip.cells)]


def _after_blank(slip: Slip, subject: _Subject) -> tuple[str, str]:
    """Run the checks: whether one fails, or can no longer judge what it judged before."""
    after = _slipped(subject.alone, slip)
    sums = {which: _reading(checks, slip) for which, checks in subject.sums.items()}
    if any(_fails(asked.check, after, blank=True) for asked in (*_reading(subject.others, slip), *sums[False])):
        return FAIL, FAIL
    beside = after._replace(prior=subject.drawn.prior)
    failed = any(_fails(asked.check, beside, blank=True) for asked in sums[True])
    alone, both = (
        UNDECIDED if any(_open(asked.check(context)) > asked.undecided for asked in sums[which]) else ""
        for which, context in ((False, after), (True, beside))
    )
    return alone, FAIL if failed else both


def _failed(
    slip: Slip, subject: _Subject, rows: Mapping[str, Sequence[tuple[Constraint, Number]]]
) -> Iterator[Constraint]:
    moved: dict[int, tuple[Constraint, Number]] = {}
    for key, value in slip.cells.items():
        step = (value or 0) - subject.values[key]
        for row, weight in rows.get(key, ()):
            before = moved[id(row)][1] if id(row) in moved else subject.worth[id(row)]
            moved[id(row)] = (row, before + weight * step)
    return (row for row, worth in moved.values() if not row.holds(worth))


def _fails(check: Check, subject: RuleContext, *, blank: bool = False) -> bool:
    """Whether a check fails; with a blank, a failing sum does not count: it may hold after the blank is filled."""
    try:
        return any(outcome.outcome == FAIL and not (blank and outcome.relation == "=") for outcome in check(subject))
    except Exception:  # noqa: BLE001 - a rule that crashes does not notice the slip
        return False


def _open(outcomes: Iterable[Outcome]) -> int:
    """Return how many outcomes are undecided, or would be with a blank: a failing sum."""
    return sum(
        outcome.outcome == UNDECIDED or (outcome.outcome == FAIL and outcome.relation == "=") for outcome in outcomes
    )


def _slipped(context: RuleContext, slip: Slip) -> RuleContext:
    cells, values, tables = dict(context.report.cells), dict(context.values), dict(context.tables)
    for key, value in slip.cells.items():
        before = cells[key]
        cells[key] = Cell(key, None, BLANK, "", before.location) if value is None else number_cell(before, value)
        values.pop(key, None)
        if (number := cells[key].value) is not None:
            values[key] = number
    for table in {key.partition(".")[0] for key in slip.cells} & tables.keys():
        tables[table] = [cells[cell.key] for cell in tables[table]]
    blanks = context.blanks.difference(slip.cells).union(key for key, value in slip.cells.items() if value is None)
    report = context.report._replace(cells=cells)
    return context._replace(report=report, values=values, tables=tables, blanks=blanks)


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
