"""Reports in few lines: what fits, and the number of what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.rule import ERROR
from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.wrapping import hang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text as Line

    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.terminal.listing import Block
    from nianbao.outputs.wording.corrections import Todo


def limited(blocks: Sequence[Block], frame: Frame, *, most: int | None) -> list[Line]:
    """Return the lines of a report's blocks, at most so many: whole blocks that fit, then what is left out.

    Args:
        blocks: The blocks; the first is shown in any case.
        frame: The frame of the drawing.
        most: The largest number of lines, or ``None``.
    """
    lines = [line for block in blocks for line in block.lines]
    if most is None or len(lines) <= most:
        return lines
    entries = [entry for block in blocks for entry in block.entries]
    room = most - len(_rest(entries, frame))
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        used = sum(len(one.lines) for one in kept)
        if number == 0 or used + len(block.lines) <= room:
            kept.append(block)
        elif block.brief and used + len(block.brief) <= room:
            kept.append(block._replace(lines=list(block.brief)))
        elif block.entries:  # the order of the list is that of the report: what follows would seem to be all
            break
    told = [entry for block in kept for entry in block.entries]
    rest = _rest([entry for entry in entries if entry not in told], frame)
    return [*(line for block in kept for line in block.lines), *rest]


def _rest(entries: Sequence[Todo], frame: Frame) -> list[Line]:
    errors = sum(entry.severity == ERROR for entry in entries)
    phrase = captions.DETAILS_LEFT_OUT if not entries else captions.LEFT_OUT_ERRORS if errors else captions.LEFT_OUT
    text = frame.voice.say(phrase, count=len(entries), errors=errors, path=clean(frame.checked.path))
    return hang(text, "  ", width=frame.width)
