"""A report's cells as lines of text, for people and shell tools: key, value and place, separated by tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.model.report import Report
    from nianbao.voice import Voice


def render_cells(voice: Voice, report: Report) -> str:
    """Write a line for each cell: its number or its text, or the reason why it was not read."""
    lines = [f"{report.form.id}\t{report.title}\t{report.year or ''}"]
    for key, cell in report.cells.items():
        at = ":".join(str(part) for part in cell.location[:2] if part is not None)
        value = f"{cell.value}" if cell.value is not None else f"[{cell.state}] {' '.join(cell.raw.split())}".strip()
        lines.append(f"{key}\t{value}\t{at}")
    lines += [f"{key}\t[unread] {voice.say(reason)}\t" for key, reason in report.unread.items()]
    return "\n".join(lines) + "\n"
