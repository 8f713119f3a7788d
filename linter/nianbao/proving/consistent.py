"""Consistent reports shown to all rules: none may fail on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.evaluate import cell_name
from nianbao.messages import Text
from nianbao.model.finding import FAIL, UNDECIDED
from nianbao.model.proof import ERROR, Consistent, Remark
from nianbao.proving.completing import name_rows
from nianbao.proving.drawing import Against, Drawn, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.engine import Engine, Judgement
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.proving.cases import Case

_FIRES = Text(
    "{form}：在前后一致的报告上不通过（{of} 份中的 {count} 份，例如种子 {seed}）：{where}{message}",
    "{form}: fails on consistent reports ({count} of {of}, seed {seed} for one): {where}{message}",
)
_CRASHES = Text(
    "{form}：规则在种子 {seed} 的报告上出错：{error}", "{form}: breaks on the report of seed {seed}: {error}"
)
_NONE = Text(
    "{form}：画不出前后一致的报告：{rows}不能同时成立",
    "{form}: no consistent report was found: {rows} stand against it",
)
_AT = Text("{cell}，", "{cell}, ")


class Shown(NamedTuple):
    """Consistent reports by case, the codes of the rules that fail on them, and what there is to say of these."""

    counted: Consistent
    drawn: tuple[tuple[Case, tuple[Drawn, ...]], ...]
    loud: frozenset[str]
    remarks: tuple[Remark, ...]


class _Fire(NamedTuple):
    times: int
    seed: int
    text: Text


def show(form: Form, cases: Iterable[Case], *, engine: Engine, reports: int, seed: int) -> Shown:
    """Draw consistent reports of a form, as many for each of its cases, and judge them."""
    every = tuple(cases)
    drawn, remarks, fires, crashes = [], [], dict[str, _Fire](), dict[str, _Fire]()
    count = undecided = 0
    for case in every:
        made = [draw(case, seed + number) for number in range(-(-reports // len(every)))]
        drawn.append((case, tuple(one for one in made if isinstance(one, Drawn))))
        stuck = next((one for one in made if isinstance(one, Against)), None)
        if stuck is not None and not drawn[-1][1]:
            remarks.append(_none(stuck, form))
        for one in drawn[-1][1]:
            judgement = engine.judge(one.report, one.prior)
            count, undecided = count + 1, undecided + judgement.counts[UNDECIDED]
            _note(judgement, one, fires, crashes)
    rules = {rule.code: rule for rule in engine.rules}
    for code, fire in (*fires.items(), *crashes.items()):
        text = fire.text.format(form=form.id, count=fire.times, of=count, seed=fire.seed)
        remarks.append(_remark(rules[code], text))
    loud = frozenset((*fires, *crashes))
    return Shown(Consistent(form, count, undecided), tuple(drawn), loud, tuple(remarks))


def _note(judgement: Judgement, drawn: Drawn, fires: dict[str, _Fire], crashes: dict[str, _Fire]) -> None:
    seen: set[str] = set()
    for finding in judgement.findings:
        if finding.outcome == FAIL and finding.rule not in seen:
            seen.add(finding.rule)
            first = fires.get(finding.rule, _Fire(0, drawn.seed, _fired(finding, drawn)))
            fires[finding.rule] = first._replace(times=first.times + 1)
    for crash in judgement.crashes:
        error = _braced(Text(crash.error, crash.error))
        crashes.setdefault(crash.rule.code, _Fire(1, drawn.seed, _partly(_CRASHES, error=error)))


def _fired(finding: Finding, drawn: Drawn) -> Text:
    cell = next((one.cell.key for one in finding.cells), None)
    where = _AT.format(cell=cell_name(drawn.report, cell)) if cell is not None else Text()
    return _partly(_FIRES, where=_braced(where), message=_braced(finding.texts))


def _partly(template: Text, **arguments: Text) -> Text:
    """Fill some places of a template, and leave the others."""
    zh, en = template
    for name, value in arguments.items():
        zh, en = zh.replace(f"{{{name}}}", value.get("zh")), en.replace(f"{{{name}}}", value.get("en"))
    return Text(zh, en)


def _braced(text: Text) -> Text:
    return Text(*(one.replace("{", "{{").replace("}", "}}") for one in text))


def _none(stuck: Against, form: Form) -> Remark:
    text = _NONE.format(form=form.id, rows=name_rows(stuck.rows, form))
    rule = next((row.rule for row in reversed(stuck.rows) if row.rule is not None), None)
    return Remark(ERROR, text) if rule is None else _remark(rule, text)


def _remark(rule: Rule, text: Text) -> Remark:
    return Remark(ERROR, text, rule.code, rule.origin.file, rule.origin.line)
