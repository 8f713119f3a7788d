"""Reports as the texts that converters write, each with the lines of its tables, and damage to these lines."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from tests.support.sheets import Cell

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.support.sheets import Grid, Sheet

    TableWriter = Callable[[Grid], list[str]]

_BROKEN = 4  # heads of this length are broken after their second character, as in the official form


def _text(sheet: Sheet, table: TableWriter, *, apart: bool = False) -> str:
    """Write prose a line a paragraph, and tables by their writer; ``apart`` puts an empty line around each part."""
    lines: list[str] = []
    for part in sheet.parts:
        lines += [part] if isinstance(part, str) else table(part)
        lines += [""] if apart else []
    return "\n".join([*lines, ""])


def _expanded(grid: Grid, *, repeat: bool) -> list[list[str]]:
    """Return the text of every place; that of a merged cell is repeated, or stands at its first place only."""
    seen: set[int] = set()
    rows = []
    for row in grid.rows:
        line = []
        for cell in row:
            line.append(cell.text if repeat or id(cell) not in seen else "")
            seen.add(id(cell))
        rows.append(line)
    return rows


def _shifted(grid: Grid) -> list[list[str]]:
    """Return rows in which a merged cell leaves blanks to its right, and nothing below: its other rows move left."""
    return [[text for one in row for text in (one.cell.text, *[""] * (one.colspan - 1))] for row in grid.placed()]


def _broken(text: str) -> list[str]:
    """Return the lines of a head: those of four characters are on two lines."""
    short = len(text) == _BROKEN and not any(letter.isdecimal() for letter in text)
    return [text[:2], text[2:]] if short else [text]


def cell_a_line(sheet: Sheet) -> str:
    """A cell a line, short heads on two lines."""
    return _text(sheet, lambda grid: [line for row in grid.placed() for one in row for line in _broken(one.cell.text)])


def office_text(sheet: Sheet) -> str:
    """What an office program writes as text: a cell a line, an empty line for each place that a merged cell covers."""

    def table(grid: Grid) -> list[str]:
        lines: list[str] = []
        seen: set[int] = set()
        for row in grid.rows:
            for number, cell in enumerate(row):
                if id(cell) not in seen:
                    lines += _broken(cell.text)
                elif not number or row[number - 1] is not cell:
                    lines.append("")
                seen.add(id(cell))
        return ["", "", *lines, "", ""]

    return "\ufeff" + _text(sheet, table)


def lone_bars(sheet: Sheet) -> str:
    """A cell a line with a bar behind it, and a line with a bar alone behind each row."""
    return _text(
        sheet, lambda grid: [x for row in grid.placed() for x in (*(f"{one.cell.text} |" for one in row), "|")]
    )


def repeated_lines(sheet: Sheet) -> str:
    """A paragraph for each place of a table, merged cells repeated."""
    return _text(
        sheet, lambda grid: [line for row in _expanded(grid, repeat=True) for text in row for line in (text, "")]
    )


def _records(rows: Iterable[Sequence[str]], delimiter: str = ",") -> list[str]:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().split("\n")[:-1]


def csv_repeated(sheet: Sheet) -> str:
    """Tables with commas, merged cells repeated; prose in lines of its own."""
    return _text(sheet, lambda grid: _records(_expanded(grid, repeat=True)))


def csv_blank(sheet: Sheet) -> str:
    """Tables with commas, merged cells at their first place only."""
    return _text(sheet, lambda grid: _records(_expanded(grid, repeat=False)))


def _sheet_rows(sheet: Sheet) -> list[list[str]]:
    """Return everything as rows of one width, as a sheet has them."""
    rows: list[list[str]] = []
    for part in sheet.parts:
        rows += [[part]] if isinstance(part, str) else _expanded(part, repeat=False)
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def csv_sheet(sheet: Sheet) -> str:
    """A sheet saved as CSV: each line has as many cells as the widest."""
    return "\n".join([*_records(_sheet_rows(sheet)), ""])


def tsv_quoted(sheet: Sheet) -> str:
    """A sheet saved with tabs: heads on two lines within quotes."""
    rows = [["\n".join(_broken(text)) for text in row] for row in _sheet_rows(sheet)]
    return "\n".join([*_records(rows, "\t"), ""])


def _pipes(rows: Sequence[Sequence[str]], *, blank_head: bool) -> list[str]:
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + " --- |" * width
    return ["", "|" + "  |" * width, rule, *lines, ""] if blank_head else ["", lines[0], rule, *lines[1:], ""]


def pipes_repeated(sheet: Sheet) -> str:
    """Markdown, merged cells repeated."""
    return _text(sheet, lambda grid: _pipes(_expanded(grid, repeat=True), blank_head=False))


def pipes_shifted(sheet: Sheet) -> str:
    """Markdown in which a merged cell leaves blanks to its right, and rows that it covers move left."""
    return _text(sheet, lambda grid: _pipes(_shifted(grid), blank_head=True))


def bars_ruled(sheet: Sheet) -> str:
    """A row a line, bars between the cells and a rule below the first, without bars at the edges."""

    def table(grid: Grid) -> list[str]:
        first, *rows = [" | ".join(row) for row in _shifted(grid)]
        return ["", first, " | ".join(["---"] * grid.width), *rows, ""]

    return _text(sheet, table)


def bars_broken(sheet: Sheet) -> str:
    """A row a line, bars behind all cells but the last, spans lost, short heads with a line break of Markdown."""

    def table(grid: Grid) -> list[str]:
        first, *rows = ["| ".join("  \n".join(_broken(one.cell.text)) for one in row) + "  " for row in grid.placed()]
        return ["", first, "|".join(["---"] * len(grid.placed()[0])) + "  ", *rows, ""]

    return _text(sheet, table)


def width_of(text: str) -> int:
    """Return how many places a text takes in a fixed font."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, fill: str = " ") -> str:
    return text + fill * (width - width_of(text))


