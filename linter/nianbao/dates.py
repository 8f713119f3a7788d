"""Dates as people write them: 2026-03-31, 2026年3月31日, 31 March 2026, March 31, 2026."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_SHAPES = (
    re.compile(r"(?P<year>\d{4})\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})\s*日?"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*(?P<month>[a-z]{3,9})\.?,?\s*(?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<month>[a-z]{3,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s*(?P<year>\d{4})", re.IGNORECASE),
)
_MAX_DATE_CHARS = 60


def read_date(text: str) -> dt.date | None:
    """Return the date of a text that has nothing else, ``None`` if it is not a date.

    Day and month only in figures (``3/4/2026``) have different meanings in different countries, and are not accepted.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _MAX_DATE_CHARS:
        return None
    matches = (shape.fullmatch(plain) for shape in _SHAPES)
    return next((day_of(match["year"], match["month"], day=match["day"]) for match in matches if match), None)


def first_day(year: int) -> dt.date:
    """Return the first day of a year."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """Return the last day of a year."""
    return dt.date(year, 12, 31)


def day_of(year: str | None, month: str | None, *, day: str | None) -> dt.date | None:
    """Return a date from its parts, the month as a figure or English name; ``None`` if there is no such date."""
    if not year or not month or not day:
        return None
    try:
        return dt.date(int(year), _MONTHS.get(month[:3].lower()) or int(month), int(day))
    except ValueError:
        return None
