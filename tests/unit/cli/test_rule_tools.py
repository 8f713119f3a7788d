"""The commands for those who look rules up and write them: rules, explain, schema, eval, test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from nianbao.catalogue import builtin_pack

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from nianbao import Rule
    from nianbao.messages import Language

    Run = Callable[..., subprocess.CompletedProcess[str]]

RULES = builtin_pack().rules
OWN = """\
- code: Z001
  title: 新收不少于上年结转
  inequality: 新收 ≥ 上年结转
  tests:
    - pass: {新收: 4, 上年结转: 3}
    - fail: {新收: 3, 上年结转: 4}
- code: Z002
  title: 六个部分齐全
  section: present
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a small pack."""
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_all_rules_are_listed(nianbao: Run, pack: Path) -> None:
    """Each rule has a line with its code, name and title; a pack's rules stand behind those that ship."""
    lines = nianbao("rules", "--pack", pack).stdout.splitlines()

    assert [line.split()[0] for line in lines] == [*(rule.code for rule in RULES), "Z001", "Z002"]
    assert all(rule.name in line and rule.title.zh in line for rule, line in zip(RULES, lines, strict=False))


def test_rules_are_given_as_data(nianbao: Run) -> None:
    """JSON has every rule chosen, with its basis and what it covers."""
    found = json.loads(nianbao("rules", "--select", "Y", "--format", "json", "--lang", "en").stdout)

    assert [rule["code"] for rule in found] == ["Y001", "Y002", "Y003", "Y004"]
    assert found[0]["title"].startswith("what was carried in")
    assert found[0]["covers"] == ["T3-13", "T3-14"]
    assert found[0]["basis"][0]["document"] == "国办公开办函〔2021〕30号"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_can_be_explained(nianbao: Run, rule: Rule, lang: Language) -> None:
    """Title, authority, help and an example of either kind are shown, by code or by name."""
    code, name = rule.code, rule.name

    done = nianbao("explain", code, "--lang", lang)

    assert done.returncode == 0
    assert done.stdout == nianbao("explain", name, "--lang", lang).stdout
    assert all(part in done.stdout for part in (code, name, rule.title.get(lang), rule.help.get(lang)))
    assert all(basis.document in done.stdout for basis in rule.basis)


@pytest.mark.parametrize("name", ["rule-pack", "form", "report", "result", "settings"])
def test_schemas_are_printed(nianbao: Run, name: str) -> None:
    """What is printed is a schema."""
    Draft202012Validator.check_schema(json.loads(nianbao("schema", name).stdout))


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        ("新收[总计] + 上年结转[总计]", "103 + 7 = 110"),
        ("new[total] - 3", "103 − 3 = 100"),
        ("新收 + 上年结转 = 办理总计 + 结转下年", "表三 自然人: 88 + 6 = 94  =  86 + 8 = 94  成立"),
        ("新收[总计] > 200", "103  >  200  不成立"),
        ("统计期起 = 日期(年度, 1, 1)", "成立"),
        ("题名年度 = 2023", "2024  =  2023  不成立"),
        ("上年结转[总计] = 去年.结转下年[总计]", "无法判断：没有上一年度的报告"),
    ],
)
def test_an_expression_is_asked_of_a_report(nianbao: Run, expression: str, first: str) -> None:
    """Sums show their value, relations both sides and whether they hold, statements whether they are true."""
    done = nianbao("eval", expression, "examples/linjiang-2024.txt")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == first


def test_cells_of_an_expression_have_their_places(nianbao: Run) -> None:
    """Below each value stand the cells that take part, those of the year before too."""
    done = nianbao(
        "eval",
        "上年结转[总计] = 去年.结转下年[总计]",
        "examples/linjiang-2024.txt",
        "--prior",
        "examples/linjiang-2023.txt",
    )

    lines = done.stdout.splitlines()
    assert lines[0].endswith("成立")
    assert "examples/linjiang-2024.txt:42" in lines[1]
    assert "examples/linjiang-2023.txt:" in lines[2]