def _widths(grid: Grid) -> list[int]:
    """Return a width for each column: that of its longest text that spans nothing, and no less than six."""
    widths = [6] * grid.width
    for row in grid.rows:
        for number, cell in enumerate(row):
            if sum(other is cell for other in row) == 1:
                widths[number] = max(widths[number], width_of(cell.text) + 2)
    return widths


def rst_grid(sheet: Sheet) -> str:
    """Grid tables as reStructuredText has them: with lines around each cell, none within merged cells."""
    return _text(sheet, _grid_table, apart=True)


def _grid_table(grid: Grid) -> list[str]:
    widths = _widths(grid)
    lines: list[str] = []
    for number in range(len(grid.rows) + 1):
        above = grid.rows[number - 1] if number else None
        below = grid.rows[number] if number < len(grid.rows) else None
        lines.append(_border(above, below, widths))
        if below is not None:
            lines.append(_content(grid, number, widths))
    return lines


def _content(grid: Grid, number: int, widths: Sequence[int]) -> str:
    line = "|"
    row = grid.rows[number]
    column = 0
    while column < grid.width:
        end = column + 1
        while end < grid.width and row[end] is row[column]:
            end += 1
        first = not number or grid.rows[number - 1][column] is not row[column]
        room = sum(widths[column:end]) + end - column - 1
        line += _padded(" " + (row[column].text if first else ""), room) + "|"
        column = end
    return line


def _border(above: Sequence[object] | None, below: Sequence[object] | None, widths: Sequence[int]) -> str:
    """Return the line between two rows: a cell that spans both is left open."""
    open_ = [above is not None and below is not None and above[n] is below[n] for n in range(len(widths))]
    line = "|" if open_[0] else "+"
    for column, width in enumerate(widths):
        line += (" " if open_[column] else "-") * width
        last = column + 1 == len(widths)
        both = open_[column] and (last or open_[column + 1])
        same = not last and all(row is None or row[column] is row[column + 1] for row in (above, below))
        line += (" " if same else "|") if both else ("-" if same else "+")
    return line


def rst_simple(sheet: Sheet) -> str:
    """Simple tables: columns below runs of signs, merged cells at their first place only."""
    return _text(sheet, lambda grid: _simple(_expanded(grid, repeat=False), "="), apart=True)


def pandoc_simple(sheet: Sheet) -> str:
    """Simple tables with dashes below the first line, merged cells repeated."""
    return _text(sheet, lambda grid: _simple(_expanded(grid, repeat=True), "-"), apart=True)


