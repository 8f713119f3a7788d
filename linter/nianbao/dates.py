"""Dates as people write them: 2026-03-31, 2026年3月31日, 二〇二六年三月三十一日, 31 March 2026, March 31, 2026."""

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
_NUMERALS = {sign: number for number, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}
_FIRST_MONTH = "元"
# A day in a sentence. The year may be missing, where another day names it.
_DAY = (
    r"(?:(?<![\d二])(?P<{0}year>20\d\d|二[〇零○][〇零○一二三四五六七八九]{{2}})(?:年(?:度|全年)?[(]?|[-./]))?"
    r"(?<![\d一二十])(?P<{0}month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}}|元)(?:月|[-./])"
    r"(?P<{0}day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:[日号]|(?=\d{{1,2}}:\d\d)|(?![\d月年一二三四五六七八九十]))"
)
_DAYS = {f"(?P<{name}>)": _DAY.format(prefix) for name, prefix in (("from", "from_"), ("to", "to_"), ("date", ""))}


def read_date(text: str) -> dt.date | None:
    """Return the date of a text that has nothing else, ``None`` if it is not a date.

    Day and month only in figures (``3/4/2026``) have different meanings in different countries, and are not accepted.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _MAX_DATE_CHARS:
        return None
    matches = (shape.fullmatch(plain) for shape in _SHAPES)
    return next((day_of(match["year"], match["month"], day=match["day"]) for match in matches if match), None)


def with_days(pattern: str) -> str:
    """Return a regular expression whose empty groups ``from``, ``to`` and ``date`` stand for any day in a sentence.

    Its parts are the groups ``from_year``, ``from_month``, ``from_day`` and so on; of ``date``, ``year``, ``month`` and
    ``day``.
    """
    for group, day in _DAYS.items():
        pattern = pattern.replace(group, day)
    return pattern


def first_day(year: int) -> dt.date:
    """Return the first day of a year."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """Return the last day of a year."""
    return dt.date(year, 12, 31)


def day_of(year: str | None, month: str | None, *, day: str | None) -> dt.date | None:
    """Return a date from its parts, in digits or numerals, the month also by name; ``None`` if there is none."""
    if not year or not month or not day:
        return None
    try:
        return dt.date(_number(year), _MONTHS.get(month[:3].lower()) or _number(month), _number(day))
    except (ValueError, KeyError):
        return None


def end_of_month(year: str | None, month: str | None) -> dt.date | None:
    """Return the last day of a month, ``None`` if there is no such month."""
    first = day_of(year, month, day="1")
    if first is None:
        return None
    after = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return after - dt.timedelta(1)


def _number(text: str) -> int:
    """Read digits (31), a numeral with tens (三十一), digits one by one (二〇二四), or the word for the first month.

    Raises:
        ValueError, KeyError: it is none of these.
    """
    if text.isascii():
        return int(text)
    if text == _FIRST_MONTH:
        return 1
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[sign]) for sign in text))
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
