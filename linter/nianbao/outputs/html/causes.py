"""Why something is to be changed: the entries, findings and explanations that share figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import FAIL
from nianbao.outputs.wording.arithmetic import COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.explanation import Component
    from nianbao.model.finding import Finding
    from nianbao.outputs.html.entries import Entry

_MIN_SUM_CELLS = 3


class SharedCause(NamedTuple):
    """Findings that share figures.

    Attributes:
        number: Its number in the report, from 0.
        entries: The entries that answer them.
        findings: The findings.
        component: Their component, if they have one.
    """

    number: int
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    component: Component | None


def causes_of(entries: Iterable[Entry]) -> tuple[SharedCause, ...]:
    """Return the causes of failures that figures show, in the order of the list."""
    causes: dict[object, SharedCause] = {}
    for entry in entries:
        component = entry.component
        if entry.outcome != FAIL or (component is None and not any(map(has_sum, entry.findings))):
            continue
        key = ("alone", entry.number) if component is None else ("component", component.number)
        cause = causes.get(key, SharedCause(len(causes), (), (), component))
        new = tuple(finding for finding in entry.findings if finding not in cause.findings)
        causes[key] = cause._replace(entries=(*cause.entries, entry), findings=(*cause.findings, *new))
    return tuple(causes.values())


def has_sum(finding: Finding) -> bool:
    """Whether a finding is about a sum, which is told by its figures."""
    return finding.left is not None and finding.kind not in COMPARED and len(finding.cells) >= _MIN_SUM_CELLS
