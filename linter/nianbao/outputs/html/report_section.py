"""A report on the page: its head, the list of findings, and beside it the report with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.problem import RULE_CRASHED
from nianbao.outputs.html import words
from nianbao.outputs.html.entries import FOLLOWS, UNREAD, entries_of
from nianbao.outputs.html.finding_list import draw_entry, draw_entry_across
from nianbao.outputs.html.marks import SIGNS, sheet
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.paper import Passages, draw_report
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Child, Html
    from nianbao.voice import Voice

_AFTER = (FOLLOWS, "undecided", UNREAD, "pass")


def draw_checked(voice: Voice, number: int, *, checked: Checked) -> Html:
    """Return an input of a run: the report with its findings, or the reason why it was not read."""
    return el(
        "section",
        *_parts(voice, number, checked),
        class_="report",
        id=f"r{number}",
        data_number=str(number),
        aria_labelledby=f"r{number}-h" if checked.report is None else f"r{number}-h f{number}",
    )


def draw_across(checked: Checked) -> Html:
    """Return the findings about several reports."""
    entries = [draw_entry_across(entry, name=f"across-{entry.number}") for entry in entries_of(checked)]
    return el(
        "section",
        el("h2", phrases.ACROSS_REPORTS, id="across-h"),
        el("ol", *entries, class_="entries", role="list", aria_labelledby="across-h"),
        class_="report",
        id="across",
        data_number="across",
        aria_labelledby="across-h",
    )


def _parts(voice: Voice, number: int, checked: Checked) -> Iterator[Html]:
    yield el("h2", name_of(checked), id=f"r{number}-h")
    if checked.report is None:
        yield draw_problems(checked.problems)
        return
    drawn = sheet(voice, checked, report=checked.report, number=number)
    passages = Passages(drawn)
    paper = draw_report(drawn, passages)
    yield _facts(number, checked, report=checked.report)
    yield draw_problems(checked.problems)
    yield from (el("p", phrases.NOTE.format(note=note), class_="note") for note in checked.report.notes)
    yield el("div", _list(drawn, passages), _paper(drawn, paper), class_="pair")


def name_of(checked: Checked) -> Text:
    """Return the name of a report: issuer and year, else its file."""
    report = checked.report
    if report is None:
        return Text.of(checked.path)
    issuer = Text.of(report.issuer.name) if report.issuer else phrases.UNKNOWN_ISSUER
    year = phrases.YEAR.format(year=report.year) if report.year else phrases.UNKNOWN_YEAR
    return issuer + Text.of(" ") + year


def _facts(number: int, checked: Checked, *, report: Report) -> Html:
    """Return the facts of a report: its data, the cells read, and the equations that hold."""
    read = len(report.cells)
    held, of = checked.equations
    file = el("span", checked.path, id=f"f{number}", class_="path")
    rows: list[tuple[Text, Child]] = [
        (words.FILE, file),
        (words.FORM, report.form.title),
        (words.READ, words.CELLS_READ.format(read=read, expected=read + len(report.unread))),
    ]
    if of:
        rows.append((words.EQUATIONS, words.EQUATIONS_HOLD.format(held=held, of=of)))
    rows.append((words.PRIOR, words.NO_PRIOR if checked.prior is None else checked.prior.name))
    return el("dl", *(el("div", el("dt", name), el("dd", text)) for name, text in rows), class_="facts")


def draw_problems(problems: Iterable[Problem]) -> Html:
    """Return the inputs that could not be read, and the rules that raised an error."""
    return joined(
        el(
            "p",
            el("strong", words.BROKEN_RULE if problem.code == RULE_CRASHED else words.UNREADABLE),
            " ",
            el("span", problem.path, class_="path"),
            words.COLON,
            problem.text,
            class_="problem",
        )
        for problem in problems
    )


def _list(drawn: MarkedReport, passages: Passages) -> Html:
    """Return the list of entries: failures first, then mere information."""
    items = [draw_entry(entry, drawn, passage=passages.first.get(entry.number)) for entry in drawn.entries]
    has_failures = any(entry.outcome not in _AFTER for entry in drawn.entries)
    name = f"l{drawn.number}"
    nothing = NOTHING if has_failures else el("p", words.NOTHING, class_="fine")
    return el(
        "div",
        el("h3", words.FINDINGS, id=name),
        nothing,
        el("ol", *items, class_="entries", role="list", aria_labelledby=name) if items else NOTHING,
        class_="list",
    )


def _paper(drawn: MarkedReport, paper: Html) -> Html:
    name = f"s{drawn.number}"
    return el(
        "div",
        el("h3", words.PAPER, id=name),
        _legend(drawn),
        paper,
        class_="paper",
        role="region",
        tabindex="0",
        aria_labelledby=f"{name} r{drawn.number}-h f{drawn.number}",
    )


def _legend(drawn: MarkedReport) -> Html:
    """Return the meaning of the signs in this report."""
    there = {mark.role for mark in drawn.marks.values()}
    rows = [
        el("li", el("span", sign, class_=f"sign {role}", aria_hidden="true"), " ", words.MARK_NAMES[role])
        for role, sign in SIGNS.items()
        if role in there
    ]
    return el("ul", *rows, class_="legend") if rows else NOTHING
