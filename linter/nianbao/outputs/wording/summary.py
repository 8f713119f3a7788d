"""The figures that a run comes down to, the same in every format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.model.problem import RULE_CRASHED
from nianbao.model.rule import SEVERITIES

if TYPE_CHECKING:
    from nianbao.model.result import Result


class Summary(NamedTuple):
    """How many reports were read, failures by severity, what was not judged, inputs not read, rules that crashed."""

    reports: int
    error: int
    warning: int
    info: int
    undecided: int
    problems: int
    broken_rules: int


def summarise(result: Result) -> Summary:
    """Count what a run gave."""
    outcomes = Counter(finding.outcome for finding in result.findings)
    severities = Counter(finding.severity for finding in result.findings if finding.outcome == FAIL)
    problems = [*result.problems, *(problem for checked in result.reports for problem in checked.problems)]
    crashed = sum(problem.code == RULE_CRASHED for problem in problems)
    return Summary(
        reports=sum(checked.report is not None for checked in result.reports),
        error=severities["error"],
        warning=severities["warning"],
        info=severities["info"],
        undecided=outcomes[UNDECIDED],
        problems=len(problems) - crashed,
        broken_rules=crashed,
    )


class Causes(NamedTuple):
    """Errors that slips account for, and how many slips: of each component, those of its first reading."""

    errors: int
    slips: int


def causes(result: Result) -> Causes:
    """Count the errors that have a likely cause, and the causes."""
    errors = slips = 0
    for checked in result.reports:
        wrong = {one.fingerprint for one in checked.findings if one.outcome == FAIL and one.severity == "error"}
        for component in checked.components:
            if component.explanations and (mine := wrong.intersection(component.findings)):
                errors += len(mine)
                slips += component.explanations[0].slips
    return Causes(errors, slips)


def faulty(result: Result) -> int:
    """Count the reports that have an error."""
    return sum(
        any(one.outcome == FAIL and one.severity == "error" for one in checked.findings) for checked in result.reports
    )


def reaches(result: Result, level: str) -> bool:
    """Whether a failure is at or above a severity; ``never`` is above all."""
    if level not in SEVERITIES:
        return False
    least = SEVERITIES.index(level)
    return any(f.outcome == FAIL and SEVERITIES.index(f.severity) >= least for f in result.findings)
