"""From a document to a report: its form, its sections, and the content of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.extraction import reasons
from nianbao.extraction.absent import absent_of
from nianbao.extraction.facts import find_facts, problems_of
from nianbao.extraction.headings import unpacked
from nianbao.extraction.recognising import best_forms
from nianbao.extraction.sections import cut, preamble_of, sections_of
from nianbao.extraction.tables.cells import read_tables
from nianbao.extraction.tables.labels import labels_of
from nianbao.extraction.tables.members import found_members
from nianbao.extraction.tables.pieces import pieces_of
from nianbao.extraction.tables.printed_units import other_units
from nianbao.extraction.tables.undoing import undone
from nianbao.extraction.tables.year_words import with_year_words
from nianbao.extraction.unread import pictured, unread_of
from nianbao.forms.loading import builtin_forms
from nianbao.forms.open_axes import with_members
from nianbao.model.report import FurtherRow, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.model.document import Document, Table
    from nianbao.model.form import Form

_MIN_SECTIONS = 2


def extract(document: Document, forms: Sequence[Form] | None = None) -> Report:
    """Read a document as a report.

    Args:
        document: What a reader made of the source.
        forms: The forms that it may follow; the built-in ones when ``None``.

    Raises:
        InputError: it has neither headings nor tables of any form (code ``not-a-report``), or its data are wrong.
    """
    if forms is None:
        forms = builtin_forms()
    if document.data is not None:
        from nianbao.extraction.data.canonical import report_of  # noqa: PLC0415 - only for reports as data

        return report_of(document, forms)
    form = _recognise(document, forms)
    document = _unpacked(document, form)
    headed = cut(document.blocks, form)
    sections = sections_of(headed, form)
    facts = find_facts(document, form)
    year = facts.title.year if facts.title else facts.period.start.year if facts.period else None
    printed = pieces_of(headed, form)
    pieces = with_year_words(printed, year, words=form.patterns.get("year_words", ()))
    form = _opened(pieces, form)
    tables = read_tables(pieces, form, doubts=other_units(pieces, form, headed=headed))
    cells = tables.cells
    if not cells and len(sections) < (_MIN_SECTIONS if facts.title is None else 1):
        raise InputError("not-a-report", reasons.NOT_A_REPORT)
    unread = unread_of(form, tables, headed=headed, pieces=printed)
    if year is not None and not tables.rows and not any(_in_years(known, year) for known in forms):
        raise InputError("no-form", reasons.no_form(year, forms))
    return Report(
        name=document.name,
        sha256=document.sha256,
        form=form,
        title=facts.title.text if facts.title else "",
        year=year,
        issuer=facts.issuer,
        period=facts.period,
        published=facts.published,
        preamble=preamble_of(headed, facts.title.location if facts.title else None),
        sections=sections,
        cells=cells,
        unread=unread,
        absent=absent_of(document, form, tables=tables, headed=headed, unread=unread),
        facts=facts.found,
        extra_headings=headed.extra,
        further_rows=tuple(FurtherRow(name, label.text.strip(), label.location) for name, label in tables.further),
        places=document.places,
        notes=(*document.notes, *tables.notes),
        problems=(
            *pictured(document.name, headed, form=form, cells=cells),
            *problems_of(facts.overruns, form, name=document.name),
        ),
    )


def _recognise(document: Document, forms: Sequence[Form]) -> Form:
    """Return the form with most labels in the document; the year decides between equal ones."""
    best = best_forms(document.blocks, forms)
    if len(best) == 1:
        return best[0]
    title = find_facts(_unpacked(document, best[0]), best[0]).title
    return next((form for form in best if title is not None and _in_years(form, title.year)), best[0])


def _unpacked(document: Document, form: Form) -> Document:
    return document._replace(blocks=unpacked(document.blocks, form))


def _in_years(form: Form, year: int) -> bool:
    return (form.first_year is None or year >= form.first_year) and (form.last_year is None or year <= form.last_year)


def _opened(pieces: Mapping[str, Sequence[Table]], form: Form) -> Form:
    """Fill the form's open groups with the members in the tables."""
    members: dict[str, tuple[str, ...]] = {}
    for name, tables in pieces.items():
        table_form = form.tables[name]
        if table_form.rows.open_group is not None or table_form.columns.open_group is not None:
            for table in tables:
                whole = undone(table, labels_of(table_form))
                for group, labels in found_members(whole, table_form).items():
                    members[group] = (*members.get(group, ()), *labels)
    return with_members(form, members)
