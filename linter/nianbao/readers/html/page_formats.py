"""Superscript and the like, strikethrough and unseen words of a page, as its tags and inline styles state them.

Nothing is known of style sheets. What a page states is looked for in its source first, since most pages state nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.readers.html.elements import BLOCKS
from nianbao.readers.left_out import FAINT, RAISED, STRUCK, UNSEEN, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.readers.left_out import Format

_MAX_LOOKED_AT = 200
_TAGS: Mapping[str, Format] = {"sup": RAISED, "sub": RAISED, "s": STRUCK, "strike": STRUCK, "del": STRUCK}
_WORDS = (b"line-through", b"font-size:0", b"font-size: 0")  # of inline styles; plain words are found fastest
_PATTERNS = (
    re.compile(rb"vertical-align\s*:\s*su[pb]"),
    re.compile(rb"color\s*[:=]\s*[\"']?(?:#fff|white|rgb\(\s*255)"),
)
_HIDDEN = b"hidden"
_VISIBILITY = re.compile(rb"visibility\s*:\s*hidden")
_STATED = re.compile(r"line-through|visibility|vertical-align|font-size|color", re.IGNORECASE)
_ZERO = re.compile(r"[0.]+(?:[a-z]+|%)?")
_WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)"))
_NO_GROUND = frozenset(("transparent", "inherit", "initial", "none", "", *_WHITE))
_GROUNDS = ("background", "background-color")
_PLAIN_PARTS = frozenset(("p", "table", "tbody", "thead", "tfoot", "html", "body"))  # whose classes seldom colour them
_ORDER: tuple[Format, ...] = (FAINT, RAISED, STRUCK, UNSEEN)  # a later one counts where several meet


def may_have_formats(root: Any, lowered: bytes) -> bool:
    """Whether a page may state formats that matter for reading, by its tags and by its source in lower case."""
    if next(root.iter(*_TAGS), None) is not None or any(word in lowered for word in _WORDS):
        return True
    if any(_is_stated(pattern, lowered) for pattern in _PATTERNS):
        return True
    return _HIDDEN in lowered and _is_stated(_VISIBILITY, lowered)


def _is_stated(pattern: re.Pattern[bytes], lowered: bytes) -> bool:
    """Whether a pattern matches inside a tag, and not only in a style sheet."""
    for number, match in enumerate(pattern.finditer(lowered)):
        start = match.start()
        inside = lowered.rfind(b"<", 0, start) > lowered.rfind(b">", 0, start)
        if (inside and lowered[start - 1 : start] != b"-") or number >= _MAX_LOOKED_AT:
            return True
    return False


def mark_formats(root: Any) -> None:
    """Mark the words of a page that have another format than the usual one."""
    found: dict[Format, list[Any]] = {format_: [] for format_ in _ORDER}
    shown: list[Any] = []
    for element in _candidates(root):
        style = _style_of(element)
        if style.get("visibility") == "visible":
            shown.append(element)
        for format_ in _formats_of(element, style):
            found[format_].append(element)
    formats: dict[Any, Format] = {}
    for format_ in _ORDER:
        for element in found[format_]:
            if formats.get(element) != format_:  # else it is inside one of the same format
                formats |= dict.fromkeys(element.iter(), format_)
    for element in shown:
        for inner in element.iter():
            if formats.get(inner) == UNSEEN:
                del formats[inner]
    _write(formats)


def _candidates(root: Any) -> Iterator[Any]:
    """Give the elements that may state a format."""
    for element in root.iter():
        style = element.get("style")
        if element.tag in _TAGS or element.get("color") or (style is not None and _STATED.search(style)):
            yield element


def _write(formats: Mapping[Any, Format]) -> None:
    """Mark the texts of elements, and those behind elements inside them."""
    for element, format_ in formats.items():
        if text := element.text:
            element.text = marked(text, format_)
        if (tail := element.tail) and (around := formats.get(element.getparent())) is not None:
            element.tail = marked(tail, around)


def _style_of(element: Any) -> dict[str, str]:
    """Return the inline style of an element, in lower case and without white space."""
    pairs = (part.partition(":") for part in "".join(element.get("style", "").lower().split()).split(";"))
    return {name: setting.removesuffix("!important") for name, _colon, setting in pairs if setting}


def _formats_of(element: Any, style: Mapping[str, str]) -> Iterator[Format]:
    """Give the formats that an element states."""
    tag = element.tag
    align = style.get("vertical-align")
    by_tag = _TAGS.get(tag)
    if by_tag is not None and not (by_tag == RAISED and align == "baseline"):
        yield by_tag
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        yield STRUCK
    if align in {"super", "sub"} and tag not in BLOCKS:
        yield RAISED
    if style.get("visibility") in {"hidden", "collapse"} and tag not in {"html", "body"}:
        yield UNSEEN
    if _ZERO.fullmatch(style.get("font-size", "")) and not _sets_sizes(element):
        yield UNSEEN
    if (style.get("color") or element.get("color", "").strip().lower()) in _WHITE and not _on_ground(element):
        yield FAINT


def _sets_sizes(element: Any) -> bool:
    """Whether a part of an element may have a size of its own: such pages only remove gaps between their parts."""
    return any(
        inner is not element and ("font" in inner.get("style", "").lower() or inner.get("class") or inner.get("size"))
        for inner in element.iter()
    )


def _on_ground(element: Any) -> bool:
    """Whether an element may stand on a ground that is not white: one that is stated, or one of a style sheet."""
    for part in (element, *element.iterancestors()):
        style = _style_of(part)
        grounds = [style.get(name, "") for name in _GROUNDS] + [part.get("bgcolor", "").strip().lower()]
        if any(ground not in _NO_GROUND for ground in grounds) or part.get("background"):
            return True
        if part.tag == "th" or (part.get("class") and part.tag in BLOCKS and part.tag not in _PLAIN_PARTS):
            return True
    return False
