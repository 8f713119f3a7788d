"""Makes findings from outcomes: texts are filled in, and each reason why a rule cannot judge is reported once.

Fingerprints stay the same when values change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text
from nianbao.model.finding import Finding
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome
from nianbao.model.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.model.report import Report
    from nianbao.model.rule import Rule, Severity

_UNDECIDED = Text("未能判断：{reason}", "cannot be judged: {reason}")
_UNDECIDED_OFTEN = Text("未能判断（{count} 处）：{reason}", "cannot be judged ({count} times): {reason}")
_WITH_NOTE = Text("{message}（{note}）", "{message} ({note})")
_ORDER = {FAIL: 0, UNDECIDED: 1, PASS: 2}
_LAST = 10**9
MAX_FINDINGS = 1000  # of one rule in one report; more would not help anybody
_MORE = Text("这条规则另有 {count} 处，没有列出", "{count} more that this rule finds are not listed")


class _Draft(NamedTuple):
    """An outcome that becomes a finding; without its own text, it gets the rule's message."""

    rule: Rule
    outcome: Outcome
    text: Text | None = None


class Made(NamedTuple):
    """Findings in the order of the output, and fingerprints of findings by the ``id`` of their outcome."""

    findings: tuple[Finding, ...]
    fingerprints: Mapping[int, str]


def make_findings(outcomes: Iterable[tuple[Rule, Outcome]], report: Report, *, packs: Mapping[str, str]) -> Made:
    """Make findings from outcomes that fail, that are undecided (one for each reason), and that are evidence.

    Args:
        outcomes: The outcomes of rules on the report.
        report: The report.
        packs: For each rule, by its code, the id of its pack.
    """
    drafts: list[_Draft] = []
    undecided: dict[tuple[str, Text], tuple[Rule, list[Outcome]]] = {}
    for rule, outcome in outcomes:
        if outcome.outcome == UNDECIDED and outcome.reason is not None:
            undecided.setdefault((rule.code, outcome.reason), (rule, []))[1].append(outcome)
        elif outcome.outcome == FAIL or _is_evidence(rule, outcome):
            drafts.append(_Draft(rule, outcome))
    drafts += (_merged(rule, group, reason) for (_code, reason), (rule, group) in undecided.items())
    kept, more = _bounded(drafts, report)
    findings = tuple(_distinct(_finding(draft, report, packs) for draft in kept))
    fingerprints = {id(draft.outcome): finding.fingerprint for draft, finding in zip(kept, findings, strict=True)}
    findings += tuple(_finding(draft, report, packs) for draft in more)
    return Made(tuple(sorted(findings, key=rank_of)), fingerprints)


def _merged(rule: Rule, group: Sequence[Outcome], reason: Text) -> _Draft:
    """Return one draft for all outcomes that are undecided for the same reason."""
    cells = tuple({ref.cell.key: ref for outcome in group for ref in outcome.cells}.values())
    subject = f"undecided:{group[0].subject}"
    merged = group[0]._replace(cells=cells, left=None, right=None, subject=subject)
    text = (_UNDECIDED if len(group) == 1 else _UNDECIDED_OFTEN).format(reason=reason, count=len(group))
    return _Draft(rule, merged, text)


def _bounded(drafts: Iterable[_Draft], report: Report) -> tuple[list[_Draft], list[_Draft]]:
    """Return the drafts up to the limit, and one for each rule with too many, with the highest severity left out."""
    counts: Counter[tuple[str, str]] = Counter()
    kept: list[_Draft] = []
    gravest: dict[tuple[str, str], _Draft] = {}
    for draft in drafts:
        key = (draft.rule.code, draft.outcome.outcome)
        counts[key] += 1
        if counts[key] <= MAX_FINDINGS:
            kept.append(draft)
        else:
            gravest[key] = max(gravest.get(key, draft), draft, key=lambda each: _gravity(each, report))
    return kept, [_more(draft, counts[key] - MAX_FINDINGS) for key, draft in gravest.items()]


def _gravity(draft: _Draft, report: Report) -> int:
    return SEVERITIES.index(_severity(draft.rule, draft.outcome, report))


def _severity(rule: Rule, outcome: Outcome, report: Report) -> Severity:
    return outcome.severity or rule.severity_for(report.form.id, report.day)


def _more(gravest: _Draft, count: int) -> _Draft:
    text = _MORE.format(count=count)
    kind, severity = gravest.outcome.outcome, gravest.outcome.severity
    reason = text if kind == UNDECIDED else None
    return _Draft(gravest.rule, Outcome(kind, severity=severity, reason=reason, subject="more"), text)


def _is_evidence(rule: Rule, outcome: Outcome) -> bool:
    return outcome.outcome == PASS and outcome.variant != "" and outcome.variant in rule.message


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give different fingerprints to findings of one rule on one subject, such as a section that occurs twice."""
    times: Counter[str] = Counter()
    for finding in findings:
        times[finding.fingerprint] += 1
        again = times[finding.fingerprint]
        yield finding if again == 1 else finding._replace(fingerprint=_hash(f"{finding.fingerprint}|{again}"))


def _message(rule: Rule, outcome: Outcome) -> Text:
    template = rule.message.get(outcome.variant, rule.message[""])
    message = template.format(**outcome.arguments)
    return message if outcome.note is None else _WITH_NOTE.format(message=message, note=outcome.note)


def _finding(draft: _Draft, report: Report, packs: Mapping[str, str]) -> Finding:
    rule, outcome, text = draft
    return Finding(
        rule=rule.code,
        pack=packs[rule.code],
        name=rule.name,
        kind=rule.kind,
        outcome=outcome.outcome,
        severity=_severity(rule, outcome, report),
        confidence=rule.confidence,
        texts=_message(rule, outcome) if text is None else text,
        help_texts=rule.help,
        cells=outcome.cells,
        left=outcome.left,
        right=outcome.right,
        location=outcome.location,
        fingerprint=_fingerprint(rule, outcome, report),
        reason=outcome.reason,
        basis=rule.basis_for(report.form.id),
        absent=outcome.absent,
        leaves=outcome.leaves,
        draft=rule.draft if outcome.outcome == FAIL and not outcome.variant and text is None else None,
    )


def _fingerprint(rule: Rule, outcome: Outcome, report: Report) -> str:
    issuer = report.issuer.name if report.issuer is not None else ""
    identity = f"{rule.code}|{issuer}|{report.year or ''}|{outcome.subject}"
    return _hash(identity)


def _hash(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def rank_of(finding: Finding) -> tuple[int, int, int, int, str]:
    """Return the place of a finding in the order of the output."""
    place = finding.location
    severity = -SEVERITIES.index(finding.severity)
    return _ORDER[finding.outcome], severity, place.line or _LAST, place.cell or 0, finding.rule
