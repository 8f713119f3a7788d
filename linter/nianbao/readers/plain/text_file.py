"""Plain text and Markdown: prose, and tables in the shapes that copying produces.

A table has either one row per line (cells separated by bars or tabs), or it is a flow with one cell per line, where a
bar ends each cell and rows are not marked.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from nianbao.containers.limits import MAX_CELLS, TOO_MANY_CELLS, TOO_MANY_LINES
from nianbao.errors import InputError
from nianbao.model.document import Document, Paragraph, Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.plain.delimited import delimited_lines
from nianbao.readers.plain.drawn_bars import with_plain_bars
from nianbao.readers.plain.drawn_tables import drawn_tables
from nianbao.readers.plain.grid_tables import is_border
from nianbao.readers.plain.inline_marks import without_comments
from nianbao.readers.plain.markdown import may_have_marks, plain_blocks
from nianbao.readers.plain.source_line import SourceLine
from nianbao.readers.plain.spaced import spaced_parts, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.document import Block

_MAX_LINES = 300_000
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_CROSSED_RULE = re.compile(r"\s*\|?[-:]{2,}(?:\+[-:]{2,})+\|?\s*")  # no line of its own
_SHORT_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s*\|\s*:?-+:?\s*\|\s*")
_LEAD = re.compile(r"(?:\s|\*\*|<br\s*/?>)*", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*")
_UNESCAPED = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANK_CELL = re.compile(r"\|(?: \|+)?")  # a single bar, and further bars if the cell spans columns
_LAST_CELL = 24
_HARD_BREAK = "  "
_ALL, _SOME = "all", "some"
_LABEL, _FIGURE, _BAR = "lfb"
_LABELS = re.compile(r"l+")
_BEFORE_FIGURE = re.compile(r"(l+)b*f")
_WITH_FIGURES = re.compile(r"b*f[fb]*")
_BARS_BEHIND_FIGURE = re.compile(r"f(b*)(?:(?=(l))|$)")
_EDGES = "| \t\r\f\v\u00a0\u3000\ufeff"  # characters around a line of prose, a bar left by a table included


def read_text(text: str, name: str, *, sha256: str) -> Document:
    """Read plain text or Markdown.

    Raises:
        InputError: more table cells or lines than any report has.
    """
    text = with_plain_bars(without_comments(text))
    if max(map(text.count, "|\t,;")) > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    if text.count("\n") > _MAX_LINES:
        raise InputError("too-many-lines", TOO_MANY_LINES.format(limit=_MAX_LINES))
    blocks = tuple(_blocks(text))
    plain, notes = plain_blocks(blocks, text) if may_have_marks(text) else (blocks, ())
    return Document(name, "text", sha256, plain, notes=notes)


def _blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and tables of a text; the tables are numbered from 1."""
    tables = 0
    for part in _stretches(text):
        blocks = [_numbered(part, tables + 1)] if isinstance(part, Table) else _undrawn(part, tables)
        for block in blocks:
            tables += isinstance(block, Table)
            yield block


def _stretches(text: str) -> Iterator[Table | list[SourceLine]]:
    """Yield the tables that are drawn over several lines, and the lines between them."""
    rows = delimited_lines(text)
    if rows is not None:
        yield rows
        return
    source = text.split("\n")
    at = 0
    for drawn in drawn_tables(source):
        yield [_line(number + 1, source[number]) for number in range(at, drawn.begin)]
        if drawn.table is not None:
            yield drawn.table
        else:
            inner = (number for number in range(drawn.begin, drawn.end) if not is_border(source[number]))
            yield [_line(number + 1, source[number]) for number in inner]
        at = drawn.end
    yield [_line(number + 1, source[number]) for number in range(at, len(source))]


def _numbered(table: Table, number: int) -> Table:
    cells = tuple(cell._replace(location=cell.location._replace(table=number)) for cell in table.cells)
    return table._replace(cells=cells, location=cells[0].location)


def _undrawn(lines: Sequence[SourceLine], tables: int) -> Iterator[Block]:
    """Yield the paragraphs of lines, and the tables whose cells are separated by bars, tabs or spaces."""
    for run in _runs(lines):
        for part in _parts(run) if run[0].cells else _spaced(run):
            table = _table(part, tables + 1) if part[0].cells else None
            if table is None:
                yield from _prose(part)
            else:
                tables += 1
                yield table


def _line(number: int, text: str) -> SourceLine:
    if "-+-" in text and _CROSSED_RULE.fullmatch(text):
        return SourceLine(number, "", ())
    if "|" in text:
        return SourceLine(number, text, tuple(_split(text, "|")))
    if "\t" in text.lstrip() or text.startswith("\t\t"):
        return SourceLine(number, text, tuple(_split(text, "\t")))
    return SourceLine(number, text, ())


