"""Dates as people write them: 2026-03-31, 2026年3月31日, 二〇二六年三月三十一日, 31 March 2026, March 31, 2026."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_MONTHS = {"元": 1} | {
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
# A day in a sentence. The year may be missing, where another day names it.
_DAY = (
    r"(?:(?<!\d)(?P<{0}year>20\d\d)(?:年(?:度|全年)?[(]?|[-./]))?(?<!\d)(?P<{0}month>\d{{1,2}}|元)(?:月|[-./])"
    r"(?P<{0}day>\d{{1,2}})(?:[日号]|(?=\d{{1,2}}:\d\d)|(?![\d月年]))"
)
_IN_NUMERALS = r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)|[一二三四五六七八九十]{1,3}(?=[月日号])"
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


def in_digits(text: str) -> str:
    """Return text in which dates in numerals (二〇二五年一月二十日) are in digits."""
    if "二" not in text or not any(century in text for century in ("二〇", "二零", "二○")):
        return text
    return re.sub(_IN_NUMERALS, lambda match: str(_number(match[0])), text)


def first_day(year: int) -> dt.date:
    """Return the first day of a year."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """Return the last day of a year."""
    return dt.date(year, 12, 31)


def day_of_run(given: str | None) -> dt.date:
    """Return the day of a run: as it is given (2026-01-31), else today where the program runs."""
    return (given and read_date(given)) or dt.datetime.now().astimezone().date()


def day_of(year: str | None, month: str | None, *, day: str | None) -> dt.date | None:
    """Return a date from its parts, the month as a figure or by its name; ``None`` if there is no such date."""
    if not year or not month or not day:
        return None
    try:
        return dt.date(int(year), _MONTHS.get(month[:3].lower()) or int(month), int(day))
    except ValueError:
        return None


def end_of_month(year: str | None, month: str | None) -> dt.date | None:
    """Return the last day of a month, ``None`` if there is no such month."""
    first = day_of(year, month, day="1")
    if first is None:
        return None
    after = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return after - dt.timedelta(1)


def _number(text: str) -> int:
    """Read a numeral with tens (三十一), or digits one by one (二〇二四)."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[sign]) for sign in text))
    return (_NUMERALS.get(tens, 1)) * 10 + _NUMERALS.get(ones, 0)
