"""Notes: their texts in the part for comments, their boxes in the drawing, and the links between the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.containers.package import tag_beside
from nianbao.editing.marking import mark_office
from nianbao.editing.note_words import AUTHOR, words_of
from nianbao.editing.sheet import shapes
from nianbao.editing.sheet.book import WorkbookParts
from nianbao.editing.sheet.sizes import Sizes
from nianbao.editing.signs import write_text
from nianbao.model.own_work import ANNOTATED_COPY, OwnWork
from nianbao.readers.sheets.parts import attribute, local
from nianbao.readers.sheets.workbook import place_of, ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.containers.package import Package
    from nianbao.containers.zipped import Zipped
    from nianbao.editing.editor import Note
    from nianbao.readers.sheets.workbook import Place, Sheet

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_LINK = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_BEHIND = frozenset(
    (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
        *("extLst", "AlternateContent"),
    )
)
_FONT = "宋体"


def noted(zipped: Zipped, notes: Sequence[Note]) -> bytes:
    """Return a workbook with a note on each cell concerned.

    Raises:
        InputError: it cannot be read or has a digital signature.
    """
    book = WorkbookParts(zipped)
    placed: dict[int, dict[Place, list[Note]]] = {}
    for note in notes:
        sheet, place = book.nearest(note.location)
        placed.setdefault(book.sheets.index(sheet), {}).setdefault(place, []).append(note)
    for number, own in placed.items():
        _Notes(book.parts, book.sheets[number]).add(own)
    if not notes:
        return zipped.data
    mark_office(book.parts, OwnWork(ANNOTATED_COPY))
    return book.parts.packed()


class _Notes:
    """The notes of a sheet, including those that exist already."""

    def __init__(self, parts: Package, sheet: Sheet) -> None:
        self._parts = parts
        self._sheet = sheet
        self._part = sheet.part
        self._root = parts.tree(self._part)
        self._name = parts.linked(self._part, "comments")
        root = parts.tree(self._name) if self._name else None
        self._comments = self._empty() if root is None else root

    def add(self, notes: Mapping[Place, Sequence[Note]]) -> None:
        """Put notes on cells, behind the texts of existing notes."""
        known = {place_of(comment.get("ref", "")): comment for comment in self._comments.iter("{*}comment")}
        author = self._author()
        listed = self._comments.find("{*}commentList")
        if listed is None:
            listed = self._under(self._comments, "commentList")
        shown: dict[Place, list[str]] = {}
        for place, own in notes.items():
            comment = known.get(place)
            if comment is None:
                comment = self._under(listed, "comment", ref=ref(*place), authorId=author)
            self._say(comment, own)
            shown[place] = "".join(text.text or "" for text in comment.iter("{*}t")).split("\n")
        if not self._name:
            self._name = self._parts.free("xl/comments{}.xml", first="1")
            self._parts.declare(self._name, _COMMENTS)
            self._parts.link(self._part, self._name, kind="comments")
        self._parts.put_tree(self._name, self._comments)
        self._draw(shown)

    def _empty(self) -> Any:
        space = etree.QName(self._root).namespace
        return self._root.makeelement(tag_beside(self._root, "comments"), nsmap={None: space} if space else {})

    def _author(self) -> str:
        """Return the number of the author, who is added to the list if needed."""
        authors = self._comments.find("{*}authors")
        if authors is None:
            authors = self._comments.makeelement(tag_beside(self._comments, "authors"))
            self._comments.insert(0, authors)
        names = [author.text for author in authors]
        if AUTHOR not in names:
            self._under(authors, "author").text = AUTHOR
        return str(names.index(AUTHOR) if AUTHOR in names else len(names))

    def _say(self, comment: Any, notes: Iterable[Note]) -> None:
        text = comment.find("{*}text")
        if text is None:
            text = self._under(comment, "text")
        for plain in text.findall("{*}t"):  # runs must not follow text outside of runs
            run = plain.makeelement(tag_beside(comment, "r"))
            plain.addprevious(run)
            run.append(plain)
        for note in notes:
            words = words_of(note)
            begun = "\n\n" if len(text) else ""
            self._run(text, begun + words.title, bold=True)
            if words.lines:
                self._run(text, "\n" + "\n".join(words.lines), bold=False)

    def _run(self, text: Any, words: str, *, bold: bool) -> None:
        run = self._under(text, "r")
        look = self._under(run, "rPr")
        if bold:
            self._under(look, "b")
        self._under(look, "sz", val="9")
        self._under(look, "color", indexed="81")
        self._under(look, "rFont", val=_FONT)
        self._under(look, "charset", val="134")
        write_text(self._under(run, "t"), words)

    def _draw(self, shown: Mapping[Place, Sequence[str]]) -> None:
        """Put boxes into the drawing for notes, large enough for their lines."""
        mark = self._root.find("{*}legacyDrawing")
        links = {link.id: link.target for link in self._parts.relations(self._part)}
        name = "" if mark is None else links.get(attribute(mark, "id"), "")
        drawing = self._parts.read(name) if name else b""
        is_new = not drawing
        drawing = drawing or shapes.EMPTY
        if is_new:
            name = self._parts.free("xl/drawings/vmlDrawing{}.vml", first="1")
        sizes = Sizes(self._root, self._sheet.spans)
        boxes = {place: sizes.beside(place, lines) for place, lines in shown.items()}
        self._parts.put(name, shapes.with_boxes(drawing, boxes, name=name))
        if is_new:
            self._parts.declare_ending("vml", _DRAWING)
            self._mark(self._parts.link(self._part, name, kind="vmlDrawing"), mark)

    def _mark(self, link: str, mark: Any) -> None:
        """Refer to the drawing for notes in the sheet, at the position that the standard requires."""
        space = _STRICT_LINK if self._parts.is_strict else _LINK
        if mark is None:
            mark = self._root.makeelement(tag_beside(self._root, "legacyDrawing"), nsmap={"r": space})
            kept = [number for number, child in enumerate(self._root) if local(child.tag) not in _BEHIND]
            self._root.insert(kept[-1] + 1 if kept else 0, mark)
        mark.attrib.clear()
        mark.set(f"{{{space}}}id", link)
        self._parts.put_tree(self._part, self._root)

    def _under(self, parent: Any, name: str, **attributes: str) -> Any:
        return etree.SubElement(parent, tag_beside(self._comments, name), attributes)
