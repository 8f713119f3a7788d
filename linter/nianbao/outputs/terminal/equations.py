"""Equations that do not hold, each on a line, with important cells named: ``48 [total] ≠ 84 [persons] + …``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import compared, signed_sum, term
from nianbao.outputs.wording.labels import line_label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from nianbao.model.explanation import Change
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form, Slot
    from nianbao.model.outcome import CellRef
    from nianbao.voice import Voice

_MAX_CELLS_ALL_NAMED = 2  # a side with at most this many cells has all of them named
Key = tuple[str | None, str]


class Corrected(NamedTuple):
    """Corrected figures, by their report (``None``: the one checked) and the key of their cell."""

    figures: Mapping[Key, int | Decimal]

    @classmethod
    def of(cls, changes: tuple[Change, ...]) -> Corrected:
        """Make them from the changes of an explanation."""
        return cls({(change.source, change.key): change.new for change in changes})

    def value(self, cell: CellRef) -> int | Decimal:
        """Return the corrected figure of a cell; a blank counts as zero."""
        return self.figures.get((cell.source, cell.key), cell.value or 0)

    def concerns(self, cell: CellRef) -> bool:
        """Whether a cell is corrected."""
        return (cell.source, cell.key) in self.figures


NOTHING = Corrected({})


class NamedLine(NamedTuple):
    """Cells of one row or column: its name, and the name of each cell across it."""

    line: str
    names: Mapping[str, str]


def strip_of(voice: Voice, finding: Finding, *, form: Form) -> NamedLine | None:
    """Return the row or column with the cells of an equation; ``None`` if they are in several."""
    if finding.left is None or finding.right is None or any(cell.source is not None for cell in finding.cells):
        return None
    slots = [form.slot(cell.key) for cell in finding.cells]
    known: list[Slot] = [slot for slot in slots if slot is not None]
    if len(known) < len(slots) or len(known) < 2 or len({slot.table for slot in known}) > 1:
        return None
    if len({slot.row.id for slot in known}) == 1:
        names = {slot.key: voice.say(slot.column.name) for slot in known}
        return NamedLine(line_label(voice, form, table_id=known[0].table, row=voice.say(known[0].row.name)), names)
    if len({slot.column.id for slot in known}) == 1:
        names = {slot.key: voice.say(slot.row.name) for slot in known}
        return NamedLine(
            line_label(voice, form, table_id=known[0].table, column=voice.say(known[0].column.name)), names
        )
    return None


def spelled(
    voice: Voice, finding: Finding, *, strip: NamedLine, wrong: Corrected, right: bool = False, full: bool = False
) -> str:
    """Return an equation with its figures; zeros are counted, and cells that are wrong or sums of others are named.

    Args:
        voice: The language.
        finding: The finding about the equation.
        strip: The row or column of the equation.
        wrong: The cells to name, and their corrected figures.
        right: Whether to write the corrected figures.
        full: Whether to name every cell and to write zeros too.
    """
    sides = []
    values = []
    for role, stated in (("left", finding.left or 0), ("right", finding.right or 0)):
        cells = [cell for cell in finding.cells if cell.role == role]
        constant = stated - sum(cell.coefficient * (cell.value or 0) for cell in cells)
        side = _Side(cells, wrong if right else NOTHING, constant)
        named = {cell.key for cell in cells if full or len(cells) <= _MAX_CELLS_ALL_NAMED or wrong.concerns(cell)}
        values.append(side.value)
        sides.append(side.spelled(voice, {key: strip.names[key] for key in named}))
    gap = values[0] - values[1]
    text = f"{sides[0]} {compared(finding, gap)} {sides[1]}"
    return f"{text}  {voice.say(phrases.DIFFERENCE, difference=voice.figure(gap, signed=True))}" if gap else text


class _Side(NamedTuple):
    """One side of an equation."""

    cells: list[CellRef]
    figures: Corrected
    constant: int | Decimal

    @property
    def value(self) -> int | Decimal:
        return self.constant + sum(cell.coefficient * self.figures.value(cell) for cell in self.cells)

    def spelled(self, voice: Voice, names: Mapping[str, str]) -> str:
        """Return it as a sum with its value; a side of one plain term is that term alone."""
        shown = [cell for cell in self.cells if cell.key in names or self.figures.value(cell)]
        terms = [
            term(voice, self.figures.value(cell), coefficient=cell.coefficient) + _bracketed(names.get(cell.key))
            for cell in shown
        ]
        zeros = len(self.cells) - len(shown)
        if self.constant and self.cells:
            terms.append(voice.figure(self.constant, signed=True))
        if not terms:
            return voice.say(phrases.ZEROS_ALL, count=zeros) if zeros else voice.figure(self.value)
        if zeros:
            terms.append("+" + voice.say(phrases.ZEROS_REST, count=zeros))
        text = signed_sum(terms)
        plain = len(terms) == 1 and (not shown or shown[0].coefficient == 1)
        return text if plain else f"{text} = {voice.figure(self.value)}"


def _bracketed(name: str | None) -> str:
    return f" [{name}]" if name else ""
