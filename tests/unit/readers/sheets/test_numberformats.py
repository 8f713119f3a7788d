"""A figure is read as a person sees it: by its number format, in exact digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.readers.sheets.numberformats import VisibleText, read_stored, shown, shown_words

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
    ("123", "[>100]0.0;0", "123.0"),
    ("12", "0.00E+00", "12"),
    ("12.5", "# ?/?", "12.5"),
    ("12.5", "# ?/8", "12.5"),
    ("12", '0";"', "12;"),
    ("12", "[DBNum1]General", "12"),
    ("65930000", "0!.0,", "6593.0"),
    ("65930000", r"0\.0,", "6593.0"),
    ("65930000", '0"."0,', "6593.0"),
    ("65930000", "#!.0000", "6593.0000"),
    ("65930000", '[>=10000]0!.0,"万";0', "6593.0万"),
    ("123456789", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "1.23亿"),
    ("65930000", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "6593.0万"),
    ("898", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "898"),
    ("5", "0!.0000", "0.0005"),
    ("65930000", "0,.00", "65930.00"),
    ("65930000", "#,##0,.00", "65,930.00"),
    ("65930000", "0.0,,", "65.9"),
    ("1234567", "# ###", "1234567"),
    ("1234567", '#","###', "1234567"),
    ("12345", "0-000", "12-345"),
    ("0.4", ".00", "0.40"),
    ("5", "0件", "5件"),
    ("5", '0"0"', "50"),
    ("0", "0;-0;;@", ""),
    ("0", "#,##0;;", ""),
    ("-5", "0;;0", ""),
    ("5", ";;;", ""),
    ("-5", "0;@", "-5"),
    ("0", '[=0]"-";0', "-"),
    ("898", "[Red][>5]0.0;0", "898.0"),
    ("0", '0;0;[Red]"-"', "-"),
    ("898", "[$-804][Red]0.0", "898.0"),
]
UNKNOWN = [
    ("123456", "0.00E+00"),
    ("12.3", "# ?/?"),
    ("12.3", "# ?/8"),
    ("898", "[>1000]0.0"),
    ("898", "[>1000]0.0;0.00;0.000"),
    ("-898", "[>=10000]0!.0,;0"),
    ("898", "[>=甲]0!.0,;0"),
    ("898", "[>0]0;[>5]0.0;[>9]0"),
    ("-5", "0;"),
    ("898", "#,##0!.0"),
    ("898", "0.0!.0"),
    ("898", "**0"),
    ("898", "0n"),
    ("898", "0;0;0;@;0"),
    ("898", "0[>5]"),
    ("898", "0[Red]0"),
    ("898", "[Red]"),
    ("898", "%"),
    ("898", "[$¥-804]"),
    ("2", "[h]"),
    ("0.875", "h AM/PM"),
    ("-1", "yyyy/m/d"),
    ("99999999", "yyyy/m/d"),
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
]


@pytest.mark.parametrize(("stored", "code", "seen"), [*NUMBERS, *DAYS])
def test_a_number_is_shown_by_its_format(stored: str, code: str, seen: str) -> None:
    """Decimals, separators, signs, words and days are those of the format; what it hides is not shown."""
    value = read_stored(stored)

    assert value is not None
    assert shown(value, code) == VisibleText(seen)


@pytest.mark.parametrize(("stored", "code"), UNKNOWN)
def test_what_a_format_shows_may_not_be_known(stored: str, code: str) -> None:
    """The reason has the number that the file holds, and the format."""
    value = read_stored(stored)
    assert value is not None

    text, doubt = shown(value, code)

    assert text == stored
    assert f"“{code}”" in str(doubt)
    assert stored in str(doubt)


@given(
    st.integers(0, 10**12),
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from(["!.", "\\.", '"."', "."]),
    st.sampled_from(["", '"万"']),
    st.integers(0, 10**9),
)
def test_a_scaled_number_is_read_as_it_is_shown(
    value: int, decimals: int, thousands: int, point: str, unit: str, limit: int
) -> None:
    """A point that is a sign stands between the digits of the scaled whole number; a true one before its decimals."""
    scaled = Decimal(value).scaleb(-3 * thousands)
    exact = decimals if point == "." else 0
    digits = str(int(scaled.scaleb(exact).quantize(Decimal(1), ROUND_HALF_UP))).zfill(decimals + 1)
    seen = (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits) + unit.strip('"')
    code = f"0{point + '0' * decimals if decimals else ''}{',' * thousands}{unit}"

    assert shown(Decimal(value), code) == VisibleText(seen)
    assert shown(Decimal(value), f"[>={limit}]{code};#,##0") == VisibleText(seen if value >= limit else f"{value:,}")


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("", "898"),
        ("@", "898"),
        (";;;", ""),
        ("0;-0;;@", "898"),
        ('0;-0;"-"', "898"),
        ('@" 件"', "898 件"),
        ('0;-0;"-";"共"@', "共898"),
        ('_ * #,##0_ ;_ * "-"_ ;_ @_ ', "898"),
    ],
)
def test_a_format_may_change_words(code: str, seen: str) -> None:
    """Its last part is for texts: it may hide them, or add words to them."""
    assert shown_words("898", code) == seen


def test_days_may_be_counted_from_1904() -> None:
    """A workbook says which day its days are counted from."""
    assert shown(Decimal(43538), "yyyy/m/d", from_1904=True).text == "2023/3/15"


@pytest.mark.parametrize("stored", ["", "NaN", "INF", "1E+999999", "1e-400", "0x12", "九", "1" * 40])
def test_what_no_report_holds_is_no_number(stored: str) -> None:
    """Words, infinities and numbers beyond measure are left as they are written."""
    assert read_stored(stored) is None


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_number_without_format_keeps_its_digits(value: Decimal) -> None:
    """What fits into the digits of a sheet is read back exactly, without an exponent."""
    written = shown(value, "General").text

    assert Decimal(written) == value
    assert "E" not in written


@given(st.decimals(-(10**9), 10**9, places=6), st.text(alphabet='0#?,.%;"-_*[]\\ yd月@G', max_size=12))
def test_any_format_shows_something_or_nothing(value: Decimal, code: str) -> None:
    """A format that makes no sense does no harm."""
    assert len(shown(value, code).text) < 200
