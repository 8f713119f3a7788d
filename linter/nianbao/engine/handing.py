"""Findings whose cause stands in last year's report: they are shown there where that report is checked too.

A finding that compares two years is made for the later one. If all that may be wrong stands in the earlier report, the
finding and its explanation belong to that report, and are counted there alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.engine.findings import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.model.explanation import Change, Component
    from nianbao.model.finding import Finding
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.model.rule import RuleSummary


class Handed(NamedTuple):
    """One component of a later report that belongs to an earlier one, with its findings and their rules."""

    component: Component
    findings: tuple[Finding, ...]
    rules: dict[str, RuleSummary]


def hand_over(checked: Checked) -> tuple[Checked, tuple[Handed, ...]]:
    """Return a checked report without what belongs to the report of the year before, and that."""
    report, prior = checked.report, checked.prior
    if report is None or prior is None:
        return checked, ()
    moved = [component for component in checked.components if _is_all_in(component, prior.name)]
    if not moved:
        return checked, ()
    gone = {fingerprint for component in moved for fingerprint in component.findings}
    kept = tuple(component for component in checked.components if component not in moved)
    left = checked._replace(
        findings=tuple(finding for finding in checked.findings if finding.fingerprint not in gone),
        components=tuple(_numbered(component, number) for number, component in enumerate(kept)),
    )
    return left, tuple(_handed(component, checked, report, prior) for component in moved)


def receive(checked: Checked, handed: Sequence[Handed]) -> Checked:
    """Return a checked report with what belongs to it; a component with the same cause gets the findings too."""
    if not handed:
        return checked
    components = list(checked.components)
    for component in (item.component for item in handed):
        same = next((own for own in components if _cause(own) == _cause(component)), None)
        if same is None:
            components.append(_numbered(component, len(components)))
        else:
            findings = (*same.findings, *component.findings)
            explanations = tuple(explanation._replace(findings=findings) for explanation in same.explanations)
            components[same.number] = same._replace(findings=findings, explanations=explanations)
    every = (*checked.findings, *(finding for item in handed for finding in item.findings))
    rules = {code: rule for item in handed for code, rule in item.rules.items()}
    return checked._replace(
        findings=tuple(sorted(every, key=rank_of)), components=tuple(components), rules={**checked.rules, **rules}
    )


def _is_all_in(component: Component, source: str) -> bool:
    changes = [change for explanation in component.explanations for change in explanation.changes]
    return bool(changes) and all(change.source == source for change in (*changes, *component.others))


def _cause(component: Component) -> frozenset[tuple[str, object]]:
    """Return what the first explanation corrects."""
    return frozenset((change.key, change.new) for one in component.explanations[:1] for change in one.changes)


def _numbered(component: Component, number: int) -> Component:
    explanations = tuple(explanation._replace(component=number) for explanation in component.explanations)
    return component._replace(number=number, explanations=explanations)


def _handed(component: Component, checked: Checked, report: Report, prior: Report) -> Handed:
    findings = tuple(
        _seen_from(finding, report, prior) for finding in checked.findings if finding.fingerprint in component.findings
    )
    rules = {finding.rule: checked.rules[finding.rule] for finding in findings}
    explanations = tuple(
        explanation._replace(changes=_own(explanation.changes)) for explanation in component.explanations
    )
    differing = tuple(figure._replace(source=None) for figure in component.differing)
    made = component._replace(explanations=explanations, others=_own(component.others), differing=differing)
    return Handed(made, findings, rules)


def _own(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(change._replace(source=None) for change in changes)


def _seen_from(finding: Finding, report: Report, prior: Report) -> Finding:
    """Return a finding of a report with its cells and its place as the report of the year before has them."""
    cells = tuple(
        ref._replace(source=None)
        if ref.source == prior.name
        else ref._replace(source=report.name, year=report.year)
        if ref.source is None
        else ref
        for ref in finding.cells
    )
    own = next((ref for ref in cells if ref.source is None), None)
    return finding if own is None else finding._replace(cells=cells, location=own.location)
