"""Judging the reports of a run, each with the year before and the organs above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nianbao.engine.prior_year import NO_PRIOR, choose_prior
from nianbao.kinds.kind import RuleContext
from nianbao.messages import Text
from nianbao.model.problem import Problem
from nianbao.model.result import Checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.engine.engine import Engine
    from nianbao.model.explanation import Change, Component
    from nianbao.model.finding import Finding
    from nianbao.model.report import Cell, Report

One = TypeVar("One")

_CRASH = Text(
    "规则 {code} 运行出错（{error}），其余规则照常检查", "rule {code} failed in itself ({error}); the others ran"
)


class RelatedReports(NamedTuple, Generic[One]):
    """The reports beside those that are checked: their paths, or the reports themselves.

    ``priors`` are reports of earlier years, of which each report finds its year before; ``parents`` holds the report of
    the organ above, if there is one, and ``children`` those of the organs below.
    """

    priors: Sequence[One] = ()
    parents: Sequence[One] = ()
    children: Sequence[One] = ()

    @property
    def parent(self) -> One | None:
        """The report of the organ above, or ``None``."""
        return self.parents[0] if self.parents else None


def judge_all(
    inputs: Sequence[Report | Problem], engine: Engine, *, related: RelatedReports[Report]
) -> Iterator[Checked]:
    """Judge reports one after the other; a problem is passed on in its place.

    Args:
        inputs: The reports, of which each finds its year before among the others, and the inputs that were not read.
        engine: The rules.
        related: The reports beside them.

    Raises:
        SourceError: a rule speaks of what its form does not have.
    """
    by_year: dict[int | None, list[Report]] = {}
    for report in inputs:
        if not isinstance(report, Problem):
            by_year.setdefault(report.year, []).append(report)
    for item in inputs:
        if isinstance(item, Problem):
            yield Checked(item.path, problems=(item,))
        else:
            earlier = () if item.year is None else by_year.get(item.year - 1, ())
            yield judge(item, engine, related=related, others=earlier)


def judge(report: Report, engine: Engine, *, related: RelatedReports[Report], others: Sequence[Report] = ()) -> Checked:
    """Judge a report.

    Args:
        report: The report.
        engine: The rules.
        related: The reports beside it.
        others: Other reports of the run, among which its year before may be.

    Raises:
        SourceError: a rule speaks of what its form does not have.
    """
    choice = choose_prior(report, given=related.priors, others=others)
    context = RuleContext.of(report, choice.prior, prior_reason=choice.reason or NO_PRIOR)
    context = context._replace(parent=related.parent, children=tuple(related.children))
    judgement = engine.judge_subject(context)
    crashes = (
        Problem(report.name, "rule-crashed", _CRASH.format(code=crash.rule.code, error=crash.error))
        for crash in judgement.crashes
    )
    sources = {
        source.name: source for source in (choice.prior, context.parent, *context.children) if source is not None
    }
    findings = tuple(_with_places(finding, report, sources) for finding in judgement.findings)
    components = tuple(_with_change_places(component, report, sources) for component in judgement.components)
    return Checked(
        report.name,
        report,
        choice.prior,
        findings,
        (*report.problems, *crashes),
        judgement.equations,
        components,
        tuple(implied._replace(cell=_placed(implied.cell, report)) for implied in judgement.following),
    )


def _with_places(finding: Finding, report: Report, sources: Mapping[str, Report]) -> Finding:
    """Give a finding exact places; they cost a second look at the source, and are made for what is shown alone."""
    cells = tuple(
        ref._replace(cell=_placed(ref.cell, report if ref.source is None else sources[ref.source]))
        for ref in finding.cells
    )
    return finding._replace(location=report.refine(finding.location), cells=cells)


def _placed(cell: Cell, source: Report) -> Cell:
    return cell._replace(location=source.refine(cell.location))


def _with_change_places(component: Component, report: Report, sources: Mapping[str, Report]) -> Component:
    def placed(changes: Sequence[Change]) -> tuple[Change, ...]:
        return tuple(
            change._replace(
                location=(report if change.source is None else sources[change.source]).refine(change.location)
            )
            for change in changes
        )

    explanations = tuple(reading._replace(changes=placed(reading.changes)) for reading in component.explanations)
    return component._replace(explanations=explanations, others=placed(component.others))
