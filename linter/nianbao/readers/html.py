"""Pages: prose and tables in reading order, as sites, Word and WPS write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Document, Link, Paragraph, Table, TableCell
from nianbao.model.location import Location
from nianbao.readers.elements import BLOCKS, CELLS, DROPPED, GROUPS, HEADINGS, RECORDED
from nianbao.readers.grid import Grid
from nianbao.readers.places import INVISIBLE, OPENING, HtmlPlaces, anchor
from nianbao.readers.refusals import MAX_CELLS, MAX_TAGS, TOO_DEEP, TOO_MANY_ATTRIBUTES, TOO_MANY_CELLS, TOO_MANY_TAGS

if TYPE_CHECKING:
    from nianbao.model.document import Block

_MAX_DEPTH = 240
_LAYOUT_CELLS = 6
_LAYOUT_TEXT = 300
_MAX_LINE = 65535  # the tree counts no further
_CELL_TAG = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_HIDDEN = (re.compile(r"hidden[\s=>/]"), re.compile("HIDDEN"))
_CROWD = 1000
_LARGE = 256 * 1024
_ATTRIBUTE = r"""[\s/]++[^\s/>=]{1,200}+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]{{0,200}}+(?:{_ATTRIBUTE}){{0,{_CROWD - 1}}}+(?P<more>{_ATTRIBUTE})?+")
_NO_PAGE = Text(
    "像网页，但读不出内容；请在浏览器里打开，另存为网页再检查",
    "looks like a page, but nothing can be read from it: open it in a browser, save it as a page and check that",
)


def read_html(text: str, name: str, *, sha256: str) -> Document:
    """Read a page.

    Raises:
        InputError: no page can be made of the text, or it has more table cells than any report.
    """
    _refuse_flood(text)
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
    title = root.findtext(".//title")
    metadata = _metadata(root)
    links = _links(root)
    hidden = _hidden(root) if _may_hide(text) else frozenset()
    _keep_blocks(root, hidden)
    walk = _Walk(hidden)
    walk.enter(root, 0)
    walk.flush()
    return Document(
        name=name,
        format="html",
        sha256=sha256,
        blocks=tuple(walk.blocks),
        title=" ".join(title.split()) if title else None,
        metadata=metadata,
        refine=HtmlPlaces(text, walk.counts),
        links=links,
    )


def _refuse_flood(text: str) -> None:
    """Refuse a page with more in it than any report has, before a tree is made of it.

    Raises:
        InputError: too many cells, tags, or attributes of one tag (they would take the parser minutes).
    """
    if text.count("<") > MAX_CELLS and len(_CELL_TAG.findall(text)) > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    if text.count("<") > MAX_TAGS:
        raise InputError("too-many-tags", TOO_MANY_TAGS.format(limit=MAX_TAGS))
    if len(text) > _LARGE and any(
        match["more"] and not _in_script(text, match) for match in _ATTRIBUTES.finditer(text)
    ):
        raise InputError("too-many-attributes", TOO_MANY_ATTRIBUTES.format(limit=_CROWD))


