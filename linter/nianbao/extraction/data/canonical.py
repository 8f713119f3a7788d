"""From a report as data to a report: the data are checked, and used unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.extraction.data.given import ReportData, near
from nianbao.extraction.data.givencells import absent_of, cells_of, unread_of
from nianbao.extraction.facts import find_facts, issuer_kind, problems_of
from nianbao.forms.open_axes import with_members
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.report import Fact, Issuer, Period, Report, Section

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.model.document import Document
    from nianbao.model.form import Form
    from nianbao.yamlfiles.source import Path

_NO_FORM = Text("没有格式“{name}”", "there is no form {name!r}")
_NO_SECTION = Text("{form} 没有栏目“{name}”", "{form} has no section {name!r}")
_NO_FACT = Text("{form} 没有“{name}”这一项", "{form} has no fact {name!r}")
_NO_GROUP = Text("{form} 没有可以由报告添行列的“{name}”", "{form} has no open group {name!r}")


def report_of(document: Document, forms: Sequence[Form]) -> Report:
    """Make a report from a document with the data of a report.

    Facts that are missing in the data are read from their title and prose, as in any report; facts that are null are
    not.

    Args:
        document: A document with data.
        forms: The forms that the data may follow.

    Raises:
        InputError: the data are wrong, with the path of the first wrong value.
    """
    report_data = ReportData(document)
    data = report_data.data
    form = _form(report_data, forms)
    sections = tuple(_sections(report_data, form))
    read = find_facts(document._replace(blocks=tuple(_prose(report_data, sections))), form)
    cells = dict(cells_of(report_data, form))
    period = _period(report_data) if "period" in data else read.period
    year = data.get("year", read.title.year if read.title else period and period.start.year)
    issuer = _issuer(data["issuer"], form) if "issuer" in data else read.issuer
    published = _published(report_data) if "published" in data else read.published
    unread = unread_of(report_data, form, cells=cells)
    stated: dict[str, object] = {
        "title": data.get("title") or None,
        "title_year": read.title and read.title.year,
        "period": period,
        "published": published,
        "issuer": issuer and issuer.name,
    }
    return Report(
        name=document.name,
        sha256=document.sha256,
        form=form,
        title=data.get("title") or "",
        year=year,
        issuer=issuer,
        period=period,
        published=published,
        sections=sections,
        cells=cells,
        unread=unread,
        absent=absent_of(report_data, form, unread=unread),
        facts=dict([*_facts(report_data, stated), *_own_facts(report_data, form, read.found)]),
        places=document.places,
        notes=tuple(Text.of(note) for note in data.get("notes", ())),
        problems=problems_of(read.overruns, form, name=document.name),
    )


def _form(report_data: ReportData, forms: Sequence[Form]) -> Form:
    """Return the form that the data name, with its open groups filled with the members in the data."""
    by_id = {form.id: form for form in forms}
    name = report_data.data["form"]
    if name not in by_id:
        raise report_data.wrong(("form",), _NO_FORM.format(name=name) + near(name, list(by_id)))
    form, members = by_id[name], report_data.data.get("members", {})
    axes = ((table.id, axis.open_group) for table in form.tables.values() for axis in (table.rows, table.columns))
    groups = [f"{table}.{group.id}" for table, group in axes if group is not None]
    for group in members:
        if group not in groups:
            reason = _NO_GROUP.format(form=form.id, name=group)
            raise report_data.wrong(("members", group), reason + near(group, groups))
    return with_members(form, members)


def _sections(report_data: ReportData, form: Form) -> Iterator[Section]:
    headings = {section.id: section.heading for section in form.sections}
    for path, name, entry in _given_sections(report_data.data.get("sections", ())):
        if name not in headings:
            reason = _NO_SECTION.format(form=form.id, name=name)
            raise report_data.wrong(path, reason + near(name, list(headings)))
        place = report_data.place(path, entry.get("location"))
        lines = (line.strip() for line in entry.get("text", "").split("\n"))
        prose = tuple(Paragraph(line, place) for line in lines if line)
        yield Section(name, entry.get("heading") or headings[name], prose, place)


def _given_sections(sections: Any) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Yield sections with their path and id, whether they are a list or a mapping from id to prose."""
    if isinstance(sections, dict):
        yield from ((("sections", name), name, {"text": text}) for name, text in sections.items())
    else:
        yield from ((("sections", number), entry["id"], entry) for number, entry in enumerate(sections))


def _prose(report_data: ReportData, sections: Sequence[Section]) -> Iterator[Paragraph]:
    title = report_data.data.get("title")
    if title:
        yield Paragraph(title, report_data.place(("title",)), heading=1)
    for section in sections:
        yield from section.paragraphs


def _issuer(stated: Any, form: Form) -> Issuer | None:
    if not stated:
        return None
    name, kind = (stated, None) if isinstance(stated, str) else (stated["name"], stated.get("kind"))
    return Issuer(name, kind or issuer_kind(name, form))


def _period(report_data: ReportData) -> Period | None:
    period = report_data.data["period"]
    if period is None:
        return None
    return Period(report_data.day(("period", "from"), period["from"]), report_data.day(("period", "to"), period["to"]))


def _published(report_data: ReportData) -> dt.date | None:
    written = report_data.data["published"]
    return None if written is None else report_data.day(("published",), written)


def _facts(report_data: ReportData, stated: Mapping[str, object]) -> Iterator[tuple[str, Fact]]:
    for name, value in stated.items():
        key = "title" if name == "title_year" else name
        if value is not None:
            yield name, Fact(value, str(report_data.data.get(key, "")), report_data.place((key,)))


def _own_facts(report_data: ReportData, form: Form, from_prose: Mapping[str, Fact]) -> Iterator[tuple[str, Fact]]:
    """Yield the form's own facts: those in the prose, then those in the data."""
    own = {fact.id: fact for fact in form.facts}
    yield from ((name, prose_fact) for name, prose_fact in from_prose.items() if name in own)
    for name, value in report_data.data.get("facts", {}).items():
        path = ("facts", name)
        if name not in own:
            raise report_data.wrong(path, _NO_FACT.format(form=form.id, name=name) + near(name, list(own)))
        read = report_data.day(path, str(value)) if own[name].type == "date" else value
        yield name, Fact(read, str(value), report_data.place(path))
