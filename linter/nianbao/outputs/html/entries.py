"""The entries of a report on the page: what to change and look at, then what was left open, then evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, OutcomeWord
from nianbao.model.rule import HIGH, SEVERITIES
from nianbao.outputs.wording.components import reasons_told, undecided_by
from nianbao.outputs.wording.corrections import CHANGE, FILL, corrections_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.messages import Text
    from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.result import Checked
    from nianbao.model.rule import Severity
    from nianbao.outputs.wording.corrections import Todo

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
SIGNS = {"error": "✗", "warning": "▲", "info": "ℹ", "undecided": "?", "unread": "…", "follows": "+", "pass": "✓"}


class Entry(NamedTuple):
    """One entry.

    Attributes:
        number: Its number in the report, from 1; corrections have those of the terminal's list.
        outcome: ``fail``, ``undecided``, ``pass``, ``follows`` (blanks that the rest decides) or ``unread``.
        findings: Its findings, the worst first.
        todo: What is to be done, for ``fail`` and for a blank with a figure.
        reason: The reason why it could not be judged, or read.
        following: The blanks that follow.
        unread: Keys of the cells that were not read for that reason, or that the report does not have.
        leaves: The codes of the rules that could not be judged because of it.
    """

    number: int
    outcome: EntryKind
    findings: tuple[Finding, ...] = ()
    todo: Todo | None = None
    reason: Text | None = None
    following: tuple[ImpliedValue, ...] = ()
    unread: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def component(self) -> Component | None:
        """The component that explains its findings, for figures that do not agree."""
        return None if self.todo is None else self.todo.component

    @property
    def severity(self) -> Severity | Literal[""]:
        """The highest severity of its failures, or ""."""
        if self.outcome != FAIL:
            return ""
        return max((finding.severity for finding in self.findings), key=SEVERITIES.index, default="")

    @property
    def location(self) -> Location:
        """The main place: that of the figure to change if it is known, else that of the first finding."""
        if self.todo is not None:
            return self.todo.location
        return next((finding.location for finding in self.findings if finding.location != NOWHERE), NOWHERE)

    @property
    def source(self) -> str | None:
        """The name of the report with its place, ``None`` for the one that is checked."""
        return None if self.todo is None else self.todo.source

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its rules."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def changes(self) -> tuple[tuple[Change, MarkRole], ...]:
        """The figures that it would change, its own first, then those of less likely explanations."""
        todo, component = self.todo, self.component
        if todo is None or component is None or not component.explanations:
            return ()
        first = component.explanations[0]
        if todo.action != CHANGE:
            rest = [change for reading in component.explanations for change in reading.changes]
            return tuple((change, MAYBE) for change in (*rest, *component.others))
        own = [(change, changed(first, component)) for change in todo.changes]
        others = [change for reading in component.explanations[1:] for change in reading.changes]
        return (*own, *((change, MAYBE) for change in (*others, *component.others)))

    @property
    def roles(self) -> Mapping[str, MarkRole]:
        """The role of each cell of the report in it, by key."""
        return _first(_pointed(self))


def entries_of(checked: Checked) -> tuple[Entry, ...]:
    """Return the entries of a report: corrections, blanks, hints, rules not judged, cells not read, and evidence."""
    todos = [_of_todo(todo, checked) for todo in corrections_of(checked)]
    numbered = [entry for entry in todos if entry.todo is not None and not entry.todo.is_hint]
    hints = todos[len(numbered) :]
    entries = (*numbered, *_zeros(checked), *hints, *_undecided(checked), *_unread(checked), *_evidence(checked))
    return tuple(entry._replace(number=number) for number, entry in enumerate(entries, 1))


def _of_todo(todo: Todo, checked: Checked) -> Entry:
    if todo.action == FILL and todo.implied is not None:
        return Entry(0, FOLLOWS, todo=todo, following=(todo.implied,))
    absent = tuple(key for finding in todo.findings for key in finding.absent)
    return Entry(0, FAIL, todo.findings, todo, unread=absent, leaves=undecided_by(todo.findings, checked))


def _zeros(checked: Checked) -> Iterator[Entry]:
    """Give the blanks that must be 0, which are many, together."""
    zeros = tuple(implied for implied in checked.following if not implied.value)
    if zeros:
        yield Entry(0, FOLLOWS, following=zeros)


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
    yield from ((change.key, role) for change, role in entry.changes if change.source is None and change.key)
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
