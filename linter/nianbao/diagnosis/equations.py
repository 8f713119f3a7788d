"""Equations and inequalities as rows of one system: weights of cells, a constant, a relation to zero."""

from __future__ import annotations

from decimal import Decimal, Inexact
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nianbao.language.linear import EXACT
from nianbao.language.names import PRIOR
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.language.evaluate import Sums
    from nianbao.language.linear import Equation
    from nianbao.model.form import Form
    from nianbao.model.outcome import Relation
    from nianbao.model.rule import Rule

_Key = TypeVar("_Key")

Number = int | Fraction
Variable = tuple[str, str]  # the key of a cell, and the period of its report
Weights = dict[Variable, Number]

ONE: Variable = ("", "")  # represents the number 1, so that a constant is a weight like any other


class Constraint(NamedTuple):
    """Weighted cells (and a constant, which is the weight of ``ONE``), and the relation of their sum to zero.

    ``rule`` and ``sums`` are missing where the constraint comes from the form itself.
    """

    weights: Mapping[Variable, Number]
    relation: Relation
    rule: Rule | None = None
    sums: Sums | None = None

    @property
    def equation(self) -> Equation | None:
        """The instance of the rule that it comes from."""
        return self.sums.equation if self.sums is not None else None

    def holds(self, worth: Number) -> bool:
        """Whether the rule holds if the weighted sum has that value."""
        written = decimal(worth)
        return written is not None and (self.sums.holds(written, 0) if self.sums is not None else not written)

    @property
    def needs_prior(self) -> bool:
        """Whether cells of last year's report take part."""
        return any(period == PRIOR for _key, period in self.weights)

    def label(self, form: Form) -> Text:
        """Return a name for people: the rule's code, and the row or column of this instance."""
        code = self.rule.code if self.rule is not None else form.id
        if self.equation is None or not self.equation.binding:
            return Text(code, code)
        axis, member = self.equation.binding[0]
        name = getattr(form.tables[self.equation.table], axis).items[member].name
        return Text(f"{code}[{name.zh}]", f"{code}[{name.en or name.zh}]")


def exact(value: int | Decimal | Fraction) -> Number:
    """Return a number as an ``int`` if it is whole, else as a fraction."""
    if isinstance(value, int):
        return value
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def decimal(value: Number) -> int | Decimal | None:
    """Return a number as a cell stores it; ``None`` where no decimal equals it."""
    if isinstance(value, int):
        return value
    try:
        return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    except Inexact:
        return None


def quotient(dividend: Number, divisor: Number) -> Number:
    """Return one number divided by another, exactly."""
    if divisor == 1:
        return dividend
    return -dividend if divisor == -1 else exact(Fraction(dividend) / divisor)


def add_to(sums: dict[_Key, Number], more: Mapping[_Key, Number], *, weight: Number) -> None:
    """Add weighted terms to a sum in place; terms that cancel are removed."""
    for key, value in more.items():
        result = exact(sums.get(key, 0) + weight * value)
        if result:
            sums[key] = result
        else:
            sums.pop(key, None)


def weights_of(equation: Equation) -> Weights:
    """Return the weights of an equation with all terms on the left side; terms that cancel are removed."""
    weights: Weights = {ONE: exact(equation.left.constant) - exact(equation.right.constant)}
    for side, sign in ((equation.left, 1), (equation.right, -1)):
        for term in side.terms:
            place = (term.key, term.period)
            weights[place] = weights.get(place, 0) + sign * exact(term.coefficient)
    return {variable: weight for variable, weight in weights.items() if weight}
