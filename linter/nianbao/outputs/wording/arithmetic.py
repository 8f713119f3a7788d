"""Both sides of an equation as sums, with zeros counted: ``67 + 3 + 1 + 0×18 = 71``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.outcome import FAIL
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.model.finding import Finding
    from nianbao.model.outcome import CellRef
    from nianbao.voice import Voice

COMPARED = ("inequality", "condition")  # kinds whose failure is a "greater" or "less", not an "unequal"


def formula(voice: Voice, finding: Finding) -> str:
    """Return the equation of a finding with its figures and the difference, or "" if it has not two sides."""
    if finding.left is None or finding.right is None:
        return ""
    left, right = (
        side(voice, [cell for cell in finding.cells if cell.role == role], value=value)
        for role, value in (("left", finding.left), ("right", finding.right))
    )
    text = f"{left} {compared(finding, finding.difference or 0)} {right}"
    if finding.outcome != FAIL:
        return text
    return "  ".join(filter(None, (text, gap(voice, finding.difference or 0))))


def gap(voice: Voice, difference: int | Decimal) -> str:
    """Return how much less or more the left side of an equation is: ``45 less``; "" if there is no difference."""
    if not difference:
        return ""
    return voice.say(phrases.LESS if difference < 0 else phrases.MORE, gap=voice.figure(max(difference, -difference)))


def side(voice: Voice, cells: list[CellRef], *, value: int | Decimal) -> str:
    """Return one side as a sum with its value; a side with one plain term is only its value.

    A remainder without cells, a constant of the rule, is a separate term.
    """
    weighed = [(cell.coefficient, cell.value or 0) for cell in cells]
    terms = [term(voice, amount, coefficient=coefficient) for coefficient, amount in weighed if amount]
    zeros = len(weighed) - len(terms)
    constant = value - sum(coefficient * amount for coefficient, amount in weighed)
    constant = int(constant) if constant == int(constant) else constant
    if constant and cells:
        terms.append(voice.figure(constant, signed=True))
    if len(terms) + zeros <= 1 and (not terms or terms[0] == voice.figure(value, signed=True)):
        return voice.figure(value)
    if zeros:
        terms.append("+0" if zeros == 1 else f"+0×{zeros}")
    return f"{signed_sum(terms)} = {voice.figure(value)}"


def term(voice: Voice, amount: int | Decimal, *, coefficient: int | Decimal) -> str:
    """Return a signed term: ``+67``, ``−3``, ``+2×67``."""
    if coefficient in {1, -1}:
        return voice.figure(coefficient * amount, signed=True)
    return f"{voice.figure(coefficient, signed=True)}×{voice.figure(amount)}"


def signed_sum(terms: list[str]) -> str:
    """Return signed terms as a sum, without a plus sign before the first."""
    first, *others = terms
    return " ".join([first.removeprefix("+"), *(f"{other[0]} {other[1:]}" for other in others)])


def compared(finding: Finding, difference: int | Decimal) -> str:
    """Return the relation sign between the two sides of a finding, by their difference."""
    if finding.outcome != FAIL or (finding.kind not in COMPARED and not difference):
        return "="
    if finding.kind not in COMPARED:
        return "≠"
    return ">" if difference > 0 else "<" if difference < 0 else "="
