"""A source as a reader gives it: prose, tables and pictures in reading order, each with its place."""

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
    """A run of prose. ``heading`` is the level that the format itself gives it (1 to 6), 0 for none."""

    text: str
    location: Location = NOWHERE
    heading: int = 0


class TableCell(NamedTuple):
    """One cell of a table as it stands in the source, spans included.

    ``row`` and ``column`` are its place in the expanded grid, from 0; in a table of ragged lines, where spans are not
    known, ``column`` is its place in the line.
    """

    text: str
    row: int = 0
    column: int = 0
    rowspan: int = 1
    colspan: int = 1
    location: Location = NOWHERE


class Table(NamedTuple):
    """A table: its cells in reading order, each once.

    ``shape`` says how far the source can be trusted: ``grid`` has true rows, columns and spans (HTML); ``lines`` has
    true rows, but spans are lost (a text line a row); ``flow`` has neither (a dump with a cell a line): every cell has
    row 0 and its number in the flow as column.
    """

    cells: tuple[TableCell, ...]
    shape: TableShape = "grid"
    location: Location = NOWHERE


class Picture(NamedTuple):
    """A picture among the blocks, whose words no program reads; ``words`` is what the source says of it."""

    words: str = ""
    location: Location = NOWHERE


class Link(NamedTuple):
    """A link of a page: the address as written, and the words it stands under."""

    address: str
    words: str = ""


Block = Paragraph | Table | Picture


class Places(Protocol):
    """Finds exact places where these cost a second look at the text of a source; plain data, without that text."""

    def exact(self, text: str, location: Location) -> Location:
        """Return the exact location in the text of the source; the same one where it cannot be told."""
        ...


class Document(NamedTuple):
    """What a reader made of one source.

    Attributes:
        name: The path or address as the user gave it; ``-`` for standard input.
        format: Id of the reader's format: ``text``, ``html``, …
        sha256: Hash of the bytes read, hexadecimal.
        blocks: Paragraphs, tables and pictures in reading order.
        title: The title that the format itself carries (``<title>`` of a page), else ``None``.
        metadata: The source's own data about itself (``<meta>`` fields of a page), by lower-case name.
        places: What finds exact places in ``text``; ``None`` where those of the blocks are exact already.
        text: The text of the source, where exact places are found in it.
        links: Links in reading order, for pages that only lead to a report.
        notes: What people should know of how it was read (rows that were hidden, a program that converted it).
        data: The report itself as plain data, where the source is a canonical report; blocks are empty then.
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
