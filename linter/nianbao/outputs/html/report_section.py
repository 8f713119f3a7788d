"""A report on the page: its head, the list of findings, and beside it the report with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS
from nianbao.model.problem import RULE_CRASHED
from nianbao.outputs.html import words
from nianbao.outputs.html.cause_blocks import cause_id, draw_whys
from nianbao.outputs.html.causes import causes_of
from nianbao.outputs.html.entries import FOLLOWS, entries_of
from nianbao.outputs.html.finding_list import draw_entry, draw_entry_across
from nianbao.outputs.html.marks import MARKED, sheet
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.paper import Passages, draw_report
from nianbao.outputs.html.rule_advice import draw_advice
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.html.entries import Entry
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Child, Html
    from nianbao.voice import Voice


def draw_checked(voice: Voice, number: int, *, checked: Checked) -> Html:
    """Return an input of a run: the report with its findings, or the reason why it was not read."""
    return el(
        "section",
        *_parts(voice, number, checked),
        class_="report clean" if is_clean(checked) else "report",
        id=f"r{number}",
        data_number=str(number),
        aria_labelledby=f"r{number}-h" if checked.report is None else f"r{number}-h f{number}",
    )


def draw_across(checked: Checked) -> Html:
    """Return the findings about several reports."""
    entries = entries_of(checked)
    drawn = [draw_entry_across(entry, checked, name=f"across-{entry.number}") for entry in entries]
    return el(
        "section",
        el("h2", phrases.ACROSS_REPORTS, id="across-h"),
        el("ol", *drawn, class_="entries", role="list", aria_labelledby="across-h"),
        draw_advice(entries),
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
    whole = _paper(drawn, paper)
    if is_clean(checked):
        whole = el("details", el("summary", words.PAPER_WHOLE), whole, class_="whole")
    yield el("div", _list(drawn, passages), whole, class_="pair clean" if is_clean(checked) else "pair")


def is_clean(checked: Checked) -> bool:
    """Whether a report was read whole, and nothing was found to change or to look at."""
    report = checked.report
    has_faults = any(finding.outcome == FAIL for finding in checked.findings)
    return report is not None and not (has_faults or checked.following or report.unread or checked.problems)


def name_of(checked: Checked) -> Text:
    """Return the name of a report: issuer and year, else its file."""
    report = checked.report
    if report is None:
        return Text.of(checked.path)
    issuer = Text.of(report.issuer.name) if report.issuer else phrases.UNKNOWN_ISSUER
    year = phrases.YEAR.format(year=report.year) if report.year else phrases.UNKNOWN_YEAR
    return issuer + Text.of(" ") + year


def _facts(number: int, checked: Checked, *, report: Report) -> Html:
    """Return the facts of a report: its file, the form, the cells read, the sums that agree, and last year's report."""
    read, unread = len(report.cells), len(report.unread)
    held, of = checked.equations
    rows: list[Child] = [el("span", checked.path, id=f"f{number}", class_="path"), report.form.title]
    if unread:
        rows.append(phrases.CELLS_READ.format(read=read, expected=read + unread))
    if of:
        rows.append((phrases.EQUATIONS_ALL_HOLD if held == of else phrases.EQUATIONS_HOLD).format(held=held, of=of))
    rows.append(words.NO_PRIOR if checked.prior is None else phrases.PRIOR.format(path=checked.prior.name))
    return el("ul", *(el("li", row) for row in rows), class_="facts")


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
    """Return what to change, what to look at, why, by what rules, what was left open, and evidence."""
    causes = causes_of(drawn.entries)
    whys = {entry.number: cause_id(cause, drawn) for cause in causes for entry in cause.entries}
    grouped: dict[str, list[Entry]] = {"change": [], "blank": [], "look": [], "open": [], "pass": []}
    for entry in drawn.entries:
        grouped[_group(entry)].append(entry)
    lists = {
        group: _titled(group, entries, drawn, passages=passages, whys=whys)
        for group, entries in grouped.items()
        if entries
    }
    above = [lists[group] for group in ("change", "blank", "look") if group in lists]
    if not above:
        verdict = words.CLEAN_PART if drawn.report.unread or drawn.checked.problems else words.CLEAN
        above = [el("p", verdict, class_="fine")]
    below = [lists[group] for group in ("open", "pass") if group in lists]
    return el("div", *above, draw_whys(causes, drawn), draw_advice(drawn.entries), *below, class_="list")


def _group(entry: Entry) -> str:
    if entry.outcome == FOLLOWS and entry.todo is None:
        return "blank"
    if entry.outcome in (FAIL, FOLLOWS):
        return "look" if entry.todo is not None and entry.todo.is_hint else "change"
    return "pass" if entry.outcome == PASS else "open"


def _titled(
    group: str,
    entries: Sequence[Entry],
    drawn: MarkedReport,
    *,
    passages: Passages,
    whys: Mapping[int, str],
) -> Html:
    """Return a list with its title, which says how many corrections there are."""
    name = f"l{drawn.number}-{group}"
    items = [
        draw_entry(entry, drawn, passage=passages.first.get(entry.number), why=whys.get(entry.number))
        for entry in entries
    ]
    is_one = group == "change" and len(entries) == 1
    heading = (words.ONE_TO_CHANGE if is_one else words.LIST_TITLES[group]).format(count=len(entries))
    ol = el("ol", *items, class_="entries", role="list", aria_labelledby=name)
    return el("section", el("h3", heading, id=name), ol, class_=f"group {group}")


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
    """Return the meaning of the marks in this report."""
    there = {mark.role for mark in drawn.marks.values()}
    rows = [
        el("li", el("span", class_=f"sign {role}", aria_hidden="true"), " ", words.MARK_NAMES[role])
        for role in MARKED
        if role in there
    ]
    if not rows:
        return NOTHING
    signs = el("li", el("sup", "①②…", aria_hidden="true"), " ", words.NOTE_SIGNS)
    return el("ul", *rows, signs, class_="legend")
