"""The prose of sections in statements, per cents, and hints at what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.language.making import NEW, OLD, report

from nianbao.language.evaluate import Sources
from nianbao.language.expressions import compile_expression
from nianbao.language.mistakes import Mistake
from nianbao.language.names import Scope
from nianbao.language.section_names import section_named
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

if TYPE_CHECKING:
    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report

SAYS = report({"sections": {"其他事项": "本年度 发出\n收费通知３件。", "problems": ""}, "机关类别": "部门"})


def ask(source: str, asked: Report = SAYS) -> Outcome:
    """Ask a statement of a report."""
    (instance,) = compile_expression(source, Scope.of(asked.form)).instances
    return instance.ask(Sources(asked))


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ('含(栏目.其他事项, "收费通知")', PASS),
        ("contains(section.other_matters, “收费 通知3件”)", PASS),
        ("含(栏目.其他事项, 「未收费」, 「通知」)", PASS),
        ('含(栏目.其他事项, "发出收费通知")', FAIL),  # not over the end of a line
        ('含(栏目.其他事项, "收費通知")', PASS),  # in traditional characters
        ('含(栏目.问题及改进, "收费通知")', FAIL),
        ("有(栏目.问题及改进)", FAIL),
        ("缺(栏目.问题及改进) 且 有(栏目.其他事项)", PASS),
        ('若 新收[总计] > 0 则 含(栏目.其他事项, "无")', PASS),
        ("机关类别 = “部门” 且 issuer_kind = 'department' 且 机关类别 ≠ “政府”", PASS),
        ("新收[总计] ≤ 30% × 办理总计[总计] 且 12.5％ = 0.125", PASS),
    ],
)
def test_words_of_a_section(source: str, outcome: str) -> None:
    """Any of the words is enough; width and white space make no difference; an empty section holds none."""
    assert ask(source).outcome == outcome


def test_a_section_that_is_missing_or_was_not_read() -> None:
    """The section that is missing is another rule's matter; without any heading nothing is known of it."""
    source = '含(栏目.其他事项, "收费通知")'
    assert ask(source, report({"without": ["other_matters"]})).outcome == NOT_APPLICABLE
    assert ask(source, SAYS._replace(sections=())).outcome == UNDECIDED
    assert ask(f"新收[总计] = 1 且 {source}", SAYS._replace(sections=())).outcome == FAIL


def test_a_long_section_is_searched_all_the_same() -> None:
    """Only short ones are kept for other rules."""
    prose = "甲" * 20_000 + "收费通知"
    assert ask('含(栏目.其他事项, "收费通知")', report({"sections": {"other_matters": prose}})).outcome == PASS


@pytest.mark.parametrize("form", [NEW, OLD])
def test_every_section_has_all_its_names(form: object) -> None:
    """Id, name in either language, and the official heading."""
    assert isinstance(form, type(NEW))
    for section in form.sections:
        names = (section.id, section.name.zh, section.name.en, section.heading)
        assert {section_named(form, name).id for name in names} == {section.id}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("栏目.其它事项 = “a”", "no section '其它事项'; did you mean '其他事项'?"),
        ("含(section.othermatters, 'a')", "no section 'othermatters'; did you mean 'other_matters'?"),
        ("含(栏目.其他事项, “ ”)", "no word in the quotation marks"),
        ("含(栏目.其他事项)", "含() takes text, one text or more"),
        ("含(新收, “a”)", "expected a text, found a number"),
        ("机关类别 = “部们”", "no kind of issuer '部们'; did you mean '部门'?"),
        ("合计(不予公开)[总计] = 3", "put the [ ] inside the brackets: 合计(不予公开[总计])"),
        ("表三：新收 = 3", "unexpected ':'; expected a name, a number or a sign; a table and its row"),
        ("新收 % 3 = 1", "unexpected '%'; expected a name, a number or a sign; % stands behind a number"),
    ],
)
def test_mistakes_say_what_was_meant(source: str, reason: str) -> None:
    """The nearest name, or the right way to write it."""
    with pytest.raises(Mistake) as caught:
        compile_expression(source, Scope.of(NEW))
    assert caught.value.reason.en.startswith(reason)


def test_a_tab_is_white_space() -> None:
    """In a line of the language."""
    assert ask("新收[总计]\t=\t0").outcome == PASS
