"""Chooses the report of the year before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.bounds.alarm import Alarm, OverrunError
from nianbao.messages import NotRead, Text, clean
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.model.report import Report

NO_PRIOR = Text(
    "没有上一年度的年报；可用 --prior 给出，或与上一年的文件一起检查",
    "there is no report of the year before: give it with --prior, or check both years together",
)
_NO_YEAR = NotRead.of_each(Text("年度", "the report's year"))
_OTHER_YEAR = Text(
    "用 --prior 给出的是 {found} 年度的报告，需要 {year} 年度的",
    "the report given with --prior is of {found}; that of {year} is needed",
)
_OTHER_ISSUER = Text(
    "用 --prior 给出的是“{found}”的报告，不是“{issuer}”的",
    "the report given with --prior is of “{found}”, not of “{issuer}”",
)
_SEVERAL = Text(
    "有 {count} 份报告都可能是上一年度的（{names}），数字不一致，无法确定用哪一份",
    "{count} reports may be that of the year before ({names}), and their figures differ",
)
_MAX_NAMED = 3

_OVERRUN = Text(
    "比较机关名称时，格式 {form} 的 patterns.place 运行超时，已中断",
    "patterns.place of form {form}, by which names of issuers are compared, timed out and was broken off",
)


class PriorChoice(NamedTuple):
    """The report of the year before, or the reason why there is none; ``several`` are those that fit equally well."""

    prior: Report | None
    reason: Text | None = None
    several: tuple[Report, ...] = ()


def choose_prior(report: Report, *, priors: Sequence[Report], others: Sequence[Report]) -> PriorChoice:
    """Choose the report of the year before: from ``priors`` if there are any, else from the other reports of the run.

    Names may differ by a general ending (人民政府); a report in ``priors`` may also have an abbreviated name, or a name
    without the higher places (a district without its city). If several fit, none is chosen.
    """
    if report.year is None:
        return PriorChoice(None, _NO_YEAR)
    if priors:
        tests = (_same_name, same_issuer, names_its_place_in_short, may_be_short_for)
        try:
            with Alarm().set() as alarm:
                fitting = alarm.run(lambda: _fitting(report, priors, *tests))
        except OverrunError:
            return PriorChoice(None, _OVERRUN.format(form=report.form.id))
        return _only(fitting) if fitting else _among(report, priors)
    fitting = _fitting(report, others, _same_name, same_issuer)
    return _only(fitting) if fitting else PriorChoice(None, NO_PRIOR)


def _fitting(report: Report, candidates: Sequence[Report], *tests: Callable[[Report, Report], bool]) -> list[Report]:
    """Return the reports of the year before that pass the first test that at least one of them passes."""
    year_before = [
        candidate for candidate in candidates if candidate.year is not None and candidate.year + 1 == report.year
    ]
    for test in tests:
        if fitting := [candidate for candidate in year_before if test(candidate, report)]:
            return fitting
    return []


def _only(fitting: Sequence[Report]) -> PriorChoice:
    distinct = list({report.sha256: report for report in fitting}.values())
    if len(distinct) == 1:
        return PriorChoice(distinct[0])
    names = [clean(report.name) for report in distinct[:_MAX_NAMED]]
    more = "…" if len(distinct) > _MAX_NAMED else ""
    reason = _SEVERAL.format(count=len(distinct), names=Text("、".join(names) + more, ", ".join(names) + more))
    return PriorChoice(None, reason, tuple(distinct))


def _among(report: Report, priors: Sequence[Report]) -> PriorChoice:
    """Return the reason why no report in ``priors`` fits; a single report without an issuer is accepted."""
    year_before = [prior for prior in priors if prior.year is not None and prior.year + 1 == (report.year or 0)]
    if not year_before:
        years = "、".join(str(prior.year or "?") for prior in priors[:3])
        return PriorChoice(None, _OTHER_YEAR.format(found=years, year=(report.year or 0) - 1))
    nameless = [prior for prior in year_before if not _name(prior) or not _name(report)]
    if nameless:
        return _only(nameless)
    return PriorChoice(None, _OTHER_ISSUER.format(found=_name(year_before[0]), issuer=_name(report)))


def _name(report: Report) -> str:
    return fold(report.issuer.name) if report.issuer is not None else ""


def _same_name(report: Report, other: Report) -> bool:
    return _name(report) == _name(other) != ""


def same_issuer(report: Report, other: Report) -> bool:
    """Whether two reports name the same issuer, without regard to general endings."""
    if report.issuer is None or other.issuer is None or report.issuer.kind != other.issuer.kind:
        return False
    return _stem(report) == _stem(other) != ""


def is_year_before(other: Report, report: Report) -> bool:
    """Whether a report is that of the year before of another one, by their years and the names of their issuers."""
    is_before = other.year is not None and other.year + 1 == report.year
    return is_before and (_same_name(other, report) or same_issuer(other, report))


def organ_of(report: Report) -> tuple[str, str] | None:
    """Return kind and name of the issuer, without general endings; ``None`` if it was not read."""
    stem = _stem(report)
    return (report.issuer.kind, stem) if report.issuer is not None and stem else None


def names_its_place_in_short(report: Report, other: Report) -> bool:
    """Whether one name is the other without its higher places, such as a district's name without its city."""
    if report.issuer is None or other.issuer is None or report.issuer.kind != other.issuer.kind:
        return False
    short, long = sorted((_stem(report), _stem(other)), key=len)
    return any(re.match(place, short) for place in report.form.patterns.get("place", ())) and long.endswith(short)


def may_be_short_for(report: Report, other: Report) -> bool:
    """Whether one name may abbreviate the other: the same place and kind, the office's characters in the same order."""
    if report.issuer is None or other.issuer is None or report.issuer.kind != other.issuer.kind:
        return False
    (place, office), (other_place, other_office) = _parts(report), _parts(other)
    short, long = sorted((office, other_office), key=len)
    letters = iter(long)
    return place == other_place != "" and bool(short) and short[-1] == long[-1] and all(x in letters for x in short)


def _stem(report: Report) -> str:
    endings = (fold(word) for word in report.form.patterns.get("issuer_suffix_words", ()))
    name = _name(report)
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


def _parts(report: Report) -> tuple[str, str]:
    """Split an issuer's name after its place; without a place, the whole name is the office."""
    name = _name(report)
    place = next(
        (match for pattern in report.form.patterns.get("place", ()) if (match := re.match(pattern, name))), None
    )
    return (place[0], name[place.end() :]) if place else ("", name)
