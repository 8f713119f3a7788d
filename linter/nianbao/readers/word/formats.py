"""The formats of words in a Word file that matter for reading: superscript and the like, strikethrough, white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.readers.left_out import FAINT, RAISED, STRUCK, UNSEEN, marked
from nianbao.readers.word.stylesheet import is_ground, raised_of, struck_of
from nianbao.readers.word.xml_names import CELL, MATH, PARAGRAPH, TABLE, W, value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nianbao.readers.left_out import Format
    from nianbao.readers.word.stylesheet import Styles, WordStyle

_PROPERTIES = W + "rPr"
_TEXT, _COLOR, _VAL = W + "t", W + "color", W + "val"
_RAISED_MATH = tuple(f"{MATH}{name}" for name in ("sup", "sub"))
_TAGS = (*(W + name for name in ("vertAlign", "strike", "dstrike", "position")), *_RAISED_MATH)
_WHITE = "FFFFFF"
_MIN_RISE = 4  # half points; programs shift lines by less to align them
_MAX_RISE = 10_000


def has_formats(root: Any) -> bool:
    """Whether a part of a Word file has any format that matters for reading; there may be no such part."""
    if root is None:
        return False
    return next(root.iter(*_TAGS), None) is not None or any(map(_says_white, root.iter(_COLOR)))


def with_formats(
    pieces: Sequence[tuple[str, Any]], style: WordStyle, *, styles: Styles, unseen: Collection[Any] = ()
) -> str:
    """Return the text of a paragraph's pieces, with marks around words of another format than the usual one.

    Args:
        pieces: Parts of the text, each with its element.
        style: The style of the paragraph.
        styles: The styles of the file.
        unseen: The elements of hidden texts.
    """
    made = ""
    rises = [_rise(element) for text, element in pieces if text.strip()]
    level = rises[0] if len(set(rises)) == 1 else 0
    for text, element in pieces:
        if element in unseen:
            made += marked(text, UNSEEN)
            continue
        format_ = _format_of(element, style, styles) if element.tag == _TEXT else None
        lifted = abs(_rise(element) - level) >= _MIN_RISE
        if format_ is None and (lifted or next(element.iterancestors(*_RAISED_MATH), None) is not None):
            format_ = RAISED
        made += "\n".join(marked(line, format_) for line in text.split("\n"))
    return made


def _format_of(element: Any, style: WordStyle, styles: Styles) -> Format | None:
    """Return the format of a text: by its own properties, else by its style, else by that of its paragraph."""
    properties = element.getparent().find(_PROPERTIES)
    own = styles[style_id] if (style_id := value(properties, "rStyle")) else None
    struck, raised = struck_of(properties), raised_of(properties)
    for other in (own, style):
        if other is not None:
            struck = other.struck if struck is None else struck
            raised = other.raised if raised is None else raised
    if struck:
        return STRUCK
    if raised:
        return RAISED
    return FAINT if _is_white(properties) and not _on_ground(element, properties, styles) else None


def _rise(element: Any) -> int:
    """Return how many half points a text stands above the line; negative below it."""
    parent = element.getparent()
    written = value(None if parent is None else parent.find(_PROPERTIES), "position") or ""
    digits = written.strip().removeprefix("-")[:6]
    rise = min(int(digits), _MAX_RISE) if digits.isascii() and digits.isdigit() else 0
    return -rise if written.strip().startswith("-") else rise


def _is_white(properties: Any) -> bool:
    color = None if properties is None else properties.find(_COLOR)
    return color is not None and _says_white(color)


def _says_white(color: Any) -> bool:
    return str(color.get(_VAL, "")).upper() == _WHITE


def _on_ground(element: Any, properties: Any, styles: Styles) -> bool:
    """Whether text has a ground of its own: on itself, its paragraph or its cell, or by the style of its table."""
    if value(properties, "highlight") not in {None, "none", "white"} or _is_filled(properties):
        return True
    for parent in element.iterancestors(PARAGRAPH, CELL, TABLE):
        name = {PARAGRAPH: "pPr", CELL: "tcPr", TABLE: "tblPr"}[parent.tag]
        own = parent.find(W + name)
        if _is_filled(own) or (parent.tag == TABLE and styles.fills(value(own, "tblStyle") or "")):
            return True
    return False


def _is_filled(properties: Any) -> bool:
    """Whether properties set a ground that is not white."""
    return any(is_ground(shade) for shade in _shades(properties))


def _shades(properties: Any) -> Iterator[Any]:
    return iter(()) if properties is None else properties.iterfind(W + "shd")
