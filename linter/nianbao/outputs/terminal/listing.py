"""The list of a report: what is to be changed, and what is worth a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.limiting import Block
from nianbao.outputs.terminal.styles import SEVERITY
from nianbao.outputs.terminal.wrapping import hang, hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import COMPARED
from nianbao.outputs.wording.correction_words import due, words_of
from nianbao.outputs.wording.labels import cell_labels, cell_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.messages import Text
    from nianbao.model.finding import Finding
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.corrections import Todo

_INDENT = "  "
_MAX_CELLS = 6


def listed(entries: Sequence[Todo], frame: Frame) -> Iterator[Block]:
    """Give a block for each entry, below a title; corrections first, then hints."""
    numbered = [entry for entry in entries if entry.number]
    hints = [entry for entry in entries if not entry.number]
    yield from _titled(numbered, captions.TO_CHANGE_ONE if len(numbered) == 1 else captions.TO_CHANGE, frame)
    zeros = _zeros(frame, phrases.FOLLOWING_ZEROS if numbered else phrases.FOLLOWING_ALL_ZEROS)
    if zeros:
        yield Block(zeros, above=() if numbered else (Line(),))
    yield from _titled(hints, captions.HINTS, frame)


def _titled(entries: Sequence[Todo], title: Text, frame: Frame) -> Iterator[Block]:
    above = (Line(), Line(frame.voice.say(title, count=len(entries)), "bold"))
    return (Block(_entry(entry, frame), (entry,), above=above) for entry in entries)


def _zeros(frame: Frame, phrase: Text) -> list[Line]:
    """Return the number of blanks that must be 0, and in full each of them."""
    zeros = [implied for implied in frame.checked.following if not implied.value]
    if not zeros:
        return []
    lines = hang(frame.voice.say(phrase, count=len(zeros)), _INDENT, width=frame.width)
    for implied in zeros if frame.full else ():
        line = Line(due(frame.voice, implied, checked=frame.checked))
        line.append(f"  {frame.spot(implied.cell.location)}", "cyan")
        lines += hang_line(line, _INDENT * 2, width=frame.width)
    return lines


def _entry(entry: Todo, frame: Frame) -> list[Line]:
    """Return the lines of an entry: number, severity, words and place, and below them the cells concerned."""
    voice = frame.voice
    number = voice.say(captions.NUMBERED, number=entry.number) if entry.number else ""
    name = captions.FILL if entry.severity is None else phrases.SEVERITY_NAMES[entry.severity]
    style = SEVERITY[entry.severity or "info"]
    line = Line.assemble(number, (voice.say(name), style), " ", words_of(voice, entry, checked=frame.checked))
    where = frame.spot(entry.location, source=entry.source)
    if where:
        line.append("  ").append(where, "cyan")
    indent = _INDENT + (" " * cell_len(number) or _INDENT)
    lines = hang_line(line, _INDENT, width=frame.width, later=indent)
    return lines + (_cells(entry.findings[0], indent, frame) if entry.component is None and entry.findings else [])


def has_equation(finding: Finding) -> bool:
    """Whether a finding is about a sum that a table shows better than words."""
    return finding.left is not None and finding.kind not in COMPARED and len(finding.cells) > 2


def _cells(finding: Finding, indent: str, frame: Frame) -> list[Line]:
    """Return the names of the cells of a finding, if there are few that its words need not name."""
    form = frame.form_of(None)
    if form is None or not finding.cells or has_equation(finding):
        return []
    most = len(finding.cells) if frame.full else _MAX_CELLS
    if finding.left is not None or finding.kind == "condition":
        named = cell_values(frame.voice, form, cells=finding.cells, most=most)
    elif frame.full or 1 < len(finding.cells) <= _MAX_CELLS:  # a single cell is in the message; many would hide it
        named = cell_labels(frame.voice, form, keys=[ref.key for ref in finding.cells], most=most)
    else:
        return []
    return hang(frame.voice.say(phrases.CELLS, cells=named), indent, width=frame.width, style="dim")
