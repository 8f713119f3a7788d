"""From YAML text to plain data, with the place of every value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

from nianbao.errors import SourceError
from nianbao.messages import Text
from nianbao.yamlfiles.mistakes import COLON_HINT, not_yaml, wrong_colon

Path = tuple[str | int, ...]
Marks = dict[Path, tuple[int, int]]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_CHARACTERS = 4_000_000
_MAX_VALUES = 400_000
_MAX_DEPTH = 40
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NUMBERS = ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int")
_PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d{0,39})(\.\d{1,40})?([eE][-+]?\d{1,3})?")


class _ExactLoader(_LOADER):  # type: ignore[misc]
    """Reads numbers exactly, without binary fractions."""


def _exact_number(_loader: Any, node: yaml.Node) -> int | Decimal:
    match = _PLAIN_NUMBER.fullmatch(node.value)
    if match is None:
        raise yaml.constructor.ConstructorError(None, None, f"{node.value[:40]!r} is no plain number", node.start_mark)
    return Decimal(node.value) if match[1] or match[2] else int(node.value)


for _tag in _NUMBERS:
    _ExactLoader.add_constructor(_tag, _exact_number)


def parse_marked(text: str, file: str, *, exact: bool = False) -> tuple[Any, Marks]:
    """Parse YAML (or JSON) text; return its data, and line and column of each value by its path from the root.

    Args:
        text: The text.
        file: The name of the file in messages.
        exact: Whether numbers keep their digits, as whole numbers and decimals; other notations, such as octal numbers,
            are then refused.

    Raises:
        SourceError: it is not YAML, nested too deep or too large, or has a key twice.
    """
    if len(text) > _MAX_CHARACTERS:
        reason = Text(
            f"有 {len(text)} 个字符，最多 {_MAX_CHARACTERS} 个",
            f"{len(text)} characters, more than the {_MAX_CHARACTERS} allowed",
        )
        raise SourceError(reason, file=file)
    loader = (_ExactLoader if exact else _LOADER)(text)
    marks: Marks = {}
    try:
        node = loader.get_single_node()
        return (None if node is None else _build(loader, node, (), marks, file)), marks
    except yaml.MarkedYAMLError as error:
        # An unclosed quotation is reported where it begins: the parser notices it only at the end of the file.
        unclosed = error.context_mark is not None and "end of stream" in str(error.problem)
        mark = error.context_mark if unclosed else error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        reason = not_yaml(str(error.problem))
        colon = wrong_colon(text, line or 0)
        if colon is not None:
            reason, (line, column) = reason + COLON_HINT, colon
        raise SourceError(reason, file=file, line=line, column=column) from error
    except (yaml.YAMLError, ValueError) as error:
        raise SourceError(not_yaml(str(error)), file=file) from error
    finally:
        loader.dispose()


def _build(loader: Any, node: yaml.Node, path: Path, marks: Marks, file: str) -> Any:
    """Build plain data from a node; an alias is built again at each use, within the limits."""
    line = node.start_mark.line + 1
    marks[path] = (line, node.start_mark.column + 1)
    if len(path) > _MAX_DEPTH:
        raise SourceError(Text(f"嵌套超过 {_MAX_DEPTH} 层", f"nested deeper than {_MAX_DEPTH}"), file=file, line=line)
    if len(marks) > _MAX_VALUES:
        raise SourceError(Text("别名（*）展开后的值太多", "aliases expand to too many values"), file=file, line=line)
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(loader.construct_object(key_node, deep=True))
            if key in built:
                reason = Text(f"键“{key}”重复了；只留一个", f"key {key!r} stands twice")
                raise SourceError(reason, file=file, line=key_node.start_mark.line + 1)
            built[key] = _build(loader, value_node, (*path, key), marks, file)
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, (*path, index), marks, file) for index, child in enumerate(node.value)]
    # A date stays a string: plain data, as in JSON.
    return node.value if node.tag == _TIMESTAMP else loader.construct_object(node)
