"""Which cells and passages of a report are marked, and how: seen from the report, what entries say of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.finding import FAIL, PASS
from nianbao.model.location import NOWHERE
from nianbao.outputs.html.entries import LEFT, RIGHT, ROLES, entries_of, pointed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from nianbao.model.explanation import Change
    from nianbao.model.finding import Checked, Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Report
    from nianbao.outputs.html.entries import Entry

PART = "part"
SIGNS = {"wrong": "✗", "maybe": "?", "subject": "!", "follows": "+", "unread": "…", PART: "="}


class Mark(NamedTuple):
    """How a cell is marked.

    Attributes:
        role: ``wrong``, ``maybe``, ``subject``, ``follows``, ``unread`` or ``part``.
        entries: Numbers of the entries that speak of it, the most telling first.
        new: What it should be, or might have to be.
        loud: Whether it has a sign; the zeros of a longer sum light up with their finding alone.
    """

    role: str
    entries: tuple[int, ...]
    new: tuple[int | Decimal, ...] = ()
    loud: bool = True


class Sheet(NamedTuple):
    """A report with all that the page says of it.

    Attributes:
        number: Its number on the page, from 0.
        checked: What was found in it.
        report: The report itself.
        lang: The language that the page begins with.
        entries: What is listed.
        marks: The cells that are marked, by key.
        places: The numbers of cells on the page, by key.
        passages: The entries about a heading, paragraph or fact of the report, by its place there.
    """

    number: int
    checked: Checked
    report: Report
    lang: str
    entries: tuple[Entry, ...]
    marks: Mapping[str, Mark]
    places: Mapping[str, int]
    passages: Mapping[Location, tuple[Entry, ...]]

    def cell_id(self, key: str) -> str:
        """Return the id of a cell in the page."""
        return f"c{self.number}-{self.places[key]}"

    def entry_id(self, number: int) -> str:
        """Return the id of an entry in the page."""
        return f"e{self.number}-{number}"

    def about(self, location: Location) -> tuple[Entry, ...]:
        """Return the entries about a heading, a paragraph or a fact."""
        return self.passages.get(_bare(self.report.refine(location)), ()) if self.passages else ()


def sheet(checked: Checked, report: Report, *, number: int, lang: str) -> Sheet:
    """Return a report with its entries, and the marks that they leave in it."""
    entries = entries_of(checked)
    keys = dict.fromkeys((*report.form.slots, *report.cells, *report.unread))
    places = {key: place for place, key in enumerate(keys)}
    return Sheet(number, checked, report, lang, entries, marks_of(entries), places, _passages(entries))


def marks_of(entries: Iterable[Entry]) -> dict[str, Mark]:
    """Return the marks of all cells that entries speak of."""
    found: dict[str, list[tuple[int, int, Entry]]] = {}
    for entry in entries:
        for key, role in entry.roles.items():
            found.setdefault(key, []).append((ROLES.index(role), entry.number, entry))
    return {key: _mark(key, sorted(those, key=lambda one: one[:2])) for key, those in found.items()}


def _mark(key: str, found: list[tuple[int, int, Entry]]) -> Mark:
    role = ROLES[found[0][0]]
    new = dict.fromkeys(value for _, _, entry in found for value in _values(entry, key))
    part = role in (LEFT, RIGHT)
    loud = not part or any(not _is_dull(entry, key) for _, _, entry in found)
    return Mark(PART if part else role, tuple(number for _, number, _ in found), tuple(new), loud)


def _values(entry: Entry, key: str) -> Iterator[int | Decimal]:
    """Give the figures that an entry would have in a cell."""
    yield from (change.new for change in changes_of(entry) if change.key == key and change.source is None)
    yield from (one.value for one in entry.following if one.cell.key == key)


def changes_of(entry: Entry) -> Iterator[Change]:
    """Give all changes of all readings of an entry, the likeliest first."""
    if entry.component is not None:
        for explanation in entry.component.explanations:
            yield from explanation.changes
        yield from entry.component.others


def _is_dull(entry: Entry, key: str) -> bool:
    """Whether a cell adds nothing to any sum of an entry that it takes part in."""
    return all(key in dull_cells(finding) for finding in entry.findings if key in dict(pointed(finding)))


def dull_cells(finding: Finding) -> frozenset[str]:
    """Return the cells of a finding that are zero, or blank, among others on one side of it."""
    several = {role for role, count in Counter(one.role for one in finding.cells).items() if count > 1}
    return frozenset(
        one.key for one in finding.cells if not one.value and one.role in several and one.role in (LEFT, RIGHT)
    )


def _passages(entries: Iterable[Entry]) -> dict[Location, tuple[Entry, ...]]:
    """Return the entries about places that are no cells, by place."""
    found: dict[Location, dict[int, Entry]] = {}
    for entry in entries:
        if entry.outcome not in (FAIL, PASS):
            continue
        for finding in entry.findings:
            place = _bare(finding.location)
            if place != NOWHERE and all(_bare(one.location) != place for one in finding.cells):
                found.setdefault(place, {})[entry.number] = entry
    return {place: tuple(those.values()) for place, those in found.items()}


def _bare(location: Location) -> Location:
    return location._replace(anchor=None)
