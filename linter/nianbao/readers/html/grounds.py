"""The colours of words of a page and of the ground under them, by the styles that hold for its elements."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from nianbao.model.lazy_pattern import deferred
from nianbao.readers.html.colours import BLACK, WHITE, Paint, paint_of
from nianbao.readers.html.elements import BLOCKS
from nianbao.readers.html.page_statements import colour_in, ground_in, states_ground

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.readers.html.colours import Colour
    from nianbao.readers.html.page_statements import Statements

_PLAIN_PARTS = frozenset(("p", "table", "tbody", "thead", "tfoot", "html", "body"))  # whose classes seldom colour them
_MAX_INNER = 50  # elements inside another one that are looked at
_LINK = Paint((0, 0, 238))
_RELATIVE = deferred(r"\d(?:em|ex|%)|inherit|smaller|larger")
_Styles = tuple[dict[str, str], list[dict[str, str]]]


class Grounds:
    """Finds the styles, the colours and the grounds of elements; each style is made once."""

    def __init__(self, statements: Statements) -> None:
        self._sheets = statements.sheets
        self._colours = statements.colours
        self._open = self._sheets.outside or not self._sheets  # to what style sheets that are not here say of classes
        self._styles: dict[Any, _Styles] = {}

    def styles(self, element: Any) -> _Styles:
        """Return the style of an element, and those that it may have instead."""
        if element not in self._styles:
            self._styles[element] = self._sheets.styles(element)
        return self._styles[element]

    def may_fade(self, style: Mapping[str, str], others: Sequence[Mapping[str, str]]) -> bool:
        """Whether one of the styles that an element may have gives its words another colour, which may be unseen."""
        own = colour_in(style)
        paints = [colour_in(other) for other in others]
        return any(paint != own and self._is_odd(paint, own) for paint in paints)

    def is_suspect(self, element: Any) -> bool:
        """Whether an element states a colour that is also one of a ground."""
        return bool(self._colours) and self._is_odd(self._colour(element), self._ground(element))

    def _is_odd(self, *paints: Paint | None) -> bool:
        return any(paint is not None and paint.colour in self._colours for paint in paints)

    def is_unseen(self, element: Any) -> bool | None:
        """Whether words of an element are in the colour of their ground; ``None`` if it cannot be told."""
        own, own_ground = self._colour(element), self._ground(element)
        if own is None and own_ground is None:
            return None
        colour = own or self._inherited(element)
        if colour is not None and colour.colour is None:
            return not any("background-clip" in name for name in self.styles(element)[0])
        ground = self._under(element)
        return None if ground is None or colour is None else colour.is_unseen_on(ground)

    def sets_sizes(self, element: Any) -> bool:
        """Whether a part of an element may have a size of its own: such pages only remove gaps between their parts."""
        inner = list(islice(element.iterdescendants(), _MAX_INNER))
        return len(inner) == _MAX_INNER or any(
            part.get("size") or (self._open and part.get("class")) or _is_sized(self.styles(part)) for part in inner
        )

    def _colour(self, element: Any) -> Paint | None:
        stated = colour_in(self.styles(element)[0])
        if stated is None and element.tag == "font":
            stated = paint_of(element.get("color", "").strip().lower())
        return stated

    def _ground(self, element: Any) -> Paint | None:
        style = self.styles(element)[0]
        return ground_in(style) if states_ground(style) else paint_of(element.get("bgcolor", "").strip().lower())

    def _inherited(self, element: Any) -> Paint | None:
        """Return the colour of the words around an element; ``None`` if it is not known."""
        for part in element.iterancestors():
            if (colour := self._colour(part)) is not None:
                return colour
            if part.tag == "a" and part.get("href"):
                return _LINK
        return None if self._open else Paint(BLACK)

    def _under(self, element: Any) -> Colour | None:
        """Return the colour of the ground under an element; ``None`` if it is not known."""
        for part in (element, *element.iterancestors()):
            style, others = self.styles(part)
            if part.get("background") or any(states_ground(other) and not states_ground(style) for other in others):
                return None
            paint = self._ground(part)
            if paint is None and states_ground(style):
                return None
            if paint is not None and paint.colour is not None:
                return paint.colour
            if self._open and (
                part.tag == "th" or (part.get("class") and part.tag in BLOCKS and part.tag not in _PLAIN_PARTS)
            ):
                return None
        return WHITE


def _is_sized(styles: _Styles) -> bool:
    """Whether an element has a size that does not depend on that around it, or may have one."""
    sizes = [style.get(name, "") for style in (styles[0], *styles[1]) for name in ("font-size", "font")]
    return any(size and not size.startswith("0") and not _RELATIVE.search(size) for size in sizes)
