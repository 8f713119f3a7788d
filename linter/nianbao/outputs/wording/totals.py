"""The summary figures of a run, the same in every format, counted report by report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.model.problem import RULE_CRASHED
from nianbao.model.rule import ERROR, INFO, SEVERITIES, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.finding import Finding
    from nianbao.model.outcome import OutcomeWord
    from nianbao.model.problem import Problem
    from nianbao.model.result import Checked, Result, RunInfo
    from nianbao.model.rule import FailLevel, Severity


class Summary(NamedTuple):
    """The numbers of reports read, failures by severity, rules not judged, inputs not read, and rules that crashed."""

    reports: int
    error: int
    warning: int
    info: int
    undecided: int
    problems: int
    broken_rules: int


class Causes(NamedTuple):
    """The number of errors that slips account for, and of these slips, by the first explanation of each component."""

    errors: int = 0
    slips: int = 0


class RunTotals:
    """The figures of a run. Reports are added one after the other, and are not kept.

    Attributes:
        findings: The numbers of findings: failures by severity, all others by outcome.
        reports: The number of reports read.
        faulty: The number of reports with errors.
        unread: The number of reports with cells that were not read.
        problems: The number of inputs that could not be read.
        broken_rules: The number of times that a rule raised an error.
        causes: The errors with a likely cause, and the causes.
    """

    def __init__(self, run: RunInfo) -> None:
        self.findings: Counter[str] = Counter()
        self.reports = self.faulty = self.unread = self.problems = self.broken_rules = 0
        self.causes = Causes()
        self._count(run.findings, run.problems)

    @classmethod
    def of(cls, result: Result) -> RunTotals:
        """Count a whole result."""
        totals = cls(result.run)
        for checked in result.reports:
            totals.add(checked)
        return totals

    @property
    def summary(self) -> Summary:
        """The figures that every format gives."""
        return Summary(
            reports=self.reports,
            error=self.findings[ERROR],
            warning=self.findings[WARNING],
            info=self.findings[INFO],
            undecided=self.findings[UNDECIDED],
            problems=self.problems,
            broken_rules=self.broken_rules,
        )

    def add(self, checked: Checked) -> None:
        """Count a report."""
        self._count(checked.findings, checked.problems)
        errors = {
            finding.fingerprint for finding in checked.findings if finding.outcome == FAIL and finding.severity == ERROR
        }
        self.reports += checked.report is not None
        self.faulty += bool(errors)
        self.unread += checked.report is not None and bool(checked.report.unread)
        for component in checked.components:
            explained = errors.intersection(component.findings) if component.explanations else set()
            if explained:
                slips = self.causes.slips + component.explanations[0].slips
                self.causes = Causes(self.causes.errors + len(explained), slips)

    def reaches(self, level: FailLevel) -> bool:
        """Whether a failure is at or above a severity; ``never`` is above all."""
        if level == "never":
            return False
        return any(self.findings[severity] for severity in SEVERITIES[SEVERITIES.index(level) :])

    def _count(self, findings: Iterable[Finding], problems: Iterable[Problem]) -> None:
        self.findings.update(kind_of(finding) for finding in findings)
        for problem in problems:
            crashed = problem.code == RULE_CRASHED
            self.broken_rules += crashed
            self.problems += not crashed


def kind_of(finding: Finding) -> Severity | OutcomeWord:
    """Return the kind under which a finding is counted: a failure by its severity, any other by its outcome."""
    return finding.severity if finding.outcome == FAIL else finding.outcome
