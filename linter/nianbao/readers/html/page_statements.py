"""What the tags, the styles and the style sheets of a page state of its words, and the elements that it is stated for.

What a page states is looked for in its source first, since most pages state nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from nianbao.model.lazy_pattern import deferred
from nianbao.readers.html.colours import ground_of, paint_of, unseen_colours
from nianbao.readers.html.effects import effects_of
from nianbao.readers.html.style_sheets import RuleIndex, StyleSheets, declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.readers.html.colours import Colour, Paint
    from nianbao.readers.html.style_sheets import StyleRule

_MAX_STYLE_CHARS = 2000
MARKING_TAGS = ("sup", "sub", "s", "strike", "del", "rt", "rp")
_STYLES = re.compile(rb"style[^>]*+")  # the styles of tags, which a page has few different ones of
_COLOURED = re.compile(rb"color\s*+=\s*+[\"']?+\s*+[#\w]{1,20}")
_PATTERNS = (  # a word that is found fast, and a pattern for what may hide, raise or move words
    ("line-through", deferred(r"line-through")),
    ("vertical-align", deferred(r"vertical-align\s*+:\s*+(?:su[pb]|-?[.\d]*[.1-9])")),
    ("visibility", deferred(r"visibility\s*+:\s*+[hc]")),
    (
        "overflow",
        deferred(r"(?:height|width)\s*+:\s*+[01](?:\.0*+)?(?:p[tx])?+\s*+(?:[;\"'!]|$)|indent\s*+:\s*+\d{3}"),
    ),
    ("font", deferred(r"font(?:-size)?\s*+:[^;]{0,20}?(?<![\d.])(?:0|\.\d|1(?:\.0+)?p[tx])")),
    ("opacity", deferred(r"opacity\s*+[:(]\s*+(?:0|\.|\d%)")),
    ("position", deferred(r"position\s*+:\s*+[af]|(?<![\w-])(?:top|bottom|left|right)\s*+:\s*+-?\.?\d")),
    ("-indent", deferred(r"-indent\s*+:\s*+-\d{2}")),
    ("clip", deferred(r"clip")),
    ("transform", deferred(r"transform\s*+:\s*+[tms]")),
    ("font-variant", deferred(r"font-variant[^:;]*+:\s*+su")),
    ("margin-left", deferred(r"margin-left\s*+:\s*+-\d{3}")),
)
_AT_AN_EDGE = deferred(r"vertical-align\s*+:\s*+(?:t(?:op|ext)|bottom)")  # which small words are raised by
_NOT_DISPLAYED = deferred(r"display\s*+:\s*+none")
_GROUNDS = ("background-color", "background")
_FILL = "-webkit-text-fill-color"


class Statements(NamedTuple):
    """What a page states of formats.

    Attributes:
        by_tag: Whether it has tags for them.
        inline: Whether its tags have styles for them.
        colours: The colours in which words may not be seen.
        sheets: Its style sheets.
        rules: Their rules that may hide, raise or move words, or give them such a colour.
    """

    by_tag: bool
    inline: bool
    colours: frozenset[Colour | None]
    sheets: StyleSheets
    rules: tuple[StyleRule, ...] = ()

    def __bool__(self) -> bool:
        return self.by_tag or self.inline or bool(self.colours) or bool(self.rules)


def stated_styles(lowered: bytes) -> str:
    """Return the different styles of the tags of a page, by its source in lower case."""
    return b";".join(set(_STYLES.findall(lowered))).decode("utf-8", "replace")


def stated_formats(root: Any, lowered: bytes, *, styles: str) -> Statements:
    """Return what a page states of formats.

    Args:
        root: Its tree.
        lowered: Its source in lower case.
        styles: The styles of its tags.
    """
    sheets = StyleSheets(root)
    colours = unseen_colours(";".join((styles, *_colours_of_tags(lowered), *sheets.declarations(_is_coloured))))
    by_tag = next(root.iter(*MARKING_TAGS), None) is not None
    rules = sheets.rules_that(
        lambda style: _matters(style, colours),
        lambda text: may_matter(text) or hides(text) or (bool(colours) and _is_coloured(text)),
    )
    return Statements(by_tag, may_matter(styles), colours, sheets, tuple(rules))


def may_matter(styles: str) -> bool:
    """Whether styles in lower case may hide, raise or move words."""
    return any(word in styles and pattern.search(styles) is not None for word, pattern in _PATTERNS) or (
        "font-size" in styles and _AT_AN_EDGE.search(styles) is not None
    )


def hides(styles: str) -> bool:
    """Whether styles in lower case say that something takes no place."""
    return "display" in styles and _NOT_DISPLAYED.search(styles) is not None


def sets_display(styles: str) -> bool:
    """Whether styles in lower case say what place something takes."""
    return "display" in styles


def _is_coloured(styles: str) -> bool:
    return "color" in styles or "background" in styles


def _colours_of_tags(lowered: bytes) -> set[str]:
    """Return the attributes of tags for colours and grounds."""
    found = {lowered[match.start() - len(b"bg") : match.end()] for match in _COLOURED.finditer(lowered)}
    return {attribute.decode("utf-8", "replace") for attribute in found}


def _matters(style: Mapping[str, str], colours: frozenset[Colour | None]) -> bool:
    """Whether declarations may hide, raise or move words of some element, or give them one of the colours."""
    if effects_of(style) | effects_of(style, block=True):
        return True
    if not colours:
        return False
    return any(paint is not None and paint.colour in colours for paint in (colour_in(style), ground_in(style)))


def colour_in(style: Mapping[str, str]) -> Paint | None:
    """Return the colour that a style states for words; ``None`` if it states none."""
    written = style.get(_FILL) or style.get("color")
    return paint_of(written) if written else None


def ground_in(style: Mapping[str, str]) -> Paint | None:
    """Return the colour that a style states for the ground; ``None`` if it states none, or a picture."""
    return next((ground_of(style[name]) for name in _GROUNDS if name in style), None)


def states_ground(style: Mapping[str, str]) -> bool:
    """Whether a style states a ground."""
    return any(name in style for name in _GROUNDS)


def candidates(root: Any, statements: Statements) -> Iterator[Any]:
    """Give the elements for which something is stated; some of them more than once."""
    if statements.inline or statements.colours:
        colours = statements.colours
        for element in root.iter():
            style = element.get("style")
            if (
                element.tag in MARKING_TAGS
                or (style is not None and _is_stated(style, colours))
                or (colours and (element.get("color") is not None or element.get("bgcolor") is not None))
            ):
                yield element
    elif statements.by_tag:
        yield from root.iter(*MARKING_TAGS)
    if statements.rules:
        yield from _ruled(root, statements)


@lru_cache(maxsize=512)
def _is_stated(style: str, colours: frozenset[Colour | None]) -> bool:
    return _matters(declared(style[:_MAX_STYLE_CHARS]), colours)


def _ruled(root: Any, statements: Statements) -> Iterator[Any]:
    """Give the elements that a rule matches, or may match."""
    fits = statements.sheets.fits
    index = RuleIndex(statements.rules)
    narrow = not index.by_tag and not index.others
    for element in root.iterfind(".//*[@class]") if narrow else root.iter(etree.Element):
        if any(fits(rule, element) is not False for rule in index.near(element)):
            yield element
        if statements.sheets.is_exhausted:
            break
