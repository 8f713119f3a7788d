"""A source as a reader returns it: prose, tables and pictures in reading order, each with its place."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.messages import Text
    from nianbao.model.location import Location

TableShape = Literal["grid", "lines", "flow"]


class Paragraph(NamedTuple):
    """A paragraph of prose. ``heading`` is its level in the format itself (1 to 6), 0 if it is not a heading."""

    text: str
    location: Location = NOWHERE
    heading: int = 0


class TableCell(NamedTuple):
    """One cell of a table as in the source, with its spans.

    ``row`` and ``column`` are its place in the expanded grid, from 0; in a table of lines, whose spans are not known,
    ``column`` is its place in the line. ``doubt`` is the reason why its text cannot be taken for the figure of the
    cell, as the end of a sentence about the cell: the cell keeps its place in the table, and is not read.
    """

    text: str
    row: int = 0
    column: int = 0
    rowspan: int = 1
    colspan: int = 1
    location: Location = NOWHERE
    doubt: Text | None = None


class Table(NamedTuple):
    """A table: its cells in reading order, each once.

    ``shape`` is how reliable the source is: ``grid`` has true rows, columns and spans (HTML); ``lines`` has true rows,
    but spans are lost (one line of text for each row); ``flow`` has neither (one line for each cell): every cell has
    row 0, and its index in the flow as column. ``broken`` are the rows with text outside their cells: their other cells
    may stand in a wrong column. ``loses_blanks`` tells whether a blank cell leaves no place among the others, as in a
    text with spaces between the cells.
    """

    cells: tuple[TableCell, ...]
    shape: TableShape = "grid"
    location: Location = NOWHERE
    broken: frozenset[int] = frozenset()
    loses_blanks: bool = False


class Picture(NamedTuple):
    """A picture among the blocks, which cannot be read; ``words`` is its description in the source."""

    words: str = ""
    location: Location = NOWHERE


class Link(NamedTuple):
    """A link of a page: the address as written, and its words."""

    address: str
    words: str = ""


Block = Paragraph | Table | Picture


class Places(Protocol):
    """Finds exact places if this needs a second pass over the text of a source; plain data, without that text."""

    def exact(self, text: str, location: Location) -> Location:
        """Return the exact location in the text of the source, or the same location if there is no better one."""
        ...


class Document(NamedTuple):
    """The content of one source, as its reader returns it.

    Attributes:
        name: The path or address as the user gave it; ``-`` for standard input.
        format: Id of the reader's format: ``text``, ``html``, …
        sha256: Hash of the bytes read, hexadecimal.
        blocks: Paragraphs, tables and pictures in reading order.
        title: The title in the format's own metadata (``<title>`` of a page), else ``None``.
        metadata: Further metadata (``<meta>`` fields of a page), by lower-case name.
        places: Finds exact places in ``text``; ``None`` if those of the blocks are exact already.
        text: The text of the source, if exact places are found in it.
        links: Links in reading order, for pages that only lead to a report.
        notes: Remarks for people on how it was read (rows that were hidden, a program that converted it).
        data: The report itself as plain data, if the source is a canonical report; blocks are empty then.
    """

    name: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    title: str | None = None
    metadata: Mapping[str, str] = MappingProxyType({})
    places: Places | None = None
    text: str = ""
    links: tuple[Link, ...] = ()
    notes: tuple[Text, ...] = ()
    data: Mapping[str, Any] | None = None

    def refine(self, location: Location) -> Location:
        """Return the exact location of something in the document."""
        return location if self.places is None else self.places.exact(self.text, location)
