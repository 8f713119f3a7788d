"""Pages: prose and tables in reading order, as sites, Word and WPS write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Document, Paragraph, Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.grid import Grid
from nianbao.readers.places import RECORDED, HtmlPlaces
from nianbao.readers.refusals import MAX_CELLS, TOO_DEEP, TOO_MANY_CELLS

if TYPE_CHECKING:
    from nianbao.model.document import Block

_MAX_DEPTH = 240
_LAYOUT_CELLS = 6
_LAYOUT_TEXT = 300
_NEEDLE = 24
_CELL_TAG = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_MEDIA = ("iframe", "svg", "object", "math", "audio", "video", "canvas")
_DROPPED = frozenset(("script", "style", "noscript", "template", "select", "textarea", "head", *_MEDIA))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
_PARTS = ("html", "body", "div", "section", "article", "main", "aside", "header", "footer", "nav", "details", "summary")
_RUNS = ("p", "br", "hr", "center", "blockquote", "pre", "form", "fieldset", "address", "figure", "figcaption")
_BLOCKS = frozenset((*_LISTS, *_TABLES, *_PARTS, *_RUNS, *_HEADINGS))
_NO_PAGE = Text(
    "像网页，但读不出内容；请在浏览器里打开，另存为网页再检查",
    "looks like a page, but nothing can be read from it: open it in a browser, save it as a page and check that",
)


def read_html(text: str, name: str, *, sha256: str) -> Document:
    """Read a page.

    Raises:
        InputError: no page can be made of the text, or it has more table cells than any report.
    """
    if len(_CELL_TAG.findall(text)) > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    # Bytes in a known encoding: what the page declares of its own no longer matters.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("unreadable-page", _NO_PAGE) from error
    if root is None:
        raise InputError("unreadable-page", _NO_PAGE)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _too_deep()
    walk = _Walk()
    walk.enter(root, 0)
    walk.flush()
    title = root.findtext(".//title")
    return Document(
        name=name,
        format="html",
        sha256=sha256,
        blocks=tuple(walk.blocks),
        title=" ".join(title.split()) if title else None,
        metadata=_metadata(root),
        refine=HtmlPlaces(text, walk.counts),
    )


def _too_deep() -> InputError:
    return InputError("too-deep", TOO_DEEP)


def _metadata(root: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("name") or meta.get("property")
        content = meta.get("content")
        if key and content:
            fields.setdefault(key.lower(), content)
    return fields


class _Walk:
    """Walks over a page once, in document order, and makes blocks of it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.counts: dict[str, int] = dict.fromkeys(RECORDED, 0)
        self.tables = 0
        self.pieces: list[str] = []
        self.heading = 0
        self.last = ("", 0, 0)
        self.place: Location | None = None

    def enter(self, element: Any, depth: int) -> None:
        """Take an element and all inside it."""
        if depth > _MAX_DEPTH:
            raise _too_deep()
        tag = element.tag
        if tag in _DROPPED or _is_hidden(element):
            self.pass_over(element)
            return
        self.count(element)
        if tag == "table" and self.take_table(element):
            return
        if tag not in _BLOCKS:
            self.inside(element, depth)
            return
        self.flush()
        self.heading = _HEADINGS.get(tag, self.heading)
        self.inside(element, depth)
        self.flush()
        if tag in _HEADINGS:
            self.heading = 0

    def inside(self, element: Any, depth: int) -> None:
        """Take the text and the elements inside an element."""
        if element.text:
            self.write(element.text)
        for child in element:
            self.enter(child, depth + 1)
            if child.tail:
                self.write(child.tail)

    def count(self, element: Any) -> None:
        tag = element.tag
        if tag in self.counts:
            self.counts[tag] += 1
            self.last = (tag, self.counts[tag], element.sourceline or 0)

    def pass_over(self, element: Any) -> None:
        for inner in element.iter(*RECORDED):
            self.count(inner)

    def write(self, text: str) -> None:
        if self.place is None and (needle := text.strip()):
            self.place = self.here(needle)
        self.pieces.append(text)

    def here(self, needle: str) -> Location:
        tag, number, line = self.last
        return Location(line=line or None, anchor=_anchor(tag, number, needle))

    def flush(self) -> None:
        """End the paragraph under way."""
        if self.pieces:
            text = " ".join("".join(self.pieces).replace("\u200b", "").split())
            if text and self.place is not None:
                self.blocks.append(Paragraph(text, self.place, self.heading))
            self.pieces, self.place = [], None

    def take_table(self, table: Any) -> bool:
        """Take a table of data as one block; leave a table that only lays out the page to the walk."""
        if table.find(".//table") is not None or _lays_out(table):
            return False
        self.flush()
        grid = Grid()
        cells: list[TableCell] = []
        for inner in table.iter("caption"):
            self.write("".join(inner.itertext()))
        self.flush()
        for child in table.iter(*RECORDED):
            if child is not table:
                self.count(child)
            if child.tag == "tr":
                grid.new_row()
            elif child.tag in ("td", "th"):
                cells.append(self.cell(child, grid))
        if cells:
            self.tables += 1
            self.blocks.append(Table(tuple(grid.bounded(cells)), "grid", cells[0].location))
        return True

    def cell(self, element: Any, grid: Grid) -> TableCell:
        pieces: list[str] = []
        _gather(element, pieces)
        text = "".join(pieces).strip()
        spot = grid.place(element.get("rowspan"), element.get("colspan"))
        needle = next((piece.strip() for piece in pieces if piece.strip()), "")
        place = Location(
            line=element.sourceline,
            table=self.tables + 1,
            row=spot.row + 1,
            cell=spot.number,
            anchor=_anchor(element.tag, self.counts[element.tag], needle),
        )
        return TableCell(text, spot.row, spot.column, spot.rowspan, spot.colspan, place)


def _anchor(tag: str, number: int, text: str) -> str:
    """Name a place for ``HtmlPlaces``: start tag, its number, and the first words behind it."""
    return f"{tag}:{number}:{text.splitlines()[0][:_NEEDLE].strip() if text else ''}"


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return bool(style) and "none" in style and "display:none" in style.replace(" ", "").lower()


def _gather(element: Any, pieces: list[str], depth: int = 0) -> None:
    """Collect the text of a cell; a line or paragraph inside it begins on a new line."""
    if depth > _MAX_DEPTH:
        raise _too_deep()
    if element.text:
        pieces.append(element.text)
    for child in element:
        tag = child.tag
        if tag in _BLOCKS:
            pieces.append("\n")
        if tag not in _DROPPED:
            _gather(child, pieces, depth + 1)
        if child.tail:
            pieces.append(child.tail)


def _lays_out(table: Any) -> bool:
    """Whether a table without tables inside holds prose rather than data: few cells, one of them a page of text."""
    cells = table.findall(".//td") if len(table) < 50 else []
    if not 0 < len(cells) <= _LAYOUT_CELLS:
        return False
    return any(sum(len(text) for text in cell.itertext()) > _LAYOUT_TEXT for cell in cells) or any(
        cell.find(f".//{heading}") is not None for cell in cells for heading in _HEADINGS
    )
