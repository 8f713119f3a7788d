"""``applies.when``, and names in Chinese where rules name sections and kinds of issuers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.language.making import NEW, report, rule

from nianbao.catalogue.loading import load_pack
from nianbao.engine import Engine
from nianbao.errors import SourceErrors
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import KINDS
from nianbao.kinds.kind import RuleContext
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.rule import Applies, Pack
from nianbao.packtests.running import try_examples

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.engine import Judgement

WHEN = '表三.新收[总计] > 0 且 非 含(栏目.其他事项, "汇总")'


def judge(when: str, given: dict[str, Any], kind: str = "equation", option: Any = "新收 = 办理总计") -> Judgement:
    """Judge a report by one rule that applies only where a statement is true."""
    own = rule(kind, option, applies=Applies(when=when), **({"within": "表三"} if kind == "equation" else {}))
    return Engine([Pack("own", "1", Text.of("own"), (), (own,))]).judge(report(given))


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({"新收": 3, "新收.自然人": 3}, {"pass": 5, "fail": 2}),
        ({"新收": 0, "办理总计": 3}, {"not-applicable": 1}),
        ({"新收": 3, "sections": {"other_matters": "本报告为汇总。"}}, {"not-applicable": 1}),
        ({"新收": 3, "without": ["other_matters"]}, {"not-applicable": 1}),
        ({"新收": "三件"}, {"undecided": 1}),
    ],
)
def test_a_rule_applies_where_its_statement_is_true(given: dict[str, Any], counts: dict[str, int]) -> None:
    """Where it is false the rule does not apply; where it is not known the rule is undecided, and says why."""
    judged = judge(WHEN, given)
    assert dict(judged.counts) == counts
    assert [finding.reason is not None for finding in judged.findings if finding.outcome == "undecided"] == [True] * (
        counts.get("undecided", 0)
    )


def test_it_may_stand_with_any_kind() -> None:
    """Here with the words that a section must have."""
    asked = {"sections": ["其他事项"], "any": ["收费"]}
    assert judge("新收[总计] = 0", {}, "content", asked).counts["fail"] == 1
    assert judge("新收[总计] > 0", {}, "content", asked).counts["not-applicable"] == 1


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("新收 > 0", "this must be one statement"),
        ("新收[总计]", "expected a statement"),
        ("新受[总计] > 0", "no row or column '新受'"),
    ],
)
def test_a_wrong_statement_is_refused(when: str, reason: str) -> None:
    """At its place, when the pack is loaded."""
    with pytest.raises(Mistake, match=reason) as caught:
        KINDS.compile(rule("section", "present", applies=Applies(when=when)), NEW)
    assert caught.value.path == ("applies", "when")


def test_sections_have_their_nearest_name() -> None:
    """In either language."""
    with pytest.raises(Mistake, match="no section '其它事项'; did you mean '其他事项'"):
        KINDS.compile(rule("content", {"sections": ["其它事项"], "any": ["a"]}), NEW)


PACK = """\
- code: Z001
  content: {sections: [其他事项], any: [收费]}
  applies: {issuers: [部门], when: '新收[总计] > 0'}
  tests:
    - pass: {机关类别: 部门, 新收: 3, sections: {其他事项: 未收费。}}
    - fail: {机关类别: 部门, 新收: 3, sections: {other_matters: 无。}}
"""


def test_a_pack_may_be_written_in_chinese(tmp_path: Path) -> None:
    """Sections, kinds of issuers and facts."""
    file = tmp_path / "own.yaml"
    file.write_text(PACK, encoding="utf-8")
    pack = load_pack(file)
    assert pack.rules[0].applies == Applies(issuers=("department",), when="新收[总计] > 0")
    assert [verdict.fault for verdict in try_examples(pack, builtin_forms())] == [None, None]
    judged = Engine([pack]).judge_context(RuleContext.of(report({"机关类别": "乡镇", "新收": 3})))
    assert judged.counts == {"not-applicable": 1}

    file.write_text(PACK.replace("[部门]", "[部们]").replace("新收[总计] > 0", "新收 > 0"), encoding="utf-8")
    with pytest.raises(SourceErrors, match="did you mean '部门'"):
        load_pack(file)
