"""Drawn reports as PDFs made by hand, whose tables are set and cut as browsers and office programs do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.support.pdffiles import pages, rule, say
from tests.support.rendering import outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.support.drawing import Box, Drawn

_SIZE, _STEP, _PADDING = 7.0, 10.5, 2.0
_TOP, _LEFT = 60.0, 40.0
_LABEL, _WIDTH, _FULL, _END = 62.0, 515.0, 250.0, 780.0


@dataclass(frozen=True)
class Setting:
    """How the tables of a report are set.

    Attributes:
        ruled: Whether they have lines.
        browser: Whether lines end a cell that the page cuts.
        repeated: Whether each page repeats the first row of a table, with the whole words of cells that span rows.
        narrow: The number of characters of a line in heads; 0 if they are as long as their cell is wide.
        cut: The row of the second table behind which a page ends.
        over: The key of a cell over whose figure another one is printed.
    """

    ruled: bool = True
    browser: bool = True
    repeated: bool = False
    narrow: int = 0
    cut: int = 1000
    over: str = ""


class _Laid(NamedTuple):
    """A cell of a table with its place in the grid, and the lines of its text."""

    box: Box
    row: int
    column: int
    lines: tuple[str, ...]

    @property
    def end(self) -> int:
        """The row behind it."""
        return self.row + self.box.rowspan


def report_pdf(drawn: Drawn, setting: Setting) -> bytes:
    """Return a drawn report as a PDF: a page ends where it is half full, or where the second table is to be cut."""
    return outline_pdf(outline(drawn), setting)


def outline_pdf(parts: Sequence[tuple[str, str] | list[list[Box]]], setting: Setting) -> bytes:
    """Return a report as a PDF, from its titles, headings and lines of prose, and its tables."""
    contents = [b""]
    y = _TOP
    number = 0
    for part in parts:
        if isinstance(part, tuple):
            if y > _END:
                contents.append(b"")
                y = _TOP
            contents[-1] += say(_LEFT, y, part[1], size=10)
            y += 20
            continue
        number += 1
        table = _Table(part, setting)
        rows = len(part)
        cut = min(setting.cut if number == 2 else 1000, rows)
        contents[-1] += table.drawn(range(cut), y)
        y += table.height(range(cut)) + 20
        if cut < rows:
            contents.append(table.drawn(range(cut, rows), _TOP))
            y = _TOP + (table.heights[0] if setting.repeated else 0) + table.height(range(cut, rows)) + 20
        if y > _TOP + _FULL:
            contents.append(b"")
            y = _TOP
    return pages(*contents)


class _Table:
    """A table with the places of its columns and the heights of its rows."""

    def __init__(self, rows: list[list[Box]], setting: Setting) -> None:
        self.setting = setting
        self.cells = list(_laid(rows, setting.narrow, self._edges(rows)))
        self.edges = self._edges(rows)
        self.heights = [_STEP + 2 * _PADDING] * len(rows)
        for cell in sorted(self.cells, key=lambda item: item.box.rowspan):
            need = len(cell.lines) * _STEP + 2 * _PADDING - sum(self.heights[cell.row : cell.end])
            self.heights[cell.end - 1] += max(0.0, need)

    def _edges(self, rows: list[list[Box]]) -> list[float]:
        """Return the places of the columns: those of labels are wide, those of figures share the rest."""
        placed = list(_places(rows))
        width = max(column + box.colspan for box, _row, column in placed)
        figures = min(column for box, _row, column in placed if box.key)
        narrow = (_WIDTH - _LABEL * figures) / (width - figures)
        return [_LEFT + min(place, figures) * _LABEL + max(0, place - figures) * narrow for place in range(width + 1)]

    def height(self, rows: range) -> float:
        """Return the height of some rows."""
        return sum(self.heights[row] for row in rows)

    def drawn(self, rows: range, top: float) -> bytes:
        """Draw some rows, as on one page."""
        made = b""
        if rows.start and self.setting.repeated:
            for cell in (cell for cell in self.cells if cell.row == 0):
                made += self._text(cell, top, len(cell.lines))
                made += self._lines(cell, top, top + self.heights[0])
            top += self.heights[0]
        for cell in self.cells:
            inner = range(max(cell.row, rows.start), min(cell.end, rows.stop))
            if not inner:
                continue
            y0 = top + self.height(range(rows.start, inner.start))
            y1 = y0 + self.height(inner)
            above = len(cell.lines) if cell.row < rows.start else 0
            if cell.row < rows.start <= cell.end - 1 and not self.setting.repeated:
                above = min(above, max(1, int((self.height(range(cell.row, rows.start)) + _STEP) / _STEP)))
            made += self._text(cell._replace(lines=cell.lines[above:]), y0, self._room(cell, rows))
            is_open = self.setting.browser
            made += self._lines(
                cell, y0, y1, top=not (is_open and cell.row < rows.start), bottom=not (is_open and cell.end > rows.stop)
            )
        return made

    def _room(self, cell: _Laid, rows: range) -> int:
        """Return the number of lines of a cell on a page; a browser prints one more below the end of the page."""
        if cell.end <= rows.stop or self.setting.repeated:
            return len(cell.lines)
        return max(1, int((self.height(range(cell.row, rows.stop)) + _STEP) / _STEP))

    def _text(self, cell: _Laid, top: float, lines: int) -> bytes:
        x = self.edges[cell.column] + _PADDING
        made = b"".join(
            say(x, top + _PADDING + _SIZE + _STEP * number, line, size=_SIZE)
            for number, line in enumerate(cell.lines[:lines])
        )
        if cell.box.key and cell.box.key == self.setting.over:
            made += say(x + 1, top + _PADDING + _SIZE, "77", size=_SIZE)
        return made

    def _lines(self, cell: _Laid, y0: float, y1: float, *, top: bool = True, bottom: bool = True) -> bytes:
        if not self.setting.ruled:
            return b""
        x0, x1 = self.edges[cell.column], self.edges[cell.column + cell.box.colspan]
        level = [y for y, shown in ((y0, top), (y1, bottom)) if shown]
        return b"".join([rule(x0, y0, x0, y1), rule(x1, y0, x1, y1), *(rule(x0, y, x1, y) for y in level)])


def _laid(rows: Sequence[Sequence[Box]], narrow: int, edges: Sequence[float]) -> Iterator[_Laid]:
    for box, row, column in _places(rows):
        width = edges[column + box.colspan] - edges[column] - 2 * _PADDING
        length = narrow if narrow and box.key is None and row < 3 and box.colspan == 1 else max(1, int(width / _SIZE))
        parts = [box.text] if box.key else [box.text[at : at + length] for at in range(0, len(box.text), length)]
        yield _Laid(box, row, column, tuple(parts))


def _places(rows: Sequence[Sequence[Box]]) -> Iterator[tuple[Box, int, int]]:
    """Give each cell with its row and column."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for box in row:
            while (number, column) in taken:
                column += 1
            yield box, number, column
            taken |= {(number + down, column + across) for down in range(box.rowspan) for across in range(box.colspan)}
            column += box.colspan
