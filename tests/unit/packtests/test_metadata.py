"""What a rule says of itself: each lack is told, at the rule's line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nianbao.catalogue import builtin_pack
from nianbao.forms.loading import builtin_forms
from nianbao.messages import Text
from nianbao.model.rule import Applies, Basis, Example, Grade, Pack
from nianbao.packtests.metadata import check_metadata

if TYPE_CHECKING:
    from nianbao.model.rule import Rule

OTHER, GOOD = builtin_pack().rules[:2]
BOTH = (Example("pass", {}, 1), Example("fail", {}, 2))

LACKS: list[tuple[str, dict[str, Any], str, str]] = [
    ("a title in Chinese alone", {"title": Text("总计不符", "")}, "warning", "the title has no English"),
    ("one string for both", {"title": Text("总计不符", "总计不符")}, "warning", "the title has no English"),
    ("help in English alone", {"help": Text("", "count again")}, "warning", "the help has no Chinese"),
    ("a message in one language", {"message": {"": Text("不符", "")}}, "warning", "the message has no English"),
    (
        "a variant in one language",
        {"message": {**GOOD.message, "text": Text("不符", "")}},
        "warning",
        "message text has no English",
    ),
    ("an error without a basis", {"grades": (Grade("error"),), "basis": ()}, "warning", "an error without a basis"),
    ("no help", {"help": Text()}, "warning", "no help: what is the reader to do"),
    ("no failing example", {"examples": BOTH[:1]}, "warning", "without a passing or without a failing example"),
    ("a live code replaced", {"replaces": (OTHER.code,)}, "error", f"{OTHER.code} under 'replaces' is still"),
    ("the name of another", {"name": OTHER.name}, "warning", f"the name {OTHER.name} is that of {OTHER.code} too"),
    ("an unknown form", {"applies": Applies(prior_forms=("zfxxgk-2020",))}, "error", "no form zfxxgk-2020"),
    ("a basis for no form", {"basis": (Basis("a", forms=("none",)),)}, "error", "no form none"),
    ("a severity for no form", {"grades": (Grade("info", ("none",)),)}, "error", "no form none"),
    (
        "no rule under also",
        {"examples": (*BOTH, Example("pass", {}, 3, ("Q999",)))},
        "error",
        "Q999 under 'also' is no rule",
    ),
]


def told(rule: Rule, *others: Rule) -> list[tuple[str, str]]:
    """Return level and text of what is said of the rule."""
    pack = Pack("own", "1", Text("own"), (), (rule, *others))
    remarks = check_metadata(pack, under=(), forms=builtin_forms())
    assert all(one.file and one.line for one in remarks)
    return [(one.level, one.text.en) for one in remarks if one.code == rule.code]


def test_a_complete_rule_is_passed_over() -> None:
    """The rules that ship are."""
    assert told(GOOD, OTHER) == []


@pytest.mark.parametrize(("change", "level", "said"), [one[1:] for one in LACKS], ids=[one[0] for one in LACKS])
def test_a_lack_is_told(change: dict[str, Any], level: str, said: str) -> None:
    """One change, one remark."""
    ((found, text),) = told(GOOD._replace(**change), OTHER)

    assert found == level
    assert said in text


def test_two_rules_cannot_replace_one_code() -> None:
    """Both are told."""
    assert "is replaced by" in told(GOOD._replace(replaces=("A900",)), OTHER._replace(replaces=("A900",)))[0][1]


def test_a_pack_in_one_language_needs_no_other() -> None:
    """Only a pack that speaks both is asked for both."""
    alone = GOOD._replace(title=Text("不符", "不符"), help=Text("核对", "核对"), message={"": Text("不符", "不符")})

    assert told(alone) == []
