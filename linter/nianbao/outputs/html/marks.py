"""Which cells and passages of a report are marked, and how: seen from the report, what entries say of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS
from nianbao.outputs.html.entries import ABOUT, LEFT, RIGHT, ROLES, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from nianbao.model.explanation import Change
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.html.entries import Entry
    from nianbao.voice import Voice

PART, PASSAGE = "part", "passage"
_MOST_SIGNS = 12  # cells of one entry that all have its sign
SIGNS = {"wrong": "✗", "maybe": "?", "subject": "!", "follows": "+", "unread": "…", PART: "="}


class CellMark(NamedTuple):
    """How a cell is marked.

    Attributes:
        role: ``wrong``, ``maybe``, ``follows``, ``subject``, ``unread`` or ``part``; ``about`` is none, and lights up
            with an entry alone.
        entries: Numbers of the entries that speak of it, the most telling first.
        new: What it should be, or might have to be.
        loud: Whether it has a sign that leads to its entries. Zeros of a longer sum have none, nor have most cells of
            an entry that speaks of a great many: nobody wants to tab through them.
    """

    role: str
    entries: tuple[int, ...]
    new: tuple[int | Decimal, ...] = ()
    loud: bool = True


class MarkedReport(NamedTuple):
    """A report with all that the page says of it.

    Attributes:
        number: Its number on the page, from 0.
        checked: What was found in it.
        report: The report itself.
        voice: The language that the page begins with.
        entries: What is listed.
        marks: The cells that are marked, by key.
        places: The numbers of cells on the page, by key.
        passages: The entries about a heading, paragraph or fact of the report, by its place there.
    """

    number: int
    checked: Checked
    report: Report
    voice: Voice
    entries: tuple[Entry, ...]
    marks: Mapping[str, CellMark]
    places: Mapping[str, int]
    passages: Mapping[Location | str, tuple[Entry, ...]]

    def cell_id(self, key: str) -> str:
        """Return the id of a cell in the page."""
        return f"c{self.number}-{self.places[key]}"

    def entry_id(self, number: int) -> str:
        """Return the id of an entry in the page."""
        return f"e{self.number}-{number}"

    def about(self, location: Location) -> tuple[Entry, ...]:
        """Return the entries about a heading, a paragraph or a fact."""
        return self.passages.get(location.key, ()) if self.passages else ()

    def proposed(self, location: Location) -> tuple[int | Decimal, ...]:
        """Return what figures of a paragraph should be."""
        here = location.key
        return tuple(dict.fromkeys(new for one in self.about(location) for place, new in _stated(one) if place == here))


def sheet(voice: Voice, checked: Checked, *, report: Report, number: int) -> MarkedReport:
    """Return a report with its entries, and the marks that they leave in it."""
    entries = entries_of(checked)
    keys = dict.fromkeys((*report.form.slots, *report.cells, *report.unread))
    places = {key: place for place, key in enumerate(keys)}
    return MarkedReport(number, checked, report, voice, entries, marks_of(entries), places, _passages(entries))


class _Said(NamedTuple):
    """What an entry says of a cell: its place among the roles, the entry, what it proposes, whether it needs a sign."""

    role: int
    number: int
    new: tuple[int | Decimal, ...]
    loud: bool


def marks_of(entries: Iterable[Entry]) -> dict[str, CellMark]:
    """Return the marks of all cells that entries speak of."""
    found: dict[str, list[_Said]] = {}
    for entry in entries:
        for key, said in _said(entry):
            found.setdefault(key, []).append(said)
    return {key: _mark(sorted(said, key=lambda one: (one.role, one.number))) for key, said in found.items()}


def _mark(found: list[_Said]) -> CellMark:
    role = ROLES[found[0].role]
    told = [said for said in found if role == ABOUT or ROLES[said.role] != ABOUT]
    new = dict.fromkeys(value for said in found for value in said.new)
    return CellMark(
        PART if role in (LEFT, RIGHT) else role,
        tuple(said.number for said in told),
        tuple(new),
        any(said.loud for said in found),
    )


def _said(entry: Entry) -> Iterator[tuple[str, _Said]]:
    proposed = _proposed(entry)
    lively = {key for finding in entry.findings for key in _lively(finding)}
    roles = entry.roles
    counts = Counter(roles.values())
    seen: set[str] = set()
    for key, role in roles.items():
        new = proposed.get(key, ())
        first = role not in seen
        seen.add(role)
        few = first or counts[role] <= _MOST_SIGNS or any(new)
        loud = key in lively if role in (LEFT, RIGHT) else few and role != ABOUT
        yield key, _Said(ROLES.index(role), entry.number, tuple(new), loud)


def _proposed(entry: Entry) -> dict[str, list[int | Decimal]]:
    """Return the figures that an entry would have in cells, by key."""
    found: dict[str, list[int | Decimal]] = {}
    changes = ((change.key, change.new) for change in _changes(entry) if change.source is None)
    follows = ((one.cell.key, one.value) for one in entry.following)
    for key, value in (*changes, *follows):
        found.setdefault(key, []).append(value)
    return found


def _changes(entry: Entry) -> Iterator[Change]:
    """Give all changes of all readings of an entry, the likeliest first."""
    if entry.component is not None:
        for explanation in entry.component.explanations:
            yield from explanation.changes
        yield from entry.component.others


def _lively(finding: Finding) -> Iterator[str]:
    """Give the cells of a finding but for zeros and blanks that stand among others on one side of it."""
    counts = Counter(one.role for one in finding.cells)
    return (one.key for one in finding.cells if one.source is None and (one.value or counts[one.role] == 1))


def _passages(entries: Iterable[Entry]) -> dict[Location | str, tuple[Entry, ...]]:
    """Return the entries about places that are no cells, by place."""
    found: dict[Location | str, dict[int, Entry]] = {}
    for entry in entries:
        if entry.outcome not in (FAIL, PASS):
            continue
        spoken = [
            finding.location.key
            for finding in entry.findings
            if all(one.location.key != finding.location.key for one in finding.cells)
        ]
        for place in (*spoken, *(place for place, _ in _stated(entry))):
            if place != NOWHERE:
                found.setdefault(place, {})[entry.number] = entry
    return {place: tuple(those.values()) for place, those in found.items()}


def _stated(entry: Entry) -> Iterator[tuple[Location | str, int | Decimal]]:
    """Give the figures of the prose that an entry would have otherwise: their places, and what should stand there."""
    return ((one.location.key, one.new) for one in _changes(entry) if not one.key and one.source is None)
