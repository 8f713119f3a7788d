"""The list of a report on the page: an entry for each fault, with all findings that it accounts for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, OutcomeWord
from nianbao.model.rule import HIGH, SEVERITIES
from nianbao.outputs.wording.components import parts_of, reasons_told, undecided_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.messages import Text
    from nianbao.model.explanation import Component, Explanation, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.result import Checked
    from nianbao.model.rule import Severity

EntryKind = OutcomeWord | Literal["follows", "unread"]
MarkRole = Literal["wrong", "maybe", "follows", "subject", "unread", "left", "right", "about"]  # the clearest first

FOLLOWS: Final = "follows"
UNREAD: Final = "unread"
WRONG: Final = "wrong"
MAYBE: Final = "maybe"
SUBJECT: Final = "subject"
LEFT: Final = "left"
RIGHT: Final = "right"
ABOUT: Final = "about"
ROLES: tuple[MarkRole, ...] = get_args(MarkRole)


class Entry(NamedTuple):
    """One entry.

    Attributes:
        number: Its number in the report, from 1.
        outcome: ``fail``, ``undecided``, ``pass``, ``follows`` (blanks that the rest decides) or ``unread``.
        findings: Its findings, the worst first.
        component: The component that explains them, for figures that do not agree.
        reason: The reason why it could not be judged, or read.
        following: The blanks that follow.
        unread: Keys of the cells that were not read for that reason, or that the report does not have.
        leaves: The codes of the rules that could not be judged because of it.
    """

    number: int
    outcome: EntryKind
    findings: tuple[Finding, ...] = ()
    component: Component | None = None
    reason: Text | None = None
    following: tuple[ImpliedValue, ...] = ()
    unread: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity | Literal[""]:
        """The highest severity of its failures, or ""."""
        if self.outcome != FAIL:
            return ""
        return max((finding.severity for finding in self.findings), key=SEVERITIES.index, default="")

    @property
    def location(self) -> Location:
        """The main place: that of the wrong figure if it is known, else that of the first finding."""
        readings = self.component.explanations[:1] if self.component is not None else ()
        own = (change.location for reading in readings for change in reading.changes if change.source is None)
        places = (*own, *(finding.location for finding in self.findings))
        return next((place for place in places if place != NOWHERE), NOWHERE)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its rules."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def roles(self) -> Mapping[str, MarkRole]:
        """The role of each cell of the report in it, by key."""
        return _first(_pointed(self))


def entries_of(checked: Checked) -> tuple[Entry, ...]:
    """Return the entries of a report: failures, blanks that follow, rules not judged, cells not read, and evidence."""
    entries = (*_failures(checked), *_follows(checked), *_undecided(checked), *_unread(checked), *_evidence(checked))
    return tuple(entry._replace(number=number) for number, entry in enumerate(entries, 1))


def _failures(checked: Checked) -> Iterator[Entry]:
    for part in parts_of(checked):
        absent = tuple(key for finding in part.findings for key in finding.absent)
        leaves = undecided_by(part.findings, checked)
        yield Entry(0, FAIL, part.findings, part.component, unread=absent, leaves=leaves)


def _follows(checked: Checked) -> Iterator[Entry]:
    if checked.following:
        yield Entry(0, FOLLOWS, following=checked.following)


def _undecided(checked: Checked) -> Iterator[Entry]:
    """Give each reason once, with the rules that could not be judged and the cells that were not read because of it."""
    told = reasons_told(checked.findings)
    reasons: dict[Text, list[Finding]] = {}
    for finding in checked.findings:
        if finding.outcome == UNDECIDED and finding.reason is not None and finding.reason not in told:
            reasons.setdefault(finding.reason, []).append(finding)
    cells = _unread_by_reason(checked)
    for reason, findings in reasons.items():
        yield Entry(0, UNDECIDED, tuple(findings), reason=reason, unread=cells.get(reason, ()))


def _unread(checked: Checked) -> Iterator[Entry]:
    known = {finding.reason for finding in checked.findings if finding.outcome == UNDECIDED}
    known |= reasons_told(checked.findings)
    for reason, keys in _unread_by_reason(checked).items():
        if reason not in known:
            yield Entry(0, UNREAD, reason=reason, unread=keys)


def _unread_by_reason(checked: Checked) -> dict[Text, tuple[str, ...]]:
    by_reason: dict[Text, list[str]] = {}
    for key, reason in (checked.report.unread if checked.report else {}).items():
        by_reason.setdefault(reason, []).append(key)
    return {reason: tuple(keys) for reason, keys in by_reason.items()}


def _evidence(checked: Checked) -> Iterator[Entry]:
    return (Entry(0, PASS, (finding,)) for finding in checked.findings if finding.outcome == PASS)


def changed(explanation: Explanation, component: Component) -> MarkRole:
    """Return the roles of the cells that an explanation changes: wrong if it is first and certain, else maybe wrong."""
    return WRONG if explanation is component.explanations[0] and explanation.confidence == HIGH else MAYBE


def pointed(finding: Finding) -> Iterator[tuple[str, MarkRole]]:
    """Give the cells of the report itself that a finding is about, each with its role."""
    return ((ref.key, ref.role) for ref in finding.cells if ref.source is None)


def _pointed(entry: Entry) -> Iterator[tuple[str, MarkRole]]:
    component = entry.component
    if component is not None:
        for explanation in component.explanations:
            role = changed(explanation, component)
            yield from ((change.key, role) for change in explanation.changes if change.source is None and change.key)
        yield from ((change.key, MAYBE) for change in component.others if change.source is None and change.key)
    if entry.outcome == FAIL:
        for finding in entry.findings:
            yield from pointed(finding)
    yield from ((implied.cell.key, FOLLOWS) for implied in entry.following)
    yield from ((key, UNREAD) for key in entry.unread)
    if entry.outcome == UNDECIDED:
        yield from ((key, ABOUT) for finding in entry.findings for key, _ in pointed(finding))


def _first(pairs: Iterable[tuple[str, MarkRole]]) -> dict[str, MarkRole]:
    first: dict[str, MarkRole] = {}
    for key, role in pairs:
        first.setdefault(key, role)
    return first
