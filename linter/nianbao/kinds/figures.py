"""Figures in prose: how they are written, how exact they are, and whose year they are of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from nianbao.kinds.numerals import NUMERAL, read_numeral

NUMBER = rf"(?:[0-9]{{1,18}}(?:,[0-9]{{3}}){{0,5}}(?:\.[0-9]{{1,12}})?|{NUMERAL})[万亿]{{0,2}}"
_WRITTEN = re.compile(rf"([0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}(?![0-9])|[0-9]+)(\.[0-9]+)?(万亿|[万亿])?|{NUMERAL}")
_FACTORS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_ABOUT_BEFORE = re.compile(r"(?:约|近|超过?|逾|不足|不到|不少于|不多于|至少|至多|[0-9][-~—–至到])$")
_ABOUT_BEHIND = re.compile(r"[余多几来]|[-~—–至到][0-9]|[^0-9,、()]{0,2}(?:左右|上下|以上|以下|以内)")
_SEVERAL = re.compile(r"[几数]$")
_PERCENT = re.compile("[%‰]|个?百分点")
_MAX_FIGURE_CHARS = 36
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
_OTHER_YEAR = re.compile(r"上一?年|去年|前年|往年|历年|同期")
_THIS_YEAR = re.compile(r"本年|今年")
_CLAUSE = re.compile(r"(?<![0-9]),|,(?![0-9]{3})|[:、()]")


class Figure(NamedTuple):
    """A figure as it stands in a sentence.

    Attributes:
        value: What it says, in ones; ``None`` for a numeral that is none.
        step: Weight of its last place: what it says may have been rounded to that.
        exact: Whether no word about it makes it an approximation.
        end: Where the figure ends in the sentence, its multiplier (万, 亿) included.
    """

    value: int | Decimal | None
    step: int | Decimal
    exact: bool
    end: int


def figure_at(text: str, place: int) -> Figure | None:
    """Return the whole figure that stands at a place of a sentence: at the 2 of ``1,205``, that is 1205.

    Percentages, and what is no figure at all, give ``None``.
    """
    found = next((one for one in _WRITTEN.finditer(text) if one.start() <= place < one.end()), None)
    if found is None or len(found[0]) > _MAX_FIGURE_CHARS or _PERCENT.match(text, found.end()):
        return None
    exact = not (_ABOUT_BEFORE.search(text[: found.start()]) or _ABOUT_BEHIND.match(text, found.end()))
    if found[1] is None:
        several = found[0][0] in "十百千万" and _SEVERAL.search(text[: found.start()])
        return Figure(read_numeral(found[0]), 1, exact and not several, found.end())
    digits, fraction, factor = found[1].replace(",", ""), found[2] or "", _FACTORS[found[3] or ""]
    number = Decimal(digits + fraction) if fraction else int(digits)
    step = Decimal(1).scaleb(1 - len(fraction)) if fraction else 1
    return Figure(number * factor, step * factor, exact, found.end())


def unit_factor(unit: str) -> tuple[str, int]:
    """Return a unit without its multiplier, and the multiplier: of 万元, 元 and 10 000."""
    sign = next(sign for sign in ("万亿", "万", "亿", "") if unit.startswith(sign))
    return unit[len(sign) :], _FACTORS[sign]


def clause_before(text: str, place: int) -> str:
    """Return the words of a clause that stand before a place."""
    begin = max((one.end() for one in _CLAUSE.finditer(text, 0, place)), default=0)
    return text[begin:place]


def is_of_another_year(text: str, match: re.Match[str], *, year: int | None) -> bool:
    """Whether the words before a figure speak of a year that is not the report's.

    The nearest year named in the sentence counts; words such as 去年 count in the clause alone, and where they stand
    before what the pattern matches: a pattern may well ask for what last year left over.
    """
    before = text[: match.start("value")]
    named = list(_YEAR.finditer(before))
    if named and year is not None and int(named[-1][1]) != year:
        return not _THIS_YEAR.search(before, named[-1].end())
    clause = clause_before(text, match.start())
    other = list(_OTHER_YEAR.finditer(clause))
    return bool(other) and not _THIS_YEAR.search(clause, other[-1].end())
