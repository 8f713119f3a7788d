"""Explanations beyond one report: last year's, those of organs below, figures of the prose, and words in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.drawing import draw_report
from tests.support.trials import report_of
from tests.unit.language.making import report, rule

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import form_by_id
from nianbao.kinds.kind import RuleContext
from nianbao.messages import Text
from nianbao.model.outcome import FAIL
from nianbao.model.report import TEXT, Cell
from nianbao.model.rule import HIGH, LOW, Pack
from nianbao.model.slip import SAME_AMOUNT

if TYPE_CHECKING:
    from nianbao.engine import Judgement
    from nianbao.model.rule import Rule

FORM = form_by_id("zfxxgk-2021")
ENGINE = Engine([builtin_pack()])
LAST = draw_report(FORM, "last")
THIS = draw_report(FORM, "this", prior=LAST)


def engine(*rules: Rule) -> Engine:
    """Return an engine of these rules alone."""
    return Engine([Pack("mine", "1", Text(), (), rules)])


def told(judgement: Judgement) -> list[list[tuple[str, object, object, str | None]]]:
    """Return the first explanation of each component: cells, figures, true figures, and whose report they stand in."""
    return [
        [(one.key, one.old, one.new, one.source) for one in component.explanations[0].changes]
        for component in judgement.components
        if component.explanations
    ]


def years(this: dict[str, int], last: dict[str, int]) -> Judgement:
    """Judge two years, each with figures added to some cells."""
    own, before = (
        report_of(drawn, {**drawn.cells, **{key: int(drawn.cells[key] or 0) + more for key, more in added.items()}})
        for drawn, added in ((THIS, this), (LAST, last))
    )
    return ENGINE.judge(own, before._replace(name="last"))


def test_last_years_report_decides_too() -> None:
    """What was carried in agrees neither with its row, nor its column, nor last year's report: one cell is wrong."""
    key = "applications.carried_in.natural_person"
    judgement = years({key: 20}, {})

    true = THIS.cells[key]
    assert told(judgement) == [[(key, int(true or 0) + 20, true, None)]]
    assert judgement.components[0].explanations[0].confidence == HIGH
    assert len(judgement.components[0].findings) == 3


def test_last_years_report_may_be_the_wrong_one() -> None:
    """A total of last year's that fits nothing there fits this year's report neither."""
    key = "applications.carried_out.total"
    judgement = years({}, {key: 5})

    assert told(judgement) == [[(key, int(LAST.cells[key] or 0) + 5, LAST.cells[key], "last")]]


def test_one_cell_of_two_years_is_two_figures() -> None:
    """Of four readings the last doubts last year's figure: it is named beside this year's of the same cell."""
    key = "disclosure.regulations"
    own, before = report_of(THIS), report_of(LAST)
    figures = {f"{key}.made": 7, f"{key}.repealed": 2, f"{key}.in_force": 12}
    cells = {**own.cells, **{name: own.cells[name]._replace(value=value) for name, value in figures.items()}}
    last = {**before.cells, f"{key}.in_force": before.cells[f"{key}.in_force"]._replace(value=10)}

    judgement = ENGINE.judge(own._replace(cells=cells), before._replace(cells=last, name="last"))

    (component,) = judgement.components
    assert component.readings == 4
    told = [change for one in component.explanations for change in one.changes]
    named = {(one.key.rpartition(".")[2], one.source) for one in (*told, *component.others)}
    assert named == {("made", None), ("repealed", None), ("in_force", None), ("in_force", "last")}


def test_two_reports_that_agree_with_themselves_alone_are_told_as_such() -> None:
    """Last year's figures put in, two more are off by the same amount; last year's report may be wrong instead."""
    shift = {f"applications.carried_in.{column}": 2 for column in ("natural_person", "total")}
    shift |= {f"applications.carried_out.{column}": 2 for column in ("natural_person", "total")}
    (component,) = years(shift, {}).components

    assert {key: int(THIS.cells[key] or 0) for key in shift} in [
        {change.key: change.new for change in explanation.changes} for explanation in component.explanations
    ]
    assert {change.slip for one in component.explanations for change in one.changes} == {SAME_AMOUNT}
    assert {explanation.confidence for explanation in component.explanations} == {LOW}
    assert len(component.findings) == 2
    assert component.note is not None
    assert "each report agrees with itself" in component.note.en


def test_words_in_a_cell_keep_its_row_out() -> None:
    """What is not known proves nothing; what is wrong elsewhere is still found."""
    words, wrong = "applications.granted.natural_person", "applications.partial.total"
    given = report_of(THIS)
    cells = {**given.cells, words: Cell(words, None, TEXT, "三件")}
    cells[wrong] = Cell(wrong, int(THIS.cells[wrong] or 0) + 9, "number", "")

    judgement = ENGINE.judge(given._replace(cells=cells))

    assert told(judgement) == [[(wrong, int(THIS.cells[wrong] or 0) + 9, THIS.cells[wrong], None)]]


def test_a_figure_of_the_prose_may_be_the_wrong_one() -> None:
    """The table agrees with itself, the sentence with nothing: its figure should be what the table says."""
    claim = rule("claim", {"patterns": ["收到(?P<value>)件"], "equals": "新收.总计"}, code="Q001")
    sums = rule("equation", "总计 = 合计(申请人)", code="Q002", within="applications")
    table = rule("equation", "新收 + 上年结转 = 办理总计 + 结转下年", code="Q003", within="applications")
    given = {"新收.自然人": 48, "新收.总计": 48, "结转下年.自然人": 48, "结转下年.总计": 48}
    judged = report({**given, "sections": {"applications": "共收到84件申请。"}})

    judgement = engine(claim, sums, table).judge(judged)

    (component,) = judgement.components
    assert [(one.key, one.old, one.new) for one in component.explanations[0].changes] == [("", 84, 48)]


def test_words_for_none_are_no_figure_in_which_a_digit_may_be_wrong() -> None:
    """That a sentence denies what a table has is a finding, and no slip accounts for it."""
    claim = rule("claim", {"none": ["未收到申请"], "equals": "新收.总计"}, code="Q001")
    sums = rule("equation", "总计 = 合计(申请人)", code="Q002", within="applications")
    judged = report({"新收.自然人": 48, "新收.总计": 48, "sections": {"applications": "全年未收到申请。"}})

    judgement = engine(claim, sums).judge(judged)

    assert [(one.rule, one.outcome) for one in judgement.findings] == [("Q001", FAIL)]
    assert told(judgement) == []


def test_organs_below_are_evidence() -> None:
    """The figures of two districts add up to another total: either of the three reports may be wrong."""
    sums = rule("rollup", "新收.总计 = 下级.新收.总计", code="Q001")
    totals = {"city": 9, "a": 3, "b": 5}
    city, *below = (report({"新收.总计": total})._replace(name=name) for name, total in totals.items())

    judgement = engine(sums).judge_context(RuleContext.of(city)._replace(children=tuple(below)))

    assert [one.outcome for one in judgement.findings] == [FAIL]
    (component,) = judgement.components
    readings = {one.changes[0].source: (one.changes[0].old, one.changes[0].new) for one in component.explanations}
    assert readings == {None: (9, 8), "a": (3, 4), "b": (5, 6)}
