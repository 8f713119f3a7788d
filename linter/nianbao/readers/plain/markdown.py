"""Marks of Markdown inside a text: escapes, emphasis, strikethrough, superscript, links and the like, and tags."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.document import Paragraph, Table
from nianbao.readers.left_out import RAISED, STRUCK, LeftOut, is_marked, marked
from nianbao.readers.plain.inline_marks import (
    escaped,
    has_picture,
    may_show_another,
    seen,
    without_pictures,
    without_spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.document import Block, TableCell
    from nianbao.model.location import Location
    from nianbao.readers.left_out import Format

_ATTRIBUTES = re.compile(r"\[([^\[\]]*)\]\{([^{}\n]*)\}")  # words with attributes
_DELETED = ".deletion"
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)
_MAY_HAVE_MARKS = re.compile(r"[\\_*~^&<`${]|\[\^|\][{(\[]|==|\+\+|\[\[")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]+)~~|<(?:s|del|strike)>([^<\n]*)</(?:s|del|strike)>", re.IGNORECASE)
_RAISED = re.compile(
    r"(?<=\S)\^([\dA-Za-z*,，注\[\]()（）]{1,8})\^|(?<=\d)~(\d{1,2})~(?!\d)|<su[pb]>([^<\n]*)</su[pb]>"
    r"|\[\^([^\]\s]{1,20})\](?!:)",
    re.IGNORECASE,
)
_EMPHASIS = (
    re.compile(r"(?<![A-Za-z0-9_])__(?=[^\s_])([^_\n]*[^\s_])__(?!_)"),
    re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]*[^\s_])_(?![\w_])"),
    re.compile(r"\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*"),
    re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]*[^\s*])\*(?!\*)"),
    re.compile(r"(?<!=)==(?=[^\s=])([^=\n]*[^\s=])==(?!=)"),
    re.compile(r"(?<!\+)\+\+(?=[^\s+])([^+\n]*[^\s+])\+\+(?!\+)"),
)
_TAG = re.compile(
    r"</?(?:ins|u|b|i|em|strong|mark|small|big|code|center|font|kbd|samp|var|tt|abbr|bd[io])(?:\s[^<>\n]{0,200})?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|lt|gt|amp|quot|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_GAP = "、"  # in prose, where white space inside figures does not count
_MAX_QUOTED_CHARS = 40

_ONLY_PICTURE = Text("只有一张图片，读不出里面的数", "has only a picture, whose figures cannot be read")
_NOT_MADE_OUT = Text(
    "写的是“{text}”，其中的标记没有认出，分不清显示成什么",
    "says “{text}”, with marks that were not made out: what it shows cannot be told",
)


def may_have_marks(text: str) -> bool:
    """Whether a text may have marks of Markdown."""
    return _MAY_HAVE_MARKS.search(text) is not None


def without_emphasis(text: str, *, gap: str = " ") -> str:
    """Return a text of one or several lines without escapes and emphasis, its words marked with their formats.

    Args:
        text: The text.
        gap: What is put between figures that a link, code or a picture parts.
    """
    plain = _without_marks(text, gap)
    if "<" in plain or "![" in plain:
        plain = _TAG.sub("", without_pictures(plain, gap=gap))
    return seen(_ENTITY.sub(lambda match: unescape(match[0]), plain) if "&" in plain else plain)


def as_markup(text: str) -> str:
    """Return a text without escapes and emphasis as markup of a page; its tags and entities stay."""
    return escaped(_without_marks(text, _GAP))


def _without_marks(text: str, gap: str) -> str:
    """Return a text without emphasis, in which private characters stand for escaped ones."""
    hidden = without_spans(_HARD_BREAK.sub("", text), gap=gap)
    hidden = _ATTRIBUTES.sub(lambda match: marked(match[1], STRUCK) if _DELETED in match[2] else match[1], hidden)
    hidden = _STRUCK.sub(lambda match: _dressed(match, STRUCK), hidden)
    hidden = _RAISED.sub(lambda match: _dressed(match, RAISED), hidden)
    for pattern in _EMPHASIS:
        hidden = pattern.sub(r"\1", hidden)
    return hidden


def _dressed(match: re.Match[str], format_: Format) -> str:
    return marked(next(words for words in match.groups() if words is not None), format_)


def plain_blocks(blocks: Iterable[Block], source: str) -> tuple[tuple[Block, ...], tuple[Text, ...]]:
    """Return the blocks of a source without marks of Markdown, and notes on what was left out."""
    plain = _Plain(source.split("\n"))
    return tuple(plain.blocks(blocks)), plain.left_out.notes()


class _Plain:
    """Removes the marks of blocks, and counts what is left out.

    Args:
        lines: The lines of the source.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.left_out = LeftOut()

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, Table):
                yield block._replace(cells=tuple(map(self.cell, block.cells)))
            elif isinstance(block, Paragraph) and may_have_marks(block.text):
                text = without_emphasis(block.text, gap=_GAP)
                if is_marked(text):
                    text = self.left_out.read_prose(text, block.location)
                if words := " ".join(text.split()):
                    yield block._replace(text=words, location=self.place(block.location, words))
            else:
                yield block

    def cell(self, cell: TableCell) -> TableCell:
        if not may_have_marks(cell.text):
            return cell
        text, doubt = without_emphasis(cell.text).strip(), None
        if is_marked(text):
            text, doubt = self.left_out.read_cell(text, cell.location)
        if not text and has_picture(cell.text):
            doubt = _ONLY_PICTURE
        elif doubt is None and may_show_another(text):
            doubt = _NOT_MADE_OUT.format(text=text[:_MAX_QUOTED_CHARS])
        return cell._replace(text=text, doubt=doubt, location=self.place(cell.location, text))

    def place(self, location: Location, text: str) -> Location:
        """Return the place of the first character of a text, which may stand behind marks."""
        if location.line is None or location.column is None or not text:
            return location
        line, begin = self.lines[location.line - 1], location.column - 1
        at = max(line.find(text, begin), 0) or line.find(text[0], begin)
        return location if at < 0 else location._replace(column=at + 1)
