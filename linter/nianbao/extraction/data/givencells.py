"""The cells of a report that is given as data: in full, or in short as a figure, a blank or words."""

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
    from collections.abc import Iterator, Mapping

    from nianbao.extraction.data.given import ReportData
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.yamlfiles.source import Path

_NO_CELL = Text("{form} 没有这一格", "{form} has no such cell")
_STATE = Text("状态 {state} 与数值 {value} 不符", "state {state} does not go with the value {value}")
_EMPTY = Text("至少要有 value、state、raw 中的一个", "it has none of value, state and raw")
_SAYS = frozenset(("value", "state", "raw"))


def cells_of(given: ReportData, form: Form) -> Iterator[tuple[str, Cell]]:
    """Give the cells that data hold, by key.

    Raises:
        InputError: the form has no such cell, or what is said of it does not fit together.
    """
    for key, one in given.data.get("cells", {}).items():
        path = ("cells", key)
        _check(given, path, form)
        if isinstance(one, dict):
            yield key, _whole(given, key, one)
        elif isinstance(one, str):
            yield key, _read(key, one.strip(), given.place(path))
        else:
            yield key, _figure(key, given.number(path, one), given.place(path))


def unread_of(given: ReportData, form: Form, *, cells: Mapping[str, Cell]) -> dict[str, Text]:
    """Say of every cell that the form asks for and that the data lack, why.

    Raises:
        InputError: the data give a reason for a cell that the form does not have.
    """
    stated = given.data.get("unread", {})
    for key in stated:
        _check(given, ("unread", key), form)
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


def _check(given: ReportData, path: tuple[str, str], form: Form) -> None:
    if form.slot(path[1]) is None:
        raise given.wrong(path, _NO_CELL.format(form=form.id) + near(path[1], list(form.slots)))


def _whole(given: ReportData, key: str, one: Mapping[str, Any]) -> Cell:
    path: Path = ("cells", key)
    place = given.place(path, one.get("location"))
    said = one.keys() & _SAYS
    if not said:
        raise given.wrong(path, _EMPTY)
    if said == {"raw"}:
        return _read(key, one["raw"], place)
    cell = _figure(key, given.number((*path, "value"), one.get("value")), place)
    raw = one.get("raw", cell.raw)
    state = (
        word_of(one["state"], CELL_STATES) if one.get("state") else TEXT if cell.value is None and raw else cell.state
    )
    if (cell.value is not None and state != cell.state) or (cell.value is None and state in {NUMBER, ZERO}):
        raise given.wrong((*path, "state"), _STATE.format(state=state, value=cell.value))
    return cell._replace(state=state, raw=raw)


def _read(key: str, raw: str, place: Location) -> Cell:
    reading = read_number(raw)
    return Cell(key, reading.value, reading.state, raw, place)


def _figure(key: str, value: int | Decimal | None, place: Location) -> Cell:
    if value is None:
        return Cell(key, None, BLANK, "", place)
    return Cell(
        key, value, NUMBER if value else ZERO, f"{value:f}" if isinstance(value, Decimal) else str(value), place
    )
