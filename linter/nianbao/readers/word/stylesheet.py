"""Styles: headings, hidden, struck-out and raised text, and numbered paragraphs."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from nianbao.readers.word.xml_names import W, number, switched, value

_MAX_HEADING_LEVEL = 6
_MAX_BASE_STYLES = 30
_WHITE_FILLS = frozenset(("AUTO", "FFFFFF"))
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])|(title|标题|文档标题)", re.IGNORECASE)


class WordStyle(NamedTuple):
    """The properties of a style, including those of its bases; ``None`` for a property that is not set.

    Attributes:
        heading: Level from 1 to 6, 0 for a style that is not a heading.
        hidden: Whether its text is not shown.
        list_id: Id of the list that numbers its paragraphs, "0" for no list.
        list_level: Level in that list, from 0.
        raised: Whether its text is in superscript or subscript.
        struck: Whether its text is struck out.
    """

    heading: int | None = None
    hidden: bool | None = None
    list_id: str | None = None
    list_level: int | None = None
    raised: bool | None = None
    struck: bool | None = None

    def over(self, base: WordStyle) -> WordStyle:
        """Return the style with its missing properties filled from its base."""
        own = {name: setting for name, setting in self._asdict().items() if setting is not None}
        return base._replace(**own)


class Styles:
    """The styles of a file, by id; an unknown style has no properties.

    Args:
        root: The tree of the part that defines them, if there is one.
        has_formats: Whether the text of the file, or a style, has formats such as superscript.

    Attributes:
        has_formats: The same.
    """

    def __init__(self, root: Any, *, has_formats: bool = True) -> None:
        self.has_formats = has_formats
        self._known: dict[str, WordStyle] = {}
        self._elements: dict[str, Any] = {}
        self._default = ""
        for style in root.iter(W + "style") if root is not None else ():
            style_id = style.get(W + "styleId", "")
            self._elements.setdefault(style_id, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}:
                self._default = style_id

    def __getitem__(self, style_id: str) -> WordStyle:
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id)
        return self._known[style_id]

    def of(self, properties: Any) -> tuple[str, WordStyle]:
        """Return a paragraph's style and its id, by the paragraph's properties."""
        style_id = value(properties, "pStyle") or self._default
        return style_id, self[style_id]

    def heading(self, properties: Any) -> int:
        """Return the level of a heading, 0 for any other paragraph."""
        own = _outline(properties)
        return (self.of(properties)[1].heading or 0) if own is None else own

    def fills(self, style_id: str) -> bool:
        """Whether a style of tables gives cells a ground that is not white."""
        element = self._elements.get(style_id)
        return element is not None and any(map(is_ground, element.iter(W + "shd")))

    def _resolved(self, style_id: str) -> WordStyle:
        """Gather the properties of a style and its bases; the first style that sets a property decides."""
        style = WordStyle()
        seen: set[str] = set()
        element = self._elements.get(style_id)
        while element is not None and len(seen) < _MAX_BASE_STYLES and style_id not in seen:
            seen.add(style_id)
            style = style.over(_own_style(element))
            style_id = value(element, "basedOn") or ""
            element = self._elements.get(style_id)
        return style


def _own_style(element: Any) -> WordStyle:
    """Return the properties of a style without its bases."""
    properties, run = element.find(W + "pPr"), element.find(W + "rPr")
    listed = None if properties is None else properties.find(W + "numPr")
    heading = _outline(properties)
    if heading is None and element.get(W + "type", "paragraph") == "paragraph":
        names = (value(element, "name") or "", element.get(W + "styleId", ""))
        match = next(filter(None, map(_HEADING.fullmatch, names)), None)
        heading = min(int(match[1] or 1), _MAX_HEADING_LEVEL) if match else None
    return WordStyle(
        heading,
        switched(run, "vanish"),
        value(listed, "numId"),
        number(listed, "ilvl", most=8),
        raised_of(run),
        struck_of(run),
    )


def _outline(properties: Any) -> int | None:
    """Return the outline level; 0 for body text, ``None`` if it is not set."""
    level = number(properties, "outlineLvl", most=9)
    return None if level is None else 0 if level == 9 else min(level + 1, _MAX_HEADING_LEVEL)


def raised_of(properties: Any) -> bool | None:
    """Whether properties of text set it in superscript or subscript; ``None`` if they do not say it."""
    written = value(properties, "vertAlign")
    return None if written is None else written in {"superscript", "subscript"}


def struck_of(properties: Any) -> bool | None:
    """Whether properties of text strike it out; ``None`` if they do not say it."""
    said = [switched(properties, name) for name in ("strike", "dstrike")]
    return None if said == [None, None] else any(said)


def is_ground(shade: Any) -> bool:
    """Whether a shading is not white."""
    fill = shade.get(W + "fill", "auto")
    return fill.upper() not in _WHITE_FILLS or shade.get(W + "val", "clear") not in {"clear", "nil"}
