"""The walk over the tree of a page, once and in reading order; it makes the blocks of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.messages import Text
from nianbao.model.document import Paragraph, Picture, Table
from nianbao.model.location import NOWHERE, Location
from nianbao.model.place import line_or_spot
from nianbao.readers.html.anchors import INVISIBLE, anchor
from nianbao.readers.html.data_tables import DataRows, has_figures, lays_out, line_of, strangers, too_deep
from nianbao.readers.html.elements import DROPPED, HEADINGS, MAX_DEPTH, PICTURE, RECORDED
from nianbao.readers.left_out import SIGNS, LeftOut, is_marked

if TYPE_CHECKING:
    from nianbao.model.document import Block

_NESTED = Text(
    "{where}的表格里，格子中又套着表格（{inner}），这张表的行和列分不清；请把里面的表格拆开，或用原来的 Word 文件检查",
    "a table at {where} has another one inside a cell ({inner}), so that its rows and columns cannot be told apart: "
    "take the inner one out, or check the original Word file",
)
_MAX_PICTURES_IN_A_ROW = 20
_MAX_WORDS_CHARS = 200


class PageWalk:
    """Walks over a page in document order, and makes blocks of its visible content.

    Args:
        hidden: The elements that are not shown.
        pictured: The cells with a picture that may hold the figure.
    """

    def __init__(self, hidden: frozenset[Any], pictured: frozenset[Any] = frozenset()) -> None:
        self.hidden = hidden
        self.pictured = pictured
        self.left_out = LeftOut()
        self.blocks: list[Block] = []
        self.counts: dict[str, int] = dict.fromkeys(RECORDED, 0)
        self.fresh = False
        self.tables = 0
        self.pieces: list[str] = []
        self.pictures: list[Picture] = []
        self.in_a_row = 0
        self.heading = 0
        self.last = ("", 0, 0)
        self.place: Location | None = None
        self.nested: Text | None = None

    def notes(self) -> tuple[Text, ...]:
        """Return remarks on what was not read, or not as a table."""
        return (*self.left_out.notes(), *([self.nested] if self.nested is not None else []))

    def enter(self, element: Any, depth: int = 0) -> None:
        """Read an element and all inside it.

        Raises:
            InputError: it is nested too deep.
        """
        if depth > MAX_DEPTH:
            raise too_deep()
        tag = element.tag
        if tag in DROPPED or element in self.hidden:
            for inner in element.iter(*RECORDED):
                self.count(inner.tag, inner)
        elif tag == PICTURE:
            self.pictures.append(_picture(element))
        else:
            self.count(tag, element)
            if tag != "table" or not self.take_table(element, depth):
                self.take_block(element, depth)

    def take_block(self, element: Any, depth: int) -> None:
        """Read a block element: it ends the paragraph before it, and its own paragraph ends with it."""
        tag = element.tag
        self.flush()
        self.heading = HEADINGS.get(tag, self.heading)
        if text := element.text:
            self.write(text)
        for child in element:
            self.enter(child, depth + 1)
            if text := child.tail:
                self.write(text)
        self.flush()
        if tag in HEADINGS:
            self.heading = 0

    def count(self, tag: str, element: Any) -> None:
        """Count a start tag, if places are found by its name."""
        if tag in self.counts:
            self.counts[tag] = number = self.counts[tag] + 1
            self.last = (tag, number, element.sourceline or 0)
            self.fresh = True

    def write(self, text: str) -> None:
        """Add text to the current paragraph, or begin one."""
        if self.place is None:
            if text.isspace():
                return
            tag, number, line = self.last
            words = SIGNS.sub("", text) if is_marked(text) else text
            self.place = Location(line_of(line), anchor=anchor(tag, number, text=words, later=not self.fresh))
            self.fresh = False
        self.pieces.append(text)

    def flush(self) -> None:
        """End the current paragraph; its pictures follow it."""
        if self.pieces:
            text = " ".join(INVISIBLE.sub("", "".join(self.pieces)).split())
            if is_marked(text):
                text = " ".join(self.left_out.read_prose(text, self.place or NOWHERE).split())
            if text and self.place is not None:
                self.add(Paragraph(text, self.place, self.heading))
            self.pieces, self.place = [], None
        if self.pictures:
            pictures, self.pictures = self.pictures[: _MAX_PICTURES_IN_A_ROW - self.in_a_row], []
            self.in_a_row += len(pictures)
            self.blocks += pictures

    def add(self, block: Block) -> None:
        """Add prose or a table."""
        self.blocks.append(block)
        self.in_a_row = 0

    def take_table(self, table: Any, depth: int) -> bool:
        """Read a table of data as one block; the walk goes into a table that only lays out the page."""
        strange = strangers(table)
        inner = None if strange else next(table.iterdescendants("table"), None)
        if inner is not None and self.nested is None and has_figures(table):
            where, within = (line_or_spot(Location(line_of(part.sourceline))) for part in (table, inner))
            self.nested = _NESTED.format(where=where, inner=within)
        if inner is not None or (not strange and lays_out(table)):
            return False
        self.flush()
        rows = DataRows(self.tables + 1, self.counts, self.hidden, self.left_out)
        rows.pictured = self.pictured
        rows.take(table, strange[0] if strange else None)
        for text in rows.loose:
            self.write(text)
            self.flush()
        self.last, self.fresh = (rows.latest.tag, self.counts[rows.latest.tag], rows.latest.sourceline or 0), False
        if rows.cells:
            self.tables += 1
            cells = tuple(rows.grid.bounded(rows.cells))
            self.add(Table(cells, "grid", cells[0].location, frozenset(rows.broken)))
        if strange:
            for element in strange:
                self.enter(element, depth + 1)
                self.write(element.tail or "")
        else:
            self.pictures += map(_picture, table.iter(PICTURE))
        self.flush()
        return True


def _picture(element: Any) -> Picture:
    return Picture(" ".join(element.get("alt", "").split())[:_MAX_WORDS_CHARS], Location(line_of(element.sourceline)))
