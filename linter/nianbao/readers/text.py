"""Plain text and Markdown: prose, and tables in the ways that copying leaves them.

Tables come as a row a line (cells parted by bars or tabs) or as a flow with a cell a line, where a bar ends each cell
and rows are not marked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.model.document import Document, Paragraph, Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.refusals import MAX_CELLS, TOO_MANY_CELLS, TOO_MANY_LINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.document import Block

_MAX_LINES = 300_000
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_EMPHASIS = re.compile(r"\*\*|__")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANK_CELL = re.compile(r"\|(?: \|+)?")  # a bar of its own, and spare bars where the cell spans columns
_LAST_CELL = 24


class Line(NamedTuple):
    """A line of the source: its number from 1, its text, and its cells with their columns from 1 (none for prose)."""

    number: int
    text: str
    cells: tuple[tuple[str, int], ...]

    @property
    def words(self) -> int:
        """How many cells are not empty."""
        return sum(1 for cell, _column in self.cells if cell)


def read_text(text: str, name: str, *, sha256: str) -> Document:
    """Read plain text or Markdown.

    Raises:
        InputError: more table cells or lines than any report has.
    """
    if text.count("|") + text.count("\t") > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    if text.count("\n") > _MAX_LINES:
        raise InputError("too-many-lines", TOO_MANY_LINES.format(limit=_MAX_LINES))
    lines = [_line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    blocks: list[Block] = []
    for run in _runs(lines):
        blocks += _prose(run) if not run[0].cells else _tables(run, len([b for b in blocks if isinstance(b, Table)]))
    return Document(name, "text", sha256, tuple(blocks))


def _line(number: int, text: str) -> Line:
    if "|" in text:
        return Line(number, text, tuple(_split(text, "|")))
    if "\t" in text.lstrip() or text.startswith("\t\t"):
        return Line(number, text, tuple(_split(text, "\t")))
    return Line(number, text, ())


def _split(text: str, separator: str) -> Iterator[tuple[str, int]]:
    """Cut a line into cells, each with the column where its text begins."""
    start = 0
    for part in text.split(separator):
        lead = len(part) - len(part.lstrip())
        yield part.strip(), start + (lead if part.strip() else 0) + 1
        start += len(part) + 1


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Group lines into runs of prose and runs of table lines; a short last cell of a flow goes with its table."""
    run: list[Line] = []
    for line in lines:
        if not line.text.strip():
            if run and not run[0].cells:
                yield run
                run = []
            continue
        last_cell = not line.cells and bool(run) and _ends_flow(run, line)
        if run and bool(run[0].cells) != (bool(line.cells) or last_cell):
            yield run
            run = []
        run.append(line._replace(cells=((line.text.strip(), _start(line.text)),)) if last_cell else line)
        if last_cell:
            yield run
            run = []
    if run:
        yield run


def _start(text: str) -> int:
    return len(text) - len(text.lstrip()) + 1


def _ends_flow(run: Sequence[Line], line: Line) -> bool:
    """Whether a line without a bar is the last cell of a flow: a figure, right behind a line with a bar."""
    text = line.text.strip()
    figure = (
        len(text) <= _LAST_CELL
        and (text[0].isdigit() or text in {"/", "-", "—"})
        and not any("一" <= c <= "鿿" for c in text)
    )
    return bool(run[0].cells) and run[-1].number >= line.number - 2 and figure and _is_flow(run)


def _prose(run: Iterable[Line]) -> Iterator[Paragraph]:
    for line in run:
        heading = _MARKDOWN_HEADING.fullmatch(line.text.strip())
        words = heading[2] if heading else line.text.strip()
        place = Location(line.number, line.text.find(words[:1]) + 1 if words else 1)
        plain = _EMPHASIS.sub("", words)
        if plain:
            yield Paragraph(plain, place, len(heading[1]) if heading else 0)


def _tables(run: list[Line], before: int) -> list[Block]:
    """Read a run of table lines as a flow or as lines; two tables that follow each other are told by their heads."""
    rows = [line for line in run if not _MARKDOWN_RULE.fullmatch(line.text)]
    if not any(line.words for line in rows):
        return []
    cells = list(_flow(rows, before + 1)) if _is_flow(rows) else list(_rows(rows, before + 1))
    shape = "flow" if _is_flow(rows) else "lines"
    return [Table(tuple(cells), shape, cells[0].location)] if cells else []


def _is_flow(run: Sequence[Line]) -> bool:
    """Whether most lines hold one cell each."""
    with_words = [line for line in run if line.words]
    return sum(1 for line in with_words if line.words == 1 and _bars_behind(line)) * 10 > len(with_words) * 7


def _bars_behind(line: Line) -> bool:
    """Whether the one cell of a line stands first, with nothing but bars behind it."""
    return bool(line.cells[0][0]) or (len(line.cells) > 1 and bool(line.cells[1][0]))


def _flow(rows: Sequence[Line], table: int) -> Iterator[TableCell]:
    """Yield the cells of a flow. Where lines carry their own bar, a line with one bar alone is a blank cell."""
    own_bar = sum(1 for line in rows if line.words and "|" in line.text) * 2 > sum(1 for line in rows if line.words)
    number = 0
    for line in rows:
        if line.words == 0:
            if not own_bar or not _BLANK_CELL.fullmatch(line.text.strip()):
                continue
            text, column = "", _start(line.text)
        else:
            text, column = next(cell for cell in line.cells if cell[0])
        spare = max(0, line.text.count("|") - 1)
        place = Location(line.number, column, table, None, number + 1)
        yield TableCell(_BREAK.sub("\n", text), 0, number, colspan=1 + spare, location=place)
        number += 1


def _rows(rows: Sequence[Line], table: int) -> Iterator[TableCell]:
    """Yield the cells of a table with a row a line, without those that only the bars at the edges make."""
    left = all(line.text.lstrip().startswith("|") for line in rows)
    right = all(line.text.rstrip().endswith("|") for line in rows)
    for row, line in enumerate(rows):
        cells = line.cells[1 if left else 0 : len(line.cells) - (1 if right else 0)]
        for column, (text, start) in enumerate(cells):
            place = Location(line.number, start, table, row + 1, column + 1)
            yield TableCell(_EMPHASIS.sub("", _BREAK.sub("\n", text)), row, column, location=place)
