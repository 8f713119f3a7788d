"""Wraps paragraphs to the width of a terminal: wide characters count as two, and Chinese breaks between characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size
from rich.text import Text as Line

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIN_WIDTH = 10
_STEP = "  "
# Unbreakable pieces: a word of narrow characters, or a wide character, with marks that must not begin or end a line.
_OPENING, _CLOSING = "（〔《“‘「【([", "）〕》”’」】，。；：、？！…,.;:!?)]"
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[!-~\u00a1-\u024f\u2010-\u2027\u2030-\u22ff]+|\S)[{re.escape(_CLOSING)}]*\s*|\s+"
)


def hang(text: str, indent: str, *, width: int, lead: int | None = None, style: str = "") -> list[Line]:
    """Wrap text into lines of at most ``width`` cells, each after the indent, later ones two cells deeper.

    Args:
        text: The text; markup in it is not interpreted.
        indent: The indent of the first line.
        width: The available width in cells, indent included.
        lead: The number of characters at the beginning that get the style; all when ``None``.
        style: Style of the lead.
    """
    line = Line(text)
    line.stylize(style, 0, len(text) if lead is None else lead)
    return hang_line(line, indent, width=width)


def hang_line(line: Line, indent: str, *, width: int, later: str | None = None) -> list[Line]:
    """Wrap a styled line in the same way; ``later`` is another indent for its later lines."""
    later = indent + _STEP if later is None else later
    offsets = list(_breaks(line.plain, max(width - len(indent), _MIN_WIDTH), max(width - len(later), _MIN_WIDTH)))
    lines = []
    for number, part in enumerate(line.divide(offsets)):
        part.rstrip()
        lines.append(Line.assemble(later if number else indent, part))
    return lines


def _breaks(text: str, first: int, room: int) -> Iterator[int]:
    """Give the offsets where new lines begin: between pieces, and inside a piece that is wider than a line."""
    used, limit = 0, first
    for piece in _PIECE.finditer(text):
        needed = cell_len(piece.group().rstrip())
        if used + needed > limit and used:
            yield piece.start()
            used, limit = 0, room
        if needed > limit:
            for offset, character in enumerate(piece.group(), piece.start()):
                size = get_character_cell_size(character)
                if used + size > limit and not character.isspace():
                    yield offset
                    used, limit = 0, room
                used += size
        else:
            used += cell_len(piece.group())
