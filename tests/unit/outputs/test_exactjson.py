"""JSON with exact numbers."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.outputs.exactjson import dumps, escaped

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
plain = st.none() | st.booleans() | st.integers() | decimals | st.text(st.characters(exclude_categories=["Cs"]))
data = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(st.text('年报abc"\\\n'), inner), max_leaves=20
)


@given(value=data)
def test_what_is_written_is_read_back(value: object) -> None:
    """Any JSON reader gives the same data back, decimals exactly."""
    assert json.loads(dumps(value), parse_float=Decimal) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("2090.60"), "2090.60"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.10"), "-0.10"),
        (10**30, "1" + "0" * 30),
        (True, "true"),
        ([], "[]"),
        ({}, "{}"),
        ([1, "年"], '[1, "年"]'),
        ({"a": [1]}, '{\n  "a": [1]\n}'),
        ("\ud800", '"?"'),
    ],
)
def test_how_values_are_written(value: object, expected: str) -> None:
    """Digits are kept, short collections stand on one line, a lone surrogate is replaced."""
    assert dumps(value) == expected


@pytest.mark.parametrize(("value", "error"), [(0.1, TypeError), (Decimal("NaN"), ValueError), ([object()], TypeError)])
def test_what_has_no_exact_form_is_refused(value: object, error: type[Exception]) -> None:
    """A float or a decimal that is no number is never written."""
    with pytest.raises(error):
        dumps(value)


STEERING = [
    *map(chr, range(0x80, 0xA0)),
    *"\u061c\u200e\u200f",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
]


@given(value=st.recursive(plain | st.text(STEERING), lambda inner: st.dictionaries(st.text(STEERING), inner)))
def test_no_sign_steers_the_terminal_that_shows_it(value: object) -> None:
    """C1 controls and those for the direction of writing are escaped, in keys too, and are read back as they were."""
    text = dumps(value)

    assert not set(STEERING).intersection(text)
    assert json.loads(text, parse_float=Decimal) == value
    assert json.loads(escaped(json.dumps(value, ensure_ascii=False, default=str))) == json.loads(
        json.dumps(value, default=str)
    )


@pytest.mark.parametrize("sign", STEERING)
def test_a_steering_sign_is_written_by_its_number(sign: str) -> None:
    """As JSON has it."""
    assert dumps(f"年{sign}报") == f'"年\\u{ord(sign):04x}报"'
