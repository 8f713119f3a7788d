"""Document and forms to a report: which form, which sections, which cell says what."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.extraction import reasons
from nianbao.extraction.facts import find_facts
from nianbao.extraction.labels import distinct, labels_of
from nianbao.extraction.members import found_members
from nianbao.extraction.numbers import read_number
from nianbao.extraction.sections import cut, sections_of
from nianbao.extraction.tables import align
from nianbao.extraction.words import fold
from nianbao.formats import builtin_forms
from nianbao.model.document import Paragraph, Picture, Table, TableCell
from nianbao.model.finding import Problem
from nianbao.model.report import TEXT, Cell, Report
from nianbao.openform import with_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.extraction.sections import Headed
    from nianbao.messages import Text
    from nianbao.model.document import Block, Document
    from nianbao.model.form import Form, TableForm

_FEWEST_LABELS = 2
_FEWEST_SECTIONS = 2
_LABEL_LENGTH = 90


def extract(document: Document, forms: Sequence[Form] | None = None) -> Report:
    """Read a document as a report.

    Args:
        document: What a reader made of the source.
        forms: The forms it may follow; those that ship with nianbao when ``None``.

    Raises:
        InputError: neither headings nor tables of any form (code ``not-a-report``), or data that are wrong.
    """
    if forms is None:
        forms = builtin_forms()
    if document.data is not None:
        from nianbao.extraction.canonical import report_of  # noqa: PLC0415 - only for reports as data

        return report_of(document, forms)
    form = _recognise(document, forms)
    headed = cut(document.blocks, form)
    sections = sections_of(headed)
    form = _opened(headed, form)
    cells, odd = _cells(headed, form)
    if not cells and len(sections) < _FEWEST_SECTIONS:
        raise InputError("not-a-report", reasons.NOT_A_REPORT)
    facts = find_facts(document, form)
    year = facts.title.year if facts.title else facts.period.start.year if facts.period else None
    return Report(
        name=document.name,
        sha256=document.sha256,
        form=form,
        title=facts.title.text if facts.title else "",
        year=year,
        issuer=facts.issuer,
        period=facts.period,
        published=facts.published,
        sections=sections,
        cells=cells,
        unread=_unread(form, cells, odd),
        facts=facts.found,
        extra_headings=headed.extra,
        refine=document.refine,
        notes=document.notes,
        problems=_pictured(document.name, headed, form, cells),
    )


def _recognise(document: Document, forms: Sequence[Form]) -> Form:
    """Return the form most of whose labels stand in the document; the year decides between equals."""
    texts = {fold(text) for text in _short_texts(document.blocks)}
    scores = [sum(len(distinct(labels_of(table), texts)) for table in form.tables.values()) for form in forms]
    best = [form for form, score in zip(forms, scores, strict=True) if score == max(scores)]
    if len(best) == 1:
        return best[0]
    title = find_facts(document, best[0]).title
    return next((form for form in best if title is not None and _in_years(form, title.year)), best[0])


def _in_years(form: Form, year: int) -> bool:
    return (form.first_year is None or year >= form.first_year) and (form.last_year is None or year <= form.last_year)


def _short_texts(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if len(block.text) <= _LABEL_LENGTH:
                yield block.text
        elif isinstance(block, Table):
            yield from (cell.text for cell in block.cells if len(cell.text) <= _LABEL_LENGTH)


def _opened(headed: Headed, form: Form) -> Form:
    """Fill the form's open groups with the members that the tables bring."""
    members: dict[str, tuple[str, ...]] = {}
    if any(axis.open_group for table in form.tables.values() for axis in (table.rows, table.columns)):
        for table in _tables(headed, form):
            table_form = _table_form(table, form)
            for group, labels in found_members(table, table_form).items() if table_form is not None else ():
                members[group] = (*members.get(group, ()), *labels)
    return with_members(form, members)


