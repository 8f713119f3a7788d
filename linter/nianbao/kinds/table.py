"""Kind ``table``: the tables of a report, their rows and columns, and whether they hold anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.absences import blank_tables, lacks, other_rows
from nianbao.kinds.kind import Compiled, Kind, options_of, tables_of
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form) -> Compiled:
    tables = tables_of(rule, form)
    places = frozenset(("table", "title", "count"))
    if rule.options["table"] == "filled":
        variants = dict.fromkeys(("", "placeholders"), places)
        return Compiled(lambda subject: blank_tables(tables, subject), variants)
    if rule.options["table"] == "no-others":
        return Compiled(lambda subject: other_rows(tables, subject.report), {"": frozenset(("table", "label"))})
    variants = dict.fromkeys(("", "rows", "columns", "cells"), places | {"names"})
    return Compiled(lambda subject: _check_complete(tables, subject.report), variants)


def _check_complete(tables: Sequence[str], report: Report) -> Iterator[Outcome]:
    """Yield one outcome for a table that is missing, and for the rows, columns and single cells that one lacks.

    A table is undecided while it may have a cell that could not be read. One in a section that is missing too is the
    subject of another rule.
    """
    form = report.printed_form
    for table in (form.tables[name] for name in tables):
        due = [key for key in table.slots if key in report.unread]
        lacking = [key for key in due if key in report.absent]
        section = report.section(table.section)
        if lacking and (section is not None or len(lacking) < len(table.slots)):
            at = NOWHERE if section is None else section.location
            yield from lacks(table, lacking, report=report, at=at)
        elif lacking:
            yield Outcome(NOT_APPLICABLE, subject=table.id)
        if len(lacking) < len(due):
            reason = next(report.unread[key] for key in due if key not in report.absent)
            yield Outcome(UNDECIDED, reason=reason, subject=table.id)
        elif not due:
            yield Outcome(PASS, subject=table.id)


TABLE = Kind("table", options_of("table"), _compile)
