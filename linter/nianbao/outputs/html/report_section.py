"""One report on the page: its head, the list of what was found, and beside it the report with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.outputs.html.entries import FOLLOWS, UNREAD
from nianbao.outputs.html.finding_list import tell
from nianbao.outputs.html.marks import SIGNS, sheet
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.paper import Passages, draw_report
from nianbao.outputs.html.words import say
from nianbao.outputs.wording.summary import RULE_CRASHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Child, Html

_AFTER = (FOLLOWS, "undecided", UNREAD, "pass")


def draw_checked(number: int, checked: Checked, *, lang: str) -> Html:
    """Return one input of a run: the report with its findings, or why there is none."""
    return el(
        "section",
        *_parts(number, checked, lang),
        class_="report",
        id=f"r{number}",
        data_number=str(number),
        aria_labelledby=f"r{number}-h" if checked.report is None else f"r{number}-h f{number}",
    )


def _parts(number: int, checked: Checked, lang: str) -> Iterator[Html]:
    yield el("h2", name_of(checked), id=f"r{number}-h")
    if checked.report is None:
        yield problems(checked.problems)
        return
    drawn = sheet(checked, checked.report, number=number, lang=lang)
    passages = Passages(drawn)
    paper = draw_report(drawn, passages)
    yield _facts(number, checked, report=checked.report)
    yield problems(checked.problems)
    yield from (el("p", say("note", note=note), class_="note") for note in checked.report.notes)
    yield el("div", _list(drawn, passages), _paper(drawn, paper), class_="pair")


def name_of(checked: Checked) -> Text:
    """Return what a report is called: issuer and year, else its file."""
    report = checked.report
    if report is None:
        return Text(checked.path, checked.path)
    issuer = Text(report.issuer.name, report.issuer.name) if report.issuer else say("unknown-issuer")
    year = say("year-of", year=report.year) if report.year else say("unknown-year")
    return issuer + Text(" ", " ") + year


def _facts(number: int, checked: Checked, *, report: Report) -> Html:
    """Return what was read of a report and how much of it holds."""
    read = len(report.cells)
    held, of = checked.equations
    file = el("span", checked.path, id=f"f{number}", class_="path")
    rows: list[tuple[Text, Child]] = [
        (say("file"), file),
        (say("form"), report.form.title),
        (say("read"), say("cells-read", read=read, expected=read + len(report.unread))),
    ]
    if of:
        rows.append((say("equations"), say("equations-hold", held=held, of=of)))
    rows.append((say("prior"), say("no-prior") if checked.prior is None else checked.prior.name))
    return el("dl", *(el("div", el("dt", name), el("dd", text)) for name, text in rows), class_="facts")


def problems(found: Iterable[Problem]) -> Html:
    """Return what could not be read, or which rule broke."""
    return joined(
        el(
            "p",
            el("strong", say("broken-rule" if one.code == RULE_CRASHED else "unreadable")),
            " ",
            el("span", one.path, class_="path"),
            say("colon"),
            one.text,
            class_="problem",
        )
        for one in found
    )


def _list(drawn: MarkedReport, passages: Passages) -> Html:
    """Return the list of entries; what failed comes first, then what is only told."""
    told = [tell(entry, drawn, passage=passages.first.get(entry.number)) for entry in drawn.entries]
    failed = [one for one, entry in zip(told, drawn.entries, strict=True) if entry.outcome not in _AFTER]
    name = f"l{drawn.number}"
    nothing = NOTHING if failed else el("p", say("nothing"), class_="fine")
    return el(
        "div",
        el("h3", say("findings"), id=name),
        nothing,
        el("ol", *told, class_="entries", role="list", aria_labelledby=name) if told else NOTHING,
        class_="list",
    )


def _paper(drawn: MarkedReport, paper: Html) -> Html:
    name = f"s{drawn.number}"
    return el(
        "div",
        el("h3", say("paper"), id=name),
        _legend(drawn),
        paper,
        class_="paper",
        role="region",
        tabindex="0",
        aria_labelledby=f"{name} r{drawn.number}-h f{drawn.number}",
    )


def _legend(drawn: MarkedReport) -> Html:
    """Return what the signs mean that this report has."""
    there = {mark.role for mark in drawn.marks.values()}
    rows = [
        el("li", el("span", sign, class_=f"sign {role}", aria_hidden="true"), " ", say(f"mark-{role}"))
        for role, sign in SIGNS.items()
        if role in there
    ]
    return el("ul", *rows, class_="legend") if rows else NOTHING
