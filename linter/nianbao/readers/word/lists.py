"""Automatic numbers: the labels that Word writes before the paragraphs of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.readers.word.xml_names import W, number, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MAX_LIST_NUMBER = 99_999
_MAX_LABEL_CHARS = 60
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN_SIGNS = ("ivx", "xlc", "cdm")  # for ones, tens and hundreds
_NOTHING = frozenset(("bullet", "none"))


class Level(NamedTuple):
    """One level of a list: its first number, its way of counting, its pattern (``%1、``), and its style."""

    start: int = 1
    counting: str = "decimal"
    written: str = ""
    style: str | None = None
    keeps_on: bool = False
    plain: bool = False


class _List(NamedTuple):
    """A list of paragraphs: the definition whose counts it shares, its levels, and the levels it restarts."""

    shares: str
    levels: Mapping[int, Level]
    begins: frozenset[int]


class Lists:
    """The lists of a file, and the current count of each.

    Args:
        root: The tree of the part that defines them, if there is one.
    """

    def __init__(self, root: Any) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        shared = {definition.get(W + "abstractNumId", ""): definition for definition in root.iter(W + "abstractNum")}
        styled = {name: definition for definition in shared.values() if (name := value(definition, "styleLink"))}
        levels: dict[str, Mapping[int, Level]] = {}
        for instance in root.iter(W + "num"):
            shares = value(instance, "abstractNumId") or ""
            if shares not in levels:
                element = shared.get(shares)
                levels[shares] = _levels(styled.get(value(element, "numStyleLink") or "", element))
            self._lists[instance.get(W + "numId", "")] = _list(instance, shares, levels[shares])

    def level_of(self, list_id: str, style_id: str) -> int | None:
        """Return the level of a list that belongs to a style, if one does."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((place for place, level in levels.items() if level.style == style_id), None)

    def next(self, list_id: str, level: int) -> str:
        """Count on, and return the label of the next paragraph of that list and level."""
        if list_id not in self._lists:
            return ""
        shares, levels, begins = self._lists[list_id]
        counts = self._counts.setdefault(shares, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for place in begins & counts.keys():
                del counts[place]
        own = levels.get(level, Level())
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [place for place in counts if place > level]:
            if not levels.get(deeper, Level()).keeps_on:
                del counts[deeper]
        return _written(own, levels, counts)


def _list(element: Any, shares: str, levels: Mapping[int, Level]) -> _List:
    own = dict(levels)
    begins: set[int] = set()
    for override in element.iter(W + "lvlOverride"):
        place = _place(override)
        for level in override.iter(W + "lvl"):
            own[place] = _level(level)
        start = number(override, "startOverride", most=_MAX_LIST_NUMBER)
        if start is not None:
            begins.add(place)
            own[place] = own.get(place, Level())._replace(start=start)
    return _List(shares, own, frozenset(begins))


def _levels(element: Any) -> dict[int, Level]:
    return {} if element is None else {_place(level): _level(level) for level in element.iter(W + "lvl")}


def _place(element: Any) -> int:
    written = element.get(W + "ilvl", "")
    return int(written) if written in tuple("012345678") else 0


def _level(element: Any) -> Level:
    start = number(element, "start", most=_MAX_LIST_NUMBER)
    counting = next(
        (inner.get(W + "val", "") for inner in element.iter(W + "numFmt") if inner.get(W + "val") != "custom"), ""
    )
    return Level(
        1 if start is None else start,
        counting or "decimal",
        (value(element, "lvlText") or "")[:_MAX_LABEL_CHARS],
        value(element, "pStyle"),
        value(element, "lvlRestart") == "0",
        value(element, "isLgl") not in {None, "0", "false"},
    )


def _written(own: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    """Return a number as it is written; "" for a bullet."""
    if own.counting in _NOTHING:
        return ""

    def counted(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = levels.get(place, Level())
        count = counts.get(place, level.start)
        return str(count) if own.plain else _COUNTINGS.get(level.counting, str)(count)

    return _PLACE.sub(counted, own.written)


def _chinese(count: int) -> str:
    """Return 1 to 99 as Chinese numerals, and greater numbers digit by digit."""
    if not 0 < count < 100:
        return _digits(count)
    tens, ones = divmod(count, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _digits(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 0 < count <= 20 else str(count)


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 5) if count > 0 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 1000:
        return str(count)
    parts = zip(reversed(str(count)), _ROMAN_SIGNS, strict=False)
    return "".join(reversed([_ROMAN[int(digit)].translate(str.maketrans("ivx", signs)) for digit, signs in parts]))


def _from(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if 0 < count <= len(signs) else str(count)


_SPOKEN = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand"),
)
_COUNTINGS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(_SPOKEN, _chinese),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _from("壹贰叁肆伍陆柒捌玖拾"),
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": "({})".format,
    "decimalEnclosedFullstop": "{}.".format,
    "decimalFullWidth": lambda count: str(count).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalZero": "{:02}".format,
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
