"""Makes explanations from the located errors: figures with their places, findings by their fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.diagnosis.causes import causes_of
from nianbao.diagnosis.confidence import confidences
from nianbao.diagnosis.equations import decimal, exact
from nianbao.diagnosis.operations import after
from nianbao.language.names import THIS
from nianbao.messages import Text
from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue, OpenFigure
from nianbao.model.rule import HIGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.diagnosis.readings import Reading
    from nianbao.diagnosis.splitting import Group
    from nianbao.engine.locating import Diagnosis
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.model.rule import Confidence

_MAX_EXPLANATIONS = 5  # one for each cell of a short sum: any of them may be the wrong one
_MAX_OTHER_CHANGES = 60
_MAX_OPEN_FIGURES = 60
_OPEN = Text(
    "有 {count} 种改法都能使这些数字一致，改动同样少；仅凭报告中的数字不能断定是哪一种，请核对原始记录",
    "{count} readings of equally few slips make these figures agree; the figures alone cannot decide between them: "
    "look at the records",
)
_UNSURE = Text(
    "仅凭报告中的数字不能完全断定，请核对原始记录",
    "the figures alone do not prove this reading: look at the records",
)
_NONE = Text(
    "用常见的笔误解释不了，填错的可能不止几格；请逐格核对",
    "common slips do not account for these figures, and more than a few may be wrong; look at them one by one",
)
_APART = Text(
    "两份报告各自前后一致，只是彼此对不上；请核对两份报告的口径和数字",
    "each report agrees with itself, but they do not agree with each other: look at both, and at how they count",
)
_PINNED = Text(
    "这样改的前提是另一份报告没有错；请核对两份报告的口径和数字",
    "this takes the figures of the other report to be right: look at both, and at how they count",
)
_PINNED_APART = Text(
    "两份报告各自前后一致，只是彼此对不上；这样改的前提是另一份报告没有错，请核对两份报告的口径和数字",
    "each report agrees with itself, but they do not agree with each other; this takes the figures of the other to be "
    "right: look at both, and at how they count",
)
_SPENT = Text(
    "可能的改法太多，没有查完；除所列之外可能还有别的改法",
    "there are too many ways to put these figures right, and the search was given up; there may be others than those "
    "shown",
)


def components_of(diagnosis: Diagnosis, fingerprints: Mapping[int, str]) -> tuple[Component, ...]:
    """Return the explanations of the findings of a report.

    Args:
        diagnosis: The result of locating the wrong figures.
        fingerprints: The fingerprint of the finding from each outcome, by the outcome's ``id``.
    """
    components: list[Component] = []
    for group in diagnosis.located.groups:
        names = [fingerprints.get(id(diagnosis.at[row])) for row in sorted(group.rows)]
        findings = tuple(dict.fromkeys(name for name in names if name is not None))
        if findings:
            components.append(_component(len(components), group, findings, diagnosis))
    return tuple(components)


def following_of(diagnosis: Diagnosis, form: Form) -> tuple[ImpliedValue, ...]:
    """Return the blank cells whose figures follow, in the order of the form; rows of whole groups come last."""
    cells = {(place.key, THIS): place.cell for place in diagnosis.places if place.source is None}
    order = {key: number for number, key in enumerate(form.slots)}
    implied = [
        ImpliedValue(cell, value)
        for variable, number in diagnosis.located.following.items()
        if (cell := cells.get(variable)) is not None and (value := decimal(number)) is not None
    ]
    return tuple(sorted(implied, key=lambda value: order.get(value.cell.key, len(order))))


def _component(number: int, group: Group, findings: tuple[str, ...], diagnosis: Diagnosis) -> Component:
    sure = confidences(group)
    shown = tuple(
        Explanation(
            number, rank, sure[rank - 1], tuple(_changes(reading, diagnosis)), findings, _holding(reading, diagnosis)
        )
        for rank, reading in enumerate(group.readings[:_MAX_EXPLANATIONS], start=1)
    )
    named = {_place_of(change) for explanation in shown for change in explanation.changes}
    others = {
        _place_of(change): change
        for reading in group.readings[_MAX_EXPLANATIONS:]
        for change in _changes(reading, diagnosis)
        if _place_of(change) not in named
    }
    return Component(
        number,
        findings,
        shown,
        tuple(others.values())[:_MAX_OTHER_CHANGES],
        len(group.readings),
        _note(group, sure, diagnosis),
        tuple(_differing(group, diagnosis))[:_MAX_OPEN_FIGURES],
    )


def _differing(group: Group, diagnosis: Diagnosis) -> Iterator[OpenFigure]:
    """Yield the figures that the readings of a group do not all change alike."""
    readings = [reading.changes for reading in group.readings]
    for cell in sorted({cell for changes in readings for cell in changes}):
        if len({changes.get(cell) for changes in readings}) > 1:
            place = diagnosis.places[cell]
            value = None if place.value is None else decimal(place.value)
            yield OpenFigure(place.key, value, place.location, place.year, place.source)


def _place_of(change: Change) -> tuple[str, str | None, Location]:
    """Return the identity of a figure: two reports have cells with the same key, and figures in prose have no key."""
    return change.key, change.source, change.location


def _note(group: Group, sure: tuple[Confidence, ...], diagnosis: Diagnosis) -> Text | None:
    if not group.complete:
        return _SPENT
    is_between = _are_between_reports(group, diagnosis)
    if not group.readings:
        return _APART if is_between else _NONE
    if group.pinned:
        return _PINNED_APART if is_between else _PINNED
    if sure[0] == HIGH:
        return None
    return _OPEN.format(count=len(group.readings)) if len(group.readings) > 1 else _UNSURE


def _are_between_reports(group: Group, diagnosis: Diagnosis) -> bool:
    """Whether every row that fails compares this report with another."""
    places, rows = diagnosis.places, diagnosis.system.rows
    return all(any(places[cell].source is not None for cell in rows[row]) for row in group.rows)


def _changes(reading: Reading, diagnosis: Diagnosis) -> Iterator[Change]:
    figures = diagnosis.located.figures
    for number, step in enumerate(causes_of(diagnosis.system, reading)):
        for cell, change in step.changes.items():
            place = diagnosis.places[cell]
            new = decimal(exact(figures.values[cell] + change))
            if new is not None:
                old = None if place.value is None else decimal(place.value)
                yield Change(place.key, old, new, step.slip, number, place.location, place.year, place.source)


def _holding(reading: Reading, diagnosis: Diagnosis) -> tuple[int, int]:
    """Return how many equations of the tables concerned hold after the changes of an explanation, and of how many."""
    system, figures = diagnosis.system, diagnosis.located.figures
    failing = after(system, figures, changes=reading.changes)
    tables = {system.cells[cell][0].split(".", 1)[0] for cell in reading.changes}
    rows = [
        row
        for row, weights in enumerate(system.rows)
        if row not in figures.left_out
        and all(period == THIS and key for key, period in map(system.cells.__getitem__, weights))
        and not tables.isdisjoint(system.cells[cell][0].split(".", 1)[0] for cell in weights)
    ]
    return sum(row not in failing for row in rows), len(rows)
