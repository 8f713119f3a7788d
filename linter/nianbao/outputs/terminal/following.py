"""The figures of blank cells that follow from the rest of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.outputs.terminal.wrapping import hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.correction_words import due

if TYPE_CHECKING:
    from nianbao.outputs.terminal.frame import Frame

_INDENT, _DEEPER = "  ", "    "


def following(frame: Frame) -> list[Line]:
    """Return a line for each blank cell with its figure and place, and the number of those that must be zero."""
    checked, voice = frame.checked, frame.voice
    if not checked.following:
        return []
    figures = [implied for implied in checked.following if implied.value or frame.full]
    zeros = len(checked.following) - len(figures)
    lines = [Line(), *hang_line(Line(voice.say(phrases.FOLLOWING), "bold"), _INDENT, width=frame.width)]
    for implied in figures:
        text = due(voice, implied, checked=checked)
        at = voice.place("", implied.cell.location).strip()
        lines += hang_line(Line(text).append(f"  {at}" if at else "", "cyan"), _DEEPER, width=frame.width)
    if zeros:
        phrase = phrases.FOLLOWING_ZEROS if figures else phrases.FOLLOWING_ALL_ZEROS
        lines += hang_line(Line(voice.say(phrase, count=zeros)), _DEEPER, width=frame.width)
    return lines