@pytest.mark.parametrize(
    ("expression", "mistake"),
    [("新收[总和]", "did you mean '总计'?"), ("新收 +", "expected"), ("总计", "means more than one thing")],
)
def test_a_wrong_expression_is_told_with_a_caret(nianbao: Run, expression: str, mistake: str) -> None:
    """The place and the way out are shown; the exit code is 2."""
    done = nianbao("eval", expression, "examples/linjiang-2024.txt", "--lang", "en")

    assert done.returncode == 2
    assert mistake in done.stderr
    assert done.stderr.rstrip().endswith("^")


def test_the_pack_that_ships_passes_its_own_tests(nianbao: Run) -> None:
    """All examples do what they say."""
    done = nianbao("test", "--quick")

    assert done.returncode == 0
    assert f"{sum(len(rule.examples) for rule in RULES)} 个例子相符，0 个不符" in done.stdout


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("", ""), 0, "2 条规则，2 个例子相符，0 个不符"),
        (("上年结转: 3}", "上年结转: 5}"), 1, "own.yaml:5: Z001: 例子写的是 pass，规则却判为 fail"),
        (("{新收: 3,", "{新秋: 3,"), 1, "own.yaml:6: Z001: 表二、表三、表四没有“新秋”这一行或列"),
        (("title: 六", "title: 六"), 0, "缺少通过或不通过的例子：Z002"),
    ],
)
def test_examples_of_a_pack_are_run(nianbao: Run, pack: Path, change: tuple[str, str], code: int, said: str) -> None:
    """An example that does not do what it says is told with its line; rules without examples are named."""
    pack.write_text(OWN.replace(*change) if change[0] else OWN, encoding="utf-8")

    done = nianbao("test", "--quick", pack)

    assert done.returncode == code
    assert said in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "- code: A001\n  section: present\n",
            "own.yaml:1: 编号 A001 已被占用：zfxxgk/applications.yaml:2；请换一个编号",
        ),
        ("- code: Z001\n  section: present\n- code: Z001\n  section: in-order\n", "编号 Z001 已被占用"),
    ],
)
def test_a_code_that_is_taken_is_refused(nianbao: Run, pack: Path, text: str, said: str) -> None:
    """By the pack that ships, or by the pack itself; also where only examples are run."""
    pack.write_text(text, encoding="utf-8")

    done = nianbao("test", "--quick", pack)

    assert done.returncode == 2
    assert said in done.stderr


def test_an_example_that_passes_only_since_its_rule_does_not_apply_is_told(nianbao: Run, pack: Path) -> None:
    """A remark on it; one that fails though the rule is not for its report is wrong."""
    rule = "- code: Z001\n  section: present\n  applies: {issuers: [部门]}\n  tests:\n"
    pack.write_text(f"{rule}    - pass: {{}}\n    - fail: {{without: [其他事项]}}\n", encoding="utf-8")

    done = nianbao("test", "--quick", pack)

    assert done.returncode == 1
    assert "own.yaml:5: Z001 (提示): 这个例子通过，只因为规则不适用于它" in done.stdout
    assert "own.yaml:6: Z001: 规则不适用于这个例子的报告" in done.stdout


