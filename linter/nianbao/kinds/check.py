"""Kind ``check``: a Python function of a plugin, which asks for what it needs by the names of its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from nianbao.kinds.base import Compiled, Kind, options_of
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.finding import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.base import Subject
    from nianbao.model.finding import Involved
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule

CheckFunction = Callable[..., Iterable[Outcome] | Outcome | None]

FIXTURES: dict[str, Callable[[Subject, Rule], object]] = {
    "report": lambda subject, _rule: subject.report,
    "prior": lambda subject, _rule: subject.prior,
    "form": lambda subject, _rule: subject.report.form,
    "cells": lambda subject, _rule: subject.report.cells,
    "sections": lambda subject, _rule: subject.report.sections,
    "settings": lambda subject, _rule: subject.settings,
    "options": lambda _subject, rule: rule.options.get("options", {}),
    "parent": lambda subject, _rule: subject.parent,
    "children": lambda subject, _rule: subject.children,
}
_NO_CHECKS = Text("；检查函数由插件提供，这里的插件都没有提供", "; a plugin has to bring it, and none here brings any")
_MOST_OUTCOMES = 10_000


def check_kind(functions: Mapping[str, CheckFunction]) -> Kind:
    """Return the kind of rules that are judged by one of these functions, by name."""

    def compile_check(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
        del form, merged
        name = str(rule.options["check"])
        if name not in functions:
            hint = nearest(name, sorted(functions)) if functions else _NO_CHECKS
            raise Mistake(Text(f"没有检查函数“{name}”", f"no check {name!r}").then(hint), path=("check",))
        function = functions[name]
        wanted = _parameters(name, function)
        places = {variant: _places(message) for variant, message in rule.message.items()}

        def check(subject: Subject) -> Iterator[Outcome]:
            given = {one: FIXTURES[one](subject, rule) for one in wanted}
            for outcome in _said(function(**given)):
                _refuse_gaps(outcome, places)
                yield outcome._replace(cells=tuple(_with_source(cell, subject) for cell in outcome.cells))

        return Compiled(check, places)

    return Kind("check", options_of("check"), compile_check)


def _parameters(name: str, function: CheckFunction) -> tuple[str, ...]:
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
            raise Mistake(reason.then(nearest(one.name, list(FIXTURES))).then(known), path=("check",))
    return tuple(one.name for one in parameters if one.name in FIXTURES)


def _places(message: Text) -> frozenset[str]:
    """Return the places of a message; of a broken one none, and loading tells what is wrong with it."""
    from string import Formatter  # noqa: PLC0415 - only where a pack has such rules

    try:
        return frozenset(name for text in message for _, name, _, _ in Formatter().parse(text) if name)
    except ValueError:
        return frozenset()


def _said(given: Iterable[Outcome] | Outcome | None) -> Iterator[Outcome]:
    """Give the outcomes that a function returned, and a pass where it returned none."""
    count = 0
    outcomes: Iterable[Any] = () if given is None else (given,) if isinstance(given, Outcome) else given
    for count, one in enumerate(outcomes, 1):
        if not isinstance(one, Outcome):
            raise TypeError(f"gave {one!r:.80}; give fail(…), undecided(…) or passed()")
        if count > _MOST_OUTCOMES:
            raise ValueError(f"gave more than {_MOST_OUTCOMES} outcomes")
        yield one
    if not count:
        yield Outcome(PASS)


def _refuse_gaps(outcome: Outcome, places: Mapping[str, frozenset[str]]) -> None:
    """Refuse an outcome that its message cannot be made of."""
    if outcome.outcome == UNDECIDED and outcome.reason is None:
        raise ValueError("gave undecided without a reason")
    if outcome.variant not in places:
        raise ValueError(f"gave variant {outcome.variant!r}, for which the rule has no message")
    missing = sorted(places[outcome.variant] - set(outcome.arguments))
    if outcome.outcome == FAIL and missing:
        raise ValueError(f"gave no {', '.join(missing)}, of which the rule's message speaks")


def _with_source(involved: Involved, subject: Subject) -> Involved:
    """Say of a cell which other report it stands in."""
    others = (subject.prior, subject.parent, *subject.children)
    source: Report | None = next(
        (one for one in others if one is not None and one.cells.get(involved.key) is involved.cell), None
    )
    if source is None:
        return involved._replace(year=subject.report.year)
    return involved._replace(year=source.year, source=source.name)
