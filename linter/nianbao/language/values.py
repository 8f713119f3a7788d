"""The value that a name has on a report: a figure, a date, words, or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.dates import read_date
from nianbao.language.evaluate import cell_name, missing_cell, no_figure
from nianbao.language.facts import DATE, NUMBER, TEXT
from nianbao.messages import NotRead, Text
from nianbao.model.outcome import UNDECIDED, CellRef
from nianbao.model.report import BLANK, MARK

if TYPE_CHECKING:
    from nianbao.language.alignment import Binding
    from nianbao.language.evaluate import Sources
    from nianbao.language.facts import NamedFact
    from nianbao.language.names import Ref
    from nianbao.model.form import FactType
    from nianbao.model.location import Location
    from nianbao.model.outcome import OutcomeWord
    from nianbao.model.report import Cell, Report

_BLANK = Text("{cell}没有填", "{cell} is blank")
_NO_DATE = Text("{cell}不是日期（“{raw}”）", "{cell} is not a date (“{raw}”)")


class Unknown(Exception):  # noqa: N818 - a third truth value
    """A value that a report does not state: the reason, and the outcome unless another part decides."""

    def __init__(self, reason: Text | None, outcome: OutcomeWord = UNDECIDED) -> None:
        self.reason = reason
        self.outcome = outcome


class View(NamedTuple):
    """The reports that an expression is evaluated on, and what it has used so far: cells, and places of facts."""

    sources: Sources
    cells: list[CellRef]
    places: list[Location]


def type_of(ref: Ref, binding: Binding) -> FactType:
    """Return the type of the value in the cells of a name."""
    row = ref.row or ref.table.rows.items.get(binding.member)
    column = ref.column or ref.table.columns.items.get(binding.member)
    held = [item.value for item in (row, column) if item is not None and item.value != "count"]
    return held[0] if held and (held[0] == DATE or held[0] == TEXT) else NUMBER


def fact_value(named: NamedFact, view: View) -> Any:
    """Return the value of a fact in a report.

    Raises:
        Unknown: the report does not state it, or the report is missing.
    """
    reports = reports_of(named.period, view)
    value = named.fact.read(reports[0])
    location = named.fact.location(reports[0])
    if location is not None:
        view.places.append(location)
    if value is None:
        raise Unknown(NotRead.of_each(named.fact.name))
    return value


def cell_value(key: str, ref: Ref, *, wanted: FactType, view: View) -> Any:
    """Return the value of a cell as the given type; over several reports (of the organs below), their sum.

    Raises:
        Unknown: a cell was not read or holds another type, or the report is missing.
    """
    values = [_value(source, _look(source, key, view), wanted) for source in reports_of(ref.period, view)]
    return sum(values) if wanted == NUMBER else values[0]


def has_value(key: str, ref: Ref, *, view: View) -> bool:
    """Decide whether a cell is filled in all reports that its name refers to.

    A cell of a row that the report does not have is not filled. A cell of the form that was not read is unknown.

    Raises:
        Unknown: a cell was not read, or the report is missing.
    """
    return all(_is_filled(source, key, view) for source in reports_of(ref.period, view))


def _is_filled(source: Report, key: str, view: View) -> bool:
    if key not in source.cells and source.form.slot(key) is None:
        return False
    return _look(source, key, view).state not in (BLANK, MARK)


def reports_of(period: str, view: View) -> tuple[Report, ...]:
    """Return the reports of a period.

    Raises:
        Unknown: the report is missing.
    """
    reports = view.sources.of(period)
    if not reports:
        absence = view.sources.absence(period)
        raise Unknown(absence.reason, absence.outcome)
    return reports


def _look(source: Report, key: str, view: View) -> Cell:
    cell = source.cells.get(key)
    if cell is None:
        raise Unknown(missing_cell(source, key))
    other = None if source is view.sources.report else source.name
    view.cells.append(CellRef(cell, "subject", 1, source.year, other))
    return cell


def _value(source: Report, cell: Cell, wanted: FactType) -> Any:
    if wanted == NUMBER:
        if cell.value is None and (reason := no_figure(source, cell)) is not None:
            raise Unknown(reason)
        return cell.value or 0
    if cell.state in (BLANK, MARK):
        raise Unknown(_BLANK.format(cell=cell_name(source, cell.key)))
    if wanted == TEXT:
        return cell.raw.strip()
    date = read_date(cell.raw)
    if date is None:
        raise Unknown(_NO_DATE.format(cell=cell_name(source, cell.key), raw=cell.raw[:20]))
    return date
