"""Characters of a file with where they stand, and words written over some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Sign(NamedTuple):
    """One character of a text: itself, the element that holds it, and its place in that."""

    char: str
    element: Any
    offset: int


def write(stretch: Sequence[Sign], new: str) -> None:
    """Write words over characters of texts, where the first digit stands, or else the first of them."""
    home = next((sign for sign in stretch if sign.char.isdigit()), stretch[0])
    for element in {id(sign.element): sign.element for sign in stretch}.values():
        gone = {sign.offset for sign in stretch if sign.element is element}
        kept = ["" if place in gone else char for place, char in enumerate(element.text or "")]
        if element is home.element:
            kept[home.offset] = new
        write_text(element, "".join(kept))


def write_text(element: Any, text: str) -> None:
    """Give a piece of text other words, the spaces at their ends kept."""
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")