def _simple(rows: Sequence[Sequence[str]], sign: str) -> list[str]:
    widths = [max(2, *(width_of(row[column]) for row in rows)) for column in range(len(rows[0]))]
    rule = "  ".join(sign * width for width in widths)
    first, *lines = [
        "  ".join(
            _padded(text or ("\\" if not at and sign == "=" else ""), width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return [rule, first, rule, *lines, rule] if sign == "=" else ["", first, rule, *lines, ""]


_LABEL_PLACES, _FIGURE_PLACES = 7, 6


def layout(sheet: Sheet) -> str:
    """Text as it is laid out on a page, with spaces between the columns: labels over several lines, figures on top."""
    return _text(sheet, lambda grid: _laid_out(grid, centred=False), apart=True)


def layout_centred(sheet: Sheet) -> str:
    """Text as it is laid out on a page, the figures on the middle line of their rows."""
    return _text(sheet, lambda grid: _laid_out(grid, centred=True), apart=True)


def _laid_out(grid: Grid, *, centred: bool) -> list[str]:
    figures = {number for row in grid.rows for number, cell in enumerate(row) if cell.key}
    widths = [_FIGURE_PLACES if number in figures else _LABEL_PLACES for number in range(grid.width)]
    starts = [sum(widths[:number]) for number in range(grid.width)]
    waiting: dict[int, list[str]] = {}  # the lines of cells over several rows, by cell
    lines: list[str] = []
    for number, row in enumerate(grid.rows):
        columns = [column for column, cell in enumerate(row) if not column or row[column - 1] is not cell]
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else [Cell()] * grid.width
        texts = {}
        for column in columns:
            cell = row[column]
            room = sum(width for width, other in zip(widths, row, strict=True) if other is cell) - 1
            room = max(room, len(cell.text)) if cell.key else room
            wrapped = [cell.text[at : at + room] for at in range(0, len(cell.text), room)]
            texts[column] = waiting.setdefault(id(cell), wrapped)
        height = max([1, *(len(texts[column]) for column in columns if below[column] is not row[column])])
        for column in columns:
            shift = (height - len(texts[column])) // 2 if centred and below[column] is not row[column] else 0
            waiting[id(row[column])] = texts[column][height:]
            texts[column] = [""] * shift + texts[column][:height]
        lines += [_spaced([(starts[column], texts[column][at : at + 1]) for column in columns]) for at in range(height)]
    return [line for line in lines if line]


def _spaced(words: Iterable[tuple[int, list[str]]]) -> str:
    """Return a line with words at their places, or behind those before, with a space between."""
    line = ""
    for start, texts in words:
        for text in filter(None, texts):
            line = (line + " " if line and len(line) >= start else line.ljust(start)) + text
    return line


CONVERTED: Mapping[str, Callable[[Sheet], str]] = {
    "cell a line": cell_a_line,
    "office text": office_text,
    "lone bars": lone_bars,
    "repeated lines": repeated_lines,
    "csv repeated": csv_repeated,
    "csv blank": csv_blank,
    "csv sheet": csv_sheet,
    "tsv quoted": tsv_quoted,
    "pipes repeated": pipes_repeated,
    "pipes shifted": pipes_shifted,
    "bars ruled": bars_ruled,
    "bars broken": bars_broken,
    "rst grid": rst_grid,
    "rst simple": rst_simple,
    "pandoc simple": pandoc_simple,
    "layout": layout,
    "layout centred": layout_centred,
}


class Damage(NamedTuple):
    """A damaged text, and what was done to it."""

    text: str
    what: str


_SEPARATOR = re.compile(r"\s*\|\s*|,|\t| {2,}")
_CELL = re.compile(r"(?:^|\||,|\t|(?<=  ))[^|,\t\n]+?(?=\s*[|,\t]| {2,}|$)")


def damaged(text: str, dice: random.Random) -> Damage:
    """Drop or double a line, a separator or a cell at one place of the tables; the other text is intact."""
    lines = text.split("\n")
    number = dice.choice([number for number, line in enumerate(lines) if _is_tabular(line)])
    name = dice.choice(list(_WAYS))
    changed = _WAYS[name](lines[number], dice)
    return Damage(
        "\n".join([*lines[:number], *changed, *lines[number + 1 :]]), f"{name}, line {number + 1}: {lines[number]!r}"
    )


def _is_tabular(line: str) -> bool:
    return "。" not in line and not re.match(r"[一二三四五六]、", line)


def _without(pattern: re.Pattern[str]) -> Callable[[str, random.Random], list[str]]:
    def edited(line: str, dice: random.Random) -> list[str]:
        places = list(pattern.finditer(line))
        place = dice.choice(places) if places else None
        space = " " if place is not None and place[0].isspace() else ""  # else two figures become another one
        return [line if place is None else line[: place.start()] + space + line[place.end() :]]

    return edited


def _twice(pattern: re.Pattern[str]) -> Callable[[str, random.Random], list[str]]:
    def edited(line: str, dice: random.Random) -> list[str]:
        places = [place for place in pattern.finditer(line) if not place[0].isalnum()]
        place = dice.choice(places) if places else None
        space = " " if place is not None and line[place.start() - 1 : place.start()] == " " else ""
        return [line if place is None else line[: place.end()] + space + line[place.start() :]]

    return edited


_WAYS: Mapping[str, Callable[[str, random.Random], list[str]]] = {
    "a line dropped": lambda _line, _dice: [],
    "a line doubled": lambda line, _dice: [line, line],
    "a separator dropped": _without(_SEPARATOR),
    "a separator doubled": _twice(_SEPARATOR),
    "a cell dropped": _without(_CELL),
    "a cell doubled": _twice(_CELL),
}
