"""Paragraphs broken to the width of a terminal, wide characters counted as two."""

from __future__ import annotations

from functools import cache

from rich.console import Console
from rich.text import Text as Line


@cache
def _ruler() -> Console:
    """Return a console that measures and prints nothing."""
    return Console(width=80, quiet=True, color_system=None)


def hang(text: str, indent: str, width: int, *, lead: int | None = None, style: str = "") -> list[Line]:
    """Break text into lines of at most ``width`` cells, each behind the indent, later ones two cells deeper.

    Args:
        text: What to print; markup in it is not read.
        indent: What stands before the first line.
        width: Cells that may be used, indent included.
        lead: How many characters of the text, from its beginning, take the style; all when ``None``.
        style: Style of the lead.
    """
    line = Line(text)
    line.stylize(style, 0, len(text) if lead is None else lead)
    return hang_line(line, indent, width)


def hang_line(line: Line, indent: str, width: int) -> list[Line]:
    """Break a styled line in the same way."""
    later = indent + "  "
    room = max(width - len(later), 10)
    broken = line.wrap(_ruler(), room)
    lines = []
    for number, one in enumerate(broken):
        one.rstrip()
        lines.append(Line.assemble(later if number else indent, one))
    return lines
