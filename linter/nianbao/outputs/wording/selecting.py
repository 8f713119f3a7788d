"""Selects the findings to show, by severity and persona; the others are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import PERSONAS, SEVERITIES
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from nianbao.model.finding import Finding
    from nianbao.model.result import Checked, RunInfo
    from nianbao.model.rule import Persona, RuleSummary, ShowLevel
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

EVERYTHING: Final = "all"


def select(checked: Checked, *, show: ShowLevel, persona: Persona) -> Checked:
    """Return a report with the selected findings; findings with a common cause stay together.

    Args:
        checked: The report and its findings.
        show: The lowest severity, or ``all`` for all severities, undecided rules and evidence.
        persona: The persona: rules for drafting are also for review, and both are also for research.
    """
    wanted = {
        finding.fingerprint
        for finding in checked.findings
        if _is_for(persona, checked.rules[finding.rule]) and _reaches(show, finding)
    }
    components = tuple(component for component in checked.components if not wanted.isdisjoint(component.findings))
    kept = wanted.union(*(component.findings for component in components))
    findings = tuple(finding for finding in checked.findings if finding.fingerprint in kept)
    rules = {finding.rule: checked.rules[finding.rule] for finding in findings}
    return checked._replace(findings=findings, components=components, rules=rules)


def select_of_run(run: RunInfo, *, show: ShowLevel, persona: Persona) -> RunInfo:
    """Return the data on a run, with the selected ones of its findings."""
    selected = select(run.checked, show=show, persona=persona)
    return run._replace(findings=selected.findings, rules=selected.rules)


def _is_for(persona: Persona, rule: RuleSummary) -> bool:
    return PERSONAS.index(rule.persona) <= PERSONAS.index(persona)


def _reaches(show: ShowLevel, finding: Finding) -> bool:
    if show == EVERYTHING:
        return True
    return finding.outcome == FAIL and SEVERITIES.index(finding.severity) >= SEVERITIES.index(show)


def left_out(voice: Voice, shown: RunTotals, *, whole: RunTotals) -> str:
    """Return the number of findings of a run that are not shown, by severity; "" if all are shown."""
    counts = {kind: whole.findings[kind] - shown.findings[kind] for kind in _KINDS}
    parts = [voice.say(phrases.LEFT_OUT_COUNTS[kind], count=count) for kind, count in counts.items() if count > 0]
    return voice.say(phrases.LEFT_OUT, what=voice.join(parts)) if parts else ""


_KINDS = (*reversed(SEVERITIES), UNDECIDED, PASS)
