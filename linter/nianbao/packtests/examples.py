"""Examples of rules as reports: what an example changes in a consistent report of nothing but zeros."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.dates import first_day, last_day, read_date
from nianbao.forms.open_axes import sample_of, with_members
from nianbao.language.facts import DATE, NUMBER, facts_of, type_name
from nianbao.language.mistakes import Mistake, nearest, no_form
from nianbao.language.names import CHILDREN, PARENT, PERIODS, PRIOR, Scope
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.report import Fact, Issuer, Period, Report, Section
from nianbao.packtests.example_cells import put, zeros

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.language.facts import KnownFact
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_YEAR = 2024
_LAYOUT = frozenset(("form", "sections", "headings", "without", "order", "members"))
_ISSUER = Issuer("临江区人民政府", "government")
_LATER = {PRIOR: -1, PARENT: 0, CHILDREN: 0}


class ExampleReports(NamedTuple):
    """The reports that an example describes, and the keys of the cells that it names in this year's and last year's."""

    report: Report
    prior: Report | None
    named: frozenset[str] = frozenset()
    named_prior: frozenset[str] = frozenset()
    parent: Report | None = None
    children: tuple[Report, ...] = ()


def build(
    given: Mapping[str, Any], rule: Rule, *, forms: Sequence[Form], base: Mapping[str, Any] = MappingProxyType({})
) -> ExampleReports:
    """Build the reports of an example.

    Args:
        given: Cells by name (a row or column alone means its total), years, dates and other facts, ``members`` (labels
            of the members of open groups), ``sections`` (prose by section id), ``headings``, ``without``, ``order``,
            ``form``, and other reports, written like an example: ``去年``/``prior``, ``上级``/``parent``, and a list
            of them under ``下级``/``children``.
        rule: The rule that the example is of; names are looked up where the rule looks them up.
        forms: The forms there are.
        base: What the pack changes in the report that all its examples start from, written like an example.

    Raises:
        Mistake: a name that means no cell, or a key that means nothing.
    """
    form = _form(given, rule, forms)
    maker = _Maker(form, {**_members(base), **_members(given)}, base, rule.options.get("within"))
    year = maker.year(given)
    others = {PERIODS[name]: value for name, value in given.items() if name in PERIODS}
    made = {
        period: [maker.report(one, year + _LATER[period]) for one in (value if period == CHILDREN else [value])]
        for period, value in others.items()
    }
    report, named = maker.report(given, year)
    prior = made.get(PRIOR, [(None, frozenset[str]())])[0]
    parent = made.get(PARENT, [(None, frozenset[str]())])[0]
    children = tuple(one for one, _named in made.get(CHILDREN, ()))
    return ExampleReports(report, prior[0], named, prior[1], parent[0], children)


def base_report(form: Form, year: int, *, base: Mapping[str, Any]) -> Report:
    """Build the report that examples start from: consistent, nothing but zeros but for what a pack changes in it.

    Raises:
        Mistake: a name that means no cell, or a key that means nothing.
    """
    return _Maker(form, _members(base), base, None).report({}, year)[0]


def _form(given: Mapping[str, Any], rule: Rule, forms: Sequence[Form]) -> Form:
    wanted = given.get("form") or next(iter(rule.applies.forms), forms[0].id)
    for form in forms:
        if form.id == wanted:
            return form
    raise Mistake(no_form(str(wanted), [form.id for form in forms]), path=("form",))


def _members(given: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    return {group: [str(one) for one in labels] for group, labels in (given.get("members") or {}).items()}


class _Maker:
    """Makes reports of one form from what is written of them."""

    def __init__(
        self, form: Form, members: Mapping[str, Sequence[str]], base: Mapping[str, Any], within: str | None
    ) -> None:
        self.form = _opened(form, members)
        self.base = base
        self.scope = Scope.of(self.form, within)
        self.facts = facts_of(self.form)

    def year(self, given: Mapping[str, Any]) -> int:
        usual = self.form.last_year or _YEAR
        return int(self.said({**self.base, **given}, usual).get("year", usual))

    def said(self, given: Mapping[str, Any], year: int) -> dict[str, Any]:
        """Return the facts among what is given, by id, each of its type; a day without a year is in the report's."""
        return {
            self.facts[name].id: _typed(self.facts[name], value, year)
            for name, value in given.items()
            if name in self.facts and not name.startswith("form_")
        }

    def is_cell(self, name: str) -> bool:
        return name not in PERIODS and name not in _LAYOUT and name not in self.facts

    def report(self, given: Mapping[str, Any], year: int) -> tuple[Report, frozenset[str]]:
        """Make a report; give the keys of the cells that are named too."""
        cells = zeros(self.form)
        for name, value in self.base.items():
            if self.is_cell(name):
                put(cells, name, value=value, scope=Scope.of(self.form))
        named = frozenset(
            put(cells, name, value=value, scope=self.scope) for name, value in given.items() if self.is_cell(name)
        )
        both = _merged(self.base, given, self.form)
        said = {"title_year": year, **self.said(both, year), "year": year}
        issuer = Issuer(said.get("issuer", _ISSUER.name), said.get("issuer_kind", _ISSUER.kind))
        report = Report(
            name="example",
            sha256="0" * 64,
            form=self.form,
            title=said.get("title", ""),
            year=year,
            issuer=issuer,
            period=Period(said.get("period_start", first_day(year)), said.get("period_end", last_day(year))),
            published=said.get("published"),
            sections=_sections(both, self.form),
            cells=cells,
            facts={"period": Fact(None, ""), **{name: Fact(value, str(value)) for name, value in said.items()}},
        )
        return report, named


def _opened(form: Form, members: Mapping[str, Sequence[str]]) -> Form:
    """Give the form's open groups the members that are written, or some of no meaning."""
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
    """Return a value as what a fact is; ``03-31`` is a day of the report's year.

    Raises:
        Mistake: it is none such.
    """
    if fact.type == NUMBER and isinstance(value, int | float):
        return value if isinstance(value, int) else Decimal(str(value))
    if fact.type == DATE and (day := read_date(str(value)) or read_date(f"{year}-{value}")) is not None:
        return day
    if fact.type in {NUMBER, DATE}:
        reason = Text(f"“{value}”不是{type_name(fact.type).zh}", f"{value!r} is no {fact.type}")
        raise Mistake(reason, path=(fact.id,))
    return str(value)


def _merged(base: Mapping[str, Any], given: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Lay an example over the base; of the base's sections, those that the form has."""
    known = {section.id for section in form.sections}
    merged = {**base, **given}
    for name in ("sections", "headings"):
        below = {one: text for one, text in (base.get(name) or {}).items() if one in known}
        merged[name] = {**below, **(given.get(name) or {})}
    return merged


def _sections(given: Mapping[str, Any], form: Form) -> tuple[Section, ...]:
    order = given.get("order") or [section.id for section in form.sections]
    official = {section.id: section.heading for section in form.sections}
    prose, headings = given.get("sections") or {}, given.get("headings") or {}
    missing = set(given.get("without") or ())
    for name in (*order, *prose, *headings, *missing):
        if name not in official:
            reason = Text(f"没有栏目“{name}”", f"no section {name!r}")
            raise Mistake(reason + nearest(str(name), list(official)), path=("sections",))
    return tuple(
        Section(name, headings.get(name, official[name]), (Paragraph(str(prose.get(name, Text("略。", "…").zh))),))
        for name in order
        if name not in missing
    )
