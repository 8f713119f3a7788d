"""Examples of rules as reports: what an example changes in a consistent report of nothing but zeros."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.language.linear import cell_key
from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.names import Scope
from nianbao.language.syntax import Name, parse
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.location import Location
from nianbao.model.report import BLANK, MARK, NUMBER, TEXT, ZERO, Cell, Dated, Issuer, Period, Report, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.model.form import Axis, Form, Item
    from nianbao.model.rule import Rule

_YEAR = 2024
_PRIOR = ("去年", "prior")
_YEAR_NAMES = ("年度", "year")
_TITLE_YEAR = ("题名年度", "title_year")
_YEARS = frozenset((*_YEAR_NAMES, *_TITLE_YEAR))
_DAYS = {"统计期起": "start", "period_start": "start", "统计期止": "end", "period_end": "end"}
_DAYS |= {"公布日期": "published", "published": "published"}
_LAYOUT = frozenset(("form", "sections", "headings", "without", "order"))
_MARKS = frozenset(("/", "—", "-", "无"))
_ISSUER = Issuer("临江区人民政府", "government")


class Given(NamedTuple):
    """The reports that an example describes."""

    report: Report
    prior: Report | None


def build(given: Mapping[str, Any], rule: Rule, *, forms: Sequence[Form]) -> Given:
    """Build the reports of an example.

    Args:
        given: Cells by name (a row or column alone means its total), years and dates, ``sections`` (prose by section
            id), ``headings``, ``without``, ``order``, ``form``, and ``去年``/``prior`` for the year before.
        rule: The rule that the example is of; names are looked up where the rule looks them up.
        forms: The forms there are.

    Raises:
        Mistake: a name that means no cell, or a key that means nothing.
    """
    form = _form(given, rule, forms)
    year = int(next((given[name] for name in _YEAR_NAMES if name in given), form.last_year or _YEAR))
    before = next((given[name] for name in _PRIOR if name in given), None)
    prior = None if before is None else _report(before, rule, form, year - 1)
    return Given(_report(given, rule, form, year), prior)


def _form(given: Mapping[str, Any], rule: Rule, forms: Sequence[Form]) -> Form:
    wanted = given.get("form") or next(iter(rule.applies.forms), forms[0].id)
    for form in forms:
        if form.id == wanted:
            return form
    raise Mistake(f"no form {wanted!r}{nearest(str(wanted), [form.id for form in forms])}", path=("form",))


def _report(given: Mapping[str, Any], rule: Rule, form: Form, year: int) -> Report:
    cells = {key: Cell(key, 0, ZERO, "0", Location(line=line)) for line, key in enumerate(form.slots, 1)}
    scope = Scope.of(form, rule.options.get("within"))
    days = {"start": dt.date(year, 1, 1), "end": dt.date(year, 12, 31)}
    for name, value in given.items():
        if name in _PRIOR or name in _LAYOUT:
            continue
        if name in _DAYS:
            days[_DAYS[name]] = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
        elif name not in _YEARS:
            _put(cells, name, value, scope)
    title_year = int(next((given[name] for name in _TITLE_YEAR if name in given), year))
    return Report(
        name="example",
        sha256="0" * 64,
        form=form,
        year=year,
        issuer=_ISSUER,
        period=Period(days["start"], days["end"]),
        published=days.get("published"),
        sections=_sections(given, form),
        cells=cells,
        facts={"title_year": Dated(title_year, str(title_year)), "period": Dated(None, "")},
    )


def _put(cells: dict[str, Cell], name: str, value: Any, scope: Scope) -> None:
    """Put a value into a cell; a group of rows that is named stands as one row, in place of its members."""
    tree = parse(str(name))
    if not isinstance(tree, Name):
        raise Mistake(f"{name!r} is no cell", path=(name,))
    ref = scope.resolve(tree)
    columns = ref.row.columns if ref.row is not None else tuple(one.id for one in ref.table.columns.leaves)
    row, column = ref.row or _total(ref.table.rows), ref.column or _total(ref.table.columns, columns)
    if row is None or column is None:
        raise Mistake(f"{name!r} leaves open which cell is meant; write row.column", path=(name,))
    for member in row.members:
        for one in columns:
            cells.pop(cell_key(ref.table, row=ref.table.rows.items[member], column=ref.table.columns.items[one]), None)
    if row.is_group:
        for one in columns:
            beside = cell_key(ref.table, row=row, column=ref.table.columns.items[one])
            cells.setdefault(beside, _cell(beside, 0))
    key = cell_key(ref.table, row=row, column=column)
    cells[key] = _cell(key, value)


def _total(axis: Axis, among: tuple[str, ...] | None = None) -> Item | None:
    """Return the member that a name means which leaves an axis open: its total, or the only one there is."""
    leaves = [item for item in axis.leaves if among is None or item.id in among]
    return leaves[0] if len(leaves) == 1 else next((item for item in leaves if item.total_of), None)


def _cell(key: str, value: Any) -> Cell:
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, int | Decimal):
        return Cell(key, value, NUMBER if value else ZERO, str(value))
    raw = "" if value is None else str(value)
    return Cell(key, None, MARK if raw in _MARKS else TEXT if raw.strip() else BLANK, raw)


def _sections(given: Mapping[str, Any], form: Form) -> tuple[Section, ...]:
    order = given.get("order") or [section.id for section in form.sections]
    official = {section.id: section.heading for section in form.sections}
    prose, headings = given.get("sections") or {}, given.get("headings") or {}
    missing = set(given.get("without") or ())
    for name in (*order, *prose, *headings, *missing):
        if name not in official:
            raise Mistake(f"no section {name!r}{nearest(str(name), list(official))}", path=("sections",))
    return tuple(
        Section(name, headings.get(name, official[name]), (Paragraph(str(prose.get(name, Text("略。", "…").zh))),))
        for name in order
        if name not in missing
    )
