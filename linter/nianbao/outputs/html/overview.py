"""The overview of a run: its figures, and for several reports a table of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import UNDECIDED
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.html import words
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.report_section import name_of
from nianbao.outputs.wording.totals import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.messages import Text
    from nianbao.model.result import Checked
    from nianbao.outputs.html.markup import Html
    from nianbao.outputs.wording.totals import Summary

_WORST = tuple(reversed(SEVERITIES))


class ReportLine(NamedTuple):
    """The line of a report in the overview and in the filters.

    Attributes:
        name: Its issuer and year, else its file.
        path: Its file.
        findings: The number of its findings, by severity, and ``undecided``.
        read: The numbers of cells read and expected; ``None`` if the report could not be read.
        has_following: Whether figures of blank cells follow from others.
    """

    name: Text
    path: str
    findings: Counter[str]
    read: tuple[int, int] | None
    has_following: bool

    @classmethod
    def of(cls, checked: Checked) -> ReportLine:
        """Return the line of a report."""
        report = checked.report
        read = None if report is None else (len(report.cells), len(report.cells) + len(report.unread))
        findings: Counter[str] = Counter(map(kind_of, checked.findings))
        return cls(name_of(checked), checked.path, findings, read, bool(checked.following))

    @property
    def has_unread(self) -> bool:
        """Whether some of its cells were not read."""
        return self.read is not None and self.read[0] < self.read[1]


def overview(summary: Summary, lines: Sequence[ReportLine]) -> Html:
    """Return the figures of a run, and for several reports, a line for each."""
    has_several = len(lines) > 1
    return joined([_counts(summary, has_several=has_several), _table(lines) if has_several else NOTHING])


def _counts(summary: Summary, *, has_several: bool) -> Html:
    shown = [
        ("reports", summary.reports, has_several),
        ("error", summary.error, True),
        ("warning", summary.warning, True),
        ("info", summary.info, True),
        ("undecided", summary.undecided, True),
        ("problems", summary.problems, summary.problems > 0),
        ("broken", summary.broken_rules, summary.broken_rules > 0),
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


def _table(lines: Sequence[ReportLine]) -> Html:
    heads = [
        words.REPORT,
        *(words.COUNT_NAMES[severity] for severity in _WORST),
        words.COUNT_NAMES["undecided"],
        words.READ,
        words.FILE,
    ]
    table = el(
        "table",
        el("caption", words.REPORTS, id="reports"),
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *(_row(number, line) for number, line in enumerate(lines))),
        class_="reports",
    )
    return el("nav", table, class_="scroll", tabindex="0", aria_labelledby="reports")


def _row(number: int, line: ReportLine) -> Html:
    figures = [(name, line.findings[name]) for name in (*_WORST, UNDECIDED)]
    return el(
        "tr",
        el("th", el("a", line.name, href=f"#r{number}"), scope="row"),
        *(el("td", str(count), class_=name if count else "zero") for name, count in figures),
        el("td", "–" if line.read is None else f"{line.read[0]}/{line.read[1]}"),
        el("td", words.UNREADABLE if line.read is None else line.path, class_="path"),
        data_number=str(number),
    )
