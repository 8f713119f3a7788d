"""Copies of reports as data: with notes as comments above the values, or with corrected figures."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from nianbao.editing.figure_spans import figure_in
from nianbao.editing.refusals import not_there
from nianbao.editing.source_text import Edit, SourceText
from nianbao.errors import InputError, SourceError
from nianbao.messages import Text, clean
from nianbao.model.place import line_or_spot
from nianbao.yamlfiles.parsing import parse_marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.readers.source import Source

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAID = ("value", "raw", "state")
_NULLS = frozenset(("null", "~", "Null", "NULL"))
_NO_COMMENTS = Text(
    "JSON 里不能写批注；请另存为 YAML，或用 --format html 看结果",
    "is JSON, which has no comments: save it as YAML, or use --format html",
)
_NO_VALUES = Text("数据的写法不便改动；请手工修改", "its values cannot be found again: change it by hand")


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return YAML with comments above the lines of the values that they are about, and other comments at the top.

    Raises:
        InputError: it is JSON.
    """
    text = SourceText(source.data)
    if _is_json(text.text):
        raise InputError("no-notes", _NO_COMMENTS)
    meant = _parsed(text.text)
    marks = {"\n".join(map(str, path)): mark for path, mark in meant[1].items()}
    above: dict[int, list[Note]] = {}
    for note in notes:
        line = marks.get(note.location.anchor or "", (1, 1))[0]
        above.setdefault(line, []).append(note)
    made = _commented(text, above)
    if _parsed(SourceText(made).text)[0] != meant[0]:  # a line within a long value
        made = _commented(text, {1: list(notes)})
    return made


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return data with corrected figures; comments and layout stay.

    Raises:
        InputError: a value is not found, or is another one.
    """
    text = SourceText(source.data)
    root = _composed(text.text)
    return text.edited(
        edit for correction in corrections for edit in _corrected(text.text, root, correction=correction)
    )


def _commented(source: SourceText, above: dict[int, list[Note]]) -> bytes:
    edits = []
    for line, notes in above.items():
        at = source.line_starts[line - 1]
        words = source.text[at:].partition("\n")[0]
        indent = words[: len(words) - len(words.lstrip())] if words.isprintable() else ""
        edits.append(Edit(at, at, "".join(f"{indent}# {comment}\n" for note in notes for comment in _lines(note))))
    return source.edited(edits)


def _lines(note: Note) -> Iterator[str]:
    yield f"nianbao: {clean(note.title)}"
    yield from (f"  {words}" for line in note.body.split("\n") if (words := clean(line)))


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed(text: str) -> tuple[Any, dict[tuple[str | int, ...], tuple[int, int]]]:
    try:
        return parse_marked(text, "", exact=True)
    except SourceError as error:
        raise InputError("cannot-write", _NO_VALUES) from error


def _composed(text: str) -> yaml.Node:
    """Return the values of data with their places; the text has been read before without errors."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError("cannot-write", _NO_VALUES) from error
    if node is None:
        raise InputError("cannot-write", _NO_VALUES)
    return node


def _corrected(text: str, root: yaml.Node, *, correction: Correction) -> Iterator[Edit]:
    anchor = correction.location.anchor
    node = _below(root, *anchor.split("\n")) if anchor else None
    if node is None:
        raise not_there(correction)
    if isinstance(node, yaml.MappingNode):
        parts: dict[str, yaml.Node] = {
            name: part for name in _SAID if isinstance(part := _below(node, name), yaml.ScalarNode)
        }
    else:
        parts = {"raw" if _is_words(node) else "value": node}
    shown = next((parts[name].value for name in ("raw", "value") if name in parts), None)
    if shown is None:
        raise not_there(correction)
    shown = "" if shown in _NULLS else shown
    figure = figure_in(shown, correction.old, new=correction.new, where=line_or_spot(correction.location))
    raw = shown[: figure.start] + figure.new + shown[figure.end :]
    values = {"value": correction.new, "raw": raw, "state": "number" if Decimal(correction.new) else "zero"}
    for name, part in parts.items():
        begin, end = part.start_mark.index, part.end_mark.index
        yield Edit(begin, end, _written(values[name], text[:end], begin=begin))


def _below(node: yaml.Node, *path: str) -> yaml.Node | None:
    """Return the value at a path of keys."""
    value_node: yaml.Node | None = node
    for name in path:
        if not isinstance(value_node, yaml.MappingNode):
            return None
        value_node = next((value for key, value in value_node.value if key.value == name), None)
    return value_node


def _is_words(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":str")


def _written(value: str, before: str, *, begin: int) -> str:
    """Return a value in the notation of the old one: between quotes, or separated from the colon."""
    if begin == len(before):
        return value if before[-1:].isspace() else f" {value}"
    quote = before[begin] if before[begin] in {'"', "'"} else ""
    return f"{quote}{value}{quote}"
