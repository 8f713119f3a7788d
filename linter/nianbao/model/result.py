"""The result of a run, report by report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.explanation import Component, Explanation, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.rule import RuleSummary


class Checked(NamedTuple):
    """One input of a run: the report with its findings, or the problem that prevented reading it.

    ``equations`` is the number of equations of the report that hold, and of all that could be judged. ``components``
    explain failures by wrong cells, and ``following`` are the deduced figures of blank cells. ``rules`` are those of
    its findings, by code.
    """

    path: str
    report: Report | None = None
    prior: Report | None = None
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    equations: tuple[int, int] = (0, 0)
    components: tuple[Component, ...] = ()
    following: tuple[ImpliedValue, ...] = ()
    rules: Mapping[str, RuleSummary] = {}

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """The explanations of all components, in order."""
        return tuple(explanation for component in self.components for explanation in component.explanations)


class RunInfo(NamedTuple):
    """What is known of a run before its first report is judged.

    Attributes:
        packs: The packs whose rules run, each with its version.
        problems: The reports beside those that are checked that could not be read.
        skipped: The files that were not read.
        findings: What was found of several inputs at once, such as two reports of one organ and year.
        rules: The rules of these findings, by code.
    """

    packs: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, RuleSummary] = {}

    @property
    def checked(self) -> Checked:
        """What was found of several inputs at once, in the shape of an input that has no report of its own."""
        return Checked("", findings=self.findings, rules=self.rules)


class Result(NamedTuple):
    """The result of a run: its inputs in order, and what concerns the run as a whole."""

    reports: tuple[Checked, ...]
    run: RunInfo = RunInfo()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: those of each report, in order, and then those of the run."""
        return (*(finding for checked in self.reports for finding in checked.findings), *self.run.findings)

    @property
    def rules(self) -> Mapping[str, RuleSummary]:
        """The rules of all findings, by code."""
        rules = {code: rule for checked in self.reports for code, rule in checked.rules.items()}
        return {**rules, **self.run.rules}