def test_examples_start_from_the_bases_of_all_packs(nianbao: Run, tmp_path: Path) -> None:
    """Of the packs that this one extends, too; in either language."""
    for name, head in (
        ("below", "id: below\nbase: {sections: {总体情况: 甲。}}"),
        ("own", "id: own\nextends: ../below"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(head, encoding="utf-8")
        rule = f"- code: {name[0].upper()}001\n  condition: 含(栏目.总体情况, '甲')\n  tests: [{{pass: {{}}}}]\n"
        (tmp_path / name / "rules.yaml").write_text(rule, encoding="utf-8")

    done = nianbao("test", "--quick", tmp_path / "own")

    assert done.returncode == 0, done.stdout


def test_a_condition_shows_its_cells_and_points_at_the_one_that_breaks_it(nianbao: Run, pack: Path) -> None:
    """With their values; the place is that of the cell."""
    condition = "若 新收[总计] > 0 则 上年结转[总计] > 100 且 结转下年[总计] ≥ 0"
    pack.write_text(f"- code: Z001\n  condition: {condition}\n  within: 表三\n", encoding="utf-8")

    lines = nianbao("check", "examples/linjiang-2024.txt", "--pack", pack, "--select", "Z").stdout.splitlines()

    told = "".join(line.strip() for line in lines).replace(" ", "")
    assert any(line.endswith("第 42 行") for line in lines)
    assert told.index("总计=7、") < told.index("总计=103")


def test_names_are_listed_and_searched(nianbao: Run) -> None:
    """A line each, in both languages; words choose among them."""
    everything = nianbao("names").stdout.splitlines()
    assert len(everything) > 80
    assert nianbao("names", "国家秘密").stdout.split() == ["国家秘密", "state_secret", "表三", "行", "1.属于国家秘密"]
    assert json.loads(nianbao("names", "表四", "总计", "--format", "json").stdout) == [
        {"kind": "column", "zh": "总计", "en": "total", "table": "表四", "printed": "总计", "value": "count"}
    ]
    assert "columns.total" in nianbao("names", "表三", "总计", "--form", "zfxxgk-2019", "--lang", "en").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["国加秘密"], "没有含有“国加秘密”的名字；是不是“国家秘密”？"),
        (["--form", "zfxxgk-2020"], "没有格式“zfxxgk-2020”；是不是“zfxxgk-2021”？"),
    ],
)
def test_a_word_that_no_name_has_is_told_with_the_nearest(nianbao: Run, arguments: list[str], said: str) -> None:
    """With exit code 2."""
    done = nianbao("names", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "content: {sections: [其他事项], any: [收费通知]}",
            ["Z900 content：通过 0，不通过 1，不适用 0，未判 0", "  不通过 content  examples/linjiang-2024.txt:80:1"],
        ),
        (
            "disclosure: {sections: [其他事项], patterns: [信息处理费]}\napplies: {issuers: [部门]}",
            ["Z900 disclosure：通过 0，不通过 0，不适用 1，未判 0"],
        ),
        (
            "equation: 上年结转[总计] = 去年.结转下年[总计]",
            [
                "Z900 equation：通过 0，不通过 0，不适用 0，未判 1",
                "  未判 未能判断：没有上一年度的报告  examples/linjiang-2024.txt",
            ],
        ),
    ],
)
def test_a_rule_of_any_kind_is_tried_on_a_report(nianbao: Run, rule: str, said: list[str]) -> None:
    """As YAML in the place of an expression."""
    done = nianbao("eval", rule, "examples/linjiang-2024.txt")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == said


def test_a_file_of_rules_is_tried_on_a_report(nianbao: Run, pack: Path) -> None:
    """Each rule has its line; the cells of what it finds have their places."""
    done = nianbao("eval", pack, "examples/linjiang-2024.txt", "--lang", "en")

    assert [line for line in done.stdout.splitlines() if not line.startswith(" ")] == [
        "Z001 inequality: 7 passed, 0 failed, 0 not applicable, 0 undecided",
        "Z002 section: 6 passed, 0 failed, 0 not applicable, 0 undecided",
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("content: {sections: [其它事项], any: [a]}", "no section '其它事项'; did you mean '其他事项'?"),
        ("contnt: {sections: [其他事项]}", "unknown key 'contnt'; did you mean 'content'?"),
        ("content：{sections: [其他事项]}", "a key has a half-width colon"),
        ("none.yaml", "none.yaml"),
        ("code: Z001", "a rule has one of"),
    ],
)
def test_a_wrong_rule_is_told_with_its_place(nianbao: Run, rule: str, said: str) -> None:
    """And exit code 2."""
    done = nianbao("eval", rule, "examples/linjiang-2024.txt", "--lang", "en")

    assert done.returncode == 2
    assert said in done.stderr
