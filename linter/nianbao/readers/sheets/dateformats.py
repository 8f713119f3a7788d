"""Days and times in a sheet: numbers that a number format shows as dates."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_WORDS = re.compile(r'"[^"]*"?|[\\!_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_PARTS = re.compile(r"[ymdhs]", re.IGNORECASE)
_FRACTIONS = re.compile(r"(?<=s)\.0+", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?]")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<part>y+|m+|d+|h+|s+)|(?P<other>.)',
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r'"[^"]*"?|[\\!_*].')
_UNTOLD = re.compile(r"\[(?:h+|m+|s+)\]|AM/PM|A/P|上午/下午|(?<=s)\.0", re.IGNORECASE)
_LONG_DATE = "[$-f800]"
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a day has no zone
_LAST = 2_958_466
_LEAP = 60  # a day that did not exist: sheets count 29 February 1900
_PLAIN = frozenset("/-.: ,年月日时分秒")


@lru_cache(maxsize=256)
def is_date(code: str) -> bool:
    """Whether a number format shows days or times."""
    first = _WORDS.sub("", code.split(";", 1)[0])
    return bool(_PARTS.search(first)) and not _DIGITS.search(_FRACTIONS.sub("", first))


def shown_date(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """Return a day or time as its format shows it, in digits; "" if the number is no date, or its hours are not told.

    Hours of a half day, parts of seconds, and hours that go on beyond a day are not.
    """
    if not 0 <= value < _LAST or _UNTOLD.search(_QUOTED.sub("", code)):
        return ""
    moment = _moment(float(value), from_1904=from_1904)
    tokens = list(_tokens(code.split(";", 1)[0]))
    if _LONG_DATE in code.lower():
        tokens = ["yyyy", "年", "m", "月", "d", "日"]
    parts = [token for token in tokens if _PARTS.fullmatch(token[:1])]
    if any(len(token) > 2 and token[0] in "md" for token in parts):  # names of months and days
        return moment.strftime("%Y-%m-%d")
    return "".join(_written(tokens, number, moment) for number in range(len(tokens))).strip()


def shown_moment(written: str) -> str:
    """Return a day or time that a file writes as ISO 8601, without the hour if it is midnight."""
    return re.sub(r"T00:00(?::00(?:\.0*)?)?Z?$", "", written.strip()).replace("T", " ")


def _moment(value: float, *, from_1904: bool) -> dt.datetime:
    if not from_1904 and value < _LEAP:
        value += 1
    epoch = _EPOCH_1904 if from_1904 else _EPOCH
    days, seconds = int(value), round((value - int(value)) * 86_400)
    return epoch + dt.timedelta(days=days, seconds=seconds)


def _tokens(part: str) -> Iterator[str]:
    """Give the parts of a format: runs of one letter, in lower case, and the texts between them."""
    for token in _TOKEN.finditer(part):
        if token["part"]:
            yield token["part"].lower()
        elif (words := token["quoted"] or token["escaped"]) is not None:
            yield f" {words}" if _PARTS.match(words) else words
        elif token["other"] in _PLAIN:
            yield token["other"]


def _written(tokens: list[str], number: int, moment: dt.datetime) -> str:
    token = tokens[number]
    kind = token[:1]
    if not _PARTS.fullmatch(kind):
        return token
    if kind == "y":
        return f"{moment.year:04d}" if len(token) > 2 else f"{moment.year % 100:02d}"
    if kind == "m" and _is_minute(tokens, number):
        kind = "n"
    value = {"m": moment.month, "d": moment.day, "h": moment.hour, "n": moment.minute, "s": moment.second}[kind]
    return f"{value:0{min(len(token), 2)}d}"


def _is_minute(tokens: list[str], number: int) -> bool:
    """Whether an ``m`` means minutes: directly after hours or directly before seconds."""
    letters = [(at, token[0]) for at, token in enumerate(tokens) if _PARTS.fullmatch(token[:1])]
    place = [at for at, _letter in letters].index(number)
    before = letters[place - 1][1] if place else ""
    after = letters[place + 1][1] if place + 1 < len(letters) else ""
    return before == "h" or after == "s"
