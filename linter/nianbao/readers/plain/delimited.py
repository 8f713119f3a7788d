"""Sheets saved as text: cells separated by commas, semicolons or tabs, with quotation marks around some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.plain.source_line import SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITERS = (";", ",", "\t")  # commas may stand in figures between semicolons
_MIN_RECORDS = 3
_MIN_WIDTH = 3
_MAX_LABEL_CHARS = 60
_MAX_QUOTED_LINES = 20
_FIGURE = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?")
_SPACED_FIGURES = re.compile(r"\d\s+\d")  # digits on both sides of spaces: the comma is inside a figure
_AS_TEXT = re.compile(r'="([^"]*)"')  # how a figure is written that a spreadsheet program shall keep as it is
_UNNAMED = re.compile(r"Unnamed: \d+(?:_level_\d+)?")  # what a library for data writes over columns without a name
_SENTENCE = ("。", "；", "！", "？")


class _Field(NamedTuple):
    """A cell as it is written: its text, and the line and column where it begins, from 1."""

    text: str
    line: int
    column: int


_Record = tuple[_Field, ...]


def delimited_lines(text: str) -> list[SourceLine] | None:
    """Return the lines of a text if it has tables with delimiters; rows of one table follow each other directly."""
    if "|" in text:
        return None
    for delimiter in _DELIMITERS:
        quoted = delimiter != "\t" or '"' in text
        if quoted and text.count(delimiter) >= _MIN_RECORDS * (_MIN_WIDTH - 1):
            source = text.split("\n")
            records = _without_numbers(list(_records(source, delimiter)))
            inside = _in_tables(records)
            if _is_certain(records, inside):
                both = zip(records, inside, strict=True)
                return [line for record, is_row in both for line in _lines(record, source, is_row=is_row)]
    return None


def _records(lines: Sequence[str], delimiter: str) -> Iterator[_Record]:
    """Yield the cells of each record; a cell in quotation marks may go over several lines."""
    number = 0
    while number < len(lines):
        line = lines[number].rstrip("\r")
        if '"' not in line:
            yield tuple(_plain_fields(line, number + 1, delimiter))
            number += 1
            continue
        fields, number = _quoted_fields(lines, number, delimiter)
        yield fields


def _without_numbers(records: list[_Record]) -> list[_Record]:
    """Return records without the numbers that a library for data adds: of rows before them, of columns above them."""
    column = [record[0] for record in records if len(record) > 1]
    under_head = column[1:] if column and not column[0].text else column
    if len(under_head) > _MIN_RECORDS and (_are_counted(under_head) or _are_counted(column, start=1)):
        records = [record[1:] if len(record) > 1 else record for record in records]
    first, *others = records
    if len(first) >= _MIN_WIDTH and _are_counted(first):
        return others
    named = tuple(field._replace(text="") if _UNNAMED.fullmatch(field.text) else field for field in first)
    return [named, *others]


def _are_counted(fields: Sequence[_Field], start: int = 0) -> bool:
    """Whether the texts of cells count up from a number."""
    return all(field.text == str(number) for number, field in enumerate(fields, start))


def _plain_fields(line: str, number: int, delimiter: str) -> Iterator[_Field]:
    column = 1
    for part in line.split(delimiter):
        yield _Field(part.strip(), number, column + len(part) - len(part.lstrip()))
        column += len(part) + 1


def _quoted_fields(lines: Sequence[str], number: int, delimiter: str) -> tuple[_Record, int]:
    """Return the cells of the record that begins on a line, and the number of the line behind it."""
    fields: list[_Field] = []
    line, at = lines[number].rstrip("\r"), 0
    while True:
        at += line[at : at + 2] == '="'
        if line[at : at + 1] == '"' and (end := _closing(lines, number, at + 1)) is not None:
            last, place = end
            inner = [line[at + 1 :], *lines[number + 1 : last + 1]] if last > number else [line[at + 1 : place]]
            if last > number:
                inner[-1] = lines[last][:place]
            words = "\n".join(part.rstrip("\r") for part in inner).replace('""', '"')
            as_text = _AS_TEXT.fullmatch(words)
            begin = at + 2 if as_text is None else at + 5  # a quotation mark inside others is written twice
            fields.append(_Field((words if as_text is None else as_text[1]).strip(), number + 1, begin))
            number, line, at = last, lines[last].rstrip("\r"), place + 1
            behind = line.find(delimiter, at)
        else:
            behind = line.find(delimiter, at)
            part = line[at : behind if behind >= 0 else len(line)]
            fields.append(_Field(part.strip(), number + 1, at + 1 + len(part) - len(part.lstrip())))
        if behind < 0:
            return tuple(fields), number + 1
        at = behind + 1


def _closing(lines: Sequence[str], number: int, start: int) -> tuple[int, int] | None:
    """Return the line and place of the quotation mark that closes a cell; two in a row are one of its characters."""
    for row in range(number, min(len(lines), number + _MAX_QUOTED_LINES)):
        at = start if row == number else 0
        while (at := lines[row].find('"', at)) >= 0:
            if lines[row][at + 1 : at + 2] != '"':
                return row, at
            at += 2
    return None


def _filled(record: _Record) -> int:
    return sum(1 for field in record if field.text)


def _in_tables(records: Sequence[_Record]) -> list[bool]:
    """Return for each record whether it is a row of a table.

    Records with several cells, and no sentence, are if one beside them has the same width. Directly behind such rows,
    so are records with several cells or the same width.
    """
    widths = [len(record) if _filled(record) > 1 and not _is_sentence(record) else 0 for record in records]
    inside: list[bool] = []
    for number, record in enumerate(records):
        width = widths[number]
        beside = {*widths[max(0, number - 1) : number], *widths[number + 1 : number + 2]}
        follows = number > 0 and inside[-1] and (width > 1 or 1 < len(record) == len(records[number - 1]))
        inside.append((width > 1 and width in beside) or (follows and _is_short(record)))
    return inside


def _is_sentence(record: _Record) -> bool:
    return any(field.text.endswith(_SENTENCE) for field in record)


def _is_short(record: _Record) -> bool:
    """Whether a record has words, and no sentence or other prose."""
    longest = max(len(field.text) for field in record)
    return 0 < longest <= _MAX_LABEL_CHARS and not _is_sentence(record)


def _is_certain(records: Sequence[_Record], inside: Sequence[bool]) -> bool:
    """Whether delimiters make rows: several of them with figures, and no digits on both sides of spaces in a cell."""
    rows = [record for record, one in zip(records, inside, strict=True) if one and len(record) >= _MIN_WIDTH]
    figures = sum(any(_FIGURE.fullmatch(field.text) for field in record) for record in rows)
    return (
        len(rows) >= _MIN_RECORDS
        and figures >= 2
        and not any(_SPACED_FIGURES.search(field.text) for record in rows for field in record)
    )


def _lines(record: _Record, source: Sequence[str], *, is_row: bool) -> Iterator[SourceLine]:
    """Yield a row with its cells, or the lines of its only cell, or a line of prose as it is."""
    if is_row:
        words = "".join(field.text for field in record)
        cells = tuple((field.text, field.column) for field in record)
        yield SourceLine(record[0].line, words, cells, tuple(field.line for field in record))
    elif _filled(record) == 1:
        field = next(field for field in record if field.text)
        for number, line in enumerate(field.text.split("\n")):
            yield SourceLine(field.line + number, " " * (0 if number else field.column - 1) + line, ())
    else:
        yield SourceLine(record[0].line, source[record[0].line - 1] if _filled(record) else "", ())
