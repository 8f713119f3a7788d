"""What tables of a report lack, or have beside what the form has: whole tables, rows, columns and single cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import cells_of
from nianbao.language.evaluate import all_blank
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, CellRef, Outcome
from nianbao.model.report import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Item, Slot, TableForm
    from nianbao.model.location import Location
    from nianbao.model.report import Report

_MAX_NAMES = 6
_MAX_LABEL_CHARS = 40
_AND_MORE = Text("等", " and others")


def lacks(table: TableForm, lacking: Sequence[str], *, report: Report, at: Location) -> Iterator[Outcome]:
    """Yield the outcomes for cells that a report does not have, with the reasons why other rules are then undecided.

    Args:
        table: Their table.
        lacking: Their keys, in the order of the form.
        report: The report.
        at: The place to show.
    """
    for outcome in _lacks(table, lacking):
        reasons = dict.fromkeys(report.unread[key] for key in outcome.absent)
        yield outcome._replace(location=at, leaves=tuple(reasons))


def _lacks(table: TableForm, lacking: Sequence[str]) -> Iterator[Outcome]:
    """Yield one outcome for cells that are a whole table, else one each for whole rows, whole columns, and others."""
    if len(lacking) == len(table.slots):
        yield _lack("", table, (), keys=lacking)
        return
    rest = list(lacking)
    for variant in ("rows", "columns"):
        groups: dict[str, list[str]] = {}
        for key, slot in table.slots.items():
            groups.setdefault(_item(slot, variant).id, []).append(key)
        whole = [keys for keys in groups.values() if set(keys) <= set(rest)]
        if whole:
            items = [_item(table.slots[keys[0]], variant) for keys in whole]
            names = [Text(item.label, item.name.en) for item in items]
            yield _lack(variant, table, names, keys=[key for keys in whole for key in keys])
            rest = [key for key in rest if not any(key in keys for keys in whole)]
    if rest:
        slots = [table.slots[key] for key in rest]
        names = [
            Text(f"{slot.row.label}—{slot.column.label}", f"{slot.row.name.en} – {slot.column.name.en}")
            for slot in slots
        ]
        yield _lack("cells", table, names, keys=rest)


def _item(slot: Slot, variant: str) -> Item:
    return slot.row if variant == "rows" else slot.column


def _lack(variant: str, table: TableForm, names: Sequence[Text], *, keys: Sequence[str]) -> Outcome:
    places = {"table": table.name, "title": table.title, "count": len(names), "names": _listed(names)}
    subject = f"{table.id}:{variant}" if variant else table.id
    return Outcome(FAIL, variant, places, subject=subject, absent=tuple(keys))


def _listed(names: Sequence[Text]) -> Text:
    """Return names in quotation marks, those beyond a few only mentioned."""
    shown = names[:_MAX_NAMES]
    more = _AND_MORE if len(names) > _MAX_NAMES else Text()
    return Text("".join(f"“{name.zh}”" for name in shown), ", ".join(f"“{name.en}”" for name in shown)) + more


def reasons_of(section_id: str, report: Report) -> tuple[Text, ...]:
    """Return the reasons why the tables of a section were not found."""
    tables = [table for table in report.form.tables.values() if table.section == section_id]
    lost = [table for table in tables if not any(key in report.cells for key in table.slots)]
    return tuple(dict.fromkeys(report.unread[key] for table in lost for key in table.slots if key in report.unread))


def blank_tables(tables: Sequence[str], subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for each table; it fails if all its cells are blank, or hold nothing but placeholders.

    A table of which some cells were not read, or are not there, has none.
    """
    report = subject.report
    for name in tables:
        cells = list(cells_of(subject, (name,)))
        if not cells or any(key.startswith(f"{name}.") for key in report.unread):
            continue
        if not all(cell.state == BLANK for cell in cells):
            yield Outcome(PASS, subject=name)
            continue
        table = report.form.tables[name]
        places = {"table": table.name, "title": table.title, "count": len(cells)}
        variant = "placeholders" if any(cell.raw for cell in cells) else ""
        refs = tuple(CellRef(cell, "subject") for cell in cells)
        section = report.section(table.section)
        at = cells[0].location if section is None else section.location
        yield Outcome(FAIL, variant, places, refs, location=at, subject=name, leaves=(all_blank(table),))


def other_rows(tables: Sequence[str], report: Report) -> Iterator[Outcome]:
    """Yield one outcome for each row with figures that the form does not have."""
    others = [row for row in report.further_rows if row.table in tables]
    for row in others:
        label = " ".join(row.label.split())[:_MAX_LABEL_CHARS]
        places = {"table": report.form.tables[row.table].name, "label": label}
        yield Outcome(FAIL, "", places, location=row.location, subject=f"{row.table}:{label}")
    if not others:
        yield Outcome(PASS)
