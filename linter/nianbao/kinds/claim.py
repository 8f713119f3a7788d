"""Kind ``claim``: a figure in the prose that must agree with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled, Kind, options_of
from nianbao.kinds.prose import sections_of
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.claims import Claims
    from nianbao.kinds.kind import RuleContext
    from nianbao.language.evaluate import Sums
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_BEST = (PASS, UNDECIDED, FAIL)
_OTHER = Text("正文另有一处与表格一致：“{quote}”", "the prose agrees with the tables elsewhere: “{quote}”")


def _compile(rule: Rule, form: Form) -> Compiled:
    from nianbao.kinds.claims import PLACES, Claims, sums_of  # noqa: PLC0415 - compiling its patterns would slow every start

    claims, sums = Claims.of("claim", rule.options["claim"], form=form), sums_of(rule, form)
    patterns = (*claims.patterns, *claims.unless)
    return Compiled(lambda subject: _check(claims, sums, subject), {"": frozenset(PLACES)}, patterns=patterns)


def _check(claims: Claims, sums: tuple[Sums, ...], subject: RuleContext) -> Iterator[Outcome]:
    from nianbao.kinds.claims import compare  # noqa: PLC0415 - the same

    _sections, nothing = sections_of(subject, claims.sections)
    compared = []
    where = subject.prose.matching(claims.patterns, *claims.sections) if sums else ()
    for claim in claims.find(where, subject.report.year):
        outcome = min(
            (compare(claim, total, subject=subject) for total in sums),
            key=lambda candidate: _BEST.index(candidate.outcome),
        )
        compared.append((claim, outcome))
    other = next((_OTHER.format(quote=claim.quote) for claim, outcome in compared if outcome.outcome == PASS), None)
    for _claim, outcome in compared:
        yield outcome._replace(outcome=UNDECIDED, reason=other) if other and outcome.outcome == FAIL else outcome
    if not compared:
        yield nothing or Outcome(NOT_APPLICABLE)


CLAIM = Kind("claim", options_of("claim"), _compile)
