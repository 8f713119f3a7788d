"""Marks on the cells and passages of a report, collected from the entries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS
from nianbao.outputs.html.entries import ABOUT, LEFT, RIGHT, ROLES, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.html.entries import Entry, MarkRole
    from nianbao.voice import Voice

PART: Final = "part"
PASSAGE: Final = "passage"
_MAX_SIGNS = 12  # of an entry; if it has more cells, not all of them get its sign
MARKED = ("wrong", "maybe", "subject", "follows", "unread", PART)  # roles of cells that the page explains


class CellMark(NamedTuple):
    """The mark of a cell.

    Attributes:
        role: ``wrong``, ``maybe``, ``follows``, ``subject``, ``unread`` or ``part``; with ``about``, it is only
            highlighted together with an entry.
        entries: Numbers of the entries that refer to it, the most important first.
        new: The figure that it should have, or may have to have.
        loud: Whether it has a sign that links to its entries. Zeros of a longer sum have no sign, and most cells of an
            entry with very many cells have none, so that people need not tab through them.
    """

    role: MarkRole | Literal["part"]
    entries: tuple[int, ...]
    new: tuple[int | Decimal, ...] = ()
    loud: bool = True


class MarkedReport(NamedTuple):
    """A report with all that the page shows of it.

    Attributes:
        number: Its number on the page, from 0.
        checked: Its findings.
        report: The report itself.
        voice: The initial language of the page.
        entries: The list.
        marks: The marked cells, by key.
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
        """Return the id of a cell on the page."""
        return f"c{self.number}-{self.places[key]}"

    def entry_id(self, number: int) -> str:
        """Return the id of an entry on the page."""
        return f"e{self.number}-{number}"

    def about(self, location: Location) -> tuple[Entry, ...]:
        """Return the entries about a heading, a paragraph or a fact."""
        return self.passages.get(location.key, ()) if self.passages else ()

    def proposed(self, location: Location) -> tuple[int | Decimal, ...]:
        """Return the proposed figures of a paragraph."""
        here = location.key
        return tuple(
            dict.fromkeys(new for entry in self.about(location) for place, new in _stated(entry) if place == here)
        )


def sheet(voice: Voice, checked: Checked, *, report: Report, number: int) -> MarkedReport:
    """Return a report with its entries and their marks."""
    entries = entries_of(checked)
    keys = dict.fromkeys((*report.form.slots, *report.cells, *report.unread))
    places = {key: place for place, key in enumerate(keys)}
    return MarkedReport(number, checked, report, voice, entries, marks_of(entries), places, _passages(entries))


class _Statement(NamedTuple):
    """A statement of an entry on a cell: its role by rank, the entry, the proposed figure, whether it needs a sign."""

    role: int
    number: int
    new: tuple[int | Decimal, ...]
    loud: bool


def marks_of(entries: Iterable[Entry]) -> dict[str, CellMark]:
    """Return the marks of all cells that entries refer to."""
    by_key: dict[str, list[_Statement]] = {}
    for entry in entries:
        for key, statement in _statements(entry):
            by_key.setdefault(key, []).append(statement)
    return {
        key: _mark(sorted(statements, key=lambda statement: (statement.role, statement.number)))
        for key, statements in by_key.items()
    }


def _mark(statements: list[_Statement]) -> CellMark:
    role = ROLES[statements[0].role]
    relevant = [statement for statement in statements if role == ABOUT or ROLES[statement.role] != ABOUT]
    new = dict.fromkeys(value for statement in statements for value in statement.new)
    return CellMark(
        PART if role in (LEFT, RIGHT) else role,
        tuple(statement.number for statement in relevant),
        tuple(new),
        any(statement.loud for statement in statements),
    )


def _statements(entry: Entry) -> Iterator[tuple[str, _Statement]]:
    proposed = _proposed(entry)
    lively = {key for finding in entry.findings for key in _lively(finding)}
    roles = entry.roles
    counts = Counter(roles.values())
    seen: set[str] = set()
    for key, role in roles.items():
        new = proposed.get(key, ())
        first = role not in seen
        seen.add(role)
        few = first or counts[role] <= _MAX_SIGNS or any(new)
        loud = key in lively if role in (LEFT, RIGHT) else few and role != ABOUT
        yield key, _Statement(ROLES.index(role), entry.number, tuple(new), loud)


def _proposed(entry: Entry) -> dict[str, list[int | Decimal]]:
    """Return the figures that an entry proposes for cells, by key."""
    proposed: dict[str, list[int | Decimal]] = {}
    changes = ((change.key, change.new) for change, _ in entry.changes if change.source is None)
    follows = ((implied.cell.key, implied.value) for implied in entry.following)
    for key, value in (*changes, *follows):
        proposed.setdefault(key, []).append(value)
    return proposed


def _lively(finding: Finding) -> Iterator[str]:
    """Give the cells of a finding, without zeros and blanks among others on the same side."""
    counts = Counter(ref.role for ref in finding.cells)
    return (ref.key for ref in finding.cells if ref.source is None and (ref.value or counts[ref.role] == 1))


def _passages(entries: Iterable[Entry]) -> dict[Location | str, tuple[Entry, ...]]:
    """Return the entries about places other than cells, by place."""
    by_place: dict[Location | str, dict[int, Entry]] = {}
    for entry in entries:
        if entry.outcome not in (FAIL, PASS):
            continue
        spoken = [
            finding.location.key
            for finding in entry.findings
            if all(ref.location.key != finding.location.key for ref in finding.cells)
        ]
        for place in (*spoken, *(place for place, _ in _stated(entry))):
            if place != NOWHERE:
                by_place.setdefault(place, {})[entry.number] = entry
    return {place: tuple(those.values()) for place, those in by_place.items()}


def _stated(entry: Entry) -> Iterator[tuple[Location | str, int | Decimal]]:
    """Give the figures in prose that an entry would change: their places and the proposed figures."""
    return (
        (change.location.key, change.new) for change, _ in entry.changes if not change.key and change.source is None
    )
