"""The cells of a report as data: in full, or short as a figure, a blank or words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.extraction import reasons
from nianbao.extraction.data.given import near
from nianbao.extraction.numbers import read_number
from nianbao.messages import Text
from nianbao.model.closed_words import word_of
from nianbao.model.report import BLANK, CELL_STATES, NUMBER, TEXT, ZERO, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.extraction.data.given import ReportData
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.yamlfiles.source import Path

_NO_CELL = Text("{form} 没有这一格", "{form} has no such cell")
_STATE = Text("状态 {state} 与数值 {value} 不符", "state {state} does not go with the value {value}")
_EMPTY = Text("至少要有 value、state、raw 中的一个", "it has none of value, state and raw")
_SAYS = frozenset(("value", "state", "raw"))


def cells_of(report_data: ReportData, form: Form) -> Iterator[tuple[str, Cell]]:
    """Yield the cells in data, by key.

    Raises:
        InputError: the form has no such cell, or its value and state contradict each other.
    """
    for key, entry in report_data.data.get("cells", {}).items():
        path = ("cells", key)
        _check(report_data, path, form)
        if isinstance(entry, dict):
            yield key, _whole(report_data, key, entry, form)
        elif isinstance(entry, str):
            yield key, _read(key, entry.strip(), report_data.place(path), form)
        else:
            yield key, _figure(key, report_data.number(path, entry), report_data.place(path))


def unread_of(report_data: ReportData, form: Form, *, cells: Mapping[str, Cell]) -> dict[str, Text]:
    """Return the reason for every cell of the form that the data lack.

    Raises:
        InputError: the data have a reason for a cell that the form does not have.
    """
    stated = report_data.data.get("unread", {})
    for key in stated:
        _check(report_data, ("unread", key), form)
    merged = {
        f"{table.id}.{member}.{column.id}"
        for table in form.tables.values()
        for group in table.rows.groups
        for column in table.columns.leaves
        if f"{table.id}.{group.id}.{column.id}" in cells
        for member in group.members
    }
    return {
        key: Text.of(stated[key]) if key in stated else reasons.NOT_IN_DATA
        for key in form.slots
        if key not in cells and key not in merged
    }


def absent_of(report_data: ReportData, form: Form, *, unread: Iterable[str]) -> frozenset[str]:
    """Return the cells of the form that the report does not have: those so named, and those of which data say nothing.

    Raises:
        InputError: the data name a cell that the form does not have.
    """
    stated = report_data.data.get("absent", ())
    for key in stated:
        _check(report_data, ("absent", key), form)
    silent = set(unread) - report_data.data.get("unread", {}).keys()
    return frozenset(silent | (set(stated) & set(unread)))


def _check(report_data: ReportData, path: tuple[str, str], form: Form) -> None:
    if form.slot(path[1]) is None:
        raise report_data.wrong(path, _NO_CELL.format(form=form.id) + near(path[1], list(form.slots)))


def _whole(report_data: ReportData, key: str, entry: Mapping[str, Any], form: Form) -> Cell:
    path: Path = ("cells", key)
    place = report_data.place(path, entry.get("location"))
    keys = entry.keys() & _SAYS
    if not keys:
        raise report_data.wrong(path, _EMPTY)
    if keys == {"raw"}:
        return _read(key, entry["raw"], place, form)
    cell = _figure(key, report_data.number((*path, "value"), entry.get("value")), place)
    raw = entry.get("raw", cell.raw)
    state = (
        word_of(entry["state"], CELL_STATES)
        if entry.get("state")
        else TEXT
        if cell.value is None and raw
        else cell.state
    )
    if (cell.value is not None and state != cell.state) or (cell.value is None and state in {NUMBER, ZERO}):
        raise report_data.wrong((*path, "state"), _STATE.format(state=state, value=cell.value))
    return cell._replace(state=state, raw=raw)


def _read(key: str, raw: str, place: Location, form: Form) -> Cell:
    reading = read_number(raw)
    state = BLANK if reading.state == TEXT and form.tables[key.partition(".")[0]].is_placeholder(raw) else reading.state
    return Cell(key, reading.value, state, raw, place)


def _figure(key: str, value: int | Decimal | None, place: Location) -> Cell:
    if value is None:
        return Cell(key, None, BLANK, "", place)
    return Cell(
        key, value, NUMBER if value else ZERO, f"{value:f}" if isinstance(value, Decimal) else str(value), place
    )
