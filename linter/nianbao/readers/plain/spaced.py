"""Rows of figures whose cells are separated only by spaces, as in text copied from a PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIGURE = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?(?:万?元|[件宗项])?|/|-|—")
_WIDE_SPACE = re.compile(r"\S\s{3,}\S+\s*$")
_WORD = re.compile(r"\S+")
_MAX_LINE_CHARS = 120
_MIN_FIGURES = 2
_MIN_ROWS = 3
_MIN_LONG_ROW_FIGURES = 5


class Spaced(NamedTuple):
    """Lines from ``begin`` to ``end``: a table, or prose."""

    begin: int
    end: int
    is_table: bool


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of a line, each with the column where it begins, from 1."""
    return [(match[0], match.start() + 1) for match in _WORD.finditer(text)]


def spaced_parts(lines: Sequence[str]) -> list[Spaced]:
    """Divide lines into prose and tables; if no line shows a table, all lines are one run of prose."""
    figures = [_figures(line) for line in lines]
    rows = sum(
        count >= _MIN_FIGURES or (count > 0 and _is_apart(line)) for count, line in zip(figures, lines, strict=True)
    )
    if rows < _MIN_ROWS and max(figures, default=0) < _MIN_LONG_ROW_FIGURES:
        return [Spaced(0, len(lines), is_table=False)]
    return list(_parts(lines, figures))


def _figures(line: str) -> int:
    """Return the number of figures at the end of a line, behind its words."""
    if len(line) > _MAX_LINE_CHARS or not any(letter.isdecimal() for letter in line):
        return 0
    words = line.split()
    count = 0
    while count < len(words) and _FIGURE.fullmatch(words[-1 - count]):
        count += 1
    return count


def _is_apart(line: str) -> bool:
    """Whether the last figure of a line stands behind a wide space."""
    return _WIDE_SPACE.search(line) is not None


def _parts(lines: Sequence[str], figures: Sequence[int]) -> Iterator[Spaced]:
    """Make tables of lines with figures, the lines between them, and the lines of heads above."""
    begin, number = 0, 0
    while number < len(lines):
        if not figures[number]:
            number += 1
            continue
        first = number
        while first > begin and _is_heads(lines[first - 1]):
            first -= 1
        last = number
        while (following := _next_row(lines, figures, last)) is not None:
            last = following
        if max(figures[first : last + 1]) >= _MIN_FIGURES:
            if begin < first:
                yield Spaced(begin, first, is_table=False)
            yield Spaced(first, last + 1, is_table=True)
            begin = last + 1
        number = last + 1
    if begin < len(lines):
        yield Spaced(begin, len(lines), is_table=False)


def _is_heads(line: str) -> bool:
    """Whether a line may contain heads: a few words, not a sentence."""
    return len(line) <= _MAX_LINE_CHARS and len(line.split()) > 1 and not any(mark in line for mark in "。；;!！?？")


def _next_row(lines: Sequence[str], figures: Sequence[int], row: int) -> int | None:
    """Return the next line with figures, if there are only short lines without sentences between."""
    for number in range(row + 1, len(lines)):
        if figures[number]:
            return number
        if len(lines[number]) > _MAX_LINE_CHARS or "。" in lines[number]:
            return None
    return None
