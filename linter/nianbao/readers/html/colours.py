"""Colours of a page: which of them are so near to a ground that words in them cannot be seen."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from nianbao.model.lazy_pattern import deferred

Colour = tuple[int, int, int]

_MAX_STATED = 5000  # places of a page that state colours
_NEAR = 30  # of three channels together
_FULL = 255
_FAINTEST = 0.1  # below it a colour is not drawn
WHITE: Colour = (_FULL, _FULL, _FULL)
BLACK: Colour = (0, 0, 0)
_NAMES = {
    "aqua": "0ff", "beige": "f5f5dc", "black": "000", "blue": "00f", "brown": "a52a2a", "crimson": "dc143c",
    "cyan": "0ff", "darkblue": "00008b", "darkgray": "a9a9a9", "darkgreen": "006400", "darkgrey": "a9a9a9",
    "darkred": "8b0000", "fuchsia": "f0f", "ghostwhite": "f8f8ff", "gold": "ffd700", "gray": "808080",
    "green": "008000", "grey": "808080", "ivory": "fffff0", "lightblue": "add8e6", "lightgray": "d3d3d3",
    "lightgrey": "d3d3d3", "lightyellow": "ffffe0", "lime": "0f0", "magenta": "f0f", "maroon": "800000",
    "navy": "000080", "olive": "808000", "orange": "ffa500", "orangered": "ff4500", "pink": "ffc0cb",
    "purple": "800080", "red": "f00", "silver": "c0c0c0", "skyblue": "87ceeb", "snow": "fffafa", "teal": "008080",
    "white": "fff", "whitesmoke": "f5f5f5", "yellow": "ff0",
}  # fmt: skip
_HEX = deferred(r"#?((?:[0-9a-f]{3,4}){1,2})")
_NUMBERS = deferred(r"(?:rgb|hsl)a?\(([^)]*)\)")
_NUMBER = deferred(r"\d*\.?\d+%?")
_WORD = deferred(r"(?:rgb|hsl)a?\([^)]*\)|#[0-9a-f]+|[a-z-]+(?:\([^)]*\)?)?")
_COLOURS = deferred(r"color\s*+[:=]\s*+[\"']?\s*+((?:rgb|hsl)a?\([^)]{0,60}\)|#?\w{1,20})")
_GROUNDS = deferred(r"background(?:-color)?\s*+:\s*+([^;\"'}<>]{1,80})|bgcolor\s*+=\s*+[\"']?\s*+(#?\w{1,20})")
_OTHER_COLOURS = ("-", "g")  # before the word, of the ground or of lines
_FILL = "fill-"


class Paint(NamedTuple):
    """A colour, or that words are drawn in none.

    Attributes:
        colour: The colour; ``None`` for none.
    """

    colour: Colour | None = None

    def is_unseen_on(self, ground: Colour) -> bool:
        """Whether words in this colour cannot be seen on a ground."""
        return self.colour is None or is_near(self.colour, ground)


def is_near(one: Colour, other: Colour) -> bool:
    """Whether two colours can hardly be told apart."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) <= _NEAR


@lru_cache(maxsize=512)
def paint_of(written: str) -> Paint | None:
    """Return the colour that is written in lower case; ``None`` if it is not known."""
    if written == "transparent":
        return Paint()
    if match := _NUMBERS.fullmatch(written):
        return _by_numbers(match[1], is_rgb=written.startswith("rgb"))
    digits = _NAMES.get(written) or ((match := _HEX.fullmatch(written)) and match[1])
    if not digits or (len(digits) not in {3, 4, 6, 8}):
        return None
    whole = digits if len(digits) > len("rgba") else "".join(digit * 2 for digit in digits)
    red, green, blue, *shade = (int(whole[start : start + 2], 16) for start in range(0, len(whole), 2))
    return Paint() if shade and shade[0] < _FULL * _FAINTEST else Paint((red, green, blue))


def _by_numbers(written: str, *, is_rgb: bool) -> Paint | None:
    values = [float(text[:-1]) / 100 if text[-1] == "%" else float(text) for text in _NUMBER.findall(written)]
    if len(values) > len(WHITE) and values[3] < _FAINTEST:
        return Paint()
    if not is_rgb or len(values) < len(WHITE):
        return None
    scale = _FULL if "%" in written.split(",", maxsplit=1)[0] else 1
    red, green, blue = (min(_FULL, round(value * scale)) for value in values[:3])
    return Paint((red, green, blue))


def ground_of(written: str) -> Paint | None:
    """Return the colour in the value of a background; ``None`` if it is a picture, or not known."""
    if "url(" in written or "gradient" in written or "var(" in written:
        return None
    paints = [paint for word in _WORD.findall(written) if (paint := paint_of(word)) is not None]
    return paints[-1] if paints else Paint() if written in _NO_GROUND else None


_NO_GROUND = frozenset(("none", "initial", "inherit", "unset", ""))


def unseen_colours(stated: str) -> frozenset[Colour | None]:
    """Return the colours of words in a page that are also those of a ground, and ``None`` if words have no colour.

    Args:
        stated: All that the page states, in lower case.
    """
    written = set()
    for match in islice(_COLOURS.finditer(stated), _MAX_STATED):
        before = stated[max(0, match.start() - len(_FILL)) : match.start()]
        if not before.endswith(_OTHER_COLOURS) or before == _FILL:
            written.add("".join(match[1].split()))
    grounds = {match[1] or match[2] for match in islice(_GROUNDS.finditer(stated), _MAX_STATED)}
    colours = {paint.colour for text in written if (paint := paint_of(text)) is not None}
    backs = {WHITE}
    for text in grounds:
        if (back := ground_of(" ".join(text.split()))) is not None and back.colour is not None:
            backs.add(back.colour)
    unseen = {colour for colour in colours if colour is None or any(is_near(colour, back) for back in backs)}
    return frozenset(unseen | {back for back in backs if is_near(back, BLACK)})
