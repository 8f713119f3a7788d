"""JSON whose numbers keep their own digits: ``2090.60`` stays ``2090.60``."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = "  "
_STEERING = re.compile("[\u0080-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def dumps(value: Any, *, indent: str = "") -> str:
    """Write plain data as JSON, indented by two spaces, with collections of only plain values on one line.

    Args:
        value: Mappings with text keys, lists, tuples, text, whole numbers, finite decimals, truth values and ``None``.
        indent: The indent of its later lines.

    Raises:
        TypeError: anything else, such as a float, which has no exact digits.
        ValueError: a decimal that is infinite or not a number.
    """
    return escaped("".join(_tokens(value, indent)))


def escaped(text: str) -> str:
    """Return JSON with escapes for characters that control a terminal: C1 controls, and marks of writing direction."""
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _tokens(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _collection("{}", [(f"{_text(key)}: ", member) for key, member in value.items()], indent)
    elif isinstance(value, list | tuple):
        yield from _collection("[]", [("", member) for member in value], indent)
    else:
        yield _plain(value)


def _collection(brackets: str, entries: list[tuple[str, Any]], indent: str) -> Iterator[str]:
    yield brackets[0]
    if all(not isinstance(member, dict | list | tuple) for _, member in entries):
        yield ", ".join(prefix + _plain(member) for prefix, member in entries)
    else:
        inner = indent + _STEP
        for number, (prefix, member) in enumerate(entries):
            yield f"{',' if number else ''}\n{inner}{prefix}"
            yield from _tokens(member, inner)
        yield f"\n{indent}"
    yield brackets[1]


def _plain(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} has no digits to write")
        return f"{value:f}"
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} cannot be written exactly")
    # A lone surrogate (from a file name that is not UTF-8) is not allowed in a UTF-8 file.
    return json.dumps(value.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False)
