"""Reports as data: the JSON that ``extract`` prints, the same as YAML, and either of them written by hand."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.errors import InputError, SourceError
from nianbao.messages import Text
from nianbao.model.document import Document
from nianbao.model.location import path_anchor

if TYPE_CHECKING:
    from nianbao.model.location import Location

_OPENS = re.compile(r"\s*(?:\{|---|#|%YAML|[\"']?\w+[\"']?\s*:)")
_SCHEMA = re.compile(r"(?:^|[{,\s])[\"']?schema[\"']?\s*:\s*[\"']?nianbao/report/", re.MULTILINE)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d-])")
# Other YAML, such as settings or rules, whose words may be those of a report: a list or a mapping, by its first keys.
_REMARKS = r"(?:[ \t]*(?:#[^\n]*)?\n)*"
_KEY = r"[A-Za-z][\w-]*:(?:[ \t][^\n]*)?\n"
_YAML = re.compile(rf"{_REMARKS}(?:---[^\n]*\n{_REMARKS}- |- |){_KEY}{_REMARKS}(?: +(?:- )*)?[A-Za-z][\w-]*:(?:\s|$)")
_MAX_TEXT_CHARS = 8_000_000
_OTHER = Text(
    '是 JSON 或 YAML 数据，但不是年度报告的数据；年度报告的数据要写明 "schema": "nianbao/report/1"',
    'is JSON or YAML, but not the data of a report, which say "schema": "nianbao/report/1"',
)
_BROKEN = Text("不是有效的 JSON：{reason}", "is not valid JSON: {reason}")
_AT = Text("（第 {line} 行）", " (line {line})")
_NOT_CLOSED = Text("括号、引号或逗号不对（{reason}）", "{reason}")
_HUGE = Text("{number}… 太长，不像报告里的数", "{number}… has more digits than any figure of a report")
_MAX_NUMBER_CHARS = 60
_TWICE = Text("键“{key}”重复了；只留一个", "key {key!r} stands twice")
_NUMBER = Text("“{number}”不是数；没有数值就写 null", "{number} is no number: write null where there is none")
_DEPTH = Text("嵌套太深", "nested too deep")
_MAX_ENTRIES = 50_000
_CROWD = Text(
    "{path} 下有 {count} 项，最多 {limit} 项，不像一份年度报告的数据；请分开检查",
    "{path} has {count} entries, more than the {limit} that the data of a report may have: check its parts",
)
_NO_DATA = Text("最外层要写成“键: 值”", "it has no keys at its top")
_TOO_LONG = Text(
    "有 {size} 个字符，不像一份年度报告的数据；请分开检查",
    "has {size} characters, which the data of no report has: check its parts",
)


def is_data(text: str) -> bool:
    """Whether text is data: any JSON, YAML whose schema is that of a report, or that begins with keys as code has."""
    if _is_json(text) or _YAML.match(text) is not None:
        return True
    return _OPENS.match(text) is not None and _SCHEMA.search(text) is not None


def _is_json(text: str) -> bool:
    return _JSON.match(text) is not None and text.rstrip().endswith(("}", "]"))


def read_canonical(text: str, name: str, *, sha256: str) -> Document:
    """Read a report as data; the form interprets the data later.

    Raises:
        InputError: neither JSON nor YAML, a key twice, nested too deep, larger than any report, or not a report.
    """
    if _SCHEMA.search(text) is None:
        raise InputError("not-a-report", _OTHER)
    if len(text) > _MAX_TEXT_CHARS:
        raise InputError("too-large", _TOO_LONG.format(size=len(text)))
    data = _json(text) if text.lstrip().startswith("{") else _yaml(text)
    if not isinstance(data, dict):
        raise _broken(_NO_DATA)
    _refuse_crowd(data)
    return Document(name, "report", sha256, (), data=data, places=DataPlaces(), text=text)


def _refuse_crowd(data: dict[str, Any]) -> None:
    """Refuse data with more keys or values in one place than any report has, before each is looked at.

    Raises:
        InputError: code ``too-many-values``.
    """
    waiting: list[tuple[str, Any]] = [("/", data)]
    while waiting:
        path, value = waiting.pop()
        if not isinstance(value, dict | list):
            continue
        if len(value) > _MAX_ENTRIES:
            reason = _CROWD.format(path=path[:60], count=len(value), limit=_MAX_ENTRIES)
            raise InputError("too-many-values", reason.in_one_line())
        waiting += value.items() if isinstance(value, dict) else ((path, item) for item in value)


class DataPlaces(NamedTuple):
    """Turns the anchor of a location into the line and column of a value; it parses the text a second time."""

    def exact(self, text: str, location: Location) -> Location:
        """Return the location with line and column, if they can be found."""
        mark = _marks(text).get(location.anchor) if location.anchor else None
        return location if mark is None else location._replace(line=mark[0], column=mark[1])


@lru_cache(maxsize=2)
def _marks(text: str) -> dict[str, tuple[int, int]]:
    from nianbao.yamlfiles.parsing import parse_marked  # noqa: PLC0415 - only when places are asked for

    try:
        _data, marks = parse_marked(text, "")
    except SourceError:
        return {}
    return {path_anchor(path): mark for path, mark in marks.items()}


class _WrongError(ValueError):
    """JSON with a value that is not data."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def _json(text: str) -> Any:
    """Return the data of JSON; text that only looks like JSON may be YAML."""
    try:
        return json.loads(
            text, parse_int=_whole, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=_mapping
        )
    except _WrongError as error:
        raise _broken(_BROKEN.format(reason=error.reason)) from error
    except RecursionError as error:
        raise _broken(_BROKEN.format(reason=_DEPTH)) from error
    except json.JSONDecodeError as error:
        try:
            return _yaml(text)
        except InputError:
            reason = _BROKEN.format(reason=_NOT_CLOSED.format(reason=error.msg))
            raise _broken(reason, line=error.lineno) from error


def _whole(written: str) -> int:
    return int(_short(written))


def _decimal(written: str) -> Decimal:
    return Decimal(_short(written))


def _short(written: str) -> str:
    if len(written) > _MAX_NUMBER_CHARS:
        raise _WrongError(_HUGE.format(number=written[:20]))
    return written


def _no_number(written: str) -> Any:
    raise _WrongError(_NUMBER.format(number=written[:40]))


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise _WrongError(_TWICE.format(key=key[:60]))
        mapping[key] = value
    return mapping


def _yaml(text: str) -> Any:
    from nianbao.yamlfiles.parsing import parse_marked  # noqa: PLC0415 - only for YAML

    try:
        data, _marks = parse_marked(text, "", exact=True)
    except SourceError as error:
        raise _broken(error.reason, line=error.line) from error
    return data


def _broken(reason: Text, *, line: int | None = None) -> InputError:
    message = reason if line is None else reason + _AT.format(line=line)
    return InputError("broken-data", message.in_one_line())
