"""Which findings of a result are told, by severity and by whom they are for; the rest is counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import PERSONAS, SEVERITIES
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from nianbao.model.finding import Finding
    from nianbao.model.result import Checked, Result
    from nianbao.model.rule import RuleSummary
    from nianbao.voice import Voice

EVERYTHING = "all"


def select(result: Result, *, show: str, persona: str) -> Result:
    """Return a result with the findings that are told; those that share a cause stay together.

    Args:
        result: The result of a run.
        show: The least severity, or ``all`` for all severities and for what is undecided or was found in order too.
        persona: For whom: rules for those who draft are for those who review too, and both for research.
    """
    return result._replace(reports=tuple(_selected(checked, show, persona) for checked in result.reports))


def _selected(checked: Checked, show: str, persona: str) -> Checked:
    told = {
        finding.fingerprint
        for finding in checked.findings
        if _is_for(persona, checked.rules[finding.rule]) and _reaches(show, finding)
    }
    components = tuple(one for one in checked.components if not told.isdisjoint(one.findings))
    kept = told.union(*(one.findings for one in components))
    findings = tuple(finding for finding in checked.findings if finding.fingerprint in kept)
    rules = {finding.rule: checked.rules[finding.rule] for finding in findings}
    return checked._replace(findings=findings, components=components, rules=rules)


def _is_for(persona: str, rule: RuleSummary) -> bool:
    return PERSONAS.index(rule.persona) <= PERSONAS.index(persona)


def _reaches(show: str, finding: Finding) -> bool:
    if show == EVERYTHING:
        return True
    return finding.outcome == FAIL and SEVERITIES.index(finding.severity) >= SEVERITIES.index(show)


def left_out(voice: Voice, whole: Result, *, told: Result) -> str:
    """Return how many findings of a result are not told, by severity; "" where all are."""
    counts = _kinds(whole)
    counts.subtract(_kinds(told))
    parts = [voice.say(phrases.LEFT_OUT_COUNTS[kind], count=counts[kind]) for kind in _KINDS if counts[kind] > 0]
    return voice.say(phrases.LEFT_OUT, what=voice.join(parts)) if parts else ""


_KINDS = (*reversed(SEVERITIES), UNDECIDED, PASS)


def _kinds(result: Result) -> Counter[str]:
    return Counter(one.severity if one.outcome == FAIL else one.outcome for one in result.findings)
