"""The parts of an expression: their types, and how they are evaluated on reports, with three truth values."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import localcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.language.evaluate import COMPARISONS, judge_over, judge_whole
from nianbao.language.facts import TEXT, TRUTH, type_name
from nianbao.language.linear import EXACT
from nianbao.language.mistakes import Mistake, nearest
from nianbao.language.values import Unknown, View, reports_of
from nianbao.messages import Text
from nianbao.model.issuer_kind import ISSUER_KINDS, issuer_kind_named, issuer_kind_words
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nianbao.language.evaluate import Sources, Sums
    from nianbao.language.facts import NamedFact
    from nianbao.language.syntax import Binary, QuotedText
    from nianbao.model.function import ValueType
    from nianbao.model.location import Location
    from nianbao.model.outcome import CellRef, Relation

_NO_VALUE = Text("算不出（{error}）", "there is no such value ({error})")
_MAX_DAYS = 100_000  # more than lie between any two dates in a report


class Typed(NamedTuple):
    """A part of an expression: the type of its value, and a function that gets the value from a view.

    ``needs`` are the parts of which one is false where a statement is false; empty where no part is to blame alone.
    """

    type: ValueType
    value: Callable[[View], Any]
    needs: tuple[Typed, ...] = ()


def ask(part: Typed, *, truth: bool, sources: Sources) -> Outcome:
    """Evaluate a part. A statement passes or fails; any other value becomes the argument ``value`` of the outcome."""

    def say(view: View) -> Outcome:
        value = part.value(view)
        if not truth:
            return Outcome(PASS, arguments={"value": value})
        return Outcome(PASS) if value else _broken(part, view)

    return _asked(say, sources)


def _broken(part: Typed, view: View) -> Outcome:
    """Return the outcome of a false statement; the cells of the part that makes it false come before all others."""
    while part.needs:
        part = next((need for need in part.needs if _is_false(need, view.sources)), part._replace(needs=()))
    own = View(view.sources, [], [])
    part.value(own)
    view.cells[:0] = own.cells
    return Outcome(FAIL, location=_location(own))


def _is_false(part: Typed, sources: Sources) -> bool:
    with suppress(Unknown):
        return not part.value(View(sources, [], []))
    return False


def _location(view: View) -> Location:
    """Return the place of the first cell of the checked report that was used, else of the first fact."""
    own = (cell.location for cell in view.cells if cell.source is None)
    return next(own, view.places[0] if view.places else NOWHERE)


def ask_relation(left: Typed, right: Typed, *, relation: Relation, sources: Sources) -> Outcome:
    """Decide whether a relation holds between two values; the outcome has both sides where they are numbers."""

    def say(view: View) -> Outcome:
        ours, theirs = left.value(view), right.value(view)
        sides = {"left": ours, "right": theirs} if left.type == "number" else {}
        return Outcome(PASS if COMPARISONS[relation](ours, theirs) else FAIL, **sides)

    return _asked(say, sources)


def _asked(say: Callable[[View], Outcome], sources: Sources) -> Outcome:
    view = View(sources, [], [])
    try:
        with localcontext(EXACT):
            outcome = say(view)
    except Unknown as unknown:
        outcome = Outcome(unknown.outcome, reason=unknown.reason)
    except (ValueError, OverflowError, ArithmeticError) as error:
        outcome = Outcome(UNDECIDED, reason=_NO_VALUE.format(error=error))
    location = _location(view) if outcome.location == NOWHERE else outcome.location
    cells: dict[int, CellRef] = {}
    for ref in view.cells:  # each once, as it was first used
        cells.setdefault(id(ref.cell), ref)
    return outcome._replace(cells=tuple(cells.values()), location=location)


def either(first: Typed, second: Typed, *, decisive: bool) -> Typed:
    """Join two statements by "or" (``decisive`` is true) or "and" (false): a decisive value needs no second one."""

    def value(view: View) -> bool:
        unknown = None
        for part in (first, second):
            try:
                if part.value(view) == decisive:
                    return decisive
            except Unknown as error:
                unknown = unknown or error
        if unknown is not None:
            raise unknown
        return not decisive

    return Typed("truth", value, () if decisive else (first, second))


def applied(call: Callable[..., Any], parts: Sequence[Typed], *, gives: ValueType) -> Typed:
    """Apply a function over plain values to parts."""
    return Typed(gives, lambda view: call(*[part.value(view) for part in parts]))


def gathered(call: Callable[[Iterable[Any]], Any], parts: Sequence[Typed]) -> Typed:
    """Apply a function to the values of all parts at once: sum, maximum, minimum, how many are true."""
    return Typed("number", lambda view: call([part.value(view) for part in parts]))


def shifted(day: Typed, days: Typed, *, sign: int) -> Typed:
    """Move a day by a number of days."""

    def value(view: View) -> dt.date:
        number = days.value(view)
        if number != int(number) or abs(number) > _MAX_DAYS:
            raise ValueError(f"{number} days")
        return day.value(view) + dt.timedelta(days=sign * int(number))  # type: ignore[no-any-return]

    return Typed("date", value)


def holds(sums: Sums) -> Typed:
    """Evaluate an equation, with its special treatment of blanks and of rounded decimals."""

    def value(view: View) -> bool:
        decided = judge_whole(sums, view.sources, cells=view.cells)
        if decided is not None:
            return decided
        outcome = judge_over(sums, view.sources)
        view.cells.extend(outcome.cells)
        if outcome.outcome not in (PASS, FAIL):
            raise Unknown(outcome.reason, outcome.outcome)
        return outcome.outcome == PASS

    return Typed("truth", value)


def is_said(named: NamedFact) -> Typed:
    """Evaluate whether a report states a fact outside its tables."""

    def value(view: View) -> bool:
        return named.fact.read(reports_of(named.period, view)[0]) not in (None, "")

    return Typed("truth", value)


def issuer_kind(written: QuotedText) -> str:
    """Return the kind of issuer that a text means.

    Raises:
        Mistake: there is none of that name.
    """
    kind = issuer_kind_named(written.value)
    if kind not in ISSUER_KINDS:
        reason = Text(f"没有机关类别“{written.value}”", f"no kind of issuer {written.value!r}")
        raise Mistake(reason + nearest(written.value, list(issuer_kind_words())), written.at)
    return kind


def of_several(name: str) -> Text:
    """Return the reason why something is refused that several reports state."""
    return Text(
        f"“{name}”是几份报告的；几份报告之间只有数能加起来",
        f"{name!r} is of several reports; only their figures can be added up",
    )


def refuse_other(typed: Typed, wanted: ValueType, *, at: int) -> None:
    """Refuse a part of another type than the one that is due at its place."""
    if typed.type != wanted:
        actual, due = type_name(typed.type), type_name(wanted)
        raise Mistake(Text(f"这里要写{due.zh}，写的却是{actual.zh}", f"expected a {due.en}, found a {actual.en}"), at)


def refuse_unlike(node: Binary, *, left: ValueType, right: ValueType) -> None:
    """Refuse a relation between values of two types, or an order of texts or statements."""
    if left != right:
        sides = type_name(left).zh, type_name(right).zh
        raise Mistake(Text(f"{sides[0]}和{sides[1]}不能比较", f"a {left} cannot be compared with a {right}"), node.at)
    if left in {TEXT, TRUTH} and node.operator not in {"=", "!="}:
        reason = Text(f"{type_name(left).zh}只能用 = 和 ≠ 比较", f"a {left} can only be compared by = and ≠")
        raise Mistake(reason, node.at)
