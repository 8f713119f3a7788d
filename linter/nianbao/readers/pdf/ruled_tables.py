"""Tables with ruling lines: the positions of the lines, the cells between them, and the text in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers import limits
from nianbao.errors import InputError
from nianbao.readers.pdf.glyphs import TORN
from nianbao.readers.pdf.overprinting import PlacedGlyph, overprinted
from nianbao.readers.pdf.page_content import SNAP
from nianbao.readers.pdf.text_lines import is_figure, lines_of, room, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.readers.pdf.glyphs import Box, Glyph
    from nianbao.readers.pdf.page_content import PageContent, RulingLine

MIN_COLUMN_POINTS = 5.0
_COVERED = 0.5
_MAX_PADDING_POINTS = 6.0
_MAX_CROSSINGS = 4_000_000
_NEXT_LINE = 1.8


class PageCell(NamedTuple):
    """A cell of a table on one page: its position in the grid, its text, and the free width behind its last line.

    ``open_above`` and ``open_below``: No line is drawn there, because the end of a page cuts the cell. ``torn``: A
    figure in its row is not certain.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    text: str = ""
    free: float = 0.0
    size: float = 0.0
    open_above: bool = False
    open_below: bool = False
    torn: bool = False


class PageTable(NamedTuple):
    """A table, or its part on one page: its box, the edges of its columns, its rows and cells."""

    box: Box
    edges: tuple[float, ...]
    rows: int
    parts: tuple[PageCell, ...]


def ruled_tables(sheet: PageContent) -> tuple[list[PageTable], list[Glyph]]:
    """Return the tables of a page with ruling lines, and the characters outside of them."""
    rest = list(sheet.glyphs)
    pieces = []
    for rules in _connected(sheet.rules):
        grid = _Grid.of(rules)
        if grid is None:
            continue
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        if inside:
            inside += grid.overflow(inside, rest)
            pieces.append(grid.filled(inside, sheet.size[0]))
            inside_ids = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in inside_ids]
    return pieces, rest


def _connected(rules: Sequence[RulingLine]) -> list[list[RulingLine]]:
    """Sort lines into groups in which each touches another."""
    upright = [rule for rule in rules if rule.upright]
    level = sorted((rule for rule in rules if not rule.upright), key=attrgetter("at"))
    heights = [rule.at for rule in level]
    if len(upright) * len(level) > _MAX_CROSSINGS:
        raise InputError("too-many-cells", limits.TOO_MANY_CELLS.format(limit=limits.MAX_CELLS))
    leader: dict[RulingLine, RulingLine] = {rule: rule for rule in rules}

    def find(rule: RulingLine) -> RulingLine:
        while leader[rule] is not rule:
            leader[rule] = rule = leader[leader[rule]]
        return rule

    for rule in upright:
        for other in level[bisect_right(heights, rule.start - SNAP) : bisect_right(heights, rule.end + SNAP)]:
            if other.start - SNAP <= rule.at <= other.end + SNAP:
                leader[find(other)] = find(rule)
    groups: dict[RulingLine, list[RulingLine]] = defaultdict(list)
    for rule in rules:
        groups[find(rule)].append(rule)
    return sorted(groups.values(), key=lambda group: min(_top(rule) for rule in group))


def _top(rule: RulingLine) -> float:
    return rule.start if rule.upright else rule.at


