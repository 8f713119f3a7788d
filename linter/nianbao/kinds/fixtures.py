"""Arguments that a check in Python may ask for, and outcomes that it may return."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.claims import Claim
    from nianbao.kinds.kind import RuleContext
    from nianbao.model.outcome import CellRef
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule

CheckFunction = Callable[..., Iterable[Outcome] | Outcome | None]

FIXTURES: dict[str, Callable[[RuleContext, Rule], object]] = {
    "report": lambda subject, _rule: subject.report,
    "prior": lambda subject, _rule: subject.prior,
    "form": lambda subject, _rule: subject.report.form,
    "cells": lambda subject, _rule: subject.report.cells,
    "sections": lambda subject, _rule: subject.report.sections,
    "settings": lambda subject, _rule: subject.settings,
    "options": lambda _subject, rule: rule.options.get("options", {}),
    "claims": lambda subject, _rule: _claims(subject.report),
    "parent": lambda subject, _rule: subject.parent,
    "children": lambda subject, _rule: subject.children,
}


def _claims(report: Report) -> tuple[Claim, ...]:
    from nianbao.kinds.claims import stated_in  # noqa: PLC0415 - only for checks that ask for it

    return stated_in(report)


def parameters_of(name: str, function: CheckFunction) -> tuple[str, ...]:
    """Return the fixtures that a function asks for by the names of its parameters.

    Raises:
        Mistake: a parameter has no fixture, or cannot be passed by name.
    """
    import inspect  # noqa: PLC0415 - only where a pack has such rules

    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError) as error:
        reason = Text(
            f"检查函数“{name}”没有说明要什么参数：{error}", f"check {name!r} does not say what it asks for: {error}"
        )
        raise Mistake(reason, path=("check",)) from error
    for parameter in parameters:
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            reason = Text(
                f"检查函数“{name}”的参数 {parameter} 不行：参数是按名字给的",
                f"check {name!r} takes {parameter}: it gets what it asks for by name",
            )
            raise Mistake(reason, path=("check",))
        if parameter.name not in FIXTURES and parameter.default is parameter.empty:
            reason = Text(
                f"检查函数“{name}”要的参数“{parameter.name}”没有",
                f"check {name!r} asks for {parameter.name!r}, which there is not",
            )
            known = Text(f"；可以要：{'、'.join(FIXTURES)}", f"; there are {', '.join(FIXTURES)}")
            raise Mistake(reason + nearest(parameter.name, list(FIXTURES)) + known, path=("check",))
    return tuple(parameter.name for parameter in parameters if parameter.name in FIXTURES)


def places_of(message: Text) -> frozenset[str]:
    """Return the places of a message; a broken one has none here, and loading reports it."""
    from string import Formatter  # noqa: PLC0415 - only where a pack has such rules

    try:
        parts = [part for words in message.by_language.values() for part in Formatter().parse(words)]
        return frozenset(name for _, name, _, _ in parts if name)
    except ValueError:
        return frozenset()


def outcomes_of(returned: Iterable[Outcome] | Outcome | None) -> Iterator[Outcome]:
    """Yield the outcomes that a function returned, or a pass if it returned none."""
    outcomes: Iterable[Any] = () if returned is None else (returned,) if isinstance(returned, Outcome) else returned
    is_empty = True
    for outcome in outcomes:
        if not isinstance(outcome, Outcome):
            raise TypeError(f"gave {outcome!r:.80}; give fail(…), undecided(…) or passed()")
        is_empty = False
        yield outcome
    if is_empty:
        yield Outcome(PASS)


def refuse_gaps(outcome: Outcome, places: Mapping[str, frozenset[str]]) -> None:
    """Refuse an outcome that lacks an argument of its message."""
    if outcome.outcome == UNDECIDED and outcome.reason is None:
        raise ValueError("gave undecided without a reason")
    if outcome.variant not in places:
        raise ValueError(f"gave variant {outcome.variant!r}, for which the rule has no message")
    missing = sorted(places[outcome.variant] - set(outcome.arguments))
    if outcome.outcome == FAIL and missing:
        raise ValueError(f"gave no {', '.join(missing)}, of which the rule's message speaks")


def with_source(involved: CellRef, subject: RuleContext) -> CellRef:
    """Add to a cell reference the report that the cell belongs to, if it is another one."""
    others = (subject.prior, subject.parent, *subject.children)
    source: Report | None = next(
        (report for report in others if report is not None and report.cells.get(involved.key) is involved.cell), None
    )
    if source is None:
        return involved._replace(year=subject.report.year)
    return involved._replace(year=source.year, source=source.name)
