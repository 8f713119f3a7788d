"""Kind ``condition``: a statement about years and dates that must be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.base import Compiled, Kind, options_of
from nianbao.language.conditions import Condition
from nianbao.language.mistakes import Mistake
from nianbao.language.syntax import parse
from nianbao.model.finding import FAIL, PASS, UNDECIDED, Outcome
from nianbao.model.location import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.base import Subject
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    del form, merged
    try:
        condition = Condition(parse(str(rule.options["condition"])))
    except Mistake as mistake:
        raise mistake.under("condition") from mistake
    places = {"": frozenset(("form", *(fact.id for fact in condition.facts)))}
    return Compiled(lambda subject: _check(condition, subject), places)


def _check(condition: Condition, subject: Subject) -> Iterator[Outcome]:
    answer = condition.ask(subject.report)
    location = answer.location or NOWHERE
    if answer.truth is None:
        yield Outcome(UNDECIDED, reason=answer.reason, location=location)
        return
    arguments: dict[str, object] = {fact.id: fact.read(subject.report) for fact in condition.facts}
    arguments["form"] = subject.report.form.title
    yield Outcome(PASS if answer.truth else FAIL, arguments=arguments, location=location)


CONDITION = Kind("condition", options_of("condition"), _compile)
