"""Examples of rules as reports: an example changes a consistent report whose cells are all 0."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.dates import first_day, last_day, read_date
from nianbao.forms.open_axes import sample_of, with_members
from nianbao.language.facts import DATE, ISSUER_KIND, NUMBER, facts_of, type_name
from nianbao.language.mistakes import Mistake, nearest, no_form
from nianbao.language.names import CHILDREN, PARENT, PERIODS, PRIOR, Scope
from nianbao.language.section_names import section_named
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.issuer_kind import issuer_kind_named
from nianbao.model.report import BLANK, Fact, FurtherRow, Issuer, Period, Report, Section
from nianbao.packtests.example_cells import keys_of, put, zeros

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.language.facts import KnownFact
    from nianbao.model.form import Form
    from nianbao.model.report import Cell
    from nianbao.model.rule import Rule

_YEAR = 2024
_LAYOUT = frozenset(
    ("form", "sections", "headings", "without", "order", "members", "absent", "blank", "further", "further_rows")
)
_ABSENT = Text("报告里没有这一格", "the report has no such cell")
_ISSUER = Issuer("临江区人民政府", "government")
_LATER = {PRIOR: -1, PARENT: 0, CHILDREN: 0}


class ExampleReports(NamedTuple):
    """The reports of an example, and the keys of the cells that it names in this year's and in last year's report."""

    report: Report
    prior: Report | None
    named: frozenset[str] = frozenset()
    named_prior: frozenset[str] = frozenset()
    parent: Report | None = None
    children: tuple[Report, ...] = ()


def build(
    written: Mapping[str, Any], rule: Rule, *, forms: Sequence[Form], base: Mapping[str, Any] = MappingProxyType({})
) -> ExampleReports:
    """Build the reports of an example.

    Args:
        written: The example as it is written: cells by name (a row or column alone means its total), years, dates and
            other facts, ``members`` (labels of the members of open groups), ``sections`` (prose by section id),
            ``headings``, ``without``, ``order``, ``form``, ``absent`` and ``blank`` (names of tables, rows, columns and
            cells that the report does not have, or leaves blank), ``further`` (headings of other sections),
            ``further_rows`` (labels of rows that the form does not have, by table), and other reports in the same
            format: ``去年``/``prior``, ``上级``/``parent``, and a list of them under ``下级``/``children``.
        rule: The rule of the example; names are looked up as in the rule.
        forms: The known forms.
        base: The changes that the pack makes to the base report of all its examples, in the same format.

    Raises:
        Mistake: a name is not a cell, or a key is unknown.
    """
    form = _form(written, rule, forms)
    maker = _Maker(form, {**_members(base), **_members(written)}, base, rule.options.get("within"))
    year = maker.year(written)
    others = {PERIODS[name]: value for name, value in (*base.items(), *written.items()) if name in PERIODS}
    made = {
        period: [maker.report(child, year + _LATER[period]) for child in (value if period == CHILDREN else [value])]
        for period, value in others.items()
    }
    report, named = maker.report(written, year)
    prior = made.get(PRIOR, [(None, frozenset[str]())])[0]
    parent = made.get(PARENT, [(None, frozenset[str]())])[0]
    children = tuple(child for child, _named in made.get(CHILDREN, ()))
    return ExampleReports(report, prior[0], named, prior[1], parent[0], children)


def base_report(form: Form, year: int, *, base: Mapping[str, Any]) -> Report:
    """Build the base report of examples: consistent, with 0 in all cells except for the changes of a pack.

    Raises:
        Mistake: a name is not a cell, or a key is unknown.
    """
    return _Maker(form, _members(base), base, None).report({}, year)[0]


def _form(written: Mapping[str, Any], rule: Rule, forms: Sequence[Form]) -> Form:
    wanted = written.get("form") or next(iter(rule.applies.forms), forms[0].id)
    for form in forms:
        if form.id == wanted:
            return form
    raise Mistake(no_form(str(wanted), [form.id for form in forms]), path=("form",))


def _members(written: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    return {group: [str(label) for label in labels] for group, labels in (written.get("members") or {}).items()}


class _Maker:
    """Makes reports of one form from examples."""

    def __init__(
        self, form: Form, members: Mapping[str, Sequence[str]], base: Mapping[str, Any], within: str | None
    ) -> None:
        self.form = _opened(form, members)
        self.base = base
        self.scope = Scope.of(self.form, within)
        self.facts = facts_of(self.form)

    def year(self, written: Mapping[str, Any]) -> int:
        usual = self.form.last_year or _YEAR
        return int(self.facts_in({**self.base, **written}, usual).get("year", usual))

    def facts_in(self, written: Mapping[str, Any], year: int) -> dict[str, Any]:
        """Return the facts of an example, by id, each with its type; a date without a year is in the report's year."""
        facts = {
            self.facts[name].id: _typed(self.facts[name], value, year)
            for name, value in written.items()
            if name in self.facts and not name.startswith("form_")
        }
        if ISSUER_KIND in facts:
            facts[ISSUER_KIND] = issuer_kind_named(facts[ISSUER_KIND])
        return facts

    def is_cell(self, name: str) -> bool:
        return name not in PERIODS and name not in _LAYOUT and name not in self.facts

    def report(self, written: Mapping[str, Any], year: int) -> tuple[Report, frozenset[str]]:
        """Make a report; also return the keys of the cells that are named."""
        cells = zeros(self.form)
        for name, value in self.base.items():
            if self.is_cell(name):
                put(cells, name, value=value, scope=Scope.of(self.form))
        named = frozenset(
            put(cells, name, value=value, scope=self.scope) for name, value in written.items() if self.is_cell(name)
        )
        absent = keys_of(written.get("absent") or (), self.scope)
        cells |= {key: cells[key]._replace(value=None, state=BLANK, raw="") for key in self.blank(written, cells)}
        both = _merged(self.base, written, self.form)
        facts = {"title_year": year, **self.facts_in(both, year), "year": year}
        issuer = Issuer(facts.get("issuer", _ISSUER.name), facts.get("issuer_kind", _ISSUER.kind))
        report = Report(
            name="example",
            sha256="0" * 64,
            form=self.form,
            title=facts.get("title", ""),
            year=year,
            issuer=issuer,
            period=Period(facts.get("period_start", first_day(year)), facts.get("period_end", last_day(year))),
            published=facts.get("published"),
            sections=_sections(both, self.form),
            extra_headings=tuple(Paragraph(str(words)) for words in both.get("further") or ()),
            cells={key: cell for key, cell in cells.items() if key not in absent},
            further_rows=self.further_rows(both),
            unread=dict.fromkeys(absent, _ABSENT),
            absent=absent,
            facts={"period": Fact(None, ""), **{name: Fact(value, str(value)) for name, value in facts.items()}},
        )
        return report, named

    def further_rows(self, written: Mapping[str, Any]) -> tuple[FurtherRow, ...]:
        """Return the rows of an example that the form does not have."""
        tables = {name: table.id for table in self.form.tables.values() for name in (table.id, table.name.zh)}
        rows = (written.get("further_rows") or {}).items()
        for name, _labels in rows:
            if name not in tables:
                reason = Text(f"没有表“{name}”", f"no table {name!r}")
                raise Mistake(reason + nearest(str(name), list(tables)), path=("further_rows", name))
        return tuple(FurtherRow(tables[name], str(label)) for name, labels in rows for label in labels)

    def blank(self, written: Mapping[str, Any], cells: Mapping[str, Cell]) -> frozenset[str]:
        """Return the cells that an example leaves blank."""
        return keys_of(written.get("blank") or (), self.scope) & cells.keys()


