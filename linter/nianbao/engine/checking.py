"""Judges the reports of a run, each with the year before and the organs above and below."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nianbao.engine.duplicates import best_of
from nianbao.engine.handing import hand_over, receive
from nianbao.engine.prior_year import NO_PRIOR, PriorChoice, choose_prior
from nianbao.kinds.kind import RuleContext
from nianbao.messages import Text
from nianbao.model.problem import RULE_CRASHED, Problem
from nianbao.model.report import head_of, whole
from nianbao.model.result import Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nianbao.engine.engine import Engine
    from nianbao.engine.handing import Handed
    from nianbao.model.explanation import Change, Component
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Cell, KeptReport, Report

    ExactPlaces = Callable[[Report], Callable[[Location], Location]]

_MAX_AHEAD = 64  # reports that are judged before their turn and kept; what is more is judged again in its turn

Source_co = TypeVar("Source_co", covariant=True)

_CRASH = Text(
    "规则 {code} 运行出错（{error}），其余规则照常检查", "rule {code} failed in itself ({error}); the others ran"
)


class RelatedReports(NamedTuple, Generic[Source_co]):
    """The reports related to those that are checked: their paths, or the reports themselves.

    ``priors`` are reports of earlier years, among which each report finds its year before; ``parents`` contains the
    report of the organ above, if there is one, and ``children`` those of the organs below.
    """

    priors: Sequence[Source_co] = ()
    parents: Sequence[Source_co] = ()
    children: Sequence[Source_co] = ()

    @property
    def parent(self) -> Source_co | None:
        """The report of the organ above, or ``None``."""
        return self.parents[0] if self.parents else None


def judge_all(
    inputs: Sequence[KeptReport | Problem],
    engine: Engine,
    *,
    related: RelatedReports[KeptReport],
    exact: ExactPlaces,
    beside: Sequence[KeptReport] = (),
) -> Iterator[Checked]:
    """Judge reports one after the other; problems are passed on in their places.

    Args:
        inputs: The reports, each of which finds its year before among the others, and the inputs that were not read.
        engine: The rules.
        related: The related reports.
        exact: Returns the function that makes places of a report exact.
        beside: Reports that are not judged, among which the reports find their year before, too.

    Raises:
        SourceError: a rule refers to something that its form does not have.
    """
    reports = [item for item in inputs if not isinstance(item, Problem)]
    choices = _choices(reports, related.priors, beside=beside)
    engine.prepare((head_of(report), choice.prior) for report, choice in zip(reports, choices, strict=True))
    kept = {id(head_of(report)): report for report in (*reports, *related.priors, *beside)}
    parent = None if related.parent is None else whole(related.parent)
    children = tuple(map(whole, related.children))

    def judge(number: int) -> Checked:
        choice = choices[number]
        prior = None if choice.prior is None else whole(kept[id(choice.prior)])
        context = RuleContext.of(whole(reports[number]), prior, prior_reason=choice.reason or NO_PRIOR)
        return _judged(context._replace(parent=parent, children=children), engine, exact)

    years = _Years(judge, _years_before(reports, choices))
    numbers = count()
    for item in inputs:
        yield Checked(item.path, problems=(item,)) if isinstance(item, Problem) else years.checked(next(numbers))


class _Years:
    """Reports of several years, judged as they are asked for: a report that has its year after is judged after that.

    What is wrong in the earlier report alone belongs to it, though it was found with the later one.

    Args:
        judge: Judges a report, by its number.
        before: For each report, the number of its year before, if that is checked too.
    """

    def __init__(self, judge: Callable[[int], Checked], before: Mapping[int, int]) -> None:
        self._judge = judge
        self._before = before
        self._after: dict[int, list[int]] = {}
        for number, earlier in before.items():
            self._after.setdefault(earlier, []).append(number)
        self._ready: dict[int, Checked] = {}
        self._handed: dict[int, list[Handed]] = {}
        self._have_handed: set[int] = set()

    def checked(self, number: int) -> Checked:
        """Return a report with all that belongs to it; each is asked for once."""
        for later in self._after.pop(number, ()):
            if later not in self._have_handed:
                ahead = self._own(later)
                if len(self._ready) < _MAX_AHEAD:
                    self._ready[later] = ahead
        ready = self._ready.pop(number, None)
        return receive(self._own(number) if ready is None else ready, self._handed.pop(number, ()))

    def _own(self, number: int) -> Checked:
        """Judge a report, and hand what belongs to its year before to that, once."""
        checked = self._judge(number)
        if number not in self._before:
            return checked
        checked, handed = hand_over(checked)
        if number not in self._have_handed:
            self._have_handed.add(number)
            self._handed.setdefault(self._before[number], []).extend(handed)
        return checked


def _years_before(reports: Sequence[KeptReport], choices: Sequence[PriorChoice]) -> dict[int, int]:
    """Return the number of the year before of each report that has it among those that are checked."""
    numbers = {head_of(report).name: number for number, report in enumerate(reports)}
    pairs = (
        (number, None if choice.prior is None else numbers.get(choice.prior.name))
        for number, choice in enumerate(choices)
    )
    return {number: earlier for number, earlier in pairs if earlier is not None and earlier != number}


def _choices(
    reports: Sequence[KeptReport], priors: Sequence[KeptReport], *, beside: Sequence[KeptReport]
) -> list[PriorChoice]:
    """Choose the year before of each report, among the priors if there are any, else among the other reports."""
    heads = list(map(head_of, priors))
    kept = (*reports, *priors, *beside)
    by_year: dict[int | None, list[Report]] = {}
    for head in map(head_of, (*reports, *beside)):
        by_year.setdefault(head.year, []).append(head)
    choices = (
        choose_prior(head, priors=heads, others=() if head.year is None else by_year.get(head.year - 1, ()))
        for head in map(head_of, reports)
    )
    return [_decided(choice, kept) if choice.several else choice for choice in choices]


def _decided(choice: PriorChoice, kept: Sequence[KeptReport]) -> PriorChoice:
    """Take the best of several reports of the year before if their figures are the same."""
    wanted = {id(head) for head in choice.several}
    best = best_of([report for report in kept if id(head_of(report)) in wanted])
    same = (head for head in choice.several if best is not None and head.sha256 == best.sha256)
    return next((PriorChoice(head) for head in same), choice)


def _judged(context: RuleContext, engine: Engine, exact: ExactPlaces) -> Checked:
    report = context.report
    judgement = engine.judge_context(context)
    crashes = (
        Problem(report.name, RULE_CRASHED, _CRASH.format(code=crash.rule.code, error=crash.error))
        for crash in judgement.crashes
    )
    places = _Places([report, *filter(None, (context.prior, context.parent, *context.children))], exact)
    return Checked(
        report.name,
        report,
        context.prior,
        tuple(map(places.of_finding, judgement.findings)),
        (*report.problems, *crashes),
        judgement.equations,
        tuple(map(places.of_component, judgement.components)),
        tuple(implied._replace(cell=places.of_cell(implied.cell)) for implied in judgement.following),
        {finding.rule: engine.summaries[finding.rule] for finding in judgement.findings},
    )


class _Places:
    """The exact places for the output on a report; its file may be read again for them.

    Args:
        reports: The report, and then the others that its findings refer to.
        exact: Returns the function that makes places of a report exact.
    """

    def __init__(self, reports: Sequence[Report], exact: ExactPlaces) -> None:
        self._reports = {report.name: report for report in reports} | {None: reports[0]}
        self._make = exact
        self._exact: dict[str | None, Callable[[Location], Location]] = {}

    def of(self, location: Location, source: str | None = None) -> Location:
        """Return the exact location in the report itself, or in another one that is the source."""
        if source not in self._exact:
            self._exact[source] = self._make(self._reports[source])
        return self._exact[source](location)

    def of_cell(self, cell: Cell, source: str | None = None) -> Cell:
        """Return a cell with its exact place."""
        return cell._replace(location=self.of(cell.location, source))

    def of_finding(self, finding: Finding) -> Finding:
        """Return a finding with exact places."""
        cells = tuple(ref._replace(cell=self.of_cell(ref.cell, ref.source)) for ref in finding.cells)
        return finding._replace(location=self.of(finding.location), cells=cells)

    def of_component(self, component: Component) -> Component:
        """Return a component whose changes have exact places."""
        explanations = tuple(
            explanation._replace(changes=self.of_changes(explanation.changes)) for explanation in component.explanations
        )
        differing = tuple(
            figure._replace(location=self.of(figure.location, figure.source)) for figure in component.differing
        )
        return component._replace(
            explanations=explanations, others=self.of_changes(component.others), differing=differing
        )

    def of_changes(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Return changes with exact places."""
        return tuple(change._replace(location=self.of(change.location, change.source)) for change in changes)