def _split(text: str, separator: str) -> Iterator[tuple[str, int]]:
    """Cut a line into cells, each with the column where its text begins."""
    start = 0
    for part in text.split(separator) if "\\|" not in text else _UNESCAPED.split(text):
        plain = _plain(part)
        yield plain, start + (_lead(part) if plain else 0) + 1
        start += len(part) + 1


def _lead(part: str) -> int:
    """Return the number of characters before the first significant one."""
    match = _LEAD.match(part)
    return match.end() if match else 0


def _plain(words: str) -> str:
    """Return text without Markdown marks."""
    return _EMPHASIS.sub("", _BREAK.sub("\n", words)).replace("\\|", "|").strip()


def _runs(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Group lines into runs of prose and runs of table lines; a short last cell of a flow belongs to its table."""
    run: list[SourceLine] = []
    for line in _with_broken_cells(lines):
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


def _with_broken_cells(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Yield lines; words that end with a line break of Markdown, directly above a line of cells, are a cell."""
    for line, following in zip_longest(lines, lines[1:]):
        above = following is not None and "|" in following.text
        if above and not line.cells and line.text.endswith(_HARD_BREAK) and line.text.strip():
            yield line._replace(cells=((line.text.strip(), _start(line.text)),))
        else:
            yield line


def _spaced(run: list[SourceLine]) -> Iterator[list[SourceLine]]:
    """Divide lines without bars into prose and tables whose cells are separated by spaces."""
    for part in spaced_parts([line.text for line in run]):
        lines = run[part.begin : part.end]
        yield [line._replace(cells=tuple(words_of(line.text))) for line in lines] if part.is_table else lines


def _start(text: str, edges: str | None = None) -> int:
    return len(text) - len(text.lstrip(edges)) + 1


def _ends_flow(run: Sequence[SourceLine], line: SourceLine) -> bool:
    """Whether a line without a bar is the last cell of a flow: a figure, directly below a line with a bar."""
    text = line.text.strip()
    figure = (
        len(text) <= _LAST_CELL
        and (text[0].isdigit() or text in {"/", "-", "—"})
        and not any("一" <= c <= "鿿" for c in text)
    )
    return bool(run[0].cells) and run[-1].number >= line.number - 2 and figure and _is_flow(run)


def _prose(run: Iterable[SourceLine]) -> Iterator[Paragraph]:
    for line in run:
        stripped = line.text.strip(_EDGES)
        heading = _MARKDOWN_HEADING.fullmatch(stripped)
        words = heading[2] if heading else stripped
        plain = _EMPHASIS.sub("", words).strip()
        if plain:
            column = _start(line.text, _EDGES) + (heading.start(2) if heading else 0)
            while words.startswith("**"):
                column, words = column + 2, words[2:]
            place = Location(line.number, column + len(words) - len(words.lstrip()))
            yield Paragraph(plain, place, len(heading[1]) if heading else 0)


def _parts(run: list[SourceLine]) -> Iterator[list[SourceLine]]:
    """Divide a run of table lines where a Markdown table begins after an empty line: a head, and a rule below it."""
    begun = 0
    for number in range(2, len(run)):
        head = run[number - 1]
        apart = head.number > run[number - 2].number + 1
        if apart and number - 1 > begun and _SHORT_RULE.fullmatch(run[number].text):
            yield run[begun : number - 1]
            begun = number - 1
    yield run[begun:]


def _table(run: list[SourceLine], number: int) -> Table | None:
    """Read table lines as a flow or as rows; a single cell, or lines that are only indented, are not a table."""
    rows = [
        line
        for at, line in enumerate(run)
        if not (_SHORT_RULE if at == 1 else _MARKDOWN_RULE).fullmatch(line.text) or "|" not in line.text
    ]
    words = [line.words for line in rows]
    if sum(words) <= 1 or (max(words) == 1 and not any("|" in line.text for line in rows)):
        return None
    flow = any("|" in line.text or "\t" in line.text for line in rows) and _is_flow(rows)
    marked = _has_own_bars(rows) if flow else any(map(_is_divided, rows))
    cells = tuple(_flow(rows, number, own_bar=marked) if flow else _rows(rows, number))
    return Table(cells, "flow" if flow else "lines", cells[0].location, loses_blanks=not marked)


def _is_divided(line: SourceLine) -> bool:
    """Whether signs separate the cells of a line, and not spaces."""
    return "|" in line.text or "\t" in line.text or bool(line.numbers)


def _is_flow(run: Sequence[SourceLine]) -> bool:
    """Whether most lines have one cell each; rows that are mostly blank do not count."""
    with_words = [line for line in run if line.words]
    widths = {len(line.cells) for line in with_words}
    if len(widths) == 1 and widths.pop() > 2:
        return False
    alone = [line for line in with_words if line.words == 1 and _bars_behind(line)]
    if len(alone) * 10 <= len(with_words) * 7:
        return False
    return len(alone) == len(with_words) or not all(map(_is_label, alone))


def _bars_behind(line: SourceLine) -> bool:
    """Whether the only cell of a line comes first, with only bars behind it."""
    return bool(line.cells[0][0]) or (len(line.cells) > 1 and bool(line.cells[1][0]))


def _is_label(line: SourceLine) -> bool:
    """Whether the only cell of a line has letters, as a row's label has and a value has not."""
    return any(letter.isalpha() for cell, _column in line.cells for letter in cell)


def _flow(rows: Sequence[SourceLine], table: int, *, own_bar: bool) -> Iterator[TableCell]:
    """Yield the cells of a flow. If lines have their own bars, a line with only a bar is a blank cell.

    If such lines begin or end the rows, they are no cells before a label and at the end. They stay bars where they may
    be either: between a label and a figure, and everywhere if they do not end all rows.
    """
    ends = own_bar and rows[0].text.strip() != "|" and _rows_end(rows)
    marked = bool(ends) or rows[0].text.strip() == "|"
    number = 0
    before: SourceLine | None = None
    for line, following in zip(rows, (*rows[1:], None), strict=True):
        if line.words == 0:
            at_edge = marked and (bool(ends) if following is None else _is_label(following))
            if not own_bar or (at_edge and ends != _SOME) or not _BLANK_CELL.fullmatch(line.text.strip()):
                continue
            in_doubt = at_edge or (marked and before is not None and _is_label(before))
            text, column = "|" if in_doubt else "", _start(line.text)
        else:
            text, column = next(cell for cell in line.cells if cell[0])
        before = line
        spare = max(0, line.text.count("|") - 1)
        place = Location(line.number, column, table, None, number + 1)
        yield TableCell(text, 0, number, colspan=1 + spare, location=place)
        number += 1


def _has_own_bars(rows: Sequence[SourceLine]) -> bool:
    """Whether most cells of a flow have a bar on their line."""
    with_words = [line for line in rows if line.words]
    return sum("|" in line.text for line in with_words) * 2 > len(with_words)


def _rows_end(rows: Sequence[SourceLine]) -> str:
    """Return whether a line with only a bar ends all rows, or nearly all; "" if it does not.

    The heads of all columns, and the first label behind them, would follow each other if it did not end their rows.
    """
    signs = "".join(map(_sign, rows))
    heads = len(signs) - len(signs.lstrip(_LABEL))
    usual = Counter(map(len, _WITH_FIGURES.findall(signs))).most_common(1)
    behind = [bars for bars, end in _BARS_BEHIND_FIGURE.findall(signs) if end or bars]
    ended = sum(bool(bars) for bars in behind)
    if _LABEL + _BAR + _LABEL not in signs or not usual or heads > usual[0][0] or not _begins_with_row(signs):
        return ""
    if not ended or ended * 10 < len(behind) * 8:
        return ""
    return _ALL if ended == len(behind) else _SOME


def _begins_with_row(signs: str) -> bool:
    """Whether no more labels stand before the first figure than before others, so that these are no heads."""
    first = _BEFORE_FIGURE.search(signs)
    if first is None:
        return False
    others = [len(run) for run in _LABELS.findall(signs, first.end())]
    return not others or len(first[1]) <= max(others)


def _sign(line: SourceLine) -> str:
    if line.words:
        return _LABEL if _is_label(line) else _FIGURE
    return _BAR if line.text.strip() == "|" else ""


def _rows(rows: Sequence[SourceLine], table: int) -> Iterator[TableCell]:
    """Yield the cells of a table with one row per line, without empty cells outside the bars at the edges."""
    left = sum(line.text.lstrip().startswith("|") for line in rows) * 10 >= len(rows) * 9
    ends = [line.text.rstrip().endswith("|") for line in rows]
    right = ends[0] and sum(ends) * 10 >= len(rows) * 9  # without a bar after the heads, others may end blanks
    for row, line in enumerate(rows):
        first = int(left and line.text.lstrip().startswith("|"))
        last = len(line.cells) - int(right and line.text.rstrip().endswith("|"))
        cells = line.cells[first:last]
        for column, (text, start) in enumerate(cells):
            number = line.numbers[first + column] if line.numbers else line.number
            place = Location(number, start, table, row + 1, column + 1)
            yield TableCell(text, row, column, location=place)
