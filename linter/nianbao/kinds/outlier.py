"""Kind ``outlier``: figures far from last year's, or a table full of last year's. No proof, but worth a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.kinds.base import Compiled, Kind, need_one, options_of, tables_of
from nianbao.kinds.outliers import copied, far, pairs
from nianbao.language.evaluate import NO_PRIOR
from nianbao.language.mistakes import Mistake
from nianbao.model.finding import NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.base import Subject
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule


def _compile(rule: Rule, form: Form, merged: frozenset[str]) -> Compiled:
    del merged
    option, tables = rule.options["outlier"], tables_of(rule, form)
    need_one("outlier", option, of=("factor", "repeated"))
    if "error" in rule.severities:
        raise Mistake("an outlier is no error; write warning or info", path=("severity",))
    if rule.confidence != "low":
        raise Mistake("an outlier proves nothing; write low", path=("confidence",))
    if clash := option.keys() & ({"factor", "at_least"} if "repeated" in option else {"cells"}):
        raise Mistake("factor and at_least go together, repeated and cells too", path=("outlier", min(clash)))
    places = ("count", "of") if "repeated" in option else ("cell", "this", "before")
    return Compiled(lambda subject: _check(tables, option, subject), {"": frozenset(("table", "prior_year", *places))})


def _check(tables: tuple[str, ...], option: Mapping[str, Any], subject: Subject) -> Iterator[Outcome]:
    if subject.prior is None:
        yield Outcome(UNDECIDED, reason=subject.prior_reason or NO_PRIOR)
        return
    for table in tables:
        found = list(pairs(subject.report, subject.prior, table=table))
        common = {"table": subject.report.form.tables[table].name, "prior_year": subject.prior.year or ""}
        said = list((copied if "repeated" in option else far)(found, option, report=subject.report))
        for one in said:
            yield one._replace(arguments={**common, **one.arguments}, subject=one.subject or table)
        if not said:
            something = any(one.value for pair in found for one in pair)
            yield Outcome(PASS if something else NOT_APPLICABLE, subject=table)


OUTLIER = Kind("outlier", options_of("outlier"), _compile)
