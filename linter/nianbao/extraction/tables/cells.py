"""From the tables of a source to the cells of a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction import reasons
from nianbao.extraction.numbers import read_number
from nianbao.extraction.tables.alignment import align
from nianbao.model.folding import fold
from nianbao.model.place import line_or_spot
from nianbao.model.report import BLANK, NUMBER, TEXT, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.extraction.numbers import ParsedNumber
    from nianbao.messages import Text
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Form

_UNREADABLE = re.compile("[\\ufffd\\ue000-\\uf8ff]")  # what readers give for broken bytes, and signs of own fonts
_POINTS = ",，.．、"  # beside which white space may stand in a figure


class Tables(NamedTuple):
    """The cells of all tables.

    Attributes:
        cells: Cells by key.
        odd: The reasons why others were not read, by cell key, by ``table.row`` or by the table's id.
        rows: The rows whose labels were found, as ``table.row``.
        strays: The places of figures without a label, by the table's id.
        notes: Remarks for people on how the cells were read.
        further: The labels of rows that the form does not have, each with the table, in tables where no row is missing.
        clear: The tables, by id, that were understood whole, so that the source lacks what was not found in them.
    """

    cells: dict[str, Cell]
    odd: dict[str, Text]
    rows: frozenset[str]
    strays: dict[str, Text]
    notes: tuple[Text, ...] = ()
    clear: frozenset[str] = frozenset()
    further: tuple[tuple[str, TableCell], ...] = ()


def read_tables(pieces: Mapping[str, Sequence[Table]], form: Form, *, doubts: Mapping[str, Text]) -> Tables:
    """Place the cells of every table, with the reasons why others were not placed.

    Args:
        pieces: The source tables of each table of the form.
        form: The form.
        doubts: The reasons why figures of cells are not those that the form asks for, as they have another unit.
    """
    sources: dict[str, TableCell] = {}
    odd: dict[str, Text] = {}
    rows: set[str] = set()
    strays: dict[str, Text] = {}
    notes: list[Text] = []
    clear: set[str] = set()
    further: list[tuple[str, TableCell]] = []
    for name, tables in pieces.items():
        aligned = align(tables, form.tables[name])
        sources |= aligned.cells
        odd |= aligned.odd
        rows |= {f"{name}.{row}" for row in aligned.rows}
        notes += aligned.notes
        if aligned.is_clear:
            clear.add(name)
        if aligned.further and form.tables[name].slots.keys() <= aligned.cells.keys():
            further += [(name, label) for label in aligned.further]
        if aligned.stray is not None:
            strays[name] = line_or_spot(aligned.stray)
    units = frozenset(form.patterns.get("unit_words", ()))
    ordered = [*(key for key in form.slots if key in sources), *(key for key in sources if key not in form.slots)]
    cells: dict[str, Cell] = {}
    with_marks: list[TableCell] = []
    for key in ordered:
        source = sources[key]
        reading, doubt = read_number(source.text), source.doubt
        if reading.state == TEXT and doubt is None:
            doubt = _doubt(source.text, reading)
        if doubt is None and key in doubts and reading.state == NUMBER and reading.unit != form.slots[key].unit:
            doubt = doubts[key]
        if doubt is not None:
            odd[key] = reasons.doubtful(form.tables[key.partition(".")[0]], source, doubt=doubt)
            continue
        if reading.mark:
            with_marks.append(source)
        cells[key] = _cell(key, source, form, units, reading)
    notes += [reasons.marks_left_out(with_marks)] if with_marks else []
    return Tables(
        _without_subtotals(cells, rows, form),
        odd,
        frozenset(rows),
        strays,
        tuple(notes),
        frozenset(clear),
        tuple(further),
    )


def _doubt(text: str, reading: ParsedNumber) -> Text | None:
    """Return why a text that is not a number may still be meant as one.

    It is only a note mark, it has signs that could not be read, or it consists of several figures.
    """
    if _UNREADABLE.search(text):
        return reasons.unreadable(text)
    if reading.mark and reading.mark == text.strip():
        return reasons.lone_mark(reading.mark)
    figures = text.split()
    if len(figures) > 1 and all(read_number(figure.strip(_POINTS)).value is not None for figure in figures):
        return reasons.several(figures)
    return None


def _without_subtotals(cells: dict[str, Cell], rows: Iterable[str], form: Form) -> dict[str, Cell]:
    """Drop the figures of groups whose members are also in the table: they are not cells of the form."""
    row_ids = set(rows)
    doubled = {
        f"{table.id}.{group.id}."
        for table in form.tables.values()
        for group in table.rows.groups
        if f"{table.id}.{group.id}" in row_ids and any(f"{table.id}.{member}" in row_ids for member in group.members)
    }
    if not doubled:
        return cells
    return {
        key: cell for key, cell in cells.items() if key in form.slots or f"{key.rpartition('.')[0]}." not in doubled
    }


def _cell(key: str, source: TableCell, form: Form, units: frozenset[str], reading: ParsedNumber) -> Cell:
    """Make a cell of the report from one of the source; a figure with another unit than the column's becomes words."""
    raw = source.text.strip()
    if reading.state == TEXT and form.tables[key.partition(".")[0]].is_placeholder(raw):
        return Cell(key, None, BLANK, raw, source.location)
    if reading.state == TEXT or reading.unit:
        slot = form.slot(key)
        if slot is not None and slot.value == "change" and (change := _change(source.text, form)) is not None:
            reading = change
        unit_due = slot.unit if slot is not None else None
        if reading.unit and (reading.unit not in units or (unit_due is not None and reading.unit != unit_due)):
            return Cell(key, None, TEXT, raw, source.location)
    return Cell(key, reading.value, reading.state, raw, source.location)


def _change(text: str, form: Form) -> ParsedNumber | None:
    """Parse a change that begins with a word for more or less instead of a sign; ``None`` for other texts."""
    folded = fold(text)
    for name, sign in (("plus_words", ""), ("minus_words", "-")):
        for word in form.patterns.get(name, ()):
            if folded.startswith(word) and folded[len(word) :][:1].isdecimal():
                return read_number(f"{sign}{folded[len(word) :]}")
    return None
