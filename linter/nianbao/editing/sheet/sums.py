"""Sums: formulas with additions and ``SUM``, as totals have them; all other formulas are unsupported."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.sheets.workbook import MAX_COLUMNS, MAX_ROWS, MergedRange, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.readers.sheets.workbook import Place

_REFERENCE = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TOKEN = re.compile(
    rf"\s*(?:(?P<span>{_REFERENCE}(?::{_REFERENCE})?)(?![\w(!.])|(?P<sum>SUM)\s*\(|(?P<number>\d{{1,15}}(?:\.\d{{1,10}})?)"
    r"(?![\w.])|(?P<sign>[-+(),]))\s*",
    re.IGNORECASE,
)
_SPANS = re.compile(rf"(?<![\w!.$'])({_REFERENCE}(?::{_REFERENCE})?)(?![\w(!.])")
_PART = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_OTHER_WORDS = re.compile(rf"\"[^\"]*\"|(?<![\w!.$]){_REFERENCE}(?![\w(!.])|\b[A-Z][A-Z0-9]*\s*\(", re.IGNORECASE)
_FROM_AFAR = re.compile(r"\b(?:INDIRECT|OFFSET|INDEX)\b", re.IGNORECASE)
_MAX_FORMULA_CHARS = 500
_MAX_NESTING = 20
_MAX_CELLS = 5_000


class Formula(NamedTuple):
    """A formula as written, and its distance from there: relative rows and columns move with it."""

    written: str
    down: int = 0
    across: int = 0

    def is_plain(self) -> bool:
        """Whether it refers only to cells and ranges of sheets: not to columns, names or computed places."""
        rest = _OTHER_WORDS.sub("", self.written[:_MAX_FORMULA_CHARS])
        is_short = len(self.written) <= _MAX_FORMULA_CHARS
        return is_short and not any(map(str.isalpha, rest)) and not _FROM_AFAR.search(self.written)

    def spans(self) -> tuple[MergedRange, ...]:
        """Return the ranges of its own sheet that it refers to, including single cells."""
        spans = (self.span(match[1]) for match in _SPANS.finditer(self.written[:_MAX_FORMULA_CHARS]))
        return tuple(span for span in spans if span is not None)

    def span(self, written: str) -> MergedRange | None:
        """Return a range in the formula, moved with the formula; ``None`` if it is outside a sheet."""
        places = [self._moved(part) for part in written.split(":")]
        first, last = places[0], places[-1]
        if first is None or last is None:
            return None
        return MergedRange(
            min(first[0], last[0]), min(first[1], last[1]), max(first[0], last[0]), max(first[1], last[1])
        )

    def _moved(self, written: str) -> Place | None:
        place, match = place_of(written), _PART.fullmatch(written)
        if place is None or match is None:
            return None
        row = place[0] + (0 if match[3] else self.down)
        column = place[1] + (0 if match[1] else self.across)
        return (row, column) if 0 <= row < MAX_ROWS and 0 <= column < MAX_COLUMNS else None


class _Unknown(Exception):  # noqa: N818 - not an error
    """The formula is not supported."""


def counted(formula: Formula, values: Mapping[Place, Decimal | None]) -> Decimal | None:
    """Return the result of a formula with additions; ``None`` for every other formula.

    Args:
        formula: The formula.
        values: The figures of its sheet; ``None`` for cells with other content.
    """
    if len(formula.written) > _MAX_FORMULA_CHARS:
        return None
    try:
        counting = _Counting(formula, values)
        value = counting.expression(0)
        return value if counting.is_at_end() else None
    except _Unknown:
        return None


def reaches(spans: Iterable[MergedRange], places: Iterable[Place]) -> bool:
    """Whether some of the places are in some of the ranges."""
    listed = tuple(spans)
    return any(
        span.top <= row <= span.bottom and span.left <= column <= span.right
        for row, column in places
        for span in listed
    )


class _Counting:
    """Evaluates the tokens of a formula one by one."""

    def __init__(self, formula: Formula, values: Mapping[Place, Decimal | None]) -> None:
        self.formula = formula
        self.values = values
        self.at = 0
        self.left = _MAX_CELLS
        self.token: re.Match[str] | None = None
        self.step()

    def step(self) -> None:
        self.token = _TOKEN.match(self.formula.written, self.at)
        if self.token is not None:
            self.at = self.token.end()

    def is_at_end(self) -> bool:
        return self.token is None and self.at == len(self.formula.written)

    def takes(self, *signs: str) -> str:
        sign = "" if self.token is None else self.token["sign"] or ""
        if sign not in signs:
            return ""
        self.step()
        return sign

    def expression(self, depth: int) -> Decimal:
        if depth > _MAX_NESTING:
            raise _Unknown
        value = -self.term(depth) if self.takes("-") else self.term(depth)
        while sign := self.takes("+", "-"):
            value += self.term(depth) if sign == "+" else -self.term(depth)
        return value

    def term(self, depth: int) -> Decimal:
        token = self.token
        if self.takes("("):
            return self.closed(self.expression(depth + 1))
        if token is None or token["sign"]:
            raise _Unknown
        self.step()
        if token["number"]:
            return Decimal(token["number"])
        if token["sum"]:
            total = sum(self.argument(depth), Decimal(0))
            while self.takes(","):
                total += sum(self.argument(depth), Decimal(0))
            return self.closed(total)
        span = self.formula.span(token["span"])
        if span is None or span[:2] != span[2:]:
            raise _Unknown
        value = self.values.get(span[:2], Decimal(0))
        if value is None:
            raise _Unknown
        return value

    def argument(self, depth: int) -> Iterator[Decimal]:
        """Give the figures of an argument of ``SUM``: text in a range does not count."""
        token = self.token
        if token is None or not token["span"] or ":" not in token["span"]:
            yield self.expression(depth + 1)
            return
        self.step()
        span = self.formula.span(token["span"])
        if span is None:
            raise _Unknown
        yield from (value for place in self.within(span) if (value := self.values.get(place)) is not None)

    def within(self, span: MergedRange) -> list[Place]:
        """Return the places of a range that are not empty."""
        area = (span.bottom - span.top + 1) * (span.right - span.left + 1)
        self.left -= min(area, len(self.values))
        if self.left < 0:
            raise _Unknown
        if area > len(self.values):
            return [place for place in self.values if reaches((span,), (place,))]
        columns = range(span.left, span.right + 1)
        return [(row, column) for row in range(span.top, span.bottom + 1) for column in columns]

    def closed(self, value: Decimal) -> Decimal:
        if not self.takes(")"):
            raise _Unknown
        return value
