"""Packs are loaded whole or refused with every mistake at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.catalogue import builtin_pack, load_pack
from nianbao.errors import SourceError, SourceErrors

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "- code: Z001\n  equation: 新收 = 办理总计\n  within: applications\n"


def load(folder: Path, text: str) -> SourceErrors:
    """Return the errors that a pack of one file of rules is refused with."""
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceErrors) as caught:
        load_pack(folder)
    return caught.value


def test_a_rule_needs_a_code_and_its_kind_alone(tmp_path: Path) -> None:
    """All else has a default; a folder without a head takes its name from the folder."""
    (tmp_path / "rules.yaml").write_text(GOOD, encoding="utf-8")
    pack = load_pack(tmp_path)
    (rule,) = pack.rules
    assert (pack.id, rule.code, rule.kind, rule.severity_for("any")) == (tmp_path.name, "Z001", "equation", "warning")
    assert rule.origin.line == 1


def test_one_file_is_a_pack_too(tmp_path: Path) -> None:
    """A file of rules may be given instead of a folder."""
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert load_pack(file).id == "mine"


def test_the_head_gives_id_version_and_title(tmp_path: Path) -> None:
    """``pack.yaml`` names the pack; severity may differ by form."""
    (tmp_path / "pack.yaml").write_text("id: local\nversion: 3\ntitle: {zh: 本地, en: local}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(GOOD + "  severity: {zfxxgk-2019: info, default: error}\n", encoding="utf-8")
    pack = load_pack(tmp_path)
    assert (pack.id, pack.version, pack.title.en) == ("local", "3", "local")
    assert [pack.rules[0].severity_for(form) for form in ("zfxxgk-2019", "zfxxgk-2021")] == ["info", "error"]


def test_a_pack_that_was_found_good_before_knows_its_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules and examples have the same lines whether a pack comes from its files or from the cache."""
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD + "  tests:\n    - pass: {}\n    - fail: {新收: 1}\n", encoding="utf-8")

    first, second = load_pack(folder), load_pack(folder)

    assert first == second
    assert [example.line for example in second.rules[0].examples] == [5, 6]


def test_the_head_gives_a_base_and_examples_name_other_rules(tmp_path: Path) -> None:
    """Both are for proving the pack."""
    (tmp_path / "pack.yaml").write_text("id: local\nbase: {sections: {problems: 无。}}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(GOOD + "  tests:\n    - pass: {}\n      also: [A001]\n", encoding="utf-8")
    pack = load_pack(tmp_path)
    assert pack.base == {"sections": {"problems": "无。"}}
    assert pack.rules[0].examples[0].also == ("A001",)


def test_a_base_of_another_shape_is_refused(tmp_path: Path) -> None:
    """Its line is told."""
    (tmp_path / "pack.yaml").write_text("id: local\nbase:\n  sections: [problems]\n", encoding="utf-8")
    (error,) = load(tmp_path, GOOD).errors
    assert (error.line, error.file) == (3, f"{tmp_path}/pack.yaml")


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        (GOOD.replace("办理总计", "办理总数"), 2, 18, "no row or column '办理总数' in 表三; did you mean '办理总计'?"),
        (GOOD.replace("applications", "aplications"), 3, 11, "no table 'aplications' in zfxxgk-2021"),
        (GOOD + "  colour: red\n", 4, 11, "unknown key 'colour'"),
        (GOOD + "  severity: bad\n", 4, 13, "'bad' is none of 'info', 'warning', 'error'"),
        (GOOD + "  section: present\n", 1, 3, "a rule has one of equation"),
        ("- code: Z001\n", 1, 3, "a rule has one of equation"),
        (GOOD + "  applies: {forms: [zfxxgk-2012]}\n", 4, 21, "no form 'zfxxgk-2012'; did you mean 'zfxxgk-2021'?"),
        (GOOD + "  message: 差 {diference}\n", 4, 12, "no place {diference}; did you mean 'difference'?"),
        (GOOD + "  message: '{left:>9999999}'\n", 4, 12, "write {left} without a layout"),
        (GOOD + "  message: '{left.real}'\n", 4, 12, "no place {left.real}"),
        (GOOD + "  message: '{left'\n", 4, 12, "broken message"),
        (GOOD + "  messages: {text: 错}\n", 4, 20, "no variant 'text'; there is none here"),
        (GOOD + GOOD, 4, 9, "code Z001 is taken: "),
        (GOOD + "  tests: [{}]\n", 4, 11, "an example has either 'pass' or 'fail'"),
        ("- code: Z001\n  condition: 年份 = 2024\n", 2, 14, "unknown name '年份'; did you mean '年度'?"),
        ("- code: Z001\n  section: gone\n", 2, 12, "'gone' is none of 'present'"),
    ],
)
def test_a_wrong_rule_is_refused_at_its_place(tmp_path: Path, text: str, line: int, column: int, reason: str) -> None:
    """Line, column and a way out are told before any report is looked at."""
    (error,) = load(tmp_path, text).errors
    assert error.reason.en.startswith(reason)
    assert (error.line, error.column) == (line, column)


def test_mistakes_of_several_rules_are_told_together(tmp_path: Path) -> None:
    """One run shows them all."""
    wrong = GOOD.replace("新收", "旧收")
    assert len(load(tmp_path, wrong + wrong.replace("Z001", "Z002")).errors) == 2


@pytest.mark.parametrize(("text", "reason"), [("[]\n", "holds no rule"), ("a: [\n", "not valid YAML")])
def test_a_pack_without_rules_or_yaml_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """An empty pack would be a pack that silently checks nothing."""
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=reason):
        load_pack(tmp_path)


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A wrong path is told, and what to give instead."""
    with pytest.raises(SourceError, match="no such pack"):
        load_pack(tmp_path / "nowhere")


def test_the_pack_that_ships_is_loaded_once() -> None:
    """Asking again costs nothing."""
    assert builtin_pack() is builtin_pack()
