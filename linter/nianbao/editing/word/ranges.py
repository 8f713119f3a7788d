"""Ranges of text in paragraphs: runs are split at the ends of a range, and nothing else changes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from nianbao.editing.signs import Sign, write_text
from nianbao.readers.html.anchors import INVISIBLE
from nianbao.readers.word.runs import inline
from nianbao.readers.word.xml_names import PARAGRAPH, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readers.word.stylesheet import Styles

RUN, TEXT, RUN_PROPERTIES, PROPERTIES = W + "r", W + "t", W + "rPr", W + "pPr"
_MAX_NUMBER_CHARS = 60


def signs(paragraph: Any, styles: Styles) -> Iterator[Sign]:
    """Give the visible characters of a paragraph as it is read, with their elements."""
    for text, element in inline(paragraph, styles).pieces:
        for offset, char in enumerate(text):
            if not INVISIBLE.match(char):
                yield Sign(char, element, offset)


def quoted(paragraphs: Sequence[Any], quote: str, *, styles: Styles) -> tuple[Sign, Sign] | None:
    """Return the first and the last character of a quoted text; ``None`` if it is not found.

    White space does not count. A number from a list is not part of the paragraph's own text.
    """
    visible = [sign for paragraph in paragraphs for sign in signs(paragraph, styles) if not sign.char.isspace()]
    text = "".join(sign.char for sign in visible)
    wanted = "".join(INVISIBLE.sub("", quote).split())
    for skipped in range(min(len(wanted), _MAX_NUMBER_CHARS)):
        start = text.find(wanted[skipped:]) if not skipped or text.startswith(wanted[skipped:]) else -1
        if start >= 0:
            return visible[start], visible[start + len(wanted) - skipped - 1]
    return None


def before(sign: Sign) -> tuple[Any, int]:
    """Return the insertion point directly before a character: the parent, and the index in it."""
    run = run_of(sign.element)
    if sign.element.getparent() is run:
        run = _split(run, sign.element, sign.offset)
    return run.getparent(), run.getparent().index(run)


def behind(sign: Sign) -> tuple[Any, int]:
    """Return the insertion point directly after a character."""
    run = run_of(sign.element)
    if sign.element.getparent() is run:
        _split(run, sign.element, sign.offset + 1)
    return run.getparent(), run.getparent().index(run) + 1


def top_of(element: Any) -> Any:
    """Return the child of the paragraph that is or contains an element."""
    while (parent := element.getparent()) is not None and parent.tag != PARAGRAPH:
        element = parent
    return element


def run_of(element: Any) -> Any:
    """Return the outermost run (or formula) of the paragraph that contains an element."""
    top = element
    for ancestor in element.iterancestors():
        if ancestor.tag == PARAGRAPH:
            break
        if ancestor.tag == RUN or not str(ancestor.tag).startswith(W):
            top = ancestor
    return top


def _split(run: Any, element: Any, offset: int) -> Any:
    """Split a run before a character of one of its children; return the run that begins with the character.

    If there is nothing before the character, that is the run itself; if nothing is after it, the run before it.
    """
    text = (element.text or "") if element.tag == TEXT else " "
    content = [child for child in run if child.tag != RUN_PROPERTIES]
    at = content.index(element)
    if offset >= len(text):
        at, offset = at + 1, 0
    if (at == 0 and offset == 0) or at == len(content):
        return run
    second = run.makeelement(RUN, run.attrib)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        second.append(copy.deepcopy(properties))
    if offset:
        rest = copy.copy(element)
        write_text(element, text[:offset])
        write_text(rest, text[offset:])
        second.append(rest)
        at += 1
    second.extend(content[at:])
    run.addnext(second)
    return second
