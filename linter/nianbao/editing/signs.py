"""Characters of a file with their elements, and replacing some of them by a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Sign(NamedTuple):
    """One character of a text: the character, its element, and its index in that element's text."""

    char: str
    element: Any
    offset: int


def write(stretch: Sequence[Sign], new: str) -> None:
    """Replace characters by a text, which is put where the first digit is, else where the first character is."""
    home = next((sign for sign in stretch if sign.char.isdigit()), stretch[0])
    for element in {id(sign.element): sign.element for sign in stretch}.values():
        gone = {sign.offset for sign in stretch if sign.element is element}
        kept = ["" if place in gone else char for place, char in enumerate(element.text or "")]
        if element is home.element:
            kept[home.offset] = new
        write_text(element, "".join(kept))


def write_text(element: Any, text: str) -> None:
    """Set the text of an element; spaces at its ends are preserved."""
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")
