"""A Word file to be changed: its text as a tree, and the elements at its places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.containers.package import serialised
from nianbao.editing.office import opened
from nianbao.model.document import Paragraph, Picture
from nianbao.readers.word.body import WordWalk
from nianbao.readers.word.stylesheet import Styles
from nianbao.readers.word.table_grid import spots
from nianbao.readers.word.word_parts import STRICT, open_word
from nianbao.readers.word.xml_names import PARAGRAPH, TABLE, TEXT_BOX, inner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.containers.zipped import Zipped
    from nianbao.model.location import Location

Spot = tuple[int, int, int]


class WordPlace(NamedTuple):
    """The content of a place: its paragraphs, its text as it is read, and the cell, if it is one."""

    held: tuple[Any, ...]
    text: str
    cell: Any = None

    def own_paragraphs(self) -> tuple[Any, ...]:
        """Return its paragraphs; a cell without its own paragraphs gets one."""
        if not self.held and self.cell.find(PARAGRAPH) is None:
            self.cell.append(self.cell.makeelement(PARAGRAPH))
        return self.held or (self.cell.find(PARAGRAPH),)


class WordText:
    """The text of a Word file as a tree, with places as the reader counts them.

    Args:
        zipped: The file.

    Raises:
        InputError: it cannot be read, or has a digital signature.
    """

    def __init__(self, zipped: Zipped) -> None:
        self.parts = opened(zipped)
        package = open_word(zipped)
        self.name = package.name
        self.root = package.document
        self.styles = Styles(package.styles)
        self._prose: dict[int, WordPlace] = {}
        self._cells: dict[Spot, WordPlace] = {}
        for piece in WordWalk(package):
            block = piece.block
            if isinstance(block, Paragraph):
                number = block.location.paragraph or 0
                text = f"{self._prose[number].text}\n{block.text}" if number in self._prose else block.text
                self._prose[number] = WordPlace(piece.elements, text)
            elif isinstance(block, Picture):
                holding = next(piece.elements[0].iterancestors(PARAGRAPH), None)
                if holding is not None and block.location.paragraph:
                    self._prose.setdefault(block.location.paragraph, WordPlace((holding,), ""))
            else:
                for cell, element in zip(block.cells, piece.elements, strict=True):
                    self._cells[_spot(cell.location)] = WordPlace(_own(element), cell.text, element)

    def cell(self, location: Location) -> WordPlace | None:
        """Return the content of a cell; ``None`` if there is no such cell."""
        return self._cells.get(_spot(location))

    def prose(self, location: Location) -> WordPlace | None:
        """Return the content of a paragraph outside tables; ``None`` if there is no such paragraph."""
        return self._prose.get(location.paragraph or 0)

    def nearest(self, location: Location) -> WordPlace:
        """Return the content of a place, else of the beginning of its row, its table or the text."""
        if location.paragraph in self._prose:
            return self._prose[location.paragraph]
        places: Mapping[Spot, WordPlace] = self._cells
        spot = _spot(location)
        for known in (3, 2, 1):
            nearest_place = next((place for key, place in places.items() if key[:known] == spot[:known]), None)
            if nearest_place is not None:
                return nearest_place
        return self.beginning()

    def beginning(self) -> WordPlace:
        """Return the first visible paragraph or cell of the file."""
        every = (*self._prose.values(), *self._cells.values())
        return next(iter(every), WordPlace((self.root.find(f".//{PARAGRAPH}"),), ""))

    def packed(self) -> bytes:
        """Return the file with the changed text, in the original edition of the standard."""
        made = serialised(self.root)
        written = self.parts.read(self.name)
        for strict, usual in STRICT:
            if strict in written and usual not in written:
                made = made.replace(usual, strict)
        self.parts.put(self.name, made)
        return self.parts.packed()


def paragraphs_of(cell: Any) -> Iterator[Any]:
    """Give the paragraphs of a cell, including those of inner tables."""
    for child in inner(cell):
        if child.tag == PARAGRAPH:
            yield child
        elif child.tag == TABLE:
            for spot in spots(child):
                yield from paragraphs_of(spot.element)


def outside_boxes(paragraph: Any) -> Any:
    """Return a paragraph; for one in a text box, the paragraph of the box, since comments are not allowed in boxes."""
    box = None
    for ancestor in paragraph.iterancestors(TEXT_BOX):
        box = ancestor
    return paragraph if box is None else next(box.iterancestors(PARAGRAPH), paragraph)


def _own(cell: Any) -> tuple[Any, ...]:
    """Return the paragraphs of a cell that are not in an inner table."""
    return tuple(child for child in inner(cell) if child.tag == PARAGRAPH)


def _spot(location: Location) -> Spot:
    return location.table or 0, location.row or 0, location.cell or 0
