"""Equations that do not hold, each on a line, with its cells named: ``48 [total] ≠ 84 [persons] + …``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.outputs.wording.arithmetic import compared, gap, signed_sum, term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from nianbao.model.explanation import Change
    from nianbao.model.finding import Finding
    from nianbao.model.outcome import CellRef
    from nianbao.outputs.wording.sums import NamedLine
    from nianbao.voice import Voice

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


NOTHING = Corrected({})


def spelled(voice: Voice, finding: Finding, *, strip: NamedLine, figures: Corrected = NOTHING) -> str:
    """Return an equation with its figures, each with the name of its cell.

    Args:
        voice: The language.
        finding: The finding about the equation.
        strip: The row or column of the equation.
        figures: The corrected figures to write instead of those of the report.
    """
    sides = []
    values = []
    for role, stated in (("left", finding.left or 0), ("right", finding.right or 0)):
        cells = [cell for cell in finding.cells if cell.role == role]
        constant = stated - sum(cell.coefficient * (cell.value or 0) for cell in cells)
        side = _Side(cells, figures, constant)
        values.append(side.value)
        sides.append(side.spelled(voice, strip.names))
    difference = values[0] - values[1]
    text = f"{sides[0]} {compared(finding, difference)} {sides[1]}"
    return "  ".join(filter(None, (text, gap(voice, difference))))


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
        terms = [
            f"{term(voice, self.figures.value(cell), coefficient=cell.coefficient)} [{names[cell.key]}]"
            for cell in self.cells
        ]
        if self.constant and self.cells:
            terms.append(voice.figure(self.constant, signed=True))
        if not terms:
            return voice.figure(self.value)
        text = signed_sum(terms)
        plain = len(terms) == 1 and self.cells[0].coefficient == 1
        return text if plain else f"{text} = {voice.figure(self.value)}"
