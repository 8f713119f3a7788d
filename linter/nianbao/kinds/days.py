"""Days that rules derive from a report's year or period, and the dates that reports state."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.language.facts import DATE, facts_of
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.language.facts import KnownFact
    from nianbao.model.location import Location
    from nianbao.model.report import Report

TODAY = "today"
_EARLIEST_ZONE = dt.timezone(dt.timedelta(hours=14))  # where a day begins first: a later day has not begun anywhere
_LEAP_YEAR = 2024
_USUAL = "published"
_NO_FACT = Text("没有日期“{named}”", "no date {named!r}")
_NO_DAY = Text(
    "没有“{day}”这一天；写 MM-DD（如 03-31），月末写 L-MM，检查当天写 today",
    "no such day {day!r}; write MM-DD, or L-MM, or today for the day of the run",
)
_CLASH = Text("不能和 days_after 同用；去掉其中一个", "does not go with days_after; leave out one of them")
_CONTRARY = Text(
    "{named}是 {date}，{other}却是 {other_date}，分不清以哪个为准",
    "{named} is {date}, but {other} is {other_date}; which of them counts cannot be told",
)


class StatedDay(NamedTuple):
    """A date that a report states, for a rule about a date.

    Attributes:
        date: The date.
        name: What it is.
        wanted: What the rule is about.
        is_certain: Whether it is that date itself.
        is_earlier: Whether the date itself cannot be before it.
        quote: The words it was read from.
        location: Their place.
    """

    date: dt.date
    name: Text
    wanted: Text
    is_certain: bool
    is_earlier: bool
    quote: str
    location: Location


def stated_day(option: Mapping[str, Any], report: Report) -> StatedDay | None:
    """Return the date that a rule is about, else the first of the others that it names; ``None`` without any."""
    facts = facts_of(report.form)
    wanted, earlier = option.get("fact", _USUAL), option.get("not_before", ())
    for name in (wanted, *earlier, *option.get("hints", ())):
        fact = facts[name]
        date = fact.read(report)
        if isinstance(date, dt.date):
            stated = report.facts.get(fact.source)
            quote, location = (str(date), NOWHERE) if stated is None else (stated.raw, stated.location)
            return StatedDay(
                date, fact.name, facts[wanted].name, name == wanted, name in earlier, quote=quote, location=location
            )
    return None


def contrary_day(option: Mapping[str, Any], report: Report, *, last: dt.date) -> Text | None:
    """Return what another statement of a report's date says, if it is on the other side of the last day."""
    facts = facts_of(report.form)
    stated = facts[option.get("fact", _USUAL)].read(report)
    for name in option.get("contradicted_by", ()):
        other = facts[name].read(report)
        if isinstance(stated, dt.date) and isinstance(other, dt.date) and (stated > last) is not (other > last):
            return _CONTRARY.format(
                named=facts[option.get("fact", _USUAL)].name, date=stated, other=facts[name].name, other_date=other
            )
    return None


def day_faults(option: Mapping[str, Any], facts: Mapping[str, KnownFact]) -> Iterator[Mistake]:
    """Give what is wrong with the days and dates of a rule's option."""
    days = [name for name, fact in facts.items() if fact.type == DATE]
    for key in ("fact", "not_before", "hints", "contradicted_by"):
        names = option.get(key, _USUAL if key == "fact" else ())
        for name in [names] if isinstance(names, str) else names:
            if name not in days:
                yield Mistake(_NO_FACT.format(named=name) + nearest(name, days), path=("deadline", key))
    if "days_after" in option and (clash := {"day", "years_after"} & option.keys()):
        yield Mistake(_CLASH, path=("deadline", min(clash)))
    if "day" in option and not is_day(option["day"]):
        yield Mistake(_NO_DAY.format(day=option["day"]), path=("deadline", "day"))


def is_day(written: str) -> bool:
    """Whether ``MM-DD``, or ``L-MM`` for the last day of a month, is a day of some year; ``today`` is one, too."""
    if written == TODAY:
        return True
    month, day = _parts(written)
    return 1 <= month <= 12 and 1 <= day <= (31 if written[0] == "L" else _length(month, _LEAP_YEAR))


def day_of(written: str, year: int) -> dt.date:
    """Return such a day of a year; a day that February does not have becomes its last day."""
    month, day = _parts(written)
    return dt.date(year, month, min(day, _length(month, year)))


def last_day(option: Mapping[str, Any], report: Report, *, today: object = None) -> dt.date | None:
    """Return the last day that a rule allows, ``None`` where the report lacks the year or period that it depends on.

    Args:
        option: The option of the rule.
        report: The report.
        today: The day of the run, where its settings give one.
    """
    if option.get("day") == TODAY:
        return dt.date.fromisoformat(today) if isinstance(today, str) else dt.datetime.now(tz=_EARLIEST_ZONE).date()
    if "days_after" in option:
        return report.period and report.period.end + dt.timedelta(option["days_after"])
    year = None if report.year is None else report.year + option.get("years_after", 1)
    return day_of(option["day"], year) if year is not None and dt.MINYEAR <= year <= dt.MAXYEAR else None


def _parts(written: str) -> tuple[int, int]:
    first, second = written.split("-")
    return (int(second), 31) if first == "L" else (int(first), int(second))


def _length(month: int, year: int) -> int:
    return 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.date(year, month, 1)).days
