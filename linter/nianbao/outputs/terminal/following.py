"""What blank cells must hold, by the rest of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.model.explanation import Change
from nianbao.model.slip import BLANKED
from nianbao.outputs.terminal.wrapping import hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.sentences import where

if TYPE_CHECKING:
    from nianbao.outputs.terminal.frame import Frame

_INDENT, _DEEPER = "  ", "    "


def following(frame: Frame) -> list[Line]:
    """Return a line for each blank cell with its figure and place, and how many must be zero; nothing of no cells."""
    checked, voice = frame.checked, frame.voice
    if not checked.following:
        return []
    figures = [one for one in checked.following if one.value or frame.full]
    zeros = len(checked.following) - len(figures)
    lines = [Line(), *hang_line(Line(voice.say(phrases.FOLLOWING), "bold"), _INDENT, width=frame.width)]
    for one in figures:
        change = Change(one.cell.key, None, one.value, BLANKED, location=one.cell.location)
        text = voice.say(
            phrases.FOLLOWING_CELL, where=where(voice, change, checked=checked), value=voice.figure(one.value)
        )
        at = voice.place("", one.cell.location).strip()
        lines += hang_line(Line(text).append(f"  {at}" if at else "", "cyan"), _DEEPER, width=frame.width)
    if zeros:
        phrase = phrases.FOLLOWING_ZEROS if figures else phrases.FOLLOWING_ALL_ZEROS
        lines += hang_line(Line(voice.say(phrase, count=zeros)), _DEEPER, width=frame.width)
    return lines
