"""The visible form of a number in a sheet: its digits as the cell's number format shows them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from nianbao.readers.sheets.dateformats import is_date, shown_date

GENERAL = "General"
_DIGITS = Context(prec=15)  # the precision of sheets: 0.1 + 0.2 is 0.3 again
_WIDE = Context(prec=60)
_MAX_EXPONENT = 20
_GENERAL_DECIMALS = 9
_GENERAL_DIGITS = 10
_NAMES = frozenset(("", "general", "@", "g/通用格式"))

# Formats that a file names only by number, as Chinese programs show them.
BUILTIN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"',
    35: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '"¥"#,##0;"¥"-#,##0;"¥-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-"',
    45: "mm:ss",
    47: "mm:ss",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'h"时"mm"分"',
    56: 'h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?          # words in quotation marks
    | [\\!](?P<escaped>.)           # one character as it is
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]   # a currency, with the language it is of
    | \[[^\]]*\]                    # a colour, a language
    | _.                            # a gap as wide as a character
    | \*.                           # a character that fills the cell
    | (?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)
    | (?P<percent>%)
    | (?P<general>General|G/通用格式)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")
_LITERAL = frozenset("+-() :/¥￥$€—－（）")


class _Digits(NamedTuple):
    """The format of the digits of a number."""

    least: int
    most: int
    grouped: bool
    scale: int
    zeros: int


class _Section(NamedTuple):
    """One part of a format: the text before the digits, their format (None: not shown), and the text after them."""

    before: str
    digits: _Digits | None
    after: str
    general: bool = False


def read_stored(written: str) -> Decimal | None:
    """Return the number that a file writes for a cell; ``None`` if it is not a number that a report could contain."""
    try:
        value = _DIGITS.create_decimal(written.strip())
    except (InvalidOperation, ValueError):
        return None
    if not value.is_finite() or (value and not -_MAX_EXPONENT <= value.adjusted() <= _MAX_EXPONENT):
        return None
    return value


def shown(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """Return the visible text of a cell with a number.

    Args:
        value: The number.
        code: Its number format, as in ``#,##0.00``; an unknown format shows the number unchanged.
        from_1904: Whether days are counted from 1904.
    """
    if code.strip().lower() in _NAMES or _CONDITION.search(code):
        return general(value)
    if is_date(code):
        return shown_date(value, code, from_1904=from_1904) or general(value)
    sections = _sections(code)
    if sections is None:
        return general(value)
    section, signed = _chosen(sections, value)
    if section.general:
        return section.before + general(value if signed else abs(value)) + section.after
    if section.digits is None:
        return section.before
    digits = _digits(abs(value), section.digits)
    minus = "-" if signed and value < 0 and any(digit in "123456789" for digit in digits) else ""
    return f"{minus}{section.before}{digits}{section.after}"


def general(value: Decimal) -> str:
    """Return a number in the general format, without the rounding errors of binary fractions."""
    exponent = value.normalize(_WIDE).as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _GENERAL_DECIMALS:
        whole = max(1, value.adjusted() + 1)
        value = _rounded(value, max(0, _GENERAL_DIGITS - whole))
    return _plain(value)


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in {"-0", ""} else written


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def _digits(value: Decimal, form: _Digits) -> str:
    scaled = value.scaleb(form.scale, _WIDE)
    written = f"{_rounded(scaled, form.most):{',' if form.grouped else ''}f}"
    whole, _point, fraction = written.partition(".")
    while len(fraction) > form.least and fraction.endswith("0"):
        fraction = fraction[:-1]
    if whole == "0" and not form.zeros:
        whole = ""
    elif not form.grouped:
        whole = whole.zfill(form.zeros)
    return f"{whole}.{fraction}" if fraction else whole


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """Parse a format; ``None`` if a part of it is unknown."""
    parts = _split(code)
    sections = [_section(part) for part in parts[:3]]
    known = tuple(section for section in sections if section is not None)
    return known if len(known) == len(sections) else None


def _split(code: str) -> list[str]:
    """Split a format at its semicolons, except those in quoted text."""
    return [part[0] for part in re.finditer(r'(?:"[^"]*"?|[\\!_*].|[^;])*', code) if part[0]] or [""]


def _section(part: str) -> _Section | None:
    before, after, digits, percents, is_general = "", "", None, 0, False
    for token in _TOKEN.finditer(part):
        kind, words = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind in {"digits", "general"}:
            if digits is not None or is_general:
                return None
            digits, is_general = (words, False) if kind == "digits" else (None, True)
            continue
        if kind == "percent":
            percents, words = percents + 1, "%"
        elif kind == "other" and words not in _LITERAL:
            return None
        if digits is None and not is_general:
            before += words or ""
        else:
            after += words or ""
    form = None if digits is None else _form(digits, percents)
    return _Section(before.strip(), form, after.strip(), is_general)


def _form(digits: str, percents: int) -> _Digits:
    bare = digits.rstrip(",")
    whole, _point, fraction = bare.partition(".")
    scale = 2 * percents - 3 * (len(digits) - len(bare))
    return _Digits(fraction.count("0"), len(fraction), "," in whole, scale, whole.count("0"))


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """Return the part of the format for a number of this sign, and whether a minus sign must be added."""
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if not value and len(sections) > 2:
        return sections[2], False
    return sections[0], True