def _opened(form: Form, members: Mapping[str, Sequence[str]]) -> Form:
    """Fill the form's open groups with the members of an example, or with invented ones."""
    groups = [
        (table.id, group.id)
        for table in form.tables.values()
        for axis in (table.rows, table.columns)
        if (group := axis.open_group) is not None
    ]
    known = sorted({name for _table, name in groups})
    for name in members:
        if name not in known:
            reason = Text(f"没有可增加成员的组“{name}”", f"no open group {name!r}")
            raise Mistake(reason + nearest(name, known), path=("members", name))
    if not members:
        return sample_of(form)
    return with_members(form, {f"{table}.{group}": members[group] for table, group in groups if group in members})


def _typed(fact: KnownFact, value: Any, year: int) -> Any:
    """Convert a value to the type of a fact; ``03-31`` is a date in the report's year.

    Raises:
        Mistake: the value does not have that type.
    """
    if fact.type == NUMBER and isinstance(value, int | float):
        return value if isinstance(value, int) else Decimal(str(value))
    if value is None:
        return None
    if fact.type == DATE and (day := read_date(str(value)) or read_date(f"{year}-{value}")) is not None:
        return day
    if fact.type in {NUMBER, DATE}:
        reason = Text(f"“{value}”不是{type_name(fact.type).zh}", f"{value!r} is no {fact.type}")
        raise Mistake(reason, path=(fact.id,))
    return str(value)


def _merged(base: Mapping[str, Any], written: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Merge an example over the base, which only adds sections that the form has."""
    merged = {**base, **written}
    for name in ("sections", "headings"):
        merged[name] = {
            **_by_section(base.get(name) or {}, form, strict=False),
            **_by_section(written.get(name) or {}, form, strict=True),
        }
    for name in ("without", "order"):
        merged[name] = list(_by_section(dict.fromkeys(merged.get(name) or ()), form, strict=True))
    return merged


def _by_section(written: Mapping[str, Any], form: Form, *, strict: bool) -> dict[str, Any]:
    """Return values by the ids of the sections that their keys name; without ``strict``, only those of the form.

    Raises:
        Mistake: the form has no such section.
    """
    found: dict[str, Any] = {}
    for name, value in written.items():
        try:
            found[section_named(form, name).id] = value
        except Mistake as mistake:
            if strict:
                raise Mistake(mistake.reason, path=("sections",)) from mistake
    return found


def _sections(written: Mapping[str, Any], form: Form) -> tuple[Section, ...]:
    official = {section.id: section.heading for section in form.sections}
    order, missing = written["order"] or list(official), written["without"]
    prose, headings = written["sections"], written["headings"]
    return tuple(
        Section(name, headings.get(name, official[name]), (Paragraph(str(prose.get(name, Text("略。", "…").zh))),))
        for name in order
        if name not in missing
    )
