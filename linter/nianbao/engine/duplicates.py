"""Several files of one organ and year: whether they agree, which of them is taken, and the finding about them."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Final

from nianbao.engine.comparing import compare
from nianbao.engine.prior_year import organ_of
from nianbao.messages import Text, clean
from nianbao.model.difference import SECTION
from nianbao.model.finding import Finding
from nianbao.model.outcome import FAIL
from nianbao.model.report import head_of, whole
from nianbao.model.rule import HIGH, INFO, PERSONAS, WARNING, RuleSummary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from nianbao.model.report import KeptReport, Report
    from nianbao.settings import Settings

CODE: Final = "C001"
_MAX_NAMED = 3
_FORMATS = (".json", ".yaml", ".yml", ".docx", ".xlsx", ".html", ".htm", ".shtml", ".xhtml", ".xls", ".md", ".txt")
_TITLE = Text("同一机关同一年度有几份报告", "several reports of one organ and year")
_AGREE = Text(
    "{issuer} {year} 年度有 {count} 份文件，数字一致：{names}；核对下一年度时用 {best}",
    "{count} files are the report of {issuer} for {year} and have the same figures: {names}; against the year after, "
    "{best} is used",
)
_DIFFER = Text(
    "{issuer} {year} 年度有 {count} 份报告，数字不一致：{names}；不能断定哪一份算数",
    "{count} reports of {issuer} for {year} differ in their figures: {names}; which of them counts cannot be told",
)
_HELP = Text(
    "只留要公布的一份；用 nianbao diff 看两份文件哪里不同",
    "keep the one that is to be published; nianbao diff shows where two files differ",
)
RUN_CODES = frozenset((CODE,))  # of findings that are about a run and stand in no pack
SUMMARY = RuleSummary(CODE, "zfxxgk", "several-reports-of-one-year", _TITLE, "run", PERSONAS[0])


def duplicates(reports: Iterable[KeptReport], *, corrected: Collection[str], settings: Settings) -> tuple[Finding, ...]:
    """Return a finding for each organ and year of which there are several reports.

    Args:
        reports: The reports of a run.
        corrected: The paths of those that are corrected copies of others: that they differ is their purpose.
        settings: Which rules run; where some are selected, nothing is said of several reports.
    """
    if settings.select or CODE in settings.ignore:
        return ()
    groups: dict[tuple[object, ...], dict[str, KeptReport]] = {}  # by name
    for report in reports:
        head = head_of(report)
        organ = organ_of(head)
        if head.year is not None and organ is not None and head.name not in corrected:
            groups.setdefault((head.year, *organ), {}).setdefault(head.name, report)
    return tuple(_finding(list(group.values())) for group in groups.values() if len(group) > 1)


def summaries(findings: Iterable[Finding]) -> dict[str, RuleSummary]:
    """Return the rules of these findings, by code."""
    return {finding.rule: SUMMARY for finding in findings}


def best_of(reports: Sequence[KeptReport]) -> Report | None:
    """Return the report to take of several of one organ and year; ``None`` if their figures differ.

    It is the one with the fewest unread cells; among equal ones the one in the format whose tables are surest.
    """
    first = whole(reports[0])
    if not _all_agree(first, reports[1:]):
        return None
    best = min(map(whole, reports), key=_rank)
    return best if best.sha256 == first.sha256 or _all_agree(best, reports) else None


def _all_agree(report: Report, others: Iterable[KeptReport]) -> bool:
    """Whether all others agree with a report; of packed ones, one is unpacked at a time."""
    return all(_agree(report, whole(other)) for other in others)


def _rank(report: Report) -> tuple[int, int, str]:
    last = os.path.splitext(report.name)[1].lower()  # noqa: PTH122 - of a name
    return len(report.unread), _FORMATS.index(last) if last in _FORMATS else len(_FORMATS), report.name


def _agree(first: Report, second: Report) -> bool:
    """Whether two reports agree in their facts, and in all cells that were read in both."""
    return all(
        difference.kind == SECTION or difference.first.text is None or difference.second.text is None
        for difference in compare(first, second)
    )


def _finding(reports: Sequence[KeptReport]) -> Finding:
    head = head_of(reports[0])
    best = best_of(reports)
    issuer = "" if head.issuer is None else head.issuer.name
    names = [clean(head_of(report).name) for report in reports]
    more = "…" if len(names) > _MAX_NAMED else ""
    told = (_DIFFER if best is None else _AGREE).format(
        issuer=issuer,
        year=head.year,
        count=len(names),
        names=Text("、".join(names[:_MAX_NAMED]) + more, ", ".join(names[:_MAX_NAMED]) + more),
        best="" if best is None else clean(best.name),
    )
    identity = f"{CODE}|{issuer}|{head.year}"
    return Finding(
        CODE,
        SUMMARY.pack,
        SUMMARY.name,
        SUMMARY.kind,
        FAIL,
        WARNING if best is None else INFO,
        HIGH,
        told,
        _HELP,
        fingerprint=hashlib.sha256(identity.encode()).hexdigest()[:16],
    )
