"""What a run comes down to: its figures, and for many reports a table of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.html import words
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.report_section import name_of
from nianbao.outputs.wording.summary import summarise

if TYPE_CHECKING:
    from nianbao.model.result import Checked, Result
    from nianbao.outputs.html.markup import Html

_WORST = tuple(reversed(SEVERITIES))


def overview(result: Result) -> Html:
    """Return the figures of a run, and where it had several reports, each of them on a line."""
    return joined([_counts(result), _table(result) if len(result.reports) > 1 else NOTHING])


def _counts(result: Result) -> Html:
    counts = summarise(result)
    shown = [
        ("reports", counts.reports, len(result.reports) > 1),
        ("error", counts.error, True),
        ("warning", counts.warning, True),
        ("info", counts.info, True),
        ("undecided", counts.undecided, True),
        ("problems", counts.problems, counts.problems > 0),
        ("broken", counts.broken_rules, counts.broken_rules > 0),
    ]
    return el(
        "ul",
        *(
            el("li", el("b", str(count)), " ", words.COUNT_NAMES[name], class_=name if count else f"{name} none")
            for name, count, is_shown in shown
            if is_shown
        ),
        class_="counts",
    )


def _table(result: Result) -> Html:
    heads = [
        words.REPORT,
        *(words.COUNT_NAMES[severity] for severity in _WORST),
        words.COUNT_NAMES["undecided"],
        words.READ,
        words.FILE,
    ]
    rows = [_row(number, checked) for number, checked in enumerate(result.reports)]
    table = el(
        "table",
        el("caption", words.REPORTS, id="reports"),
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *rows),
        class_="reports",
    )
    return el("nav", table, class_="scroll", tabindex="0", aria_labelledby="reports")


def _row(number: int, checked: Checked) -> Html:
    failed = Counter(finding.severity for finding in checked.findings if finding.outcome == FAIL)
    undecided = sum(finding.outcome == UNDECIDED for finding in checked.findings)
    report = checked.report
    read = "–" if report is None else f"{len(report.cells)}/{len(report.cells) + len(report.unread)}"
    figures = [(name, failed[name]) for name in _WORST] + [("undecided", undecided)]
    return el(
        "tr",
        el("th", el("a", name_of(checked), href=f"#r{number}"), scope="row"),
        *(el("td", str(count), class_=name if count else "zero") for name, count in figures),
        el("td", read),
        el("td", words.UNREADABLE if report is None else checked.path, class_="path"),
        data_number=str(number),
    )
