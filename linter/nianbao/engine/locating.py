"""Makes one system of equations from the outcomes of rules, to find wrong figures and the values of blank cells.

All comparisons take part: within this report, within that of the year before and between the two, with figures in
prose, and any other comparison of a rule (``Outcome.relation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nianbao.diagnosis.equations import ONE, Constraint, decimal, exact, weights_of
from nianbao.diagnosis.locate import locate
from nianbao.diagnosis.stated import Stated
from nianbao.diagnosis.system import make_system
from nianbao.language.names import PRIOR, THIS
from nianbao.messages import Text
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.report import BLANK, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.diagnosis.equations import Number, Variable
    from nianbao.diagnosis.locate import Located
    from nianbao.diagnosis.system import EquationSystem
    from nianbao.kinds.kind import Compiled, RuleContext
    from nianbao.model.location import Location
    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Cell
    from nianbao.model.rule import Rule

RuleOutcome = tuple["Rule", "Outcome"]
CompiledRule = tuple["Rule", "Compiled"]

_EQUAL: Final = "="
_PROSE = ""
_COUNT, _AMOUNT, _CHANGE = "count", "amount", "change"

_MAY_HOLD = Text(
    "有格未填；按 0 计算两边不相等，填上后可能相等",
    "cells are blank; counted as 0 the sides differ, filled in they may agree",
)


_NEVER = Text("无论空格填什么数，都不能与其余数字同时相符", "no figures for the blanks make it agree with all others")


class Ready(NamedTuple):
    """The equations of the rules for one sort of report, as one system.

    ``origins`` holds the rule and its instance for each row; ``None`` for equations of the year before, which are
    evidence only.
    """

    rows: tuple[Constraint, ...]
    origins: tuple[tuple[str, str] | None, ...]
    system: EquationSystem


class FigurePlace(NamedTuple):
    """The place of a figure, and its value: ``cell`` is ``None`` for a figure in prose.

    ``value`` is ``None`` if the cell has no figure.
    """

    key: str
    value: Number | None
    cell: Cell | None = None
    location: Location = NOWHERE
    year: int | None = None
    source: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the place is empty."""
        return self.cell is not None and self.cell.state == BLANK

    @property
    def counts(self) -> bool:
        """Whether it counts as 0 although it has no figure; words, and cells that were not read, are unknown."""
        return self.cell is not None and self.cell.state in (BLANK, MARK)


class Diagnosis(NamedTuple):
    """The wrong figures, and the outcomes of rules that follow from them.

    Attributes:
        outcomes: The outcomes of the rules; those that fail only because of blanks are undecided.
        located: The located wrong figures.
        at: For each row of the system, the outcome of its rule; ``None`` for evidence.
        system: The equations.
        places: For each cell of the system, its place.
    """

    outcomes: tuple[RuleOutcome, ...]
    located: Located
    at: tuple[Outcome | None, ...]
    system: EquationSystem
    places: tuple[FigurePlace, ...]


def make_ready(context: RuleContext, own: Sequence[CompiledRule], *, before: Sequence[CompiledRule]) -> Ready:
    """Make one system from the equations of rules.

    Args:
        context: The report and the year before.
        own: The rules that apply to the report.
        before: Those that apply to the report of the year before.
    """
    rows: list[Constraint] = []
    origins: list[tuple[str, str] | None] = []
    for rule, sums in ((rule, sums) for rule, compiled in own for sums in compiled.sums):
        equation = sums.equation
        if equation.relation == _EQUAL and all(term.period in {THIS, PRIOR} for term in equation.terms):
            rows.append(Constraint(weights_of(equation), _EQUAL, rule, sums))
            origins.append((rule.code, equation.subject))
    for rule, sums in ((rule, sums) for rule, compiled in before for sums in compiled.sums):
        equation = sums.equation
        if equation.relation == _EQUAL and all(term.period == THIS for term in equation.terms):
            rows.append(Constraint(_of_year_before(weights_of(equation)), _EQUAL, rule, sums))
            origins.append(None)
    return Ready(tuple(rows), tuple(origins), make_system(rows, context.report.printed_form))


