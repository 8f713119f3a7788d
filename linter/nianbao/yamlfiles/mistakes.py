"""Mistakes in a YAML file: the errors of the parser and of the schema, in words for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema.exceptions import ValidationError

Path = tuple[str | int, ...]

_MAX_QUOTED_CHARS = 60  # of a value
_MAX_LINES_BACK = 4  # from the place where the parser gives up
_MAX_SEARCHED_CHARS = 400  # of a line
_WRONG_COLON = re.compile(r"(?:^|[{,])\s*(?:-\s+)?[\w.-]{1,40}(：|:(?=[^\s/]))")
COLON_HINT = Text("；键的后面要用半角冒号和一个空格", "; a key has a half-width colon and a space behind it")
_TYPES = {
    "object": "“键: 值”的形式",
    "array": "列表",
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "null": "空",
}
_PATTERNS = {
    r"^[A-Z]{1,3}\d{3}$": "要写一到三个大写字母加三位数字，例如 Z001",
    r"^\d{4}-\d\d-\d\d$": "日期要写成 2021-01-31 的样子",
    r"^\d{4}-\d{2}-\d{2}$": "日期要写成 2021-01-31 的样子",
    r"^(?:0[1-9]|1[0-2]|L)-\d{2}$": "要写成 MM-DD 的样子，例如 03-31",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "只用小写字母、数字和中间的 -",
    r"^[a-z][a-z0-9-]*$": "只用小写字母、数字和 -，以字母开头",
    r"^[a-z][a-z0-9_]*$": "只用小写字母、数字和 _，以字母开头",
    r"^[^.]+(\.[^.]+)+$": "要写成用 . 连起来的几段",
}
_YAML = (
    ("mapping values are not allowed", "多了一个冒号，或者缩进不对；文字里有“: ”时整段加引号"),
    (r"found character '\t'", "用了制表符；缩进只能用空格"),
    ("tab character", "用了制表符；缩进只能用空格"),
    ("cannot start any token", "有一个字符不能放在开头（例如制表符、@、% 或 `）；缩进用空格，文字加引号"),
    ("could not find expected ':'", "少了“: ”；键的后面要有半角冒号和空格"),
    ("end of stream", "引号没有合上"),
    ("',' or ']'", "方括号没有合上，或者少了逗号"),
    ("',' or '}'", "花括号没有合上，或者少了逗号"),
    ("expected '-' indicator", "列表的每一项都要以“- ”开头，并且对齐"),
    ("expected <block end>", "缩进不对；同一层要对齐"),
    ("did not find expected key", "缩进不对；同一层的键要对齐"),
    ("node content", "这里应该有内容；文字里有括号、逗号等符号时加引号"),
    ("unknown escape character", "双引号里的 \\ 有特殊含义；改用单引号"),
    ("undefined alias", "* 开头的文字要加引号"),
    ("another document", "一个文件里只能有一份，去掉多余的 ---"),
    ("constructor for the tag", "! 开头的文字要加引号"),
    ("is no plain number", "数要写成普通的十进制数；没有数值就写 null"),
    ("unacceptable character", "文件里有不能用的控制字符"),
)


def not_yaml(problem: str) -> Text:
    """Return the reason why a text is not YAML, from the error of the parser."""
    usual = next((words for part, words in _YAML if part in problem), "")
    return Text(
        f"不是有效的 YAML：{usual}（{problem}）" if usual else f"不是有效的 YAML：{problem}",
        f"not valid YAML: {problem}",
    )


def wrong_colon(text: str, line: int) -> tuple[int, int] | None:
    """Return line and column of a colon that cannot stand behind a key, shortly before a line, or ``None``.

    It is a full-width one, or one without white space behind it.
    """
    lines = text.splitlines()
    for number in range(min(line, len(lines)), max(line - _MAX_LINES_BACK, 0), -1):
        match = _WRONG_COLON.search(lines[number - 1][:_MAX_SEARCHED_CHARS])
        if match is not None:
            return number, match.start(1) + 1
    return None


def mistakes(error: ValidationError) -> Iterator[tuple[Path, Text]]:
    """Yield the mistakes of an error of the schema, each with its place; each unknown key is a mistake of its own."""
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        yield tuple(error.path), _reason(error)
        return
    known: list[str] = list(error.schema.get("properties", ())) if isinstance(error.schema, dict) else []
    for key in error.instance:
        if key not in known:
            yield (*error.path, key), _unknown(key, known)


def _unknown(key: str, known: list[str]) -> Text:
    reason = Text(f"没有“{key}”这个键", f"unknown key {key!r}")
    here = Text(f"；这里有：{'、'.join(known)}", f"; known here: {', '.join(known)}")
    return reason + (_near(key, known) or here)


def _reason(error: ValidationError) -> Text:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    if error.validator == "required":
        missing = [key for key in wanted if key not in instance]
        return Text(f"缺少 {'、'.join(missing)}；请补上", f"missing key {', '.join(map(repr, missing))}")
    if error.validator == "enum":
        return _none_of(instance, wanted)
    if error.validator == "pattern" and (words := re.fullmatch(r"\^\((\w+(?:\|\w+)+)\)\$", wanted)):
        return _none_of(instance, words[1].split("|"))
    words_for = _WORDS.get(str(error.validator))
    reason = Text(words_for(wanted, _quoted(instance)) if words_for else f"不合要求：{error.message}", error.message)
    is_key = error.validator == "type" and isinstance(instance, str) and wrong_colon(instance, 1) is not None
    return reason + COLON_HINT if is_key else reason


def _none_of(instance: Any, wanted: list[Any]) -> Text:
    reason = Text(
        f"不能写{_quoted(instance)}；可以写 {'、'.join(map(str, wanted))}",
        f"{instance!r} is none of {', '.join(map(repr, wanted))}",
    )
    return reason + _near(str(instance), [str(word) for word in wanted])


def _near(word: str, known: list[str]) -> Text:
    import difflib  # noqa: PLC0415 - only for mistakes

    near = difflib.get_close_matches(word, known, 1, 0.5)
    return Text(f"；是不是“{near[0]}”？", f"; did you mean {near[0]!r}?") if near else Text()


def _quoted(instance: Any) -> str:
    """Return a value in quotation marks, shortened if it is long."""
    words = str(instance) if isinstance(instance, str) else repr(instance)
    return f"“{words[:_MAX_QUOTED_CHARS]}{'…' if len(words) > _MAX_QUOTED_CHARS else ''}”"


def _type(wanted: Any, quoted: str) -> str:
    types = [wanted] if isinstance(wanted, str) else wanted
    return f"这里要写{'、或'.join(_TYPES.get(wanted_type, wanted_type) for wanted_type in types)}，不能写{quoted}"


_WORDS: dict[str, Callable[[Any, str], str]] = {
    "type": _type,
    "pattern": lambda wanted, quoted: f"{quoted}写法不对；{_PATTERNS.get(wanted, f'要符合 {wanted}')}",
    "const": lambda wanted, quoted: f"这里只能写 {wanted}，不能写{quoted}",
    "minItems": lambda wanted, _quoted_value: f"这里至少要列 {wanted} 项",
    "maxItems": lambda wanted, _quoted_value: f"这里最多列 {wanted} 项",
    "minProperties": lambda wanted, _quoted_value: f"这里至少要写 {wanted} 个键",
    "minLength": lambda wanted, quoted: f"{quoted}太短；至少要有 {wanted} 个字" if wanted > 1 else "这里不能空着",
    "maxLength": lambda wanted, quoted: f"{quoted}太长；最多 {wanted} 个字",
    "minimum": lambda wanted, quoted: f"{quoted}太小；最小是 {wanted}",
    "exclusiveMinimum": lambda wanted, quoted: f"{quoted}太小；要大于 {wanted}",
    "maximum": lambda wanted, quoted: f"{quoted}太大；最大是 {wanted}",
    "uniqueItems": lambda _wanted, _quoted_value: "列表里有重复的项；去掉重复的",
    "dependentRequired": lambda wanted, _quoted_value: "；".join(
        f"写了 {key} 就还要写 {'、'.join(others)}" for key, others in wanted.items()
    ),
    "anyOf": lambda _wanted, quoted: f"这里不能写{quoted}",
    "oneOf": lambda _wanted, quoted: f"这里不能写{quoted}",
}
