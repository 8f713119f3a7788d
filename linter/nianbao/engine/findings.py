"""Outcomes to findings: texts filled in, what cannot be judged said once, fingerprints that outlive values."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text
from nianbao.model.finding import Finding
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule

_UNDECIDED = Text("未能判断：{reason}", "cannot be judged: {reason}")
_UNDECIDED_OFTEN = Text("未能判断（{count} 处）：{reason}", "cannot be judged ({count} times): {reason}")
_WITH_NOTE = Text("{message}（{note}）", "{message} ({note})")
_ORDER = {FAIL: 0, UNDECIDED: 1, PASS: 2}
_LAST = 10**9


class Made(NamedTuple):
    """Findings in the order that they are told, and the fingerprint of what each outcome became, by its ``id``."""

    findings: tuple[Finding, ...]
    fingerprints: Mapping[int, str]


def make_findings(outcomes: Iterable[tuple[Rule, Outcome]], report: Report, *, packs: Mapping[str, str]) -> Made:
    """Make findings of what failed, of what could not be judged (once for each reason), and of evidence found.

    Args:
        outcomes: What rules say of the report.
        report: The report.
        packs: For each rule, by its code, the id of its pack.
    """
    findings: list[Finding] = []
    sources: list[Outcome] = []
    undecided: dict[tuple[str, Text], tuple[Rule, list[Outcome]]] = {}
    for rule, outcome in outcomes:
        if outcome.outcome == UNDECIDED and outcome.reason is not None:
            undecided.setdefault((rule.code, outcome.reason), (rule, []))[1].append(outcome)
        elif outcome.outcome == FAIL or _is_evidence(rule, outcome):
            findings.append(_finding(rule, outcome, report, _message(rule, outcome), packs))
            sources.append(outcome)
    for (_code, reason), (rule, group) in undecided.items():
        cells = tuple({involved.cell.key: involved for one in group for involved in one.cells}.values())
        subject = f"undecided:{group[0].subject}"
        merged = group[0]._replace(cells=cells, left=None, right=None, subject=subject)
        text = (_UNDECIDED if len(group) == 1 else _UNDECIDED_OFTEN).format(reason=reason, count=len(group))
        findings.append(_finding(rule, merged, report, text, packs))
    told = tuple(_told_apart(findings))
    fingerprints = {id(outcome): finding.fingerprint for outcome, finding in zip(sources, told, strict=False)}
    return Made(tuple(sorted(told, key=_rank)), fingerprints)


def _is_evidence(rule: Rule, outcome: Outcome) -> bool:
    return outcome.outcome == PASS and outcome.variant != "" and outcome.variant in rule.message


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give findings of one rule on one subject, such as a section that stands twice, fingerprints of their own."""
    times: Counter[str] = Counter()
    for finding in findings:
        times[finding.fingerprint] += 1
        again = times[finding.fingerprint]
        yield finding if again == 1 else finding._replace(fingerprint=_hash(f"{finding.fingerprint}|{again}"))


def _message(rule: Rule, outcome: Outcome) -> Text:
    template = rule.message.get(outcome.variant, rule.message[""])
    message = template.format(**outcome.arguments)
    return message if outcome.note is None else _WITH_NOTE.format(message=message, note=outcome.note)


def _finding(rule: Rule, outcome: Outcome, report: Report, message: Text, packs: Mapping[str, str]) -> Finding:
    return Finding(
        rule=rule.code,
        pack=packs[rule.code],
        name=rule.name,
        kind=rule.kind,
        outcome=outcome.outcome,
        severity=outcome.severity or rule.severity_for(report.form.id, report.day),
        confidence=rule.confidence,
        texts=message,
        help_texts=rule.help,
        cells=outcome.cells,
        left=outcome.left,
        right=outcome.right,
        location=outcome.location,
        fingerprint=_fingerprint(rule, outcome, report),
        reason=outcome.reason,
        basis=rule.basis_for(report.form.id),
    )


def _fingerprint(rule: Rule, outcome: Outcome, report: Report) -> str:
    issuer = report.issuer.name if report.issuer is not None else ""
    identity = f"{rule.code}|{issuer}|{report.year or ''}|{outcome.subject}"
    return _hash(identity)


def _hash(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def _rank(finding: Finding) -> tuple[int, int, int, int, str]:
    place = finding.location
    severity = -SEVERITIES.index(finding.severity)
    return _ORDER[finding.outcome], severity, place.line or _LAST, place.cell or 0, finding.rule
