"""New paragraphs of web pages: with the tags of the paragraph before, else behind a line break."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.editing.pagesigns import signs_of_run, squeezed, words
from nianbao.editing.place_words import no_paragraph
from nianbao.editing.source_text import Edit
from nianbao.readers.html.elements import BLOCKS
from nianbao.readers.html.scanner import TOKEN

if TYPE_CHECKING:
    from nianbao.editing.editor import Addition
    from nianbao.editing.source_text import SourceText

_PARAGRAPH = "p"
_HEADING = re.compile("h[1-6]")
_ID = re.compile(r"""\s+(?:id|name)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_INDENT = re.compile(r"(?:[\u3000\u2002\u2003\u00a0]|&nbsp;|&emsp;|&ensp;|&#12288;)*+", re.IGNORECASE)
_MAX_WRAP_CHARS = 2000  # of the tags around the text of a paragraph
_MAX_SOURCE_CHARS = 20_000  # between the text of a paragraph and the next block


def added(source: SourceText, addition: Addition) -> Edit:
    """Return the edit that puts a paragraph behind another one.

    Raises:
        InputError: the place is not known, or has another text.
    """
    text, at = source.text, source.offset(addition.location)
    signs = [] if at is None else signs_of_run(text, at)
    if not signs or not words(signs).startswith(squeezed(addition.after)):
        raise no_paragraph(addition.location)
    begin, end = signs[0].begin, signs[len(squeezed(addition.after)) - 1].end
    block = next(
        (match for match in TOKEN.finditer(text, end, end + _MAX_SOURCE_CHARS) if _name(match) in BLOCKS), None
    )
    behind = end if block is None else block.start()
    closed = _name(block) if block is not None and block["slash"] else ""
    opening = _opening(text, begin)
    own = addition.text
    indent = _INDENT.match(text, max(opening.end() if opening else 0, begin - _MAX_WRAP_CHARS))
    lead = indent[0] if indent else ""
    if block is None or opening is None or closed != _name(opening) or not _is_own(closed):
        return Edit(behind, behind, f"<br>{lead}{escape(own)}")
    if closed != _PARAGRAPH:
        return Edit(block.end(), block.end(), f"<p>{escape(own)}</p>")
    before, after = _wrapping(text[opening.end() : begin], text[end : block.start()])
    made = f"{_ID.sub('', opening[0])}{before}{lead if not before else ''}{escape(own)}{after}</{_PARAGRAPH}>"
    return Edit(block.end(), block.end(), made)


def _is_own(name: str) -> bool:
    """Whether elements of a name hold one paragraph."""
    return name == _PARAGRAPH or _HEADING.fullmatch(name) is not None


def _opening(text: str, begin: int) -> re.Match[str] | None:
    """Return the last tag of a block before a position."""
    blocks = [match for match in TOKEN.finditer(text, 0, begin) if _name(match) in BLOCKS]
    return blocks[-1] if blocks and not blocks[-1]["slash"] else None


def _wrapping(before: str, behind: str) -> tuple[str, str]:
    """Return the tags around the text of a paragraph if each that opens before it closes behind it, else nothing."""
    opened, closed = list(TOKEN.finditer(before)), list(TOKEN.finditer(behind))
    names = [_name(match) for match in opened if not match["slash"]]
    fits = len(before) <= _MAX_WRAP_CHARS and names == [_name(match) for match in reversed(closed) if match["slash"]]
    if not fits or len(names) != len(opened) or len(names) != len(closed):
        return "", ""
    return _ID.sub("", before), "".join(match[0] for match in closed)


def _name(match: re.Match[str]) -> str:
    return (match["name"] or "").lower()
