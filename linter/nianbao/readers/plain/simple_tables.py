"""Tables whose columns are below runs of signs, as reStructuredText and converters of documents write them.

===  ===        a    b
a    b          ---  ---
===  ===        1    2
1    2
===  ===
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text
from nianbao.model.document import Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.plain.places import placed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readers.plain.places import PlacedLine

_RULE = re.compile(r"\s*(?:-{2,}(?:\s+-{2,})+|={2,}(?:\s+={2,})+)\s*")
_WHOLE_RULE = re.compile(r"\s*-{5,}\s*")
_RUN = re.compile(r"[-=]+")
_DIGIT = re.compile(r"\d")
_MAX_HEAD_LINES = 12
_MAX_LINES = 1000  # of a table
_OUT_OF_LINE = Text(
    "上面的列名没有对齐，分不清属于哪一列；请另存为网页或 Word 再检查",
    "is under heads that are not in line: which column it belongs to cannot be told; save it as a page or Word file "
    "and check that",
)
_MIN_FIGURES = 3
_WORDS = re.compile(r"\S+(?: \S+)*")
_SPACED_FIGURES = re.compile(r"\d\s+\d")
_Run = tuple[int, int]
_LEFT, _RIGHT, _CENTRE = "left", "right", "centre"


class Simple(NamedTuple):
    """Where a table begins and ends in the source (indices, the last excluded), and the index of its rule."""

    begin: int
    end: int
    rule: int


def simple_at(source: Sequence[str], number: int, *, after: int, blank: int) -> Simple | None:
    """Return the table whose first rule is a line; ``None`` if there is none.

    Args:
        source: The lines of the text.
        number: The index of the line.
        after: The index of the first line that may belong to the table.
        blank: The index of the next empty line, where most tables end.
    """
    if blank - number > _MAX_LINES or not _RULE.fullmatch(source[number]):
        return None
    if "=" in source[number]:
        closed = blank > number + 2 and _RULE.fullmatch(source[blank - 1])
        return Simple(number, blank, number) if closed else None
    begin = number
    while begin > after and number - begin < _MAX_HEAD_LINES and source[begin - 1].strip():
        begin -= 1
        if _WHOLE_RULE.fullmatch(source[begin]):
            lines = range(number + 1, min(len(source), number + _MAX_LINES))
            end = next((at for at in lines if _WHOLE_RULE.fullmatch(source[at])), None)
            return Simple(begin, end + 1, number) if end is not None else None
    has_rows = blank > number + 1 and (begin < number or _RULE.fullmatch(source[blank - 1]))
    return Simple(begin, blank, number) if has_rows else None


def simple_table(source: Sequence[str], simple: Simple) -> Table | None:
    """Return a table; ``None`` if it has no row. A row whose texts are not in line with those of others is a cell."""
    lines = placed_lines(source[simple.begin : simple.end], first=simple.begin + 1, wide=True)
    runs = _runs(source[simple.rule])
    sign = source[simple.rule].strip()[0]
    rules = (line for line in source[simple.begin : simple.end] if line.lstrip()[:1] == sign and _RULE.fullmatch(line))
    if any(_runs(line) != runs for line in rules):
        return None
    apart = _WHOLE_RULE.fullmatch(source[simple.begin]) is not None
    rows = list(_rows(lines, runs, apart=apart))
    sides = _sides(rows, runs)
    cells: list[TableCell] = []
    doubt: Text | None = None
    for row, group in enumerate(rows):
        in_line = all(_is_in_line(line, runs, sides) for line in group)
        in_line = in_line and (sign == "=" or not any(_crosses(line, runs) for line in group))
        if not any(_DIGIT.search(line.text) for line in group):
            doubt = None if in_line else _OUT_OF_LINE
        cells += (cell._replace(doubt=doubt) for cell in _cells(group, runs if in_line else [(0, 0)], row=row))
    return Table(tuple(cells), "grid", cells[0].location) if cells else None


def _runs(line: str) -> list[_Run]:
    return [match.span() for match in _RUN.finditer(line)]


def _sides(rows: Sequence[Sequence[PlacedLine]], runs: Sequence[_Run]) -> list[str]:
    """Return the side of each column at which figures stand in nearly all rows; "" without figures or such a side."""
    lines = [line for group in rows for line in group]
    figures = [[(line, run) for line in lines if _DIGIT.match(line.words(*run))] for run in runs]
    everywhere = _side([one for column in figures for one in column])
    return [(everywhere or _side(column)) if column else "" for column in figures]


def _side(figures: Sequence[tuple[PlacedLine, _Run]]) -> str:
    for side in (_LEFT, _RIGHT, _CENTRE):
        if len(figures) >= _MIN_FIGURES and sum(_is_at(side, *one) for one in figures) * 10 >= len(figures) * 9:
            return side
    return ""


def _is_in_line(line: PlacedLine, runs: Sequence[_Run], sides: Sequence[str]) -> bool:
    """Whether each text of a line stands at the side of its column, and figures are alone there."""
    if _SPACED_FIGURES.search(line.text) and any(_SPACED_FIGURES.search(line.words(*run)) for run in runs):
        return False
    behind = line.words(runs[-1][1])
    between = [line.words(left[1], right[0]) for left, right in pairwise(runs)]
    if any(map(_DIGIT.search, [behind, *between])):
        return False
    return all(_fits(word.span(), runs, sides) for word in _WORDS.finditer(line.text)) and all(
        not _DIGIT.match(line.words(*run)) or _is_at(side, line, run) for side, run in zip(sides, runs, strict=True)
    )


def _crosses(line: PlacedLine, runs: Sequence[_Run]) -> bool:
    """Whether words go over the space between columns, which they may below equals signs only."""
    return any(line.words(left[1], right[0]) for left, right in pairwise(runs))


def _fits(word: _Run, runs: Sequence[_Run], sides: Sequence[str]) -> bool:
    """Whether words begin, or end, at the side of a column that they are over."""
    over = [(run, side) for run, side in zip(runs, sides, strict=True) if run[0] < word[1] and word[0] < run[1]]
    if over and over[0][1] == _LEFT:
        return word[0] == over[0][0][0]
    return not over or over[-1][1] != _RIGHT or word[1] == over[-1][0][1]


def _is_at(side: str, line: PlacedLine, run: _Run) -> bool:
    """Whether a text in a column, if there is one, stands at that side of it."""
    text = line.text[run[0] : run[1]].ljust(run[1] - run[0])
    if not text.strip():
        return True
    left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    return {_LEFT: left == 0, _RIGHT: right == 0, _CENTRE: abs(left - right) <= 1}.get(side, False)


def _rows(lines: Sequence[PlacedLine], runs: Sequence[_Run], *, apart: bool) -> Iterator[list[PlacedLine]]:
    """Yield the lines of each row: up to an empty line, else one line and those that only go on with its words."""
    rows: list[list[PlacedLine]] = []
    ended = True
    for line in lines:
        if not line.text.strip() or _RULE.fullmatch(line.text) or _WHOLE_RULE.fullmatch(line.text):
            ended = True
            continue
        goes_on = apart or (not line.words(0, runs[0][1]) and not _DIGIT.search(line.text))
        if rows and not ended and goes_on:
            rows[-1].append(line)
        else:
            rows.append([line])
        ended = False
    yield from rows


def _cells(lines: Sequence[PlacedLine], runs: Sequence[_Run], *, row: int) -> Iterator[TableCell]:
    """Yield the cells of a row; words over the space between columns make one cell of these."""
    starts = [0, *(start for start, _end in runs[1:])]
    gaps = [(left[1], right[0]) for left, right in pairwise(runs)]
    open_ = [any(line.words(*gap) for line in lines) for gap in gaps]
    column = 0
    number = 0
    while column < len(starts):
        last = column
        while last < len(gaps) and open_[last]:
            last += 1
        start, stop = starts[column], starts[last + 1] if last + 1 < len(starts) else None
        spoken = [line for line in lines if line.words(start, stop)]
        text = "\n".join(line.words(start, stop) for line in spoken)
        first = (spoken or lines)[0]
        number += 1
        place = Location(first.number, first.column(start), None, row + 1, number)
        yield TableCell("" if text == "\\" else text, row, column, 1, last - column + 1, place)
        column = last + 1
