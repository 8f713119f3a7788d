"""Reports as data to reports: what the data say is checked, and taken as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.extraction.data.given import ReportData, near
from nianbao.extraction.data.givencells import cells_of, unread_of
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
    """Make a report of a document whose data are one.

    What the data leave out is found in their title and prose, as with any report; what they say is null is not.

    Args:
        document: A document with data.
        forms: The forms that the data may follow.

    Raises:
        InputError: the data are wrong, with the path of the first wrong value.
    """
    given = ReportData(document)
    data = given.data
    form = _form(given, forms)
    sections = tuple(_sections(given, form))
    found = find_facts(document._replace(blocks=tuple(_prose(given, sections))), form)
    cells = dict(cells_of(given, form))
    period = _period(given) if "period" in data else found.period
    year = data.get("year", found.title.year if found.title else period and period.start.year)
    issuer = _issuer(data["issuer"], form) if "issuer" in data else found.issuer
    published = _published(given) if "published" in data else found.published
    stated: dict[str, object] = {
        "title": data.get("title") or None,
        "title_year": found.title and found.title.year,
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
        unread=unread_of(given, form, cells=cells),
        facts=dict([*_facts(given, stated), *_own_facts(given, form, found.found)]),
        places=document.places,
        notes=tuple(Text.of(note) for note in data.get("notes", ())),
        problems=problems_of(found.overruns, form, name=document.name),
    )


def _form(given: ReportData, forms: Sequence[Form]) -> Form:
    """Return the form that the data name, its open groups filled with the members that the data bring."""
    by_id = {form.id: form for form in forms}
    name = given.data["form"]
    if name not in by_id:
        raise given.wrong(("form",), _NO_FORM.format(name=name) + near(name, list(by_id)))
    form, members = by_id[name], given.data.get("members", {})
    axes = ((table.id, axis.open_group) for table in form.tables.values() for axis in (table.rows, table.columns))
    groups = [f"{table}.{group.id}" for table, group in axes if group is not None]
    for group in members:
        if group not in groups:
            reason = _NO_GROUP.format(form=form.id, name=group)
            raise given.wrong(("members", group), reason + near(group, groups))
    return with_members(form, members)


def _sections(given: ReportData, form: Form) -> Iterator[Section]:
    headings = {section.id: section.heading for section in form.sections}
    for path, name, one in _given_sections(given.data.get("sections", ())):
        if name not in headings:
            reason = _NO_SECTION.format(form=form.id, name=name)
            raise given.wrong(path, reason + near(name, list(headings)))
        place = given.place(path, one.get("location"))
        lines = (line.strip() for line in one.get("text", "").split("\n"))
        prose = tuple(Paragraph(line, place) for line in lines if line)
        yield Section(name, one.get("heading") or headings[name], prose, place)


def _given_sections(given: Any) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Give sections with their path and id, whether they come as a list or as their prose by id."""
    if isinstance(given, dict):
        yield from ((("sections", name), name, {"text": text}) for name, text in given.items())
    else:
        yield from ((("sections", number), one["id"], one) for number, one in enumerate(given))


def _prose(given: ReportData, sections: Sequence[Section]) -> Iterator[Paragraph]:
    title = given.data.get("title")
    if title:
        yield Paragraph(title, given.place(("title",)), heading=1)
    for section in sections:
        yield from section.paragraphs


def _issuer(given: Any, form: Form) -> Issuer | None:
    if not given:
        return None
    name, kind = (given, None) if isinstance(given, str) else (given["name"], given.get("kind"))
    return Issuer(name, kind or issuer_kind(name, form))


def _period(given: ReportData) -> Period | None:
    period = given.data["period"]
    if period is None:
        return None
    return Period(given.day(("period", "from"), period["from"]), given.day(("period", "to"), period["to"]))


def _published(given: ReportData) -> dt.date | None:
    written = given.data["published"]
    return None if written is None else given.day(("published",), written)


def _facts(given: ReportData, stated: Mapping[str, object]) -> Iterator[tuple[str, Fact]]:
    for name, value in stated.items():
        key = "title" if name == "title_year" else name
        if value is not None:
            yield name, Fact(value, str(given.data.get(key, "")), given.place((key,)))


def _own_facts(given: ReportData, form: Form, found: Mapping[str, Fact]) -> Iterator[tuple[str, Fact]]:
    """Give the facts of the form's own: those that the prose says, then those that the data state."""
    own = {fact.id: fact for fact in form.facts}
    yield from ((name, one) for name, one in found.items() if name in own)
    for name, value in given.data.get("facts", {}).items():
        path = ("facts", name)
        if name not in own:
            raise given.wrong(path, _NO_FACT.format(form=form.id, name=name) + near(name, list(own)))
        read = given.day(path, str(value)) if own[name].type == "date" else value
        yield name, Fact(read, str(value), given.place(path))
