"""Complete examples: the cells that an example does not name are filled so that equations hold; then all rules run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import exact
from nianbao.engine import applies
from nianbao.kinds import KINDS
from nianbao.kinds.kind import RuleContext
from nianbao.language.mistakes import Mistake
from nianbao.language.names import PRIOR, THIS
from nianbao.messages import Text
from nianbao.model.outcome import FAIL
from nianbao.model.proof import Remark
from nianbao.model.report import TEXT
from nianbao.model.rule import ERROR, INFO, WARNING
from nianbao.packtests.constraints import compiled, rows_of
from nianbao.packtests.examples import build
from nianbao.packtests.filling import Filled, fill, known_sorts, make_system
from nianbao.packtests.generation import with_values
from nianbao.packtests.running import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.diagnosis.equations import Constraint, Number, Variable
    from nianbao.engine import Engine
    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Example, Rule, Severity
    from nianbao.packtests.examples import ExampleReports
    from nianbao.packtests.filling import Sort

_TRIES = 6
_MAX_ROWS_NAMED = 8
_BREAKS = Text(
    "这个通过的例子补成完整报告后，{code}不通过：{message}",
    "made a whole report, this passing example fails {code}: {message}",
)
_NEVER = Text(
    "没有哪份前后一致的报告含有这个通过的例子：{rows}不能与它同时成立",
    "no consistent report has the figures of this passing example: {rows} cannot hold with them",
)
_NOT_FOUND = Text(
    "没有找到含有这个通过的例子的完整报告（{rows}）", "no whole report was found that has this passing example ({rows})"
)
_NOT_COMPLETED = Text(
    "这个不通过的例子补不成完整报告：{rows}也不成立", "this failing example is part of no whole report: {rows} fail too"
)
_OVERLAP = Text("{codes}也指出这个例子", "{codes} also fail on this example")
_SILENT = Text("例子写明{codes}也不通过，实际没有", "{codes} should fail on this example too, but do not")
_LOST = Text(
    "补成完整报告后，规则对这个例子另有结论", "made a whole report, the example is judged otherwise by its own rule"
)


class Whole(NamedTuple):
    """The result for an example: whether it was completed to a whole report, and remarks."""

    completed: bool
    remarks: tuple[Remark, ...]


def show_to_all(
    rule: Rule, example: Example, *, engine: Engine, forms: Sequence[Form], base: Mapping[str, object]
) -> Whole:
    """Complete an example and run all rules on it.

    A passing example must pass every rule that finds errors or warnings, except those under its ``also``. For a failing
    example, a remark names the others of these that fail. What is found as information is passed over.
    """
    try:
        reports = build(example.given, rule, forms=forms, base=base)
    except (Mistake, ValueError):  # the test of the example on its own rule reports it
        return Whole(completed=False, remarks=())
    passing = example.expect == "pass"
    rules = [other for other in engine.rules if passing or other.code != rule.code]
    filled = complete(reports if passing else _with_evidence(reports, rule, engine.kinds), rules, kinds=engine.kinds)
    if filled.values is None:
        return Whole(
            completed=False, remarks=(_remark(rule, example, *_stuck(filled, reports.report.form, passing=passing)),)
        )
    prior = reports.prior
    if prior is not None:
        past = {(key, THIS): value for (key, period), value in filled.values.items() if period == PRIOR}
        prior = with_values(prior, past)
    report = with_values(reports.report, filled.values)
    subject = subject_of(reports._replace(report=report, prior=prior))
    remarks = tuple(_remark(rule, example, *remark) for remark in _judged(rule, example, engine, subject))
    return Whole(completed=True, remarks=remarks)


def _with_evidence(reports: ExampleReports, rule: Rule, kinds: RuleKinds) -> ExampleReports:
    """Return the reports of a failing example; the cells on which its rule fails count as named, so that they stay."""
    report = reports.report
    made = compiled(rule, report.printed_form, kinds=kinds)
    outcomes = made.check(RuleContext.of(report, reports.prior)) if made is not None else ()
    cells = [cell for outcome in outcomes if outcome.outcome == FAIL for cell in outcome.cells]
    return reports._replace(
        named=reports.named | {cell.key for cell in cells if cell.source is None},
        named_prior=reports.named_prior | {cell.key for cell in cells if cell.source is not None},
    )


def complete(reports: ExampleReports, rules: Iterable[Rule], *, kinds: RuleKinds = KINDS) -> Filled:
    """Fill the cells that an example does not name such that the equations of rules hold."""
    report, prior = reports.report, reports.prior
    applying = [rule for rule in rules if applies(rule, report, prior=prior)]
    known = dict(_known(reports.named, report, THIS))
    sought = {key: THIS for key in report.cells if key not in reports.named}
    places = [(key, THIS) for key in sought]
    if prior is not None:
        known.update(_known(reports.named_prior, prior, PRIOR))
        places += [(key, PRIOR) for key in prior.cells if key not in reports.named_prior]
    sorts = known_sorts((place, _value_of(report.form, place[0])) for place in places)
    rows = [row for row in rows_of(applying, report.printed_form, kinds=kinds) if _is_usable(row, known, sorts)]
    totals = frozenset(key for key in sought if (slot := report.form.slot(key)) is not None and slot.is_total)
    system = make_system(rows, sorts, totals=totals)
    filled = Filled(None)
    for number in range(_TRIES):
        filled = fill(system, known, sorts=sorts, dice=random.Random(number))  # noqa: S311 - figures, not secrets
        if filled.values is not None or filled.surely:
            break
    return filled


def _value_of(form: Form, key: str) -> str:
    slot = form.slot(key)
    return slot.value if slot is not None else "count"


def _known(named: Iterable[str], report: Report, period: str) -> Iterator[tuple[Variable, Number]]:
    """Yield the figures that an example names; a blank counts as 0, words are skipped."""
    for key in named:
        cell = report.cells.get(key)
        if cell is not None and cell.state != TEXT:
            yield (key, period), exact(cell.value or 0)


def _is_usable(row: Constraint, known: Mapping[Variable, Number], sorts: Mapping[Variable, Sort]) -> bool:
    return all(not variable[0] or variable in known or variable in sorts for variable in row.weights)


def _stuck(filled: Filled, form: Form, *, passing: bool) -> tuple[Severity, Text]:
    rows = name_rows(filled.against, form)
    if not passing:
        return INFO, _NOT_COMPLETED.format(rows=rows)
    return (ERROR, _NEVER.format(rows=rows)) if filled.surely else (WARNING, _NOT_FOUND.format(rows=rows))


def _judged(rule: Rule, example: Example, engine: Engine, subject: RuleContext) -> Iterator[tuple[Severity, Text]]:
    findings = engine.judge_context(subject).findings
    failed = {finding.rule: finding for finding in findings if finding.outcome == FAIL}
    if (rule.code in failed) is (example.expect == "pass"):
        yield (WARNING, _LOST)
    others = [
        code for code, finding in failed.items() if finding.severity != INFO and code not in (rule.code, *example.also)
    ]
    if example.expect == "pass":
        for code in others:
            yield ERROR, _BREAKS.format(code=code, message=failed[code].texts)
    elif others:
        yield INFO, _OVERLAP.format(codes=_joined(others))
    silent = [code for code in example.also if code not in failed]
    if silent:
        yield WARNING, _SILENT.format(codes=_joined(silent))


def _remark(rule: Rule, example: Example, level: Severity, text: Text) -> Remark:
    return Remark(level, text, rule.code, rule.origin.file, example.line)


def _joined(parts: Sequence[str]) -> Text:
    return Text("、".join(parts), ", ".join(parts))


def name_rows(rows: Iterable[Constraint], form: Form) -> Text:
    """Return the names of rows; rows of the form itself come last."""
    labels = list(dict.fromkeys(row.label(form) for row in sorted(rows, key=lambda row: row.rule is None)))
    shown, more = labels[:_MAX_ROWS_NAMED], "…" if len(labels) > _MAX_ROWS_NAMED else ""
    return Text("、".join(label.zh for label in shown) + more, ", ".join(label.en for label in shown) + more)
