"""Kind ``outlier``: figures far from last year's, or a table that repeats last year's. A hint, not a proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import Compiled, Kind, need_one, options_of, tables_of
from nianbao.kinds.outliers import copied, far, pairs
from nianbao.language.evaluate import NO_PRIOR
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.outcome import NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_NO_ERROR = Text("异常值不等于错误；请写 severity: info", "an outlier is no error; write severity: info")
_LOW = Text("异常值证明不了什么；请写 confidence: low", "an outlier proves nothing; write confidence: low")
_TOGETHER = Text(
    "factor 和 at_least 配着用，repeated 和 cells 配着用", "factor and at_least go together, repeated and cells too"
)


def _compile(rule: Rule, form: Form) -> Compiled:
    option, tables = rule.options["outlier"], tables_of(rule, form)
    need_one("outlier", option, of=("factor", "repeated"))
    if "error" in rule.severities:
        raise Mistake(_NO_ERROR, path=("severity",))
    if rule.confidence != "low":
        raise Mistake(_LOW, path=("confidence",))
    if clash := option.keys() & ({"factor", "at_least"} if "repeated" in option else {"cells"}):
        raise Mistake(_TOGETHER, path=("outlier", min(clash)))
    places = ("count", "of") if "repeated" in option else ("cell", "this", "before")
    return Compiled(lambda subject: _check(tables, option, subject), {"": frozenset(("table", "prior_year", *places))})


def _check(tables: tuple[str, ...], option: Mapping[str, Any], subject: RuleContext) -> Iterator[Outcome]:
    if subject.prior is None:
        yield Outcome(UNDECIDED, reason=subject.prior_reason or NO_PRIOR)
        return
    for table in tables:
        compared = list(pairs(subject, subject.prior, table=table))
        common = {"table": subject.report.form.tables[table].name, "prior_year": subject.prior.year or ""}
        outcomes = list(
            (copied if "repeated" in option else far)(compared, option, report=subject.report, prior=subject.prior)
        )
        for outcome in outcomes:
            yield outcome._replace(arguments={**common, **outcome.arguments}, subject=outcome.subject or table)
        if not outcomes:
            something = any(cell.value for pair in compared for cell in pair)
            yield Outcome(PASS if something else NOT_APPLICABLE, subject=table)


OUTLIER = Kind("outlier", options_of("outlier"), _compile)
