"""The walk over a Word file: paragraphs, tables and pictures in reading order, with their XML elements.

It numbers places as reports do: a second walk over the same file finds the same paragraph or cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Paragraph, Picture, Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.html.anchors import INVISIBLE
from nianbao.readers.left_out import LeftOut, is_marked
from nianbao.readers.word.formats import has_formats
from nianbao.readers.word.lists import Lists
from nianbao.readers.word.runs import inline
from nianbao.readers.word.stylesheet import Styles
from nianbao.readers.word.table_grid import hidden_rows, lays_out, spots
from nianbao.readers.word.xml_names import (
    FOREIGN_PART,
    IMAGES,
    PARAGRAPH,
    TABLE,
    TEXT_BOX,
    W,
    inner,
    number,
    switched,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readers.word.table_grid import Spot
    from nianbao.readers.word.word_parts import WordPackage

_MAX_NESTED_TABLES = 12
_HEADING_LENGTH = 100
_TOO_DEEP = Text(
    "表格套表格超过 {limit} 层；请把年报正文复制到新文件再检查",
    "has tables in tables, more than {limit} deep: copy the report into a new file and check that",
)


class WordBlock(NamedTuple):
    """A block with its XML elements: a paragraph (or several that are one), a drawing, or the cells of a table.

    For a table, they are as many as the block's cells, in the same order.
    """

    block: Paragraph | Table | Picture
    elements: tuple[Any, ...]


class Joined(NamedTuple):
    """A paragraph as it is printed: its elements, its lines, its number, and its drawings."""

    elements: tuple[Any, ...]
    lines: tuple[str, ...]
    number: str
    held: tuple[Any, ...]


class WordWalk:
    """Walks once over a file.

    Paragraphs outside tables are numbered from 1, empty and deleted ones too; those of a text box come after the
    paragraph to which the box is anchored. Tables are numbered from 1; a table that only lays out a page does not
    count, and its content is outside tables. A table inside a cell is part of the cell.

    Args:
        package: The parts of the file.

    Attributes:
        left_out: Words that were left out so far because of their format.
        hidden_rows: The number of rows of tables that were skipped so far because they are not shown.
        foreign_parts: The number of parts in another format so far; their content is not read.
    """

    def __init__(self, package: WordPackage) -> None:
        self._root = package.document
        self._styles = Styles(package.styles, has_formats=any(map(has_formats, (package.document, package.styles))))
        self._lists = Lists(package.numbering)
        self._paragraphs = 0
        self._tables = 0
        self.left_out = LeftOut()
        self.hidden_rows = 0
        self.foreign_parts = 0

    def __iter__(self) -> Iterator[WordBlock]:
        for part in inner(self._root):
            yield from self._outside(part, 0)

    def _outside(self, parent: Any, depth: int) -> Iterator[WordBlock]:
        """Give the blocks of an element outside tables."""
        for part in self._stretches(parent):
            if isinstance(part, Joined):
                yield from self._paragraph(part, depth)
                continue
            cells = self._cells_of(part, depth)
            if lays_out(part, cells):
                for cell in cells:
                    yield from self._outside(cell.element, depth + 1)
            elif cells:
                yield from self._table(cells, depth)

    def _stretches(self, parent: Any) -> Iterator[Any]:
        """Give the paragraphs of an element, and its tables unread."""
        pending: list[Any] = []
        for child in inner(parent):
            tag = child.tag
            if tag == PARAGRAPH:
                pending.append(child)
                if _joins_next(child):
                    continue
            if pending:
                yield self._joined(pending)
                pending = []
            if tag == TABLE:
                yield child
            self.foreign_parts += tag == FOREIGN_PART
        if pending:
            yield self._joined(pending)

    def _joined(self, elements: Sequence[Any]) -> Joined:
        """Read paragraphs that are one, because the marks between them are deleted."""
        parts = [inline(element, self._styles) for element in elements]
        gathered = "".join(part.text for part in parts)
        lines = (" ".join(line.split()) for line in INVISIBLE.sub("", gathered).split("\n"))
        held = tuple(drawing for part in parts for drawing in part.held)
        return Joined(tuple(elements), tuple(filter(None, lines)), self._number(elements[-1]), held)

    def _number(self, element: Any) -> str:
        """Return the number that a list puts before a paragraph."""
        properties = element.find(W + "pPr")
        style_id, style = self._styles.of(properties)
        own = None if properties is None else properties.find(W + "numPr")
        list_id = value(own, "numId") or style.list_id
        if not list_id or list_id == "0":
            return ""
        level = number(own, "ilvl", most=8)
        if level is None:
            level = self._lists.level_of(list_id, style_id)
        return self._lists.next(list_id, (style.list_level or 0) if level is None else level)

    def _paragraph(self, paragraph: Joined, depth: int) -> Iterator[WordBlock]:
        first = self._paragraphs + 1
        self._paragraphs += len(paragraph.elements)
        place = Location(paragraph=first)
        if paragraph.lines:
            if len(paragraph.elements) > 1:
                with_text = (bool(inline(element, self._styles).text.strip()) for element in paragraph.elements)
                place = Location(paragraph=first + next((n for n, text in enumerate(with_text) if text), 0))
            level = self._styles.heading(paragraph.elements[-1].find(W + "pPr"))
            lines = _numbered(paragraph.number, self._shown(paragraph.lines, place))
            if level and sum(map(len, lines)) <= _HEADING_LENGTH:
                lines = (" ".join(lines),)
            for line in lines:
                yield WordBlock(Paragraph(line, place, level), paragraph.elements)
        for drawing in paragraph.held:
            yield from self._held(drawing, place, depth)

    def _shown(self, lines: tuple[str, ...], place: Location) -> tuple[str, ...]:
        """Return the lines of prose without what is left out because of its format."""
        text = "\n".join(lines)
        if not is_marked(text):
            return lines
        return tuple(filter(None, map(str.strip, self.left_out.read_prose(text, place).split("\n"))))

    def _held(self, element: Any, place: Location, depth: int) -> Iterator[WordBlock]:
        """Give the text of a drawing, or the drawing as a picture if it has no text."""
        empty = True
        for box in _boxes(element):
            for piece in self._outside(box, depth):
                empty = False
                yield piece
        if empty and _is_picture(element):
            yield WordBlock(Picture(_words(element), place), (element,))

    def _cells_of(self, table: Any, depth: int) -> list[Spot]:
        if depth >= _MAX_NESTED_TABLES:
            raise InputError("too-deep", _TOO_DEEP.format(limit=_MAX_NESTED_TABLES))
        self.hidden_rows += hidden_rows(table)
        return spots(table)

    def _table(self, spots: Sequence[Spot], depth: int) -> Iterator[WordBlock]:
        self._tables += 1
        cells = []
        pictures: list[WordBlock] = []
        for spot in spots:
            place = Location(table=self._tables, row=spot.line, cell=spot.number)
            lines: list[str] = []
            drawings = self._gather(spot.element, lines, depth)
            pictures += [WordBlock(Picture(_words(drawing), place), (drawing,)) for drawing in drawings]
            text, doubt = "\n".join(lines), None
            if is_marked(text):
                text, doubt = self.left_out.read_cell(text, place)
            cells.append(TableCell(text, spot.row, spot.column, spot.rowspan, spot.colspan, place, doubt))
        yield WordBlock(Table(tuple(cells), "grid", cells[0].location), tuple(spot.element for spot in spots))
        yield from pictures

    def _gather(self, parent: Any, lines: list[str], depth: int) -> Iterator[Any]:
        """Gather the lines of a cell, including its inner tables and text boxes; give its pictures."""
        for part in self._stretches(parent):
            if not isinstance(part, Joined):
                for spot in self._cells_of(part, depth + 1):
                    yield from self._gather(spot.element, lines, depth + 1)
                continue
            lines += _numbered(part.number, part.lines or (("",) if part.number else ()))
            for drawing in part.held:
                before = len(lines)
                for box in _boxes(drawing):
                    yield from self._gather(box, lines, depth)
                if len(lines) == before and _is_picture(drawing):
                    yield drawing


def _joins_next(paragraph: Any) -> bool:
    """Whether the mark at the end of a paragraph is deleted or hidden, so that the next paragraph continues it."""
    properties = paragraph.find(W + "pPr")
    mark = None if properties is None else properties.find(W + "rPr")
    if mark is None:
        return False
    return any(mark.find(W + name) is not None for name in ("del", "moveFrom")) or bool(switched(mark, "specVanish"))


def _numbered(mark: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Put a number before the first line, with a space between them if both are ASCII."""
    if not mark or not lines:
        return tuple(lines)
    parted = mark[-1:].isascii() and lines[0][:1].isascii()
    return (f"{mark}{' ' if parted and lines[0] else ''}{lines[0]}", *lines[1:])


def _boxes(element: Any) -> Iterator[Any]:
    """Give the text boxes of a drawing."""
    for child in inner(element):
        if child.tag == TEXT_BOX:
            yield child
        else:
            yield from _boxes(child)


def _is_picture(element: Any) -> bool:
    """Whether a drawing shows more than lines and shapes."""
    return next(element.iter(*IMAGES), None) is not None


def _words(element: Any) -> str:
    """Return the description of a picture."""
    descriptions = (
        inner.get(name) for inner in element.iter() for name in ("descr", "alt") if isinstance(inner.tag, str)
    )
    return " ".join(next(filter(None, descriptions), "").split())
