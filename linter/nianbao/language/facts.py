"""Facts that a report states outside its tables, as names of the rule language: years, dates, the issuer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from nianbao.dates import last_day
from nianbao.language.names import PERIODS, THIS
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from nianbao.language.syntax import Name
    from nianbao.model.form import FactType, Form, FormFact, ItemValue
    from nianbao.model.function import ArgumentType
    from nianbao.model.location import Location
    from nianbao.model.report import Report

    Value = bool | int | Decimal | str | dt.date

NUMBER: Final = "number"
DATE: Final = "date"
TEXT: Final = "text"
TRUTH: Final = "truth"
ISSUER_KIND: Final = "issuer_kind"
_TYPE_NAMES: dict[str, str] = {NUMBER: "数", DATE: "日期", TEXT: "文字", TRUTH: "判断（成立或不成立）"}


class KnownFact(NamedTuple):
    """A fact that a report may state outside its tables.

    Attributes:
        id: Its English name in rules.
        name: Its name for people; the Chinese text is also its Chinese name in rules.
        type: ``number``, ``date`` or ``text``.
        read: Returns its value from a report, ``None`` where the report does not state it.
        source: Its key in ``Report.facts``, which holds the place that it was read from.
        section: The id of the section whose prose it is, or "".
    """

    id: str
    name: Text
    type: FactType
    read: Callable[[Report], Value | None]
    source: str = ""
    section: str = ""

    def location(self, report: Report) -> Location | None:
        """Return the place in a report that it was read from, or ``None``."""
        if self.section:
            section = report.section(self.section)
            return None if section is None else section.location
        return report.facts[self.source].location if self.source in report.facts else None


class NamedFact(NamedTuple):
    """A fact, and the report that it is taken from: this one, or another one (``prior``, ``parent``)."""

    fact: KnownFact
    period: str


def _title_year(report: Report) -> int | None:
    fact = report.facts.get("title_year")
    return fact.value if fact is not None and isinstance(fact.value, int) else None


def _day(name: str) -> Callable[[Report], dt.date | None]:
    def read(report: Report) -> dt.date | None:
        fact = report.facts.get(name)
        return fact.value if fact is not None and isinstance(fact.value, dt.date) else None

    return read


FACTS = (
    KnownFact("year", Text("年度", "the report's year"), NUMBER, lambda report: report.year, "title_year"),
    KnownFact("title_year", Text("题名年度", "the year in the title"), NUMBER, _title_year, "title_year"),
    KnownFact("title", Text("题名", "the title"), TEXT, lambda report: report.title or None, "title"),
    KnownFact(
        "issuer", Text("发布机关", "the issuer"), TEXT, lambda report: report.issuer and report.issuer.name, "issuer"
    ),
    KnownFact(
        ISSUER_KIND,
        Text("机关类别", "the issuer's kind"),
        TEXT,
        lambda report: report.issuer and report.issuer.kind,
        "issuer",
    ),
    KnownFact(
        "period_start",
        Text("统计期起", "the first day of the period"),
        DATE,
        lambda report: report.period and report.period[0],
        "period",
    ),
    KnownFact(
        "period_end",
        Text("统计期止", "the last day of the period"),
        DATE,
        lambda report: report.period and report.period[1],
        "period",
    ),
    KnownFact(
        "period_year",
        Text("统计年度", "the year of the period"),
        NUMBER,
        lambda report: report.period and report.period[0].year,
        "period",
    ),
    KnownFact(
        "published", Text("公布日期", "the date of publication"), DATE, lambda report: report.published, "published"
    ),
    KnownFact("signed", Text("落款日期", "the date under the signature"), DATE, _day("signed"), "signed"),
    KnownFact(
        "metadata_date",
        Text("元数据日期", "the date in the metadata of the page"),
        DATE,
        _day("metadata_date"),
        "metadata_date",
    ),
    KnownFact("file_date", Text("文件日期", "the date of the file itself"), DATE, _day("file_date"), "file_date"),
    KnownFact(
        "year_end",
        Text("年度末", "the last day of the year"),
        DATE,
        lambda report: None if report.year is None else last_day(report.year),
        "title_year",
    ),
    KnownFact(
        "form_first_year", Text("格式首年", "the form's first year"), NUMBER, lambda report: report.form.first_year or 0
    ),
    KnownFact(
        "form_last_year", Text("格式末年", "the form's last year"), NUMBER, lambda report: report.form.last_year or 9999
    ),
)


def facts_of(form: Form) -> Mapping[str, KnownFact]:
    """Return the facts that reports of a form may state, by their names in rules: those of all forms, and its own."""
    return {name: fact for fact in (*FACTS, *map(_own, form.facts)) for name in (fact.id, fact.name.zh)}


def named_fact(name: Name, known: Mapping[str, KnownFact]) -> NamedFact | None:
    """Return the fact that a name means, or ``None``."""
    period = PERIODS.get(name.parts[0], THIS) if len(name.parts) > 1 else THIS
    parts = name.parts if period == THIS else name.parts[1:]
    fact = known.get(".".join(parts)) if name.selection is None else None
    return None if fact is None else NamedFact(fact, period)


def type_name(value_type: ArgumentType | ItemValue) -> Text:
    """Return the name of a type of the language, for people."""
    return Text(_TYPE_NAMES.get(value_type, value_type), value_type)


def _own(fact: FormFact) -> KnownFact:
    def read(report: Report) -> Value | None:
        stated = report.facts.get(fact.id)
        return None if stated is None else stated.value  # type: ignore[return-value]

    return KnownFact(fact.id, fact.name, fact.type, read, fact.id)
