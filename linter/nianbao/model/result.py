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
    """One input of a run: the report and what was found in it, or the problem that kept it from being read.

    ``equations`` is how many equations of the report hold, and of how many that could be judged; ``components`` say
    which cells are wrong where some fail, and ``following`` what blank cells must be. ``rules`` are those of its
    findings, by code.
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
        return tuple(one for component in self.components for one in component.explanations)


class Result(NamedTuple):
    """The result of a run, input by input; ``skipped`` are files that were passed over."""

    reports: tuple[Checked, ...]
    packs: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all reports, in order."""
        return tuple(finding for checked in self.reports for finding in checked.findings)

    @property
    def rules(self) -> Mapping[str, RuleSummary]:
        """The rules of all findings, by code."""
        return {code: rule for checked in self.reports for code, rule in checked.rules.items()}
