"""What is told of a report, part by part: findings that share a cause as one, all others by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import FAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.explanation import Component
    from nianbao.model.finding import Finding
    from nianbao.model.result import Checked


class Explained(NamedTuple):
    """Findings that share a cause, and the component that says which."""

    component: Component
    findings: tuple[Finding, ...]


class Plain(NamedTuple):
    """Findings that are told one by one, and their component where no cause was found for them."""

    findings: tuple[Finding, ...]
    component: Component | None = None


def parts_of(checked: Checked) -> Iterator[Explained | Plain]:
    """Give the failing findings of a report in order, those of a component together where its first one stands."""
    failing = [finding for finding in checked.findings if finding.outcome == FAIL]
    owner = {fingerprint: one for one in checked.components for fingerprint in one.findings}
    told: set[int] = set()
    for finding in failing:
        component = owner.get(finding.fingerprint)
        if component is None:
            yield Plain((finding,))
        elif component.number not in told:
            told.add(component.number)
            found = tuple(one for one in failing if one.fingerprint in component.findings)
            yield Explained(component, found) if component.explanations else Plain(found, component)
