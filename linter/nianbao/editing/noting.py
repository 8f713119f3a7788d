"""Notes for a copy: their places in a checked report, and their texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from nianbao.editing import wording
from nianbao.editing.editor import Note
from nianbao.editing.figure_places import is_here, place_in_data, place_of
from nianbao.messages import clean
from nianbao.model.outcome import FAIL
from nianbao.model.rule import ERROR, HIGH, SEVERITIES
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.labels import cell_label
from nianbao.outputs.wording.slip_names import SLIP_NAMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.explanation import Change, Component, Explanation
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.model.rule import Severity
    from nianbao.voice import Voice

One = TypeVar("One")

_QUOTED = re.compile("“([^“”]{2,})”")
_LAST = 10**9
_MAX_CHANGES_LISTED = 6


def notes_for(voice: Voice, checked: Checked, *, as_data: bool = False, day: dt.date | None = None) -> tuple[Note, ...]:
    """Return the notes of a report in reading order, at most one for each place.

    A cell that an explanation corrects has a note with all findings that the explanation accounts for; other findings
    have a note at their own place. Cells that only take part in equations have none.

    Args:
        voice: The language.
        checked: The report and its findings.
        as_data: Whether its file is a report as data, where the places of cells are those of their keys.
        day: The day of the run, for formats whose notes have a date.
    """
    if checked.report is None:
        return ()
    notes = _Notes(voice, checked, checked.report, as_data=as_data).all()
    dated = (note._replace(day=day) for note in _merged(notes))
    return tuple(sorted(dated, key=lambda note: _order(note.location)))


class _Notes:
    """The notes of a report, before those at the same place are merged."""

    def __init__(self, voice: Voice, checked: Checked, report: Report, *, as_data: bool) -> None:
        self.voice = voice
        self.checked = checked
        self.report = report
        self.as_data = as_data
        self.failing = {finding.fingerprint: finding for finding in checked.findings if finding.outcome == FAIL}

    def all(self) -> Iterator[Note]:
        """Give the notes: of explanations, of findings without an explanation, and of blanks that follow."""
        covered: set[str] = set()
        for component in self.checked.components:
            for explanation in _candidates(component):
                notes = list(self.of_explanation(explanation, component))
                covered.update(explanation.findings if notes else ())
                yield from notes
        components = {name: component for component in self.checked.components for name in component.findings}
        for name, finding in self.failing.items():
            if name not in covered:
                yield self.of_finding(finding, components.get(name))
        for following in self.checked.following:
            title = self.voice.say(wording.FOLLOWS, value=self.voice.figure(following.value))
            place = place_in_data(following.cell.key) if self.as_data else following.cell.location
            advice = self.voice.say(wording.ADVISED_BLANK, value=self.voice.figure(following.value))
            yield self.note(place, "info", title, [self.named(following.cell.key), self.advice(advice)])

    def of_explanation(self, explanation: Explanation, component: Component) -> Iterator[Note]:
        """Give a note for each figure of this file that an explanation corrects."""
        findings = [self.failing[name] for name in explanation.findings if name in self.failing]
        severity: Severity = max((finding.severity for finding in findings), key=SEVERITIES.index, default=ERROR)
        shared = [*map(self.fault, findings), *self.then(explanation)]
        others = list(self.instead(explanation, component))
        authority = list(dict.fromkeys(line for finding in findings for line in self.bases(finding)))
        for change in explanation.changes:
            place = place_of(change, self.report, as_data=self.as_data)
            if place is None:
                continue
            rest = [other for other in explanation.changes if other is not change]
            together = [self.voice.say(wording.TOGETHER, changes=self.listed(rest))] if rest else []
            title = self.voice.say(wording.SHOULD_BE[explanation.confidence], **self.figures(change))
            advice = self.advice(self.voice.say(wording.ADVISED[explanation.confidence], **self.figures(change)))
            body = [self.named(change.key), advice, *together, *shared, *others, *authority]
            yield self.note(place, severity, title, body, finding=None if change.key else _first(findings))

    def of_finding(self, finding: Finding, component: Component | None) -> Note:
        """Return the note of a finding at its own place."""
        message = self.voice.clean(finding.texts)
        arithmetic = [formula(self.voice, finding)] if finding.cells else []
        why = [self.voice.clean(component.note)] if component is not None and component.note else []
        readings = [] if component is None else list(self.instead(None, component))
        advice = self.advice(self.voice.clean(finding.help_texts) or self.voice.say(wording.ADVISED_CHECK))
        body = [message, advice, *arithmetic, *why, *readings, *self.bases(finding)]
        title = self.rule(finding)
        place = finding.location
        cell = _first([ref.cell for ref in finding.cells if ref.source is None and ref.location == finding.location])
        if self.as_data and cell is not None:
            place = place_in_data(cell.key)
        return self.note(place, finding.severity, title, body, finding=finding)

    def note(
        self, place: Location, severity: Severity, title: str, body: Iterable[str], *, finding: Finding | None = None
    ) -> Note:
        """Return a note; in prose, with the quoted words."""
        headed = self.voice.say(
            wording.SEVERITY, severity=self.voice.say(phrases.SEVERITY_NAMES[severity]), title=title
        )
        quote = "" if finding is None else self.quote(finding)
        return Note(place, severity, headed, "\n".join(line for line in body if line), quote)

    def fault(self, finding: Finding) -> str:
        """Return the equation that does not hold, with its figures."""
        message = formula(self.voice, finding) or self.voice.clean(finding.texts)
        return self.voice.say(wording.FAILS, rule=self.rule(finding), message=message)

    def rule(self, finding: Finding) -> str:
        """Return the title of a finding's rule, with its code."""
        title = self.voice.clean(self.checked.rules[finding.rule].title)
        return self.voice.say(wording.RULE, title=title, code=finding.rule)

    def advice(self, text: str) -> str:
        """Return the line of what to do."""
        return self.voice.say(wording.ADVICE, text=text)

    def then(self, explanation: Explanation) -> Iterator[str]:
        """State the equations that hold after the changes."""
        held, of = explanation.holding
        if of:
            yield self.voice.say(wording.THEN_ALL if held == of else wording.THEN, held=held, of=of)

    def instead(self, explanation: Explanation | None, component: Component) -> Iterator[str]:
        """State the other explanations, and why the figures do not decide."""
        others = [other for other in component.explanations if other is not explanation]
        for other in others:
            phrase = wording.READING[other.confidence] if explanation is None else wording.INSTEAD
            yield self.voice.say(phrase, changes=self.listed(other.changes))
        if component.others:
            yield self.voice.say(wording.INSTEAD, changes=self.listed(component.others))
        if component.readings > len(component.explanations) and not component.others:
            yield self.voice.say(wording.MORE_READINGS, count=component.readings - len(component.explanations))
        if component.note is not None and explanation is not None:
            yield self.voice.clean(component.note)

    def listed(self, changes: Sequence[Change]) -> str:
        """List changes with the names of their cells."""
        named = [
            self.voice.say(wording.SHOULD, cell=self.cell(change), **self.figures(change))
            for change in changes[:_MAX_CHANGES_LISTED]
        ]
        more = [self.voice.say(wording.MORE, count=len(changes))] if len(changes) > _MAX_CHANGES_LISTED else []
        return self.voice.join([*named, *more], phrases.CLAUSES)

    def figures(self, change: Change) -> dict[str, str]:
        """Return the old and the new figure of a change, and the slip that explains it."""
        old = self.voice.figure(change.old) or self.voice.say(phrases.BLANK)
        return {
            "old": old,
            "new": self.voice.figure(change.new),
            "slip": self.voice.say(SLIP_NAMES[change.slip]),
        }

    def cell(self, change: Change) -> str:
        """Return the name of a changed cell, with its report if that is another one."""
        named = self.named(change.key)
        if is_here(change, self.report):
            return named
        return self.voice.say(wording.OTHER_REPORT, source=clean(change.source or str(change.year)), cell=named)

    def named(self, key: str) -> str:
        """Return the name of a cell."""
        return cell_label(self.voice, self.report.form, key=key) if key else self.voice.say(wording.PROSE)

    def bases(self, finding: Finding) -> Iterator[str]:
        """Give the authority of a finding."""
        for basis in finding.basis:
            quote = self.voice.say(phrases.QUOTE, text=clean(basis.quote)) if basis.quote else ""
            parts = (clean(basis.document), clean(basis.part), quote)
            yield self.voice.say(wording.BASIS, text=" ".join(part for part in parts if part))

    def quote(self, finding: Finding) -> str:
        """Return the words that a finding quotes from its paragraph; "" if it quotes none."""
        prose = [paragraph for section in self.report.sections for paragraph in section.paragraphs]
        for match in _QUOTED.finditer(finding.texts.zh):
            quote = "".join(match[1].split())
            holding = (paragraph for paragraph in prose if quote in "".join(paragraph.text.split()))
            if any(paragraph.location.key == finding.location.key for paragraph in holding):
                return match[1]
        return ""


def _candidates(component: Component) -> Sequence[Explanation]:
    """Return the explanations that have notes: only the first if it is certain, else all."""
    readings = component.explanations
    return readings[:1] if readings and readings[0].confidence == HIGH else readings


def _first(some: Sequence[One]) -> One | None:
    """Return the first item, ``None`` if there is none."""
    return some[0] if some else None


def _merged(notes: Iterable[Note]) -> Iterator[Note]:
    """Merge notes at the same place, with the title of the first and the highest severity."""
    places: dict[tuple[Location, str], list[Note]] = {}
    for note in notes:
        places.setdefault((note.location, note.quote), []).append(note)
    for (place, quote), group in places.items():
        head, *others = group
        severity = max((note.severity for note in group), key=SEVERITIES.index)
        body = [head.body, *(f"{other.title}\n{other.body}" for other in others)]
        yield Note(place, severity, head.title, "\n\n".join(body), quote)


def _order(place: Location) -> tuple[int, ...]:
    """Return the sort key that puts places of a file in reading order, as far as they are known."""
    top = None if place.box is None else round(place.box[1])
    known = (place.page, place.line, place.column, top, place.table, place.row, place.cell, place.paragraph)
    return tuple(_LAST if part is None else part for part in known)
