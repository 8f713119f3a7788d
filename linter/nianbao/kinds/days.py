"""Days that rules derive from a report's year or period."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.report import Report

_LEAP_YEAR = 2024


def is_day(written: str) -> bool:
    """Whether ``MM-DD``, or ``L-MM`` for the last day of a month, is a day of some year."""
    month, day = _parts(written)
    return 1 <= month <= 12 and 1 <= day <= (31 if written[0] == "L" else _length(month, _LEAP_YEAR))


def day_of(written: str, year: int) -> dt.date:
    """Return such a day of a year; a day that February does not have becomes its last day."""
    month, day = _parts(written)
    return dt.date(year, month, min(day, _length(month, year)))


def last_day(option: Mapping[str, Any], report: Report) -> dt.date | None:
    """Return the last day that a rule allows, ``None`` where the report lacks the year or period that it depends on."""
    if "days_after" in option:
        return report.period and report.period.end + dt.timedelta(option["days_after"])
    year = None if report.year is None else report.year + option.get("years_after", 1)
    return day_of(option["day"], year) if year is not None and dt.MINYEAR <= year <= dt.MAXYEAR else None


def _parts(written: str) -> tuple[int, int]:
    first, second = written.split("-")
    return (int(second), 31) if first == "L" else (int(first), int(second))


def _length(month: int, year: int) -> int:
    return 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.date(year, month, 1)).days