def _cells(headed: Headed, form: Form) -> tuple[dict[str, Cell], dict[str, Text]]:
    """Place the cells of every table, and say why others were not; by cell key and by ``table.row``."""
    sources: dict[str, TableCell] = {}
    odd: dict[str, Text] = {}
    twice: set[str] = set()
    for table in _tables(headed, form):
        table_form = _table_form(table, form)
        if table_form is None:
            continue
        aligned = align(table, table_form)
        odd |= {f"{table_form.id}.{row}": reason for row, reason in aligned.odd.items()}
        for key, cell in aligned.cells.items():
            known = sources.setdefault(key, cell)
            if fold(known.text) != fold(cell.text):
                twice.add(key)
                odd[key] = reasons.TWICE.format(table=table_form.name, first=known.text, second=cell.text)
    units = frozenset(form.patterns.get("unit_words", ()))
    ordered = [*(key for key in form.slots if key in sources), *(key for key in sources if key not in form.slots)]
    return {key: _cell(key, sources[key], form, units) for key in ordered if key not in twice}, odd


def _pictured(name: str, headed: Headed, form: Form, cells: dict[str, Cell]) -> tuple[Problem, ...]:
    """Tell of tables that were not found where a picture stands in their section."""
    read = {key.split(".", 1)[0] for key in cells}
    pictured = {part.id for part in headed.parts if any(isinstance(block, Picture) for block in part.blocks)}
    return tuple(
        Problem(name, "table-is-picture", reasons.TABLE_IS_PICTURE.format(table=table.name, title=table.title))
        for table in form.tables.values()
        if table.id not in read and table.section in pictured
    )


def _tables(headed: Headed, form: Form) -> Iterator[Table]:
    for part in headed.parts:
        yield from (block for block in part.blocks if isinstance(block, Table))
        yield from _paragraph_tables(part.blocks, form)


def _table_form(table: Table, form: Form) -> TableForm | None:
    """Return the table of the form that a source table is, by the labels it shares; ``None`` for other tables."""
    texts = {fold(cell.text) for cell in table.cells if len(cell.text) <= _LABEL_LENGTH}
    scores = [(len(distinct(labels_of(one), texts)), one) for one in form.tables.values()]
    score, best = max(scores, key=lambda pair: pair[0], default=(0, None))
    return best if score >= _FEWEST_LABELS else None


def _paragraph_tables(blocks: Sequence[Block], form: Form) -> list[Table]:
    """Find tables that lost their lines: runs of short paragraphs, a cell each, read as flows."""
    tables = []
    for short, run in groupby(blocks, lambda block: isinstance(block, Paragraph) and len(block.text) <= _LABEL_LENGTH):
        paragraphs = [block for block in run if isinstance(block, Paragraph)] if short else []
        texts = {fold(paragraph.text) for paragraph in paragraphs}
        for table in form.tables.values():
            if len(distinct(labels_of(table), texts)) >= max(_FEWEST_LABELS, len(table.rows.leaves) // 2 + 1):
                cells = tuple(TableCell(one.text, 0, n, location=one.location) for n, one in enumerate(paragraphs))
                tables.append(Table(cells, "flow", paragraphs[0].location))
    return tables


def _cell(key: str, source: TableCell, form: Form, units: frozenset[str]) -> Cell:
    """Make a cell of the report from one of the source; a unit that is not the column's makes it words."""
    reading = read_number(source.text)
    slot = form.slot(key)
    unit_due = slot.column.unit if slot is not None else None
    foreign = reading.unit and (reading.unit not in units or (unit_due is not None and reading.unit != unit_due))
    raw = source.text.strip()
    if foreign:
        return Cell(key, None, TEXT, raw, source.location)
    return Cell(key, reading.value, reading.state, raw, source.location)


def _unread(form: Form, cells: dict[str, Cell], odd: dict[str, Text]) -> dict[str, Text]:
    """Say of every cell that the form asks for and that was not read, why."""
    unread: dict[str, Text] = {}
    tables = {key.split(".", 1)[0] for key in cells}
    for key, slot in form.slots.items():
        if key in cells:
            continue
        table = form.tables[slot.table]
        groups = [group.id for group in table.rows.groups if slot.row.id in group.members]
        if any(f"{table.id}.{group}.{slot.column.id}" in cells for group in groups):
            continue
        row = f"{table.id}.{slot.row.id}"
        if (reason := odd.get(key) or odd.get(row) or odd.get(f"{table.id}.{table.id}")) is not None:
            unread[key] = reason
        elif table.id not in tables:
            unread[key] = reasons.NO_TABLE.format(table=table.name, title=table.title)
        elif any(other.startswith(f"{row}.") for other in cells):
            unread[key] = reasons.NO_COLUMN.format(table=table.name, column=slot.column.label)
        else:
            unread[key] = reasons.NO_ROW.format(table=table.name, row=slot.row.label)
    return unread