def _in_script(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a tag stands in a script, where a comparison may look like one."""
    return text.rfind("<script", 0, match.start()) > text.rfind("</script", 0, match.start())


def _too_deep() -> InputError:
    return InputError("too-deep", TOO_DEEP)


def _may_hide(text: str) -> bool:
    """Whether a page may have elements that are not shown; told from its source, which is far faster than its tree."""
    if any(pattern.search(text) for pattern in _HIDDEN):
        return True
    hits = (match.start() for word in ("none", "NONE", "None") for match in re.finditer(word, text))
    return any("display" in text[max(0, start - 20) : start].lower() for start in hits)


def _hidden(root: Any) -> frozenset[Any]:
    """Return the elements that are not shown; a page hidden as a whole is shown by its script."""
    found = root.xpath("//*[@hidden or contains(@style, 'isplay') or contains(@style, 'ISPLAY')]")
    return frozenset(
        element
        for element in found
        if element.tag not in ("html", "body")
        and (element.get("hidden") is not None or "display:none" in "".join(element.get("style", "").split()).lower())
    )


def _keep_blocks(root: Any, hidden: frozenset[Any]) -> None:
    """Dissolve all elements that are neither blocks nor dropped, so that each text of the tree is whole."""
    for element in hidden:
        if element.tag not in BLOCKS:
            element.tag = "template"
    names = {element.tag for element in root.iter()} - BLOCKS - DROPPED
    if names:
        etree.strip_tags(root, *names)


def _metadata(root: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("name") or meta.get("property")
        content = meta.get("content")
        if key and content:
            fields.setdefault(key.lower(), content)
    return fields


def _links(root: Any) -> tuple[Link, ...]:
    """Return where the page leads, in reading order."""
    return tuple(
        Link(element.get("href"), " ".join("".join(element.itertext()).split()))
        for element in root.iter("a")
        if element.get("href")
    )


class _Walk:
    """Walks over a page once, in document order, and makes blocks of it."""

    def __init__(self, hidden: frozenset[Any]) -> None:
        self.hidden = hidden
        self.fresh = False
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
        if tag in DROPPED or element in self.hidden:
            self.pass_over(element)
            return
        self.count(element)
        if tag == "table" and self.take_table(element):
            return
        self.flush()
        self.heading = HEADINGS.get(tag, self.heading)
        self.inside(element, depth)
        self.flush()
        if tag in HEADINGS:
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
            self.fresh = True
            self.last = (tag, self.counts[tag], element.sourceline or 0)

    def pass_over(self, element: Any) -> None:
        for inner in element.iter(*RECORDED):
            self.count(inner)

    def write(self, text: str) -> None:
        if self.place is None:
            if text.isspace():
                return
            tag, number, line = self.last
            self.place = Location(_line(line), anchor=anchor(tag, number, text=text, later=not self.fresh))
            self.fresh = False
        self.pieces.append(text)

    def flush(self) -> None:
        """End the paragraph under way."""
        if self.pieces:
            text = " ".join(INVISIBLE.sub("", "".join(self.pieces)).split())
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
        self.take_loose(table)
        hidden = self.hidden_in(table)
        for child in table.iter(*RECORDED, *GROUPS):
            tag = child.tag
            if child is not table:
                self.count(child)
            if hidden and child in hidden:
                continue
            if tag == "tr":
                grid.new_row()
            elif tag in CELLS:
                cells.append(self.cell(child, tag, grid))
            elif tag in GROUPS:
                grid.new_group()
        self.fresh = False
        if cells:
            self.tables += 1
            self.blocks.append(Table(tuple(grid.bounded(cells)), "grid", cells[0].location))
        return True

    def take_loose(self, table: Any) -> None:
        """Take a table's caption, and what stands between its cells by mistake, as paragraphs before it."""
        for element in table.iter("caption", "table", "tr", *GROUPS):
            caption = element.tag == "caption"
            for text in element.itertext() if caption else (element.text, *(child.tail for child in element)):
                if text and not text.isspace():
                    self.write(text)
                    if not caption:
                        self.flush()
            self.flush()

    def hidden_in(self, table: Any) -> set[Any]:
        """Return the rows and cells of a table that are not shown, and all inside them."""
        if not self.hidden:
            return set()
        parts = table.iter("tr", "td", "th", *GROUPS)
        return {inner for part in parts if part in self.hidden for inner in part.iter()}

    def cell(self, element: Any, tag: str, grid: Grid) -> TableCell:
        pieces: list[str] = []
        _gather(element, pieces, self.hidden)
        text = _cell_text("".join(pieces))
        spot = grid.place(element.get("rowspan"), element.get("colspan"))
        # A run of text ends with its line: the first line of the cell is what stands behind its tag.
        first = text.split("\n", 1)[0] if "\n" in text else text
        mark = f"{tag}:{self.counts[tag]}:{first[:OPENING]}"
        place = Location(_line(element.sourceline), None, self.tables + 1, spot.row + 1, spot.number, mark)
        return TableCell(text, spot.row, spot.column, spot.rowspan, spot.colspan, place)


def _line(line: int | None) -> int | None:
    return line if line and line < _MAX_LINE else None


def _cell_text(gathered: str) -> str:
    """Fold white space within each line of a cell, and drop its empty lines."""
    text = (gathered if gathered.isascii() else INVISIBLE.sub("", gathered)).strip()
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _gather(element: Any, pieces: list[str], hidden: frozenset[Any], depth: int = 0) -> None:
    """Collect the text of a cell; what is a line or block of its own gets line ends around it."""
    if depth > _MAX_DEPTH:
        raise _too_deep()
    if element.text:
        pieces.append(element.text.replace("\n", " "))
    for child in element:
        block = child.tag not in DROPPED and child not in hidden
        if block:
            pieces.append("\n")
            _gather(child, pieces, hidden, depth + 1)
            pieces.append("\n")
        if child.tail:
            pieces.append(child.tail.replace("\n", " "))


def _lays_out(table: Any) -> bool:
    """Whether a table without tables inside holds prose rather than data: few cells, one of them a page of text."""
    cells = table.findall(".//td") if len(table) < 50 else []
    if not 0 < len(cells) <= _LAYOUT_CELLS:
        return False
    return any(sum(len(text) for text in cell.itertext()) > _LAYOUT_TEXT for cell in cells) or any(
        cell.find(f".//{heading}") is not None for cell in cells for heading in HEADINGS
    )
