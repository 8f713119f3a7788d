"""Comments: each note in the part for comments, and its range and reference mark in the text."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.editing.marking import mark_office
from nianbao.editing.note_words import AUTHOR, INITIALS, word_date, words_of
from nianbao.editing.office import numbered
from nianbao.editing.signs import write_text
from nianbao.editing.word.ranges import PROPERTIES, RUN, before, behind, quoted, top_of
from nianbao.editing.word.tree import WordText, outside_boxes
from nianbao.model.own_work import ANNOTATED_COPY, OwnWork
from nianbao.readers.word.xml_names import W

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.containers.zipped import Zipped
    from nianbao.editing.editor import Note
    from nianbao.editing.word.tree import WordPlace

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STARTS, _ENDS, _MARK = W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
_ID = W + "id"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SIZE = "18"  # half points
_FLAT = {"left": "0", "right": "0", "firstLine": "0", "leftChars": "0", "rightChars": "0", "firstLineChars": "0"}
_CLOSE = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}


def commented(zipped: Zipped, notes: Sequence[Note]) -> bytes:
    """Return a Word file with a comment for each note.

    Raises:
        InputError: the file cannot be read, or has a digital signature.
    """
    text = WordText(zipped)
    if not notes:
        return zipped.data
    comments = _Comments(text)
    for note in notes:
        _mark(text, text.nearest(note.location), quote=note.quote, number=comments.add(note))
    comments.put()
    mark_office(text.parts, OwnWork(ANNOTATED_COPY))
    return text.packed()


class _Comments:
    """The part with a file's comments, including existing ones; new ids continue from the highest id."""

    def __init__(self, text: WordText) -> None:
        self._parts = text.parts
        self._text = text.name
        self._name = self._parts.linked(text.name, "comments")
        root = self._parts.tree(self._name) if self._name else None
        self._is_new = root is None
        space = _STRICT if _STRICT.encode() in self._parts.read(text.name) else W[1:-1]
        self._root = etree.Element(f"{{{space}}}comments", nsmap={"w": space}) if root is None else root
        self._space = f"{{{etree.QName(self._root).namespace or space}}}"
        marks = text.root.iter(_STARTS, _ENDS, _MARK)
        written = [
            *(element.get(_ID) for element in marks),
            *(element.get(f"{self._space}id") for element in self._root),
        ]
        self._last = max(numbered(iter(written)), default=-1)

    def add(self, note: Note) -> str:
        """Add a comment, and return its id."""
        self._last += 1
        dated = {} if note.day is None else {"date": word_date(note.day)}
        comment = self._under(self._root, "comment", id=str(self._last), author=AUTHOR, **dated, initials=INITIALS)
        words = words_of(note)
        for place, line in enumerate((words.title, *words.lines)):
            paragraph = self._under(comment, "p")
            properties = self._under(paragraph, "pPr")
            self._under(properties, "spacing", **_CLOSE)
            self._under(properties, "ind", **_FLAT)
            self._under(properties, "jc", val="left")
            if not place:
                self._under(self._under(paragraph, "r"), "annotationRef")
            run = self._under(paragraph, "r")
            own = self._under(run, "rPr")
            if not place:
                self._under(own, "b")
            self._under(own, "sz", val=_SIZE)
            self._under(own, "szCs", val=_SIZE)
            write_text(self._under(run, "t"), line)
        return str(self._last)

    def put(self) -> None:
        """Put the part into the file, with its type and its link if it is new."""
        if self._is_new and not self._name:
            self._name = self._parts.free(posixpath.join(posixpath.dirname(self._text), "comments{}.xml"), first="")
            self._parts.declare(self._name, _KIND)
            self._parts.link(self._text, self._name, kind="comments")
        self._parts.put_tree(self._name, self._root)

    def _under(self, parent: Any, name: str, **attributes: str) -> Any:
        own = {self._space + key: value for key, value in attributes.items()}
        return etree.SubElement(parent, self._space + name, own)


def _mark(text: WordText, place: WordPlace, *, quote: str, number: str) -> None:
    """Put the range of a comment around its text, and its reference mark behind the text."""
    paragraphs = place.own_paragraphs()
    first, last = outside_boxes(paragraphs[0]), outside_boxes(paragraphs[-1])
    in_box = first is not paragraphs[0]
    passage = quoted(paragraphs, quote, styles=text.styles) if quote and not in_box else None
    start, end = text.root.makeelement(_STARTS, {_ID: number}), text.root.makeelement(_ENDS, {_ID: number})
    mark = text.root.makeelement(RUN)
    etree.SubElement(mark, _MARK, {_ID: number})
    if passage is None:
        first.insert(
            next((at for at, child in enumerate(first) if child.tag not in {PROPERTIES, _STARTS}), len(first)), start
        )
        last.extend((end, mark))
        return
    parent, index = behind(passage[1])
    parent.insert(index, end)
    top_of(end).addnext(mark)
    parent, index = before(passage[0])
    parent.insert(index, start)
