"""A figure is read as a person sees it: by its number format, in exact digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.readers.sheets.numberformats import read_stored, shown

NUMBERS = [
    ("12", "", "12"),
    ("12.0", "General", "12"),
    ("0", "", "0"),
    ("-0.0", "", "0"),
    ("12.300000000000001", "", "12.3"),
    ("0.30000000000000004", "", "0.3"),
    ("0.30000000000000004", "0.00", "0.30"),
    ("0.333333333333333", "", "0.333333333"),
    ("5949.088667", "", "5949.088667"),
    ("123456789.12", "", "123456789.12"),
    ("1E-3", "", "0.001"),
    ("1.5E+6", "", "1500000"),
    ("12345", "G/通用格式", "12345"),
    ("12345", "@", "12345"),
    ("12345", "#,##0", "12,345"),
    ("1234.5", "#,##0.00", "1,234.50"),
    ("1234.5", "#,##0.00_ ", "1,234.50"),
    ("2.345", "0.00", "2.35"),
    ("12.6", "0", "13"),
    ("7", "000", "007"),
    ("0.5", "0.##", "0.5"),
    ("3", "0.##", "3"),
    ("0", "#", ""),
    ("0.125", "0%", "13%"),
    ("0.125", "0.0%", "12.5%"),
    ("-5", "0", "-5"),
    ("-5", "0;-0", "-5"),
    ("-5", "0_);(0)", "(5)"),
    ("-5", "0_);[Red](0)", "(5)"),
    ("-0.001", "0.00", "0.00"),
    ("5", '0"件"', "5件"),
    ("5", r"0\件", "5件"),
    ("5", 'General"件"', "5件"),
    ("5", "[$¥-804]#,##0.00", "¥5.00"),
    ("0", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
    ("0", '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "-"),
    ("1234", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "1,234"),
    ("-1234", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-1,234"),
    ("12345678", "#,##0,", "12,346"),
    ("12", "[>100]0.0;0", "12"),
    ("12", "0.00E+00", "12"),
    ("12.5", "# ?/?", "12.5"),
    ("12", '0";"', "12;"),
    ("12", "[DBNum1]General", "12"),
]
DAYS = [
    ("45000", "yyyy/m/d", "2023/3/15"),
    ("45000", "yyyy-mm-dd", "2023-03-15"),
    ("45000", 'yyyy"年"m"月"d"日"', "2023年3月15日"),
    ("45000", 'yyyy"年"m"月"d"日";@', "2023年3月15日"),
    ("45000", '[$-804]yyyy"年"m"月"d"日"', "2023年3月15日"),
    ("45000", "[$-F800]dddd, mmmm dd, yyyy", "2023年3月15日"),
    ("45000", "d-mmm-yy", "2023-03-15"),
    ("45000.75", "yyyy/m/d h:mm", "2023/3/15 18:00"),
    ("0.5", "h:mm:ss", "12:00:00"),
    ("0.0625", "mm:ss", "30:00"),
    ("1", "yyyy/m/d", "1900/1/1"),
    ("61", "yyyy/m/d", "1900/3/1"),
    ("-1", "yyyy/m/d", "-1"),
    ("99999999", "yyyy/m/d", "99999999"),
]


@pytest.mark.parametrize(("stored", "code", "seen"), [*NUMBERS, *DAYS])
def test_a_number_is_shown_by_its_format(stored: str, code: str, seen: str) -> None:
    """Decimals, separators, signs, words and days are those of the format; what it hides is not shown."""
    value = read_stored(stored)

    assert value is not None
    assert shown(value, code) == seen


def test_days_may_be_counted_from_1904() -> None:
    """A workbook says which day its days are counted from."""
    assert shown(Decimal(43538), "yyyy/m/d", from_1904=True) == "2023/3/15"


@pytest.mark.parametrize("stored", ["", "NaN", "INF", "1E+999999", "1e-400", "0x12", "九", "1" * 40])
def test_what_no_report_holds_is_no_number(stored: str) -> None:
    """Words, infinities and numbers beyond measure are left as they are written."""
    assert read_stored(stored) is None


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_number_without_format_keeps_its_digits(value: Decimal) -> None:
    """What fits into the digits of a sheet is read back exactly, without an exponent."""
    written = shown(value, "General")

    assert Decimal(written) == value
    assert "E" not in written


@given(st.decimals(-(10**9), 10**9, places=6), st.text(alphabet='0#?,.%;"-_*[]\\ yd月@G', max_size=12))
def test_any_format_shows_something_or_nothing(value: Decimal, code: str) -> None:
    """A format that makes no sense does no harm."""
    assert len(shown(value, code)) < 200
