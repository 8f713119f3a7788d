"""Equations that do not hold as people say them: ``the sum is 131, “total” says 86, 45 less``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.outcome import FAIL
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import COMPARED, gap
from nianbao.outputs.wording.labels import line_label, row_label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from nianbao.model.finding import Finding
    from nianbao.model.form import Form, Slot
    from nianbao.model.outcome import CellRef
    from nianbao.voice import Voice

_MAX_NAMED = 3


class NamedLine(NamedTuple):
    """Cells of one row or column: its name, and the name of each cell across it."""

    line: str
    names: Mapping[str, str]


def strip_of(voice: Voice, finding: Finding, *, form: Form, official: bool = False) -> NamedLine | None:
    """Return the row or column with the cells of an equation; ``None`` if they are in several.

    Args:
        voice: The language.
        finding: The finding about the equation.
        form: The form of the report.
        official: Whether rows across a column have the form's own words, which may be long.
    """
    if finding.left is None or finding.right is None or any(cell.source is not None for cell in finding.cells):
        return None
    slots = [form.slot(cell.key) for cell in finding.cells]
    known: list[Slot] = [slot for slot in slots if slot is not None]
    if len(known) < len(slots) or len(known) < 2 or len({slot.table for slot in known}) > 1:
        return None
    table = known[0].table
    if len({slot.row.id for slot in known}) == 1:
        row = row_label(voice, form, table_id=table, row=known[0].row)
        names = {slot.key: voice.say(slot.column.name) for slot in known}
        return NamedLine(line_label(voice, form, table_id=table, row=row), names)
    if len({slot.column.id for slot in known}) == 1:
        column = voice.say(known[0].column.name)
        names = {
            slot.key: row_label(voice, form, table_id=table, row=slot.row) if official else voice.say(slot.row.name)
            for slot in known
        }
        return NamedLine(line_label(voice, form, table_id=table, column=column), names)
    return None


def plain_sum(voice: Voice, finding: Finding, *, form: Form) -> str:
    """Return an equation within a row or a column in words; what is no such equation, in the words of its rule."""
    is_equation = finding.outcome == FAIL and finding.kind not in COMPARED
    line = strip_of(voice, finding, form=form, official=True) if is_equation else None
    if line is None or finding.left is None or finding.right is None or finding.difference is None:
        return voice.clean(finding.texts).removesuffix("。")
    left, right = (
        _Side([cell for cell in finding.cells if cell.role == role], value, line.names)
        for role, value in (("left", finding.left), ("right", finding.right))
    )
    if not (left.is_whole and right.is_whole):
        return voice.clean(finding.texts).removesuffix("。")
    if left.is_single == right.is_single:
        off = voice.figure(max(finding.difference, -finding.difference))
        sides = {"left": left.said(voice), "right": right.said(voice)}
        return voice.say(phrases.SUM_AGAINST_SUM, line=line.line, **sides, off=off)
    total, parts = (left, right) if left.is_single else (right, left)
    return voice.say(
        phrases.SUM_AGAINST_TOTAL,
        line=line.line,
        sum=parts.said(voice),
        total=total.said(voice),
        gap=gap(voice, total.value - parts.value),
    )


class _Side(NamedTuple):
    """One side of an equation."""

    cells: list[CellRef]
    value: int | Decimal
    names: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether its cells are all that it consists of."""
        return bool(self.cells) and self.value == sum(cell.coefficient * (cell.value or 0) for cell in self.cells)

    @property
    def is_single(self) -> bool:
        return len(self.cells) == 1 and self.cells[0].coefficient == 1

    def said(self, voice: Voice) -> str:
        """Return it in words: a figure that is stated, figures added up, or what is reckoned of figures."""
        value = voice.figure(self.value)
        names = [voice.say(phrases.QUOTE, text=self.names[cell.key]) for cell in self.cells]
        if self.is_single:
            return voice.say(phrases.SIDE_STATED, name=names[0], value=value)
        if any(cell.coefficient != 1 for cell in self.cells):
            return voice.say(phrases.SIDE_RECKONED, value=value)
        if len(names) > _MAX_NAMED:
            return voice.say(phrases.SIDE_OF_MANY, value=value)
        return voice.say(phrases.SIDE_SUM, names=voice.join(names, phrases.PLUS), value=value)
