"""The overview of a run: its figures, and for several reports a table of them, the heaviest first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import UNDECIDED
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.html import words
from nianbao.outputs.html.entries import SIGNS
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.report_section import name_of
from nianbao.outputs.wording.corrections import corrections_of
from nianbao.outputs.wording.totals import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.messages import Text
    from nianbao.model.result import Checked
    from nianbao.outputs.html.markup import Html
    from nianbao.outputs.wording.totals import Summary

WORST = tuple(reversed(SEVERITIES))


class ReportLine(NamedTuple):
    """The line of a report in the overview and in the filters.

    Attributes:
        name: Its issuer and year, else its file.
        path: Its file.
        organ: Its issuer, or "".
        year: Its year, if it is known.
        corrections: The number of places to change in it.
        findings: The number of its findings, by severity, and ``undecided``.
        read: The numbers of cells read and expected; ``None`` if the report could not be read.
        has_following: Whether figures of blank cells follow from others.
    """

    name: Text
    path: str
    organ: str
    year: int | None
    corrections: int
    findings: Counter[str]
    read: tuple[int, int] | None
    has_following: bool

    @classmethod
    def of(cls, checked: Checked) -> ReportLine:
        """Return the line of a report."""
        report = checked.report
        organ = "" if report is None or report.issuer is None else report.issuer.name
        return cls(
            name_of(checked),
            checked.path,
            organ,
            None if report is None else report.year,
            sum(not todo.is_hint for todo in corrections_of(checked)),
            Counter(map(kind_of, checked.findings)),
            None if report is None else (len(report.cells), len(report.cells) + len(report.unread)),
            bool(checked.following),
        )

    @property
    def has_unread(self) -> bool:
        """Whether some of its cells were not read."""
        return self.read is not None and self.read[0] < self.read[1]

    @property
    def weight(self) -> tuple[bool | int | str, ...]:
        """What the lines are sorted by: what was not read, errors, warnings and hints first, then organ and year."""
        counts = (-self.findings[severity] for severity in WORST)
        return (self.read is not None, *counts, self.organ, self.year or 0, self.path)


def overview(summary: Summary, lines: Sequence[ReportLine]) -> Html:
    """Return the figures of a run, and for several reports, a line for each and a grid by organ and year."""
    has_several = len(lines) > 1
    parts = [_counts(summary, lines, has_several=has_several)]
    if has_several:
        parts += [_grid(lines), _table(lines)]
    return joined(parts)


def _counts(summary: Summary, lines: Sequence[ReportLine], *, has_several: bool) -> Html:
    shown = [
        ("reports", summary.reports, has_several),
        ("corrections", sum(line.corrections for line in lines), True),
        ("error", summary.error, True),
        ("warning", summary.warning, summary.warning > 0),
        ("info", summary.info, summary.info > 0),
        ("undecided", summary.undecided, summary.undecided > 0),
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


def _grid(lines: Sequence[ReportLine]) -> Html:
    """Return a grid of organs and years, if the reports are on several years."""
    years = sorted({line.year for line in lines if line.year is not None})
    if len(years) < 2:
        return NOTHING
    by_place: dict[tuple[str, int], list[int]] = {}
    for number, line in enumerate(lines):
        if line.year is not None:
            by_place.setdefault((line.organ, line.year), []).append(number)
    heads = [el("th", words.ORGAN, scope="col"), *(el("th", str(year), scope="col") for year in years)]
    organs = dict.fromkeys(organ for organ, _ in sorted(by_place))
    rows = [
        el(
            "tr",
            el("th", organ or words.NO_ORGAN, scope="row"),
            *(el("td", *(_sign(one, lines[one]) for one in by_place.get((organ, year), ()))) for year in years),
        )
        for organ in organs
    ]
    caption = el("caption", words.GRID, id="years")
    table = el("table", caption, el("thead", el("tr", *heads)), el("tbody", *rows), class_="years")
    return el("nav", table, class_="scroll", tabindex="0", aria_labelledby="years")


def _sign(number: int, line: ReportLine) -> Html:
    """Return a link to a report, which says how much is wrong with it."""
    worst = next((severity for severity in WORST if line.findings[severity]), None)
    sign = "✓" if worst is None else f"{SIGNS[worst]} {line.findings[worst]}"
    said = words.KIND_NAMES[worst] if worst else words.CLEAN
    return el("a", sign, el("span", " ", said, class_="vh"), href=f"#r{number}", class_=worst or "pass")


def _table(lines: Sequence[ReportLine]) -> Html:
    heads = [
        words.REPORT,
        words.TO_CHANGE,
        *(words.COUNT_NAMES[severity] for severity in WORST),
        words.COUNT_NAMES["undecided"],
        words.READ,
        words.FILE,
    ]
    ranked = sorted(range(len(lines)), key=lambda number: lines[number].weight)
    table = el(
        "table",
        el("caption", words.REPORTS, id="reports"),
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *(_row(number, lines[number], rank) for rank, number in enumerate(ranked))),
        class_="reports",
    )
    nav = el("nav", table, class_="scroll", tabindex="0", aria_labelledby="reports")
    return joined([_sorting(), nav])


def _sorting() -> Html:
    """Return the choice of an order, which needs the script."""
    buttons = [
        el("button", name, type="button", data_sort=order, aria_pressed="true" if order == "rank" else "false")
        for order, name in words.ORDERS.items()
    ]
    return el("p", words.SORT, *buttons, class_="sorting")


def _row(number: int, line: ReportLine, rank: int) -> Html:
    figures = [(name, line.findings[name]) for name in (*WORST, UNDECIDED)]
    return el(
        "tr",
        el("th", el("a", line.name, href=f"#r{number}"), scope="row"),
        el("td", str(line.corrections), class_=None if line.corrections else "zero"),
        *(el("td", str(count), class_=name if count else "zero") for name, count in figures),
        el("td", "–" if line.read is None else f"{line.read[0]}/{line.read[1]}"),
        el("td", words.UNREADABLE if line.read is None else line.path, class_="path"),
        data_number=str(number),
        data_rank=str(rank),
        data_organ=line.organ,
        data_year=str(line.year or ""),
    )
