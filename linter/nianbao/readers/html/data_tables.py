"""Tables in the tree of a page: whether they contain data, and their cells."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from nianbao.containers.limits import TOO_DEEP
from nianbao.errors import InputError
from nianbao.model.document import TableCell
from nianbao.model.location import Location
from nianbao.readers.html.anchors import INVISIBLE, OPENING
from nianbao.readers.html.cell_contents import IN_PICTURE
from nianbao.readers.html.elements import CELLS, GROUPS, HEADINGS, MAX_DEPTH, SILENT
from nianbao.readers.html.grid import Grid
from nianbao.readers.left_out import UNSEEN, is_marked, marked, without_unseen

if TYPE_CHECKING:
    from nianbao.readers.left_out import LeftOut

_MAX_LINE = 65535  # the tree does not count further
_PARTS = frozenset(("table", "tr", "caption", *GROUPS))
_LAYOUT_CELLS = 6
_LAYOUT_TEXT = 300
_FIGURES = 12  # in cells of their own: a layout has fewer
_LINE_END = "\x1d"  # of a separate line or block; a line feed of the source is ordinary white space
_MAX_CACHED_CHARS = 200  # longer texts of cells are not kept in the cache


def too_deep() -> InputError:
    """Return the error for a page that is nested too deep."""
    return InputError("too-deep", TOO_DEEP)


def lays_out(table: Any) -> bool:
    """Whether a table without inner tables contains prose rather than data: few cells, one of them with long text."""
    cells = list(islice(table.iter("td"), _LAYOUT_CELLS + 1))
    return len(cells) <= _LAYOUT_CELLS and any(
        sum(map(len, cell.itertext())) > _LAYOUT_TEXT or next(cell.iter(*HEADINGS), None) is not None for cell in cells
    )


def has_figures(table: Any) -> bool:
    """Whether a table with other ones inside has rows of figures of its own."""
    cells = (cell for rows in ("tr/td", "tbody/tr/td") for cell in table.iterfind(rows))
    figures = (cell for cell in cells if len(cell) <= 1 and "".join(cell.itertext()).strip().isdecimal())
    return len(list(islice(figures, _FIGURES))) == _FIGURES


def strangers(table: Any) -> list[Any]:
    """Return the blocks that follow the rows of a table inside it, because its end tag is lost.

    Such a table has another one between its rows, and not in a cell, as a table that lays out a page has.
    """
    if next(table.iterdescendants("table"), None) is None:
        return []
    last: list[Any] = []
    for element in _strange(table, [], cells=True):
        if element.tag in CELLS:
            last.clear()
        else:
            last.append(element)
    return last if any(element.tag == "table" for element in last) else []


def _strange(part: Any, found: list[Any], *, cells: bool = False) -> list[Any]:
    """Add the elements between the cells of a table that are no part of it, in order, and the cells if asked for."""
    for child in part:
        tag = child.tag
        if tag in CELLS:
            if cells:
                found.append(child)
        elif tag == "table":
            found.append(child)
        elif tag in _PARTS:
            _strange(child, found, cells=cells)
        elif isinstance(tag, str) and tag not in SILENT:
            if next(child.iter("tr", *CELLS), None) is None:
                found.append(child)
            else:  # such as a form around the rows
                _strange(child, found, cells=cells)
    return found


class DataRows:
    """The rows of a table of data, read in one pass over its elements.

    Attributes:
        cells: The cells, each with its position in the grid.
        loose: The caption, and text that is between the cells by mistake.
        broken: The rows with such text.
        latest: The last element whose start tag was counted.
        pictured: The cells with a picture that may hold the figure.
    """

    def __init__(self, number: int, counts: dict[str, int], hidden: frozenset[Any], left_out: LeftOut) -> None:
        self.number = number
        self.counts = counts
        self.hidden = hidden
        self.left_out = left_out
        self.grid = Grid()
        self.cells: list[TableCell] = []
        self.loose: list[str] = []
        self.broken: set[int] = set()
        self.latest: Any = None
        self.pictured: frozenset[Any] = frozenset()

    def take(self, table: Any, until: Any = None) -> None:
        """Read the whole table, or its part before an element; its own start tag has been counted already."""
        counts, latest = self.counts, table
        strange = set(_strange(table, [])) - self.hidden
        unseen = _unseen(table, self.hidden)
        self.take_loose(table.text)
        for element in table.iterdescendants():
            if element is until:
                break
            tag = element.tag
            if tag in counts:
                counts[tag] += 1
                latest = element
            if (tail := element.tail) and not tail.isspace() and element.getparent().tag in _PARTS:
                self.take_loose(tail)
            if unseen and element in unseen:
                continue
            if strange and element in strange:
                self.take_loose("".join(element.itertext()))
            elif tag in CELLS:
                self.cells.append(self.cell(element, tag))
            elif tag in _PARTS:
                self.take_part(element, tag)
        self.latest = latest

    def take_part(self, element: Any, tag: str) -> None:
        """Read a row, a group of rows, or the caption."""
        if tag == "caption":
            if text := "".join(text for text in element.itertext() if not text.isspace()):
                self.loose.append(text)
            return
        if tag == "tr":
            self.grid.new_row()
        else:
            self.grid.new_group()
        self.take_loose(element.text)

    def take_loose(self, text: str | None) -> None:
        """Read text of a table that is outside its cells."""
        if text and not text.isspace():
            self.loose.append(text)
            if self.grid.row >= 0:
                self.broken.add(self.grid.row)

    def cell(self, element: Any, tag: str) -> TableCell:
        """Return a cell, with the anchor for its exact place."""
        text = _words(element, self.hidden)
        row, column, rowspan, colspan, number = self.grid.place(element.get("rowspan"), element.get("colspan"))
        words = without_unseen(text) if is_marked(text) else text
        mark = f"{tag}:{self.counts[tag]}:{words[:OPENING]}"
        place = Location(line_of(element.sourceline), None, self.number, row + 1, number, mark)
        picture = IN_PICTURE if self.pictured and element in self.pictured else None
        if words is text:
            return TableCell(text, row, column, rowspan, colspan, place, picture)
        shown, doubt = self.left_out.read_cell(text, place)
        return TableCell(shown, row, column, rowspan, colspan, place, doubt or picture)


def line_of(line: int | None) -> int | None:
    """Return the line of an element, if the tree has it."""
    return line if line and line < _MAX_LINE else None


def _unseen(table: Any, hidden: frozenset[Any]) -> set[Any]:
    """Return the rows and cells of a table that are not shown, and all elements inside them."""
    if not hidden:
        return set()
    parts = table.iter("tr", "td", "th", *GROUPS)
    return {inner for part in parts if part in hidden for inner in part.iter()}


def _words(cell: Any, hidden: frozenset[Any]) -> str:
    """Return the text of a cell, with a line for each separate line or block.

    Raises:
        InputError: it is nested too deep.
    """
    gathered: str = cell.text or ""
    if len(cell):
        pieces: list[str] = []
        _gather(cell, pieces, hidden)
        gathered = "".join(pieces)
    return _folded_before(gathered) if len(gathered) <= _MAX_CACHED_CHARS else _folded(gathered)


def _gather(element: Any, pieces: list[str], hidden: frozenset[Any], depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise too_deep()
    if text := element.text:
        pieces.append(text)
    child = element[0] if len(element) else None
    while child is not None:  # from sibling to sibling is twice as fast as "for", and most cells have one child
        if child.tag not in SILENT and child not in hidden:
            pieces.append(_LINE_END)
            _gather(child, pieces, hidden, depth + 1)
            pieces.append(_LINE_END)
        elif child in hidden:
            pieces.append(marked(" ".join("".join(child.itertext()).split()), UNSEEN))
        if text := child.tail:
            pieces.append(text)
        child = child.getnext()


def _folded(gathered: str) -> str:
    """Fold white space within each line, and drop empty lines."""
    lines = INVISIBLE.sub("", gathered).split(_LINE_END)
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


_folded_before = lru_cache(maxsize=4096)(_folded)  # all reports have the same figures and labels
