"""Superscript and the like, strikethrough and unseen words of a page, as its tags and styles state them.

What a page states is looked for in its source first, since most pages state nothing.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.readers.html.elements import BLOCKS
from nianbao.readers.html.style_sheets import class_rules, declared
from nianbao.readers.left_out import FAINT, RAISED, STRUCK, UNSEEN, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.readers.html.style_sheets import ClassRule
    from nianbao.readers.left_out import Format

_MAX_LOOKED_AT = 200
_MAX_WHITE = 1000  # elements in white whose ground is looked for
_MAX_INNER = 50  # elements inside another one that are looked at
_TAGS: Mapping[str, Format] = {"sup": RAISED, "sub": RAISED, "s": STRUCK, "strike": STRUCK, "del": STRUCK}
_HIDDEN = b"hidden"
_PATTERNS = (  # a word that is found fast, a pattern, and whether style sheets are searched for it too
    (b"line-through", re.compile(rb"line-through"), True),
    (b"vertical-align", re.compile(rb"vertical-align\s*:\s*su[pb]"), True),
    (_HIDDEN, re.compile(rb"visibility\s*:\s*hidden"), True),
    (b"font-size:0", re.compile(rb"font-size:0"), False),
    (b"font-size: 0", re.compile(rb"font-size: 0"), False),
    (b"color", re.compile(rb"color\s*[:=]\s*[\"']?(?:#fff|white|rgb\(\s*255)"), False),
)
_STATED = re.compile(r"line-through|visibility|vertical-align|font-size|color", re.IGNORECASE)
_ZERO = re.compile(r"[0.]+(?:[a-z]+|%)?")
_WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)"))
_NO_GROUND = frozenset(("transparent", "inherit", "initial", "none", "", *_WHITE))
_GROUNDS = ("background", "background-color")
_PLAIN_PARTS = frozenset(("p", "table", "tbody", "thead", "tfoot", "html", "body"))  # whose classes seldom colour them
_ORDER: tuple[Format, ...] = (FAINT, RAISED, STRUCK, UNSEEN)  # a later one counts where several meet


class Statements(NamedTuple):
    """What a page states of formats.

    Attributes:
        by_tag: Whether it has tags for them.
        inline: Whether its tags have styles for them.
        rules: Rules of its style sheets for them.
    """

    by_tag: bool
    inline: bool
    rules: tuple[ClassRule, ...] = ()

    def __bool__(self) -> bool:
        return self.by_tag or self.inline or bool(self.rules)


def stated_formats(root: Any, lowered: bytes, *, says_hidden: bool = True) -> Statements:
    """Return what a page states of formats, by its tags and its source in lower case.

    Args:
        root: Its tree.
        lowered: Its source.
        says_hidden: Whether the source says hidden anywhere.
    """
    inline = in_sheet = False
    for word, pattern, may_be_rule in _PATTERNS:
        if (says_hidden or word != _HIDDEN) and word in lowered:
            inside, outside = _stated(pattern, lowered)
            inline = inline or inside
            in_sheet = in_sheet or (outside and may_be_rule)
    by_tag = next(root.iter(*_TAGS), None) is not None
    return Statements(by_tag, inline, class_rules(root) if in_sheet else ())


def _stated(pattern: re.Pattern[bytes], lowered: bytes) -> tuple[bool, bool]:
    """Whether a pattern matches inside a tag, and whether it matches outside, as in a style sheet."""
    outside = False
    for number, match in enumerate(pattern.finditer(lowered)):
        start = match.start()
        if lowered[start - 1 : start] == b"-":
            continue
        tag = lowered.rfind(b"<", 0, start)
        inside = tag > lowered.rfind(b">", 0, start) and lowered[tag + 1 : tag + 2].isalpha()
        if inside or number >= _MAX_LOOKED_AT:
            return True, outside
        outside = True
    return False, outside


def mark_formats(root: Any, statements: Statements) -> None:
    """Mark the words of a page that have another format than the usual one."""
    found: dict[Format, list[Any]] = {format_: [] for format_ in _ORDER}
    shown: list[Any] = []
    grounded: list[Any] = []
    for element in _candidates(root, statements):
        style = _style_of(element, statements.rules)
        if style.get("visibility") == "visible":
            shown.append(element)
        for format_ in _formats_of(element, style):
            found[format_].append(element)
        if _is_white(element, style) and len(found[FAINT]) + len(grounded) < _MAX_WHITE:
            (grounded if _on_ground(element) else found[FAINT]).append(element)
    found[UNSEEN] = _hidden(found[UNSEEN], root)
    _write(_spread(found, shown))


def _hidden(unseen: list[Any], root: Any) -> list[Any]:
    """Leave out elements with most of the text of a page, which a script shows when the page is loaded."""
    half = _length(root) / 2 if unseen else 0
    return [element for element in unseen if _length(element) <= half]


def _spread(found: Mapping[Format, list[Any]], shown: Iterable[Any]) -> dict[Any, Format]:
    """Return the formats of elements and of all inside them; those ``shown`` are seen in what is unseen."""
    formats: dict[Any, Format] = {}
    for format_ in _ORDER:
        for element in found[format_]:
            if formats.get(element) != format_:  # else it is inside one of the same format
                formats |= dict.fromkeys(element.iter(), format_)
    for element in shown:
        if formats.get(element) == UNSEEN:  # else it is inside one that is shown
            for inner in element.iter():
                formats.pop(inner, None)
    return formats


def _candidates(root: Any, statements: Statements) -> Iterator[Any]:
    """Give the elements that may state a format."""
    if statements.inline:
        for element in root.iter():
            style = element.get("style")
            if element.tag in _TAGS or element.get("color") or (style is not None and _STATED.search(style)):
                yield element
    elif statements.by_tag:
        yield from root.iter(*_TAGS)
    if names := {rule.name for rule in statements.rules}:
        yield from (element for element in root.iterfind(".//*[@class]") if names & set(element.get("class").split()))


def _write(formats: Mapping[Any, Format]) -> None:
    """Mark the texts of elements, and those behind elements inside them."""
    for element, format_ in formats.items():
        if text := element.text:
            element.text = marked(text, format_)
        if (tail := element.tail) and (around := formats.get(element.getparent())) is not None:
            element.tail = marked(tail, around)


def _style_of(element: Any, rules: Iterable[ClassRule] = ()) -> dict[str, str]:
    """Return the style of an element: that of its classes, and its own."""
    style = declared(element.get("style", ""))
    if rules and (names := element.get("class", "").split()):
        for rule in rules:
            if rule.name in names and rule.tag in {"", element.tag}:
                style = {**rule.style, **style}
    return style


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
    if style.get("visibility") in {"hidden", "collapse"}:
        yield UNSEEN
    if _ZERO.fullmatch(style.get("font-size", "")) and not _sets_sizes(element):
        yield UNSEEN


def _is_white(element: Any, style: Mapping[str, str]) -> bool:
    return (style.get("color") or element.get("color", "").strip().lower()) in _WHITE


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _sets_sizes(element: Any) -> bool:
    """Whether a part of an element may have a size of its own: such pages only remove gaps between their parts."""
    inner = list(islice(element.iterdescendants(), _MAX_INNER))
    return len(inner) == _MAX_INNER or any(
        "font" in part.get("style", "").lower() or part.get("class") or part.get("size") for part in inner
    )


def _on_ground(element: Any) -> bool:
    """Whether an element may stand on a ground that is not white: one that is stated, or one of a style sheet."""
    for part in (*islice(element.iter(), _MAX_INNER), *element.iterancestors()):
        style = _style_of(part)
        grounds = [style.get(name, "") for name in _GROUNDS] + [part.get("bgcolor", "").strip().lower()]
        if any(ground not in _NO_GROUND for ground in grounds) or part.get("background"):
            return True
        if part.tag == "th" or (part.get("class") and part.tag in BLOCKS and part.tag not in _PLAIN_PARTS):
            return True
    return False
