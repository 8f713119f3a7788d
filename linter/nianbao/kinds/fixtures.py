"""What a check in Python may ask for, and what it may answer."""

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
_MAX_OUTCOMES = 10_000


def _claims(report: Report) -> tuple[Claim, ...]:
    from nianbao.kinds.claims import stated_in  # noqa: PLC0415 - only for checks that ask for it

    return stated_in(report)


def parameters_of(name: str, function: CheckFunction) -> tuple[str, ...]:
    """Return the fixtures that a function asks for by the names of its parameters.

    Raises:
        Mistake: it asks for something else, or not by name.
    """
    import inspect  # noqa: PLC0415 - only where a pack has such rules

    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError) as error:
        reason = Text(
            f"检查函数“{name}”没有说明要什么参数：{error}", f"check {name!r} does not say what it asks for: {error}"
        )
        raise Mistake(reason, path=("check",)) from error
    for one in parameters:
        if one.kind in (one.POSITIONAL_ONLY, one.VAR_POSITIONAL, one.VAR_KEYWORD):
            reason = Text(
                f"检查函数“{name}”的参数 {one} 不行：参数是按名字给的",
                f"check {name!r} takes {one}: it gets what it asks for by name",
            )
            raise Mistake(reason, path=("check",))
        if one.name not in FIXTURES and one.default is one.empty:
            reason = Text(
                f"检查函数“{name}”要的参数“{one.name}”没有", f"check {name!r} asks for {one.name!r}, which there is not"
            )
            known = Text(f"；可以要：{'、'.join(FIXTURES)}", f"; there are {', '.join(FIXTURES)}")
            raise Mistake(reason + nearest(one.name, list(FIXTURES)) + known, path=("check",))
    return tuple(one.name for one in parameters if one.name in FIXTURES)


def places_of(message: Text) -> frozenset[str]:
    """Return the places of a message; of a broken one none, and loading tells what is wrong with it."""
    from string import Formatter  # noqa: PLC0415 - only where a pack has such rules

    try:
        parts = [part for words in message.by_language.values() for part in Formatter().parse(words)]
        return frozenset(name for _, name, _, _ in parts if name)
    except ValueError:
        return frozenset()


def said(given: Iterable[Outcome] | Outcome | None) -> Iterator[Outcome]:
    """Give the outcomes that a function returned, and a pass where it returned none."""
    count = 0
    outcomes: Iterable[Any] = () if given is None else (given,) if isinstance(given, Outcome) else given
    for count, one in enumerate(outcomes, 1):
        if not isinstance(one, Outcome):
            raise TypeError(f"gave {one!r:.80}; give fail(…), undecided(…) or passed()")
        if count > _MAX_OUTCOMES:
            raise ValueError(f"gave more than {_MAX_OUTCOMES} outcomes")
        yield one
    if not count:
        yield Outcome(PASS)


def refuse_gaps(outcome: Outcome, places: Mapping[str, frozenset[str]]) -> None:
    """Refuse an outcome that its message cannot be made of."""
    if outcome.outcome == UNDECIDED and outcome.reason is None:
        raise ValueError("gave undecided without a reason")
    if outcome.variant not in places:
        raise ValueError(f"gave variant {outcome.variant!r}, for which the rule has no message")
    missing = sorted(places[outcome.variant] - set(outcome.arguments))
    if outcome.outcome == FAIL and missing:
        raise ValueError(f"gave no {', '.join(missing)}, of which the rule's message speaks")


def with_source(involved: CellRef, subject: RuleContext) -> CellRef:
    """Say of a cell which other report it stands in."""
    others = (subject.prior, subject.parent, *subject.children)
    source: Report | None = next(
        (one for one in others if one is not None and one.cells.get(involved.key) is involved.cell), None
    )
    if source is None:
        return involved._replace(year=subject.report.year)
    return involved._replace(year=source.year, source=source.name)
