"""The parts of tables that findings are about, laid out by the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.outcome import CellRef
from nianbao.outputs.terminal.grids import INDENT, PrintedCell, folded, grid_lines, is_nothing
from nianbao.outputs.terminal.styles import TOTAL, WRONG
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.text import Text as Line

    from nianbao.messages import Text
    from nianbao.model.explanation import Change, Explanation
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form, Slot
    from nianbao.model.report import Cell
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.voice import Voice


_Place = tuple[str | None, str]  # a report's name (None: the one checked), and a table or the key of a cell


def draw_changes(findings: Sequence[Finding], frame: Frame, *, readings: Sequence[Explanation]) -> list[Line]:
    """Return the tables that findings have in common, once, with the corrections of each explanation.

    Args:
        findings: The findings of one component.
        frame: The frame of the drawing.
        readings: The explanations to mark; if there are several, each has a number.
    """
    wanted = figures_wanted(frame.voice, readings)
    cells = _met(findings, readings, frame)
    alone = {(ref.source, ref.key) for finding in findings for ref in _alone(finding)}
    lines: list[Line] = []
    for (source, table), group in _by_table(cells.values()).items():
        own = frame.form_of(source)
        if own is None:
            continue
        marks = []
        for ref, slot in _placed(group, own):
            at = (source, ref.key)
            text = shown(frame.voice, ref.cell)
            style = WRONG if at in wanted else TOTAL if at in alone else ""
            dull = not frame.full and at not in wanted and at not in alone and is_nothing(ref.cell)
            marks.append(PrintedCell(slot, ref.cell, text, style, dull, wanted.get(at, "")))
        if marks:
            phrase = phrases.TABLE_PLAIN if source is None else phrases.TABLE_PRIOR
            heading = _heading(frame, own, table, group[0], phrase=phrase)
            if any(mark.after for mark in marks):
                heading += frame.voice.say(phrases.TABLE_READINGS if len(readings) > 1 else phrases.TABLE_CHANGES)
            lines += _table(marks, heading, own, frame)
    return lines


def figures_wanted(voice: Voice, readings: Sequence[Explanation]) -> Mapping[_Place, str]:
    """Return the text behind a figure that explanations change: `` → 48``, of several `` → 48[1][3] / 6[2]``."""
    figures: dict[_Place, dict[str, str]] = {}
    for number, reading in enumerate(readings, 1):
        which = f"[{number}]" if len(readings) > 1 else ""
        for change in reading.changes:
            own = figures.setdefault((change.source, change.key), {})
            figure = voice.figure(change.new)
            own[figure] = own.get(figure, "") + which
    return {at: " → " + " / ".join(f"{figure}{which}" for figure, which in own.items()) for at, own in figures.items()}


def _met(findings: Sequence[Finding], readings: Sequence[Explanation], frame: Frame) -> dict[_Place, CellRef]:
    """Return the cells of findings and of changes, each once."""
    refs = {(ref.source, ref.key): ref for finding in findings for ref in finding.cells}
    for change in (change for reading in readings for change in reading.changes):
        report = frame.report_of(change.source)
        cell = None if report is None else report.cells.get(change.key)
        if cell is not None:
            refs.setdefault((change.source, change.key), _ref_of(change, cell))
    return refs


def _ref_of(change: Change, cell: Cell) -> CellRef:
    return CellRef(cell._replace(location=change.location), "subject", 1, change.year, change.source)


def _alone(finding: Finding) -> Iterator[CellRef]:
    """Give the totals: cells that are alone on one side of an equation whose other side is a sum."""
    for role in ("left", "right"):
        side = [ref for ref in finding.cells if ref.role == role]
        if len(side) == 1 and len(finding.cells) > 2:
            yield side[0]


def _by_table(cells: Iterable[CellRef]) -> dict[_Place, list[CellRef]]:
    groups: dict[_Place, list[CellRef]] = {}
    for ref in cells:
        groups.setdefault((ref.source, ref.cell.key.partition(".")[0]), []).append(ref)
    return groups


def _placed(cells: Iterable[CellRef], form: Form) -> list[tuple[CellRef, Slot]]:
    return [(ref, slot) for ref in cells if (slot := form.slot(ref.cell.key)) is not None]


def _heading(frame: Frame, form: Form, table: str, first: CellRef, *, phrase: Text) -> str:
    where = frame.spot(first.cell.location, source=first.source)
    return frame.voice.say(phrase, name=frame.voice.say(form.tables[table].name), year=first.year, place=where)


def _table(marks: list[PrintedCell], heading: str, form: Form, frame: Frame) -> list[Line]:
    title = hang(heading, " " * INDENT, width=frame.width, style="dim")
    return [*title, *grid_lines(frame.voice, folded(marks, form), form=form, width=frame.width)]
