"""Figures in prose: how they are written, how exact they are, and which year they belong to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from nianbao.kinds.numerals import NUMERAL, read_numeral
from nianbao.model.lazy_pattern import deferred

if TYPE_CHECKING:
    import re

NUMBER = rf"(?:[0-9]{{1,18}}(?:,[0-9]{{3}}){{0,5}}(?:\.[0-9]{{1,12}})?|{NUMERAL})[万亿]{{0,2}}"
_WRITTEN = deferred(rf"([0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}(?![0-9])|[0-9]+)(\.[0-9]+)?(万亿|[万亿])?|{NUMERAL}")
_FACTORS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_ABOUT_BEFORE = deferred(r"(?:约|近|超过?|逾|不足|不到|不少于|不多于|至少|至多|[0-9][-~—–至到])$")
_ABOUT_BEHIND = deferred(r"[余多几来]|[-~—–至到][0-9]|[^0-9,、()]{0,2}(?:左右|上下|以上|以下|以内)")
_SEVERAL = deferred(r"[几数]$")
_PERCENT = deferred("[%‰]|个?百分点")
_MAX_FIGURE_CHARS = 36
_YEAR = deferred(r"(?<![0-9])(20[0-9]{2})年")
_OTHER_YEAR = deferred(r"上一?年|去年|前年|往年|历年|同期")
_THIS_YEAR = deferred(r"本年|今年")
_CLAUSE = deferred(r"(?<![0-9]),|,(?![0-9]{3})|[:、()]")


class Figure(NamedTuple):
    """A figure as it is written in a sentence.

    Attributes:
        value: Its value in ones; ``None`` for a numeral that is not valid.
        step: Weight of its last digit: the value may have been rounded to a multiple of it.
        exact: Whether no word marks it as approximate.
        end: Where the figure ends in the sentence, including its multiplier (万, 亿).
    """

    value: int | Decimal | None
    step: int | Decimal
    exact: bool
    end: int


def figure_at(text: str, place: int) -> Figure | None:
    """Return the whole figure at a place of a sentence: at the 2 of ``1,205``, that is 1205.

    For percentages and for words the result is ``None``.
    """
    written = next(
        (candidate for candidate in _WRITTEN.finditer(text) if candidate.start() <= place < candidate.end()), None
    )
    if written is None or len(written[0]) > _MAX_FIGURE_CHARS or _PERCENT.match(text, written.end()):
        return None
    exact = not (_ABOUT_BEFORE.search(text[: written.start()]) or _ABOUT_BEHIND.match(text, written.end()))
    if written[1] is None:
        several = written[0][0] in "十百千万" and _SEVERAL.search(text[: written.start()])
        return Figure(read_numeral(written[0]), 1, exact and not several, written.end())
    digits, fraction, factor = written[1].replace(",", ""), written[2] or "", _FACTORS[written[3] or ""]
    number = Decimal(digits + fraction) if fraction else int(digits)
    step = Decimal(1).scaleb(1 - len(fraction)) if fraction else 1
    return Figure(number * factor, step * factor, exact, written.end())


def unit_factor(unit: str) -> tuple[str, int]:
    """Return a unit without its multiplier, and the multiplier: for 万元, these are 元 and 10 000."""
    sign = next(sign for sign in ("万亿", "万", "亿", "") if unit.startswith(sign))
    return unit[len(sign) :], _FACTORS[sign]


def clause_before(text: str, place: int) -> str:
    """Return the words of a clause before a place."""
    begin = max((boundary.end() for boundary in _CLAUSE.finditer(text, 0, place)), default=0)
    return text[begin:place]


def is_of_another_year(text: str, match: re.Match[str], *, year: int | None) -> bool:
    """Whether the words before a figure, or before words for none, refer to another year than the report's.

    The nearest year in the sentence decides. Words such as 去年 count only in the same clause and before the match: a
    pattern itself may mention last year, such as the requests carried over from it.
    """
    before = text[: match.start("value" if "value" in match.re.groupindex else 0)]
    named = list(_YEAR.finditer(before))
    if named and year is not None and int(named[-1][1]) != year:
        return not _THIS_YEAR.search(before, named[-1].end())
    clause = clause_before(text, match.start())
    other = list(_OTHER_YEAR.finditer(clause))
    return bool(other) and not _THIS_YEAR.search(clause, other[-1].end())
