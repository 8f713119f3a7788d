"""The visible form of a number in a sheet: its digits as the cell's number format shows them."""

from __future__ import annotations

from decimal import Context, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text
from nianbao.readers.sheets.dateformats import is_date, shown_date
from nianbao.readers.sheets.formatparts import chosen, parts_of, text_part
from nianbao.readers.sheets.formatsections import digits_of, rounded, section_of, shows_exactly

if TYPE_CHECKING:
    from decimal import Decimal

_DIGITS = Context(prec=15)  # the precision of sheets: 0.1 + 0.2 is 0.3 again
_WIDE = Context(prec=60)
_MAX_EXPONENT = 20
_GENERAL_DECIMALS = 9
_GENERAL_DIGITS = 10
_NAMES = frozenset(("", "general", "@", "g/通用格式"))
_MAX_QUOTED_CHARS = 40

_UNKNOWN = Text(
    "存的数是 {value}，但它的显示格式“{code}”显示成什么，没有读出",
    "holds the number {value}, but what its number format “{code}” shows of it was not made out",
)

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


class VisibleText(NamedTuple):
    """The visible text of a cell, and the reason why it is not known; then the text is what the file holds."""

    text: str
    doubt: Text | None = None


def read_stored(written: str) -> Decimal | None:
    """Return the number that a file writes for a cell; ``None`` if it is not a number that a report could contain."""
    try:
        value = _DIGITS.create_decimal(written.strip())
    except (InvalidOperation, ValueError):
        return None
    if not value.is_finite() or (value and not -_MAX_EXPONENT <= value.adjusted() <= _MAX_EXPONENT):
        return None
    return value


def shown(value: Decimal, code: str, *, from_1904: bool = False) -> VisibleText:
    """Return the visible text of a cell with a number.

    Formats that change only the form of a number, as powers of ten do, give it as it is, if they show all its digits.

    Args:
        value: The number.
        code: Its number format, as in ``#,##0.00``.
        from_1904: Whether days are counted from 1904.
    """
    if code.strip().lower() in _NAMES:
        return VisibleText(general(value))
    text = _by_format(value, code, from_1904=from_1904)
    if text is None:
        return VisibleText(general(value), _UNKNOWN.format(value=general(value), code=code.strip()[:_MAX_QUOTED_CHARS]))
    return VisibleText(text)


def _by_format(value: Decimal, code: str, *, from_1904: bool) -> str | None:
    """Return what a format shows of a number; ``None`` if it is not known."""
    choice = chosen(parts_of(code), value)
    if choice is None:
        return None
    part, signed = choice
    if is_date(part):
        return shown_date(value, part, from_1904=from_1904) or None
    section = section_of(part)
    if section is None:
        return general(value) if signed and shows_exactly(value, part) else None
    if section.general:
        return section.before + general(value if signed else abs(value)) + section.after
    if section.digits is None:
        return section.before
    digits = digits_of(abs(value), section.digits)
    minus = "-" if signed and value < 0 and any(digit in "123456789" for digit in digits) else ""
    return f"{minus}{section.before}{digits}{section.after}"


def shown_words(words: str, code: str) -> str:
    """Return the visible text of a cell with words: a format may add others to them, or show none."""
    if ";" not in code and ("@" not in code or code == "@"):
        return words
    part = text_part(code)
    return words if part is None else part.replace("@", words)


def general(value: Decimal) -> str:
    """Return a number in the general format, without the rounding errors of binary fractions."""
    exponent = value.normalize(_WIDE).as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _GENERAL_DECIMALS:
        whole = max(1, value.adjusted() + 1)
        value = rounded(value, max(0, _GENERAL_DIGITS - whole))
    return _plain(value)


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in {"-0", ""} else written
