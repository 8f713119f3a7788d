"""Kind ``claim``: a figure in the prose that must agree with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled, Kind, need_one, options_of
from nianbao.kinds.prose import sections_of
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.claims import Claims, ClaimTarget
    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_OTHER = Text("正文另有一处与表格一致：“{quote}”", "the prose agrees with the tables elsewhere: “{quote}”")


def _compile(rule: Rule, form: Form) -> Compiled:
    from nianbao.kinds.claims import (  # noqa: PLC0415 - compiling its patterns would slow every start
        PLACES,
        TARGETS,
        Claims,
        ClaimTarget,
    )

    option = rule.options["claim"]
    need_one("claim", option, of=("patterns", "none"))
    need_one("claim", option, of=TARGETS)
    claims, target = Claims.of("claim", option, form=form), ClaimTarget.of(rule, form)
    patterns = (*claims.patterns, *claims.none, *claims.unless)
    return Compiled(lambda subject: _check(claims, target, subject), {"": frozenset(PLACES)}, patterns=patterns)


def _check(claims: Claims, target: ClaimTarget, subject: RuleContext) -> Iterator[Outcome]:
    _sections, nothing = sections_of(subject, claims.sections)
    where = subject.prose.matching((*claims.patterns, *claims.none), *claims.sections) if target.can_judge else ()
    compared = [(claim, target.judge(claim, subject)) for claim in claims.find(where, subject.report.year)]
    agreeing = (claim.quote for claim, outcome in compared if outcome.outcome == PASS)
    other = next((_OTHER.format(quote=quote) for quote in agreeing), None) if target.one_is_enough else None
    for _claim, outcome in compared:
        yield outcome._replace(outcome=UNDECIDED, reason=other) if other and outcome.outcome == FAIL else outcome
    if not compared:
        yield nothing or Outcome(NOT_APPLICABLE)


CLAIM = Kind("claim", options_of("claim"), _compile)
