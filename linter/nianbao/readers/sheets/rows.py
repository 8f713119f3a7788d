"""The rows of a sheet with the cells that begin in each, including blank cells that belong to a table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers.limits import MAX_CELLS, TOO_MANY_CELLS
from nianbao.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.readers.sheets.workbook import MergedRange, Place, Sheet

_FIGURE = re.compile(r"[+\-−–]{0,2}[\d０-９][\d０-９,，.．]*\s*(?![年月日时])\D{0,3}|[/\\\-–—－]{1,2}")
_SENTENCE_ENDS = ("。", "！", "？", "；")
_SENTENCE = 40


class CellRange(NamedTuple):
    """A cell with its range, both ends included; ``text`` is "" for a blank cell."""

    text: str
    top: int
    left: int
    bottom: int
    right: int
    ruled: bool


class SheetRow(NamedTuple):
    """A row with visible content.

    Attributes:
        number: Its number in the sheet, from 0.
        boxes: The cells with visible content that begin in it, from the left.
        blanks: Blank cells that begin in it and are recognisable as cells: merged, or with lines.
        covered: Whether a cell that begins in an earlier row extends into it.
        gap: Whether the row above it is empty.
    """

    number: int
    boxes: tuple[CellRange, ...]
    blanks: tuple[CellRange, ...]
    covered: bool
    gap: bool

    @property
    def is_lone(self) -> bool:
        """Whether only one cell is visible in it, as with a heading or a paragraph."""
        return len(self.boxes) == 1 and not self.blanks and not self.covered

    @property
    def is_ruled(self) -> bool:
        """Whether it has vertical lines."""
        return any(box.ruled for box in (*self.boxes, *self.blanks))

    @property
    def has_figures(self) -> bool:
        """Whether it is a row of data: words, followed by a figure."""
        return not is_figure(self.boxes[0].text) and any(is_figure(box.text) for box in self.boxes[1:])

    @property
    def right(self) -> int:
        """Its last column."""
        return max(box.right for box in (*self.boxes, *self.blanks))


def is_figure(text: str) -> bool:
    """Whether a cell shows a figure, or a mark instead of a figure."""
    return len(text) < _SENTENCE and _FIGURE.fullmatch(text.strip()) is not None


def is_sentence(text: str) -> bool:
    """Whether a cell certainly contains prose: it ends like a sentence, or is longer than any label."""
    words = "".join(text.split())
    return len(words) >= _SENTENCE or words.endswith(_SENTENCE_ENDS)


def is_long_sentence(text: str) -> bool:
    """Whether a cell contains prose and not a remark."""
    return len(text) >= _SENTENCE and any(end in text for end in _SENTENCE_ENDS)


def rows_of(sheet: Sheet) -> list[SheetRow]:
    """Return the rows of a sheet with visible content.

    Raises:
        InputError: its merged ranges cover more cells than the tables of any report have.
    """
    if not sheet.cells:
        return []
    cover = _Cover(sheet)
    boxes = _boxes(sheet, cover)
    kept = sorted(boxes)
    blanks = _blanks(sheet, cover, kept)
    ruled_rows = sorted({row for row, _column in sheet.ruled})
    gaps = _gaps(kept, cover=cover, ruled=ruled_rows)
    covered = cover.covered(kept)
    rows = [
        SheetRow(number, tuple(boxes[number]), tuple(blanks.get(number, ())), number in covered, number in gaps)
        for number in kept
    ]
    # Lines that run through sentences are drawn all over the sheet, and do not show where tables are.
    return rows_of(sheet._replace(ruled=frozenset())) if any(map(_is_crossed, rows)) else rows


def _is_crossed(row: SheetRow) -> bool:
    """Whether the lines of blank cells run through a sentence that is alone in its row."""
    return (
        len(row.boxes) == 1
        and bool(row.blanks)
        and all(box.ruled and box.left == box.right for box in row.blanks)
        and row.boxes[0].text.rstrip().endswith(_SENTENCE_ENDS)
    )


class _Cover:
    """The merged ranges of a sheet, cut to the area with visible content."""

    def __init__(self, sheet: Sheet) -> None:
        last_row, last_column = (max(place[axis] for place in sheet.cells) for axis in (0, 1))
        self.spans = [
            span._replace(bottom=min(span.bottom, last_row), right=min(span.right, last_column))
            for span in sheet.spans
            if span.top <= last_row and span.left <= last_column
        ]
        rows = sorted({row for row, _column in sheet.cells})
        shown = set(rows)
        self.ruled = {place for place in sheet.ruled if place[0] in shown and place[1] <= last_column}
        columns = sorted({column for _row, column in (*sheet.cells, *self.ruled)})
        self.tall = [span for span in self.spans if span.bottom > span.top]
        self.by_corner = {(span.top, span.left): span for span in self.spans}
        self.inside: set[Place] = set()
        budget = 2 * MAX_CELLS
        for span in self.spans:
            within = _between(rows, span.top, span.bottom), _between(columns, span.left, span.right)
            budget -= max(1, len(within[0])) * max(1, len(within[1]))
            if budget < 0:
                raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
            self.inside.update((row, column) for row in within[0] for column in within[1])
        self.inside.difference_update(self.by_corner)

    def covered(self, rows: Sequence[int]) -> set[int]:
        """Return those of some rows into which a range from an earlier row extends."""
        return {row for span in self.tall for row in _between(rows, span.top + 1, span.bottom)}


def _between(some: Sequence[int], first: int, last: int) -> Sequence[int]:
    return some[bisect_left(some, first) : bisect_right(some, last)]


def _boxes(sheet: Sheet, cover: _Cover) -> dict[int, list[CellRange]]:
    """Return the cells with visible content by row; cells under a merged cell are not visible."""
    boxes: dict[int, list[CellRange]] = defaultdict(list)
    for place in sorted(sheet.cells):
        if place not in cover.inside:
            boxes[place[0]].append(_box(sheet.cells[place], place, cover.by_corner.get(place), sheet.ruled))
    return boxes


def _box(text: str, place: Place, span: MergedRange | None, ruled: frozenset[Place]) -> CellRange:
    row, column = place
    bottom, right = (row, column) if span is None else (span.bottom, span.right)
    return CellRange(text, row, column, bottom, right, place in ruled)


def _blanks(sheet: Sheet, cover: _Cover, rows: Sequence[int]) -> Mapping[int, list[CellRange]]:
    """Return the blank cells that are recognisable as cells, by their first row with visible content."""
    blanks: dict[int, list[CellRange]] = defaultdict(list)
    for corner, span in cover.by_corner.items():
        within = _between(rows, span.top, span.bottom)
        if within and corner not in sheet.cells and corner not in cover.inside:
            blanks[within[0]].append(
                CellRange("", within[0], span.left, span.bottom, span.right, corner in sheet.ruled)
            )
    shown = set(rows)
    for place in cover.ruled:
        if place[0] in shown and not (place in sheet.cells or place in cover.inside or place in cover.by_corner):
            blanks[place[0]].append(CellRange("", *place, *place, ruled=True))
    return blanks


def _gaps(rows: Sequence[int], *, cover: _Cover, ruled: Sequence[int]) -> set[int]:
    """Return the rows with empty rows above, unless lines or a merged cell connect them."""
    tops = sorted((span.top, span.bottom) for span in cover.tall)
    reach = list(accumulate((bottom for _top, bottom in tops), max))
    gaps: set[int] = set()
    for above, below in pairwise(rows):
        number = bisect_right(tops, above, key=lambda pair: pair[0])
        held = number > 0 and reach[number - 1] >= below
        if below > above + 1 and not held and not _between(ruled, above + 1, below - 1):
            gaps.add(below)
    return gaps
