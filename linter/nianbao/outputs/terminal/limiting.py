"""Reports in few lines: what fits, and the number of what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import clean
from nianbao.model.rule import ERROR
from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.wrapping import hang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text as Line

    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.corrections import Todo


class Block(NamedTuple):
    """Lines that stand together.

    Attributes:
        lines: The lines.
        entries: The entries of the list that they tell.
        brief: Fewer lines that may stand in their place, or none.
        above: The lines above the first block of a section, such as its title; all its blocks have the same.
    """

    lines: list[Line]
    entries: tuple[Todo, ...] = ()
    brief: tuple[Line, ...] = ()
    above: tuple[Line, ...] = ()


def limited(blocks: Sequence[Block], frame: Frame, *, most: int | None) -> list[Line]:
    """Return the lines of a report's blocks, at most so many: whole blocks that fit, then what is left out.

    Args:
        blocks: The blocks; the first is shown in any case.
        frame: The frame of the drawing.
        most: The largest number of lines, or ``None``.
    """
    lines = _lines(blocks)
    if most is None or len(lines) <= most:
        return lines
    entries = [entry for block in blocks for entry in block.entries]
    room = most - len(_rest(entries, frame))
    kept = [blocks[0]]
    for block in blocks[1:]:
        if len(_lines([*kept, block])) <= room:
            kept.append(block)
        elif block.brief and len(_lines([*kept, brief := block._replace(lines=list(block.brief))])) <= room:
            kept.append(brief)
        elif block.entries:  # the order of the list is that of the report: what follows would seem to be all
            break
    told = [entry for block in kept for entry in block.entries]
    return _lines(kept) + _rest([entry for entry in entries if entry not in told], frame)


def _lines(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of blocks, with those above the first of each section."""
    lines: list[Line] = []
    above: tuple[Line, ...] = ()
    for block in blocks:
        if block.above is not above:
            lines += block.above
        above = block.above
        lines += block.lines
    return lines


def _rest(entries: Sequence[Todo], frame: Frame) -> list[Line]:
    errors = sum(entry.severity == ERROR for entry in entries)
    phrase = captions.DETAILS_LEFT_OUT if not entries else captions.LEFT_OUT_ERRORS if errors else captions.LEFT_OUT
    text = frame.voice.say(phrase, count=len(entries), errors=errors, path=clean(frame.checked.path))
    return hang(text, "  ", width=frame.width)