class _Grid:
    """The smallest fields between lines, grouped into cells: no line separates the fields of one cell."""

    def __init__(self, edges: list[float], heights: list[float], rules: Sequence[RulingLine]) -> None:
        self.edges, self.heights = edges, heights
        self.columns, self.rows = len(edges) - 1, len(heights) - 1
        self._upright = [(rule.at, rule.start, rule.end) for rule in rules if rule.upright]
        self._leader = list(range(self.columns * self.rows))
        beside, below = self._walls(rules)
        framed = all((row, wall) in beside for row in range(self.rows) for wall in (0, self.columns))
        self._open_above = {column for column in range(self.columns) if framed and (0, column) not in below}
        self._open_below = {column for column in range(self.columns) if framed and (self.rows, column) not in below}
        for row in range(self.rows):
            for column in range(self.columns):
                if column + 1 < self.columns and (row, column + 1) not in beside:
                    self._join(row * self.columns + column, row * self.columns + column + 1)
                if row + 1 < self.rows and (row + 1, column) not in below:
                    self._join(row * self.columns + column, (row + 1) * self.columns + column)

    @classmethod
    def of(cls, rules: Sequence[RulingLine]) -> _Grid | None:
        """Return the grid of lines that touch each other; ``None`` for frames and lists, which have one column."""
        upright = [rule for rule in rules if rule.upright]
        level = [rule for rule in rules if not rule.upright]
        if not upright or not level:
            return None
        edges = _places(upright, level)
        heights = _places(level, upright)
        if (len(edges) - 1) * (len(heights) - 1) > limits.MAX_CELLS:
            raise InputError("too-many-cells", limits.TOO_MANY_CELLS.format(limit=limits.MAX_CELLS))
        grid = cls(edges, heights, rules)
        return grid if any(part.column for part in grid.parts().values()) else None

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character is in the grid; a number may extend beyond it."""
        x, y = glyph.middle
        sticks_out = len(glyph.text) > 1 and glyph.x0 < self.edges[-1] and self.edges[0] < glyph.x1
        return self.heights[0] <= y <= self.heights[-1] and (sticks_out or self.edges[0] <= x <= self.edges[-1])

    def parts(self) -> dict[int, PageCell]:
        """Return the cells without their texts, by their first fields, from left to right and from top to bottom."""
        places: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._leader)):
            places[self._find(place)].append(place)
        parts = {}
        for leader, inner in sorted(places.items(), key=itemgetter(1)):
            rows = [place // self.columns for place in inner]
            columns = [place % self.columns for place in inner]
            row, column, last_row, last_column = min(rows), min(columns), max(rows) + 1, max(columns) + 1
            box = self.edges[column], self.heights[row], self.edges[last_column], self.heights[last_row]
            parts[leader] = PageCell(
                row,
                column,
                last_row - row,
                last_column - column,
                box,
                open_above=row == 0 and self._open_above.issuperset(columns),
                open_below=last_row == self.rows and self._open_below.issuperset(columns),
            )
        return parts

    def overflow(self, inside: Sequence[Glyph], rest: Iterable[Glyph]) -> list[Glyph]:
        """Return the characters directly below the table that continue the texts of cells that the page cuts."""
        cells = [part.box for part in self.parts().values() if part.open_below] if self._open_below else []
        below = sorted((glyph for glyph in rest if glyph.middle[1] > self.heights[-1]), key=attrgetter("base"))
        if not cells or not below:
            return []
        level = max((glyph.base for glyph in inside), default=self.heights[-1])
        continued: list[Glyph] = []
        for _base, group in groupby(below, lambda glyph: round(glyph.base)):
            line = list(group)
            near = line[0].base - max(level, self.heights[-1] - line[0].size) <= line[0].size * _NEXT_LINE
            if not near or not all(any(x0 <= glyph.middle[0] <= x1 for x0, _y, x1, _z in cells) for glyph in line):
                break
            continued += line
            level = line[0].base
        return continued

    def filled(self, glyphs: Iterable[Glyph], page: float) -> PageTable:
        """Return the table with the texts of its cells; ``page`` is the width of the page.

        A number that extends over the edge of the page, or two numbers in a cell, make the figures of a row uncertain.
        """
        parts = self.parts()
        inside: dict[int, list[Glyph]] = defaultdict(list)
        cut: set[int] = set()
        padding = _MAX_PADDING_POINTS
        placed = [self._placed(glyph, parts) for glyph in glyphs]
        moved = overprinted(placed, self._upright)
        for glyph, cell, row, _box in placed:
            key = moved.get(id(glyph), cell)
            inside[key].append(glyph)
            if glyph.x1 > page:
                cut.add(row)
            box = parts[key].box
            padding = max(0.0, min(padding, glyph.x0 - box[0], box[2] - glyph.x1))
        cut.update(self._row_of(glyph) for glyph in glyphs if glyph.parts and self._reaches(glyph, inside))
        filled = [_written(part, inside.get(key, ()), padding) for key, part in parts.items()]
        cut.update(part.row for part in filled if TORN in part.text)
        if cut:
            filled = [part._replace(torn=part.row in cut and _may_be_figure(part.text)) for part in filled]
        box = (self.edges[0], self.heights[0], self.edges[-1], self.heights[-1])
        return PageTable(box, tuple(self.edges), self.rows, tuple(filled))

    def _placed(self, glyph: Glyph, parts: Mapping[int, PageCell]) -> PlacedGlyph:
        """Return a character with the cell around it."""
        row = self._row_of(glyph)
        cell = self._find(row * self.columns + self._column_of(glyph.middle[0]))
        return PlacedGlyph(glyph, cell, row, parts[cell].box)

    def _row_of(self, glyph: Glyph) -> int:
        return min(bisect_right(self.heights, glyph.middle[1]) - 1, self.rows - 1)

    def _column_of(self, x: float) -> int:
        return max(0, min(bisect_right(self.edges, x) - 1, self.columns - 1))

    def _reaches(self, number: Glyph, inside: Mapping[int, Sequence[Glyph]]) -> bool:
        """Whether a number reaches into the middle of a blank cell beside its own: it may be two numbers."""
        row = self._row_of(number) * self.columns
        ends = (number.x0 + number.size / 2, number.x1 - number.size / 2)
        return any(not inside.get(self._find(row + self._column_of(end))) for end in ends)

    def _walls(self, rules: Iterable[RulingLine]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """Return the fields with a line at their left, and those with a line above, by row and column."""
        beside: set[tuple[int, int]] = set()
        below: set[tuple[int, int]] = set()
        for rule in rules:
            across, along = (self.edges, self.heights) if rule.upright else (self.heights, self.edges)
            wall = min(range(len(across)), key=lambda place: abs(across[place] - rule.at))
            first = max(0, bisect_right(along, rule.start) - 1)
            for place in range(first, min(bisect_right(along, rule.end), len(along) - 1)):
                start, end = along[place], along[place + 1]
                if min(end, rule.end) - max(start, rule.start) > (end - start) * _COVERED:
                    if rule.upright:
                        beside.add((place, wall))
                    else:
                        below.add((wall, place))
        return beside, below

    def _find(self, place: int) -> int:
        leader = self._leader
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    def _join(self, one: int, other: int) -> None:
        self._leader[self._find(other)] = self._find(one)


def _places(rules: Iterable[RulingLine], crossing: Iterable[RulingLine]) -> list[float]:
    """Return the positions of lines, in order, with the ends of lines across them; near positions are one."""
    ends = [(rule.start, rule.end) for rule in crossing]
    wanted = sorted(
        [*(rule.at for rule in rules), min(start for start, _end in ends), max(end for _start, end in ends)]
    )
    groups: list[list[float]] = []
    for place in wanted:
        if groups and place - groups[-1][-1] < MIN_COLUMN_POINTS:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _written(part: PageCell, glyphs: Sequence[Glyph], padding: float) -> PageCell:
    """Return a cell with its text."""
    if not glyphs:
        return part
    width = part.box[2] - part.box[0] - 2 * padding
    last = lines_of(glyphs)[-1]
    return part._replace(text=words_of(glyphs, width), free=room(last, width), size=last.size)


def _may_be_figure(text: str) -> bool:
    """Whether a cell has a figure, several of them, or nothing."""
    return all(map(is_figure, text.split())) if text.strip() else True
