"""The findings of a report in parts: findings with a common cause together, all others separately."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import FAIL, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.messages import Text
    from nianbao.model.explanation import Change, Component, Explanation
    from nianbao.model.finding import Finding
    from nianbao.model.result import Checked


class Explained(NamedTuple):
    """Findings with a common cause, and the component that explains them."""

    component: Component
    findings: tuple[Finding, ...]


class Plain(NamedTuple):
    """Findings without a known cause, and their component, if any."""

    findings: tuple[Finding, ...]
    component: Component | None = None


def parts_of(checked: Checked) -> Iterator[Explained | Plain]:
    """Give the failures of a report in order, those of a component together at the place of its first one."""
    failing = [finding for finding in checked.findings if finding.outcome == FAIL]
    owner = {fingerprint: component for component in checked.components for fingerprint in component.findings}
    done: set[int] = set()
    for finding in failing:
        component = owner.get(finding.fingerprint)
        if component is None:
            yield Plain((finding,))
        elif component.number not in done:
            done.add(component.number)
            own = tuple(other for other in failing if other.fingerprint in component.findings)
            yield Explained(component, own) if component.explanations else Plain(own, component)


def undecided_by(findings: Iterable[Finding], checked: Checked) -> tuple[str, ...]:
    """Return the codes of the rules that are undecided for reasons that findings account for."""
    reasons = reasons_told(findings)
    undecided = (other for other in checked.findings if other.outcome == UNDECIDED and other.reason in reasons)
    return tuple(dict.fromkeys(other.rule for other in undecided)) if reasons else ()


def reasons_told(findings: Iterable[Finding]) -> frozenset[Text]:
    """Return the reasons why rules could not be judged that findings account for."""
    return frozenset(reason for finding in findings for reason in finding.leaves)


def steps_of(explanation: Explanation) -> list[tuple[Change, ...]]:
    """Return the changes of an explanation, slip by slip."""
    by_step: dict[int, list[Change]] = {}
    for change in explanation.changes:
        by_step.setdefault(change.step, []).append(change)
    return [tuple(changes) for _, changes in sorted(by_step.items())]
