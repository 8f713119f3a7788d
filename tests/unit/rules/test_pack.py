"""The pack that ships: every example does what it says, and every rule is complete."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from nianbao.catalogue import builtin_pack, load_pack
from nianbao.catalogue.pack_schema import rule_pack_schema
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.model.rule import CONFIDENCES, SEVERITIES, Pack
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.rule import Example, Rule

RULES = builtin_pack().rules
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{example.expect}-{example.line}")
    for rule in RULES
    for example in rule.examples
]
FIXED = {
    "S001": "missing-section",
    "S003": "nonstandard-heading",
    "S006": "wrong-form-for-year",
    "A001": "unbalanced-column",
    "A002": "wrong-results-total",
    "A003": "wrong-row-total",
    "A010": "application-not-a-count",
    "A011": "blank-application-cell",
    "L001": "wrong-dispute-total",
    "D001": "disclosure-not-a-count",
    "D004": "negative-opening-stock",
    "F001": "undisclosed-processing-fee",
    "P001": "wrong-statistics-period",
    "P002": "year-mismatch",
    "Y001": "broken-carry-over",
    "Y002": "broken-document-stock",
}
DOCUMENTS = {
    "国办公开办函〔2021〕30号",
    "国办公开办函〔2019〕60号",
    "国办函〔2020〕109号",
    "《中华人民共和国政府信息公开条例》",
    "《中华人民共和国立法法》",
    "《中华人民共和国行政复议法》",
}
# of these the catalogue of requirements is silent
BEYOND = {
    "published-in-the-future",
    "year-not-over",
    "blank-table",
    "blank-disclosure-cell",
    "doubled-punctuation",
    "no-results-of-supervision",
    "other-organ-in-department-report",
}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_does_what_it_says(rule: Rule, example: Example) -> None:
    """The rule alone, run on the report that the example describes, fails or does not; it is never undecided."""
    made = build(example.given, rule, forms=builtin_forms(), base=builtin_pack().base)
    judgement = Engine([Pack("one", "1", rule.title, (), (rule,))]).judge(made.report, made.prior)
    assert judgement.crashes == ()
    assert set(judgement.counts) <= {"pass", "fail"}
    assert ("fail" in judgement.counts) is (example.expect == "fail")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestEachRule:
    """What every rule that ships must have."""

    def test_has_two_examples_of_either_sort(self, rule: Rule) -> None:
        """A rule that is not shown to fail may never fail."""
        counts = Counter(example.expect for example in rule.examples)
        assert min(counts["pass"], counts["fail"]) >= 2

    def test_speaks_both_languages(self, rule: Rule) -> None:
        """Title, help and all messages, with the same places in either."""
        for text in (rule.title, rule.help, *rule.message.values()):
            assert text.zh
            assert text.en
        for text in rule.message.values():
            places = [set(re.findall(r"{(\w+)}", template)) for template in text.by_language.values()]
            assert places[0] == places[1]

    def test_rests_on_known_texts_alone(self, rule: Rule) -> None:
        """Documents are those whose words are known; only blank cells and hints, of which no text speaks, have none."""
        assert {basis.document for basis in rule.basis} <= DOCUMENTS
        assert rule.basis or set(rule.severities) == {"info"} or rule.name in BLANK_CELLS

    def test_names_its_defect_and_its_place_in_the_catalogue(self, rule: Rule) -> None:
        """The name is kebab-case, the code has its family's letter, and the requirements it covers are listed."""
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert re.fullmatch(r"[SNDALXFPYC]\d{3}", rule.code)
        assert rule.covers or rule.name in BEYOND
        assert set(rule.severities) <= set(SEVERITIES)
        assert rule.confidence in CONFIDENCES


def test_codes_and_names_stand_once_and_those_that_are_fixed_are_there() -> None:
    """Anything may rely on them."""
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert FIXED.items() <= {rule.code: rule.name for rule in RULES}.items()
    covered = Counter(one for rule in RULES for one in rule.covers)
    assert {one for one, times in covered.items() if times > 1} <= {"T2-11"}  # with last year's report, and without


def test_the_pack_passes_what_every_other_pack_must(repo: Path) -> None:
    """It is loaded without the checks, to start quickly; here it is checked like anybody's."""
    assert [rule.code for rule in load_pack(repo / "rules" / "zfxxgk").rules] == [rule.code for rule in RULES]


def test_the_schema_that_ships_is_that_of_the_kinds(repo: Path) -> None:
    """The file that editors use says what the code accepts."""
    shipped = json.loads((repo / "schemas" / "rule-pack.schema.json").read_text(encoding="utf-8"))
    assert shipped == rule_pack_schema()


BLANK_CELLS = {"blank-application-cell", "blank-disclosure-cell", "blank-dispute-cell"}
FEE_SAID = [
    "本年度，本镇无收取信息处理费情况。",
    "2024年未收取政府信息公开信息处理费。",
    "全年收取政府信息公开信息处理费 0 元。",
    "我局对 2 件申请收取了信息处理费共计 1300 元。",
    "按照《政府信息公开信息处理费管理办法》，本年度收取信息处理费 380 元。",
    "信息处理费收取情况：未收取。",
    "本街道政府信息公开未发生收费情况。",
    "全年未发生政府信息公开收费事项。",
    "我单位未收取信息公开处理费。",
    "今年未收取依申请公开事项信息处理费。",
    "本年度未收取政府信息公开费用，不存在减免费用。",
    "全年未收取任何政府信息公开费用。",
    "本局依申请公开政府信息不收取任何费用。",
    "本县未因信息公开收取公民、法人和其他组织等任何费用。",
    "全年发出收费通知 0 件，总金额 0 元。",
]
FEE_NOT_SAID = [
    "无。",
    "无其他需要报告的事项。",
    "严格执行《政府信息公开信息处理费管理办法》。",
    "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）做好答复。",
    "主动公开信息涉及收费项目 3 个。",
    "主动公开政府信息 300 条，包括行政事业性收费目录。",
    "公开行政事业性收费信息 12 条。",
    "未收到政府信息公开申请。",
]


@pytest.mark.parametrize(
    ("sentence", "said"), [*((one, True) for one in FEE_SAID), *((one, False) for one in FEE_NOT_SAID)]
)
def test_a_fee_statement_is_told_from_other_talk_of_fees(sentence: str, *, said: bool) -> None:
    """The ways of saying how much was charged pass; the name of the rules, or talk of other charges, does not."""
    (rule,) = (one for one in RULES if one.code == "F001")
    made = build({"sections": {"other_matters": sentence}}, rule, forms=builtin_forms())
    counts = Engine([builtin_pack()], {"F001"}).judge(made.report).counts
    assert counts == {"pass" if said else "fail": 1}
