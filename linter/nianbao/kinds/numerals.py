"""Chinese numerals as exact whole numbers."""

from __future__ import annotations

from nianbao.model.lazy_pattern import deferred

_DIGITS = {sign: number // 2 for number, sign in enumerate("零〇一壹二贰三叁四肆五伍六陆七柒八捌九玖")} | {"两": 2}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ZERO = "零〇"
_MAX_NUMERAL_CHARS = 40

NUMERAL = f"[{''.join((*_DIGITS, *_SMALL, *_LARGE))}]{{1,{_MAX_NUMERAL_CHARS}}}"
_ANY_NUMBER = deferred(rf"[0-9][0-9.,]*|{NUMERAL}")
_DIGITS_ALONE = deferred(f"[{''.join(_DIGITS)}]{{1,18}}")


def read_numeral(text: str) -> int | None:
    """Return the value of a Chinese numeral, ``None`` for other words.

    Without units, digits are read one by one (二〇二四). With units (一百二十), 一百二 is 120 and 一百零二 is 102.
    """
    if len(text) > _MAX_NUMERAL_CHARS:
        return None
    if _DIGITS_ALONE.fullmatch(text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) == 1 or "两" not in text else None
    return _with_units(text, tuple(_LARGE.items())[::-1])


def without_numbers(text: str) -> str:
    """Return text without digits and numerals, also where they are part of a word."""
    return _ANY_NUMBER.sub("", text)


def _with_units(text: str, units: tuple[tuple[str, int], ...]) -> int | None:
    """Read a numeral with units: the part before its largest unit and the part behind it, both by smaller units."""
    if not units:
        return _below_ten_thousand(text)
    (sign, unit), *smaller = units
    before, separator, behind = text.rpartition(sign)
    if not separator:
        return _with_units(text, tuple(smaller))
    many = _with_units(before, tuple(smaller)) if before[:1] not in {"", *_ZERO} else None
    few = _rest(behind, unit, tuple(smaller)) if behind else 0
    return None if many is None or few is None else many * unit + few


def _rest(text: str, unit: int, units: tuple[tuple[str, int], ...]) -> int | None:
    """Read the part behind a unit: a single digit counts the next smaller unit, a zero stands for skipped units."""
    if text[0] not in _ZERO:
        return _DIGITS[text] * unit // 10 if text in _DIGITS else _smaller(_with_units(text, units), unit)
    left = text[1:]
    return None if not left or left[0] in _ZERO else _smaller(_with_units(left, units), unit // 10)


def _below_ten_thousand(text: str) -> int | None:
    """Read thousands, hundreds, tens and ones, in descending order."""
    if text in _DIGITS:
        return _DIGITS[text]
    place = next((place for place, sign in enumerate(text) if sign in _SMALL), None)
    if place is None or place > 1:
        return None
    unit = _SMALL[text[place]]
    digit = _DIGITS.get(text[:place], 0) if place else int(unit == 10)
    behind = text[place + 1 :]
    few = _rest(behind, unit, ()) if behind else 0
    return None if few is None or not digit else digit * unit + few


def _smaller(value: int | None, bound: int) -> int | None:
    return value if value is not None and value < bound else None
