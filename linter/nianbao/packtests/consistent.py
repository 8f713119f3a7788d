"""Tests of all rules on consistent reports: no rule may fail on them, except for hints, which are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.evaluate import cell_name
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.model.proof import Consistent, Remark
from nianbao.model.rule import ERROR, INFO, WARNING
from nianbao.packtests.completing import name_rows
from nianbao.packtests.generation import Drawn, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.engine import Engine, Judgement
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule, Severity
    from nianbao.packtests.cases import Case
    from nianbao.packtests.generation import Against

_FIRES = Text(
    "{form}：在前后一致的报告上不通过（{of} 份中的 {count} 份，例如种子 {seed}）：{where}{message}",
    "{form}: fails on consistent reports ({count} of {of}, seed {seed} for one): {where}{message}",
)
_HINTS = Text(
    "{form}：在前后一致的报告上有提示（{of} 份中的 {count} 份，例如种子 {seed}）：{where}{message}",
    "{form}: a hint on consistent reports ({count} of {of}, seed {seed} for one): {where}{message}",
)
_CRASHES = Text(
    "{form}：规则在种子 {seed} 的报告上出错：{error}", "{form}: breaks on the report of seed {seed}: {error}"
)
_NONE = Text(
    "{form}：画不出前后一致的报告：{rows}不能同时成立",
    "{form}: no consistent report was found: {rows} stand against it",
)
_FEW = Text(
    "{form}：{of} 个种子中的 {count} 个没有画出报告（{rows}）", "{form}: {count} of {of} seeds gave no report ({rows})"
)
_AT = Text("{cell}，", "{cell}, ")

_ENOUGH = 5


class Shown(NamedTuple):
    """Consistent reports by case, the codes of the rules that fail on them, and remarks about these."""

    counted: Consistent
    drawn: tuple[tuple[Case, tuple[Drawn, ...]], ...]
    loud: frozenset[str]
    remarks: tuple[Remark, ...]


class _Fire(NamedTuple):
    times: int
    seed: int
    text: Text
    level: Severity = ERROR


def show(form: Form, cases: Iterable[Case], *, engine: Engine, reports: int, seed: int) -> Shown:
    """Draw consistent reports of a form, distributed over its cases, and judge them."""
    every = tuple(cases)
    drawn, remarks, fires, crashes = [], [], dict[str, _Fire](), dict[str, _Fire]()
    count = undecided = 0
    for number, case in enumerate(every):
        share = reports // len(every) + (number < reports % len(every))
        made, stuck = _drawn(case, seed, max(1, share))
        drawn.append((case, made))
        if stuck:
            remarks.append(_stuck(stuck, form, len(made)))
        for drawn_report in made:
            judgement = engine.judge(drawn_report.report, drawn_report.prior)
            count, undecided = count + 1, undecided + judgement.counts[UNDECIDED]
            _note(judgement, drawn_report, fires, crashes)
    rules = {rule.code: rule for rule in engine.rules}
    for code, fire in (*fires.items(), *crashes.items()):
        text = fire.text.format(form=form.id, count=fire.times, of=count, seed=fire.seed)
        remarks.append(_remark(rules[code], text, level=fire.level))
    loud = frozenset((*fires, *crashes))
    return Shown(Consistent(form, count, undecided), tuple(drawn), loud, tuple(remarks))


def _drawn(case: Case, seed: int, wanted: int) -> tuple[tuple[Drawn, ...], tuple[Against, ...]]:
    """Draw the reports of a case; if the first few seeds give none, no others are tried."""
    made: list[Drawn] = []
    stuck: list[Against] = []
    for number in range(wanted):
        attempt = draw(case, seed + number)
        if isinstance(attempt, Drawn):
            made.append(attempt)
        else:
            stuck.append(attempt)
        if not made and len(stuck) == _ENOUGH:
            break
    return tuple(made), tuple(stuck)


def _note(judgement: Judgement, drawn: Drawn, fires: dict[str, _Fire], crashes: dict[str, _Fire]) -> None:
    seen: set[str] = set()
    for finding in judgement.findings:
        if finding.outcome == FAIL and finding.rule not in seen:
            seen.add(finding.rule)
            first = fires.get(finding.rule, _Fire(0, drawn.seed, _fired(finding, drawn), INFO))
            level = ERROR if finding.severity != INFO and first.level == INFO else first.level
            text = first.text if level == first.level else _fired(finding, drawn)
            fires[finding.rule] = _Fire(first.times + 1, first.seed, text, level)
    for crash in judgement.crashes:
        error = _braced(crash.error)
        crashes.setdefault(crash.rule.code, _Fire(1, drawn.seed, _partly(_CRASHES, error=error)))


def _fired(finding: Finding, drawn: Drawn) -> Text:
    cell = next((reference.cell.key for reference in finding.cells), None)
    where = _AT.format(cell=cell_name(drawn.report, cell)) if cell is not None else Text()
    return _partly(_HINTS if finding.severity == INFO else _FIRES, where=_braced(where), message=_braced(finding.texts))


def _partly(template: Text, **arguments: Text) -> Text:
    """Fill some places of a template and keep the others."""
    zh, en = template.zh, template.en
    for name, value in arguments.items():
        zh, en = zh.replace(f"{{{name}}}", value.get("zh")), en.replace(f"{{{name}}}", value.get("en"))
    return Text(zh, en)


def _braced(text: Text) -> Text:
    return text.map(lambda words: words.replace("{", "{{").replace("}", "}}"))


def _stuck(stuck: tuple[Against, ...], form: Form, made: int) -> Remark:
    """Return a remark on the rows that prevented reports; it is an error if there is no report at all."""
    level: Severity
    level, template = (WARNING, _FEW) if made else (ERROR, _NONE)
    text = template.format(form=form.id, rows=name_rows(stuck[0].rows, form), count=len(stuck), of=made + len(stuck))
    rule = next((row.rule for row in reversed(stuck[0].rows) if row.rule is not None), None)
    return Remark(level, text) if rule is None else _remark(rule, text, level=level)


def _remark(rule: Rule, text: Text, *, level: Severity = ERROR) -> Remark:
    return Remark(level, text, rule.code, rule.origin.file, rule.origin.line)