def diagnose(outcomes: Sequence[RuleOutcome], context: RuleContext, *, ready: Ready) -> Diagnosis:
    """Find which figures are wrong if some do not agree.

    Args:
        outcomes: The outcomes of each rule on the report.
        context: The report and its related reports.
        ready: The equations of the rules.
    """
    by_origin = {(rule.code, outcome.subject): outcome for rule, outcome in outcomes}
    at = [None if origin is None else by_origin.get(origin) for origin in ready.origins]
    rows, system = ready.rows, ready.system
    known = {origin for origin in ready.origins if origin is not None}
    further = [
        outcome for rule, outcome in outcomes if (rule.code, outcome.subject) not in known and _is_evidence(outcome)
    ]
    if further:
        stated = [_stated_row(outcome, number) for number, outcome in enumerate(further)]
        rows = (*rows, *stated)
        at += further
        system = make_system(rows, context.report.printed_form)
    places = tuple(_place(variable, context, further) for variable in system.cells)
    located = locate(system, _stated(places, context, at))
    renewed = {id(at[row]): _doubted(at[row]) for row in located.uncertain}
    renewed |= {id(at[row]): _hopeless(at[row]) for row in located.hopeless}
    judged = tuple((rule, renewed.get(id(outcome)) or outcome) for rule, outcome in outcomes)
    at = [renewed.get(id(outcome), outcome) for outcome in at]
    return Diagnosis(judged, located, tuple(at), system, places)


def _of_year_before(weights: Mapping[Variable, Number]) -> dict[Variable, Number]:
    return {(key, PRIOR) if (key, period) != ONE else ONE: weight for (key, period), weight in weights.items()}


def _is_evidence(outcome: Outcome) -> bool:
    return outcome.relation == _EQUAL and outcome.outcome in (FAIL, PASS) and None not in (outcome.left, outcome.right)


def _stated_row(outcome: Outcome, number: int) -> Constraint:
    """Return a comparison as a row; a remainder without a cell is a figure in prose, which may be wrong."""
    weights: dict[Variable, Number] = {}
    rest = exact(outcome.left or 0) - exact(outcome.right or 0)
    for ref in outcome.cells:
        weight = exact(ref.coefficient) * (1 if ref.role == "left" else -1)
        variable = (ref.key, ref.source or THIS)
        weights[variable] = weights.get(variable, 0) + weight
        rest -= weight * exact(ref.value or 0)
    if {ref.role for ref in outcome.cells} == {"right"}:
        weights[_PROSE, str(number)] = 1
    else:
        weights[ONE] = rest
    return Constraint({variable: weight for variable, weight in weights.items() if weight}, _EQUAL)


def _place(variable: Variable, context: RuleContext, further: Sequence[Outcome]) -> FigurePlace:
    key, period = variable
    if key == _PROSE:
        outcome = further[int(period)]
        return FigurePlace(key, exact(outcome.left or 0), location=outcome.location)
    report = {THIS: context.report, PRIOR: context.prior}.get(period)
    cell: Cell | None
    if report is None and period == PRIOR:
        return FigurePlace(key, None)
    if report is None:
        ref = next(ref for outcome in further for ref in outcome.cells if (ref.key, ref.source) == variable)
        cell, year = ref.cell, ref.year
    else:
        cell, year = report.cells.get(key), report.year
    if cell is None:
        return FigurePlace(key, None)
    value = None if cell.value is None else exact(cell.value)
    source = None if period == THIS else period if report is None else report.name
    return FigurePlace(key, value, cell, cell.location, year, source)


def _stated(places: Sequence[FigurePlace], context: RuleContext, at: Sequence[Outcome | None]) -> Stated:
    """Return the stated figures: blanks of this report are unknown, blanks of other reports count as 0.

    Other reports are published already. A dash or "none" is not a blank: it states that there is nothing.
    """
    form = context.report.form
    blank = frozenset(number for number, place in enumerate(places) if place.is_blank and place.source is None)
    unknown = frozenset(number for number, place in enumerate(places) if place.value is None and not place.counts)

    def fits(variable: Variable, value: Number) -> bool:
        slot = form.slot(variable[0])
        kind = slot.value if slot is not None else _COUNT
        return (value >= 0 or kind == _CHANGE) and (isinstance(value, int) or kind == _AMOUNT) and _is_written(value)

    signed = frozenset(
        (place.key, THIS) for place in places if (slot := form.slot(place.key)) and slot.value == _CHANGE
    )
    outcomes = [None if outcome is None else outcome.outcome for outcome in at]
    return Stated([place.value or 0 for place in places], blank, unknown, outcomes, fits, signed)


def _is_written(value: Number) -> bool:
    return decimal(value) is not None


def _doubted(outcome: Outcome | None) -> Outcome | None:
    return outcome and outcome._replace(outcome=UNDECIDED, reason=_MAY_HOLD, note=None)


def _hopeless(outcome: Outcome | None) -> Outcome | None:
    if outcome is None or outcome.outcome == FAIL:
        return outcome and outcome._replace(note=_NEVER)
    return outcome._replace(reason=_NEVER)
