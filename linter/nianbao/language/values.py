"""What a name of a cell says of a report: a figure, a day, words, or that it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.dates import read_date
from nianbao.language.evaluate import cell_name, missing_cell, no_figure
from nianbao.language.facts import DATE, NUMBER, TEXT
from nianbao.messages import Text
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

_NOT_SAID = Text("报告里没有读到{fact}", "the report does not say {fact}")
_BLANK = Text("{cell}没有填", "{cell} is blank")
_NO_DATE = Text("{cell}不是日期（“{raw}”）", "{cell} is not a date (“{raw}”)")


class Unknown(Exception):  # noqa: N818 - a third truth value
    """What a report does not say: the reason, and the outcome that comes of it where nothing else decides."""

    def __init__(self, reason: Text | None, outcome: OutcomeWord = UNDECIDED) -> None:
        self.reason = reason
        self.outcome = outcome


class View(NamedTuple):
    """The reports that are looked at, and what has been looked at in them: cells, and the place of the first fact."""

    sources: Sources
    cells: list[CellRef]
    places: list[Location]


def type_of(ref: Ref, binding: Binding) -> FactType:
    """Return the type of what the cells of a name hold."""
    row = ref.row or ref.table.rows.items.get(binding.member)
    column = ref.column or ref.table.columns.items.get(binding.member)
    held = [item.value for item in (row, column) if item is not None and item.value != "count"]
    return held[0] if held and (held[0] == DATE or held[0] == TEXT) else NUMBER


def fact_value(named: NamedFact, view: View) -> Any:
    """Return what a report says of a fact.

    Raises:
        Unknown: it does not, or there is no such report.
    """
    found = reports_of(named.period, view)
    value = named.fact.read(found[0])
    if named.fact.source in found[0].facts:
        view.places.append(found[0].facts[named.fact.source].location)
    if value is None:
        raise Unknown(_NOT_SAID.format(fact=named.fact.name))
    return value


def cell_value(key: str, ref: Ref, *, wanted: FactType, view: View) -> Any:
    """Return what a cell says as the type wanted; of several reports (those of the organs below), the sum.

    Raises:
        Unknown: a cell was not read, holds something else, or there is no such report.
    """
    values = [_value(source, _look(source, key, view), wanted) for source in reports_of(ref.period, view)]
    return sum(values) if wanted == NUMBER else values[0]


def has_value(key: str, ref: Ref, *, view: View) -> bool:
    """Say whether a cell holds anything, in all of the reports that its name reaches.

    A row that the report does not have holds nothing; a cell that should be there and was not read may hold anything.

    Raises:
        Unknown: a cell was not read, or there is no such report.
    """
    return all(_is_filled(source, key, view) for source in reports_of(ref.period, view))


def _is_filled(source: Report, key: str, view: View) -> bool:
    if key not in source.cells and source.form.slot(key) is None:
        return False
    return _look(source, key, view).state not in (BLANK, MARK)


def reports_of(period: str, view: View) -> tuple[Report, ...]:
    """Return the reports of a period.

    Raises:
        Unknown: there is none.
    """
    found = view.sources.of(period)
    if not found:
        absence = view.sources.absence(period)
        raise Unknown(absence.reason, absence.outcome)
    return found


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
