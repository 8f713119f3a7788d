"""What is wrong with a file of YAML, in both languages: what the parser says, and what the schema says."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from nianbao.errors import SourceError, SourceErrors
from nianbao.messages import Text
from nianbao.yamlfiles import parsing as yamlparse
from nianbao.yamlfiles.source import parse, validate

LOADERS = sorted({yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)}, key=lambda one: one.__name__)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "多了一个冒号"),
        ("a:\n\tb: c", "缩进"),
        ("a: 'b", "引号没有合上"),
        ("a: [1, 2", "方括号没有合上"),
        ("a: {b", "花括号没有合上"),
        ("- a\nb: c", "对齐"),
        ("a: b\nc\nd: e", "少了“: ”"),
        ("a: @b", "文字加引号"),
        ('a: "\\q"', "改用单引号"),
        ("a: *b", "* 开头的文字要加引号"),
        ("a: !b c", "! 开头的文字要加引号"),
        ("--- a\n--- b", "一个文件里只能有一份"),
        ("a: }", "这里应该有内容"),
    ],
)
def test_usual_faults_of_yaml_are_told_in_chinese(
    text: str, said: str, loader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do; the parser's own words stand behind, and alone in English."""
    monkeypatch.setattr(yamlparse, "_LOADER", loader)

    with pytest.raises(SourceError) as caught:
        parse(text, "a.yaml")

    reason = caught.value.reason
    problem = reason.en.removeprefix("not valid YAML: ")
    assert reason.zh.startswith("不是有效的 YAML：")
    assert said in reason.zh
    assert reason.zh.endswith(f"（{problem}）")
    assert caught.value.message.zh.startswith("a.yaml:")


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("a: 1\na: 2", "键“a”重复了；只留一个", "key 'a' stands twice"),
        ("[" * 45 + "]" * 45, "嵌套超过 40 层", "nested deeper than 40"),
        ("x" * 4_000_001, "有 4000001 个字符，最多 4000000 个", "4000001 characters, more than the 4000000 allowed"),
    ],
    ids=["twice", "deep", "long"],
)
def test_limits_are_told_in_both_languages(text: str, chinese: str, english: str) -> None:
    """Keys that repeat, and what is too deep or too long."""
    with pytest.raises(SourceError) as caught:
        parse(text, "a.yaml")

    assert caught.value.reason == Text(chinese, english)


@pytest.mark.parametrize(
    ("schema", "value", "chinese"),
    [
        ({"required": ["a", "b"]}, "{a: 1}", "缺少 b；请补上"),
        ({"enum": ["x", 2]}, "[1]", "不能写“[1]”；可以写 x、2"),
        ({"pattern": "^(x|y)$"}, "z", "不能写“z”；可以写 x、y"),
        ({"pattern": r"^[A-Z]{1,3}\d{3}$"}, "z", "“z”写法不对；要写一到三个大写字母加三位数字，例如 Z001"),
        ({"pattern": "^q$"}, "z", "“z”写法不对；要符合 ^q$"),
        ({"type": "array"}, "x", "这里要写列表，不能写“x”"),
        ({"type": ["object", "null"]}, "x", "这里要写“键: 值”的形式、或空，不能写“x”"),
        ({"const": 3}, "4", "这里只能写 3，不能写“4”"),
        ({"minItems": 2}, "[1]", "这里至少要列 2 项"),
        ({"maxItems": 1}, "[1, 2]", "这里最多列 1 项"),
        ({"minLength": 1}, "''", "这里不能空着"),
        ({"minLength": 2}, "x", "“x”太短；至少要有 2 个字"),
        ({"maxLength": 2}, "xyz", "“xyz”太长；最多 2 个字"),
        ({"minimum": 2}, "1", "“1”太小；最小是 2"),
        ({"exclusiveMinimum": 1}, "1", "“1”太小；要大于 1"),
        ({"maximum": 2}, "3", "“3”太大；最大是 2"),
        ({"uniqueItems": True}, "[1, 1]", "列表里有重复的项；去掉重复的"),
        ({"minProperties": 1}, "{}", "这里至少要写 1 个键"),
        ({"dependentRequired": {"a": ["b"]}}, "{a: 1}", "写了 a 就还要写 b"),
        ({"anyOf": [{"const": 1}]}, "2", "这里不能写“2”"),
        ({"multipleOf": 2}, "3", "不合要求：3 is not a multiple of 2"),
        ({"additionalProperties": False, "properties": {"name": {}}}, "nane: 1", "没有“nane”这个键；是不是“name”？"),
        ({"additionalProperties": False, "properties": {"a": {}, "b": {}}}, "xyz: 1", "没有“xyz”这个键；这里有：a、b"),
    ],
)
def test_what_a_schema_refuses_is_told_in_chinese(schema: dict[str, Any], value: str, chinese: str) -> None:
    """Each of the words of schemas that are in use, and one that is not, with its English behind."""
    with pytest.raises(SourceErrors) as caught:
        validate(parse(value, "a.yaml"), schema)

    (error,) = caught.value.errors
    assert error.reason.zh == chinese
    assert not re.search(r"[\u4e00-\u9fff]", error.reason.en)
    assert str(caught.value) == error.message.en == f"a.yaml:1:{error.column}: {error.reason.en}"
    assert caught.value.message == error.message


def test_long_values_are_cut_short() -> None:
    """A value is quoted only as far as it helps."""
    with pytest.raises(SourceErrors) as caught:
        validate(parse("x" * 500, "a.yaml"), {"type": "array"})

    assert len(caught.value.errors[0].reason.zh) < 100


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- code: Z001\n  equation：a = b\n", (2, 11)),
        ("- code： Z001\n  equation: a\n", (1, 7)),
        ("- code: Z001\n  equation:a = b\n  within: c\n", (2, 11)),
        ("- code: Z001\n  content: {sections：[a], any: [b]}\n", (2, 21)),
    ],
)
def test_a_colon_that_ends_no_key_is_found(text: str, place: tuple[int, int]) -> None:
    """A full-width one, and one without a space; the parser itself gives up later."""
    with pytest.raises(SourceError) as caught:
        parse(text, "own.yaml")
    assert (caught.value.line, caught.value.column) == place
    assert "键的后面要用半角冒号和一个空格" in caught.value.reason.zh


def test_a_rule_that_is_one_text_has_such_colons() -> None:
    """It is YAML, and no rule."""
    with pytest.raises(SourceErrors, match="a key has a half-width colon"):
        validate(parse("- code：Z001\n", "own.yaml"), {"items": {"type": "object"}})


def test_a_tab_is_named() -> None:
    """White space that YAML does not take."""
    with pytest.raises(SourceError) as caught:
        parse("- code: Z001\n\tequation: a = b\n", "own.yaml")
    assert "用了制表符" in caught.value.reason.zh
