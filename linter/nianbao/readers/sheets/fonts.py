"""The formats of text in the styles of a workbook that matter for reading: strikethrough, superscript, white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.readers.left_out import FAINT, RAISED, STRUCK
from nianbao.readers.sheets.parts import local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.readers.left_out import Format

_OFF = frozenset(("0", "false"))
_RAISED = frozenset(("superscript", "subscript"))
_WHITE = frozenset(("FFFFFFFF", "00FFFFFF", "FFFFFF"))
_WHITE_INDEXES = frozenset(("1", "9"))  # of the palette
_NO_PATTERN = frozenset(("none", ""))


def format_of_font(font: Any) -> Format | None:
    """Return the format that a font, or the properties of a run, give a text."""
    found = {format_ for part in font if (format_ := format_of_part(local(part.tag), part.attrib)) is not None}
    return next((format_ for format_ in (STRUCK, RAISED, FAINT) if format_ in found), None)


def format_of_part(name: str, attributes: Mapping[str, str]) -> Format | None:
    """Return the format that one property of a font states, by its name without namespace."""
    if name == "strike":
        return None if attributes.get("val") in _OFF else STRUCK
    if name == "vertAlign":
        return RAISED if attributes.get("val") in _RAISED else None
    return FAINT if name == "color" and is_white(attributes) else None


def formats_of_fonts(styles: Any) -> dict[str, Format]:
    """Return the formats of the fonts that have one, by the number of the font as cells refer to it."""
    fonts = enumerate(styles.iterfind("{*}fonts/{*}font"))
    return {str(number): format_ for number, font in fonts if (format_ := format_of_font(font)) is not None}


def colours_of_fills(styles: Any) -> frozenset[str]:
    """Return the numbers of the fills that give a ground another colour than white, as cells refer to them."""
    fills = enumerate(styles.iterfind("{*}fills/{*}fill"))
    return frozenset(str(number) for number, fill in fills if _has_colour(fill))


def _has_colour(fill: Any) -> bool:
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return True
    colour = pattern.find("{*}fgColor")
    solid = pattern.get("patternType", "") == "solid"
    white = colour is not None and is_white(colour.attrib)
    return pattern.get("patternType", "") not in _NO_PATTERN and not (solid and white)


def is_white(attributes: Mapping[str, str]) -> bool:
    """Whether a colour is white, or the first colour of the theme, which is that of the ground."""
    if attributes.get("tint", "0") not in {"0", "0.0"}:
        return False
    if "rgb" in attributes:
        return attributes["rgb"].upper() in _WHITE
    return attributes.get("theme") == "0" or attributes.get("indexed") in _WHITE_INDEXES
