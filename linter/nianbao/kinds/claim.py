"""Kind ``claim``: a figure in the prose that must agree with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.base import Compiled, Kind, options_of
from nianbao.kinds.prose import sections_of
from nianbao.language.evaluate import judge, prepare
from nianbao.language.linear import Linear
from nianbao.messages import Text
from nianbao.model.finding import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.base import Subject
    from nianbao.kinds.claims import Claim, Claims
    from nianbao.language.linear import Equation
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_NAMES = ("value", "expected", "difference", "heading", "quote")
_BEST = (PASS, UNDECIDED, FAIL)
_UNCLEAR = Text("正文里是约数，或者没有读懂：“{quote}”", "an approximate figure, or one not understood: “{quote}”")
_OTHER = Text("正文另有一处与表格一致：“{quote}”", "the prose agrees with the tables elsewhere: “{quote}”")


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    from nianbao.kinds.claims import Claims, sums_of  # noqa: PLC0415 - its patterns cost what a start should not

    claims, sums = Claims.of("claim", rule.options["claim"], form=form), sums_of(rule, form, merged=merged)
    return Compiled(lambda subject: _check(claims, sums, subject), {"": frozenset(_NAMES)})


def _check(claims: Claims, sums: tuple[Equation, ...], subject: Subject) -> Iterator[Outcome]:
    _sections, nothing = sections_of(subject, claims.sections)
    found = []
    for claim in claims.find(subject.prose.of(*claims.sections), subject.report.year) if sums else ():
        said = min((_compare(claim, total, subject) for total in sums), key=lambda one: _BEST.index(one.outcome))
        found.append((claim, said))
    other = next((_OTHER.format(quote=claim.quote) for claim, said in found if said.outcome == PASS), None)
    for _claim, said in found:
        yield said._replace(outcome=UNDECIDED, reason=other) if other and said.outcome == FAIL else said
    if not found:
        yield nothing or Outcome(NOT_APPLICABLE)


def _compare(claim: Claim, total: Equation, subject: Subject) -> Outcome:
    said = judge(prepare(total._replace(left=Linear((), claim.value or 0))), subject.report, prior=subject.prior)
    said = said._replace(location=claim.sentence.location, subject=total.subject)
    if said.outcome == UNDECIDED or not claim.exact or claim.value is None:
        return said._replace(outcome=UNDECIDED, reason=said.reason or _UNCLEAR.format(quote=claim.quote))
    gap = (said.left or 0) - (said.right or 0)
    places = (said.left, said.right, abs(gap), claim.sentence.section.heading, claim.quote)
    agrees = -claim.step < gap < claim.step
    return said._replace(outcome=PASS if agrees else FAIL, arguments=dict(zip(_NAMES, places, strict=True)))


CLAIM = Kind("claim", options_of("claim"), _compile)
