"""YAML sources whose values know their lines, validated against a JSON Schema."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.errors import SourceError, SourceErrors
from nianbao.files.cache import cache_key, load_cached, store_cached
from nianbao.files.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    from nianbao.messages import Text

Path = tuple[str | int, ...]


class Position(NamedTuple):
    """Line and column in a file, from 1."""

    line: int
    column: int


class YamlSource(NamedTuple):
    """A parsed file: its data, and the position of each value, by path from the root."""

    file: str
    text: str
    data: Any
    marks: Mapping[Path, Position]

    def error(self, path: Iterable[str | int], reason: Text, *, offset: int | None = None) -> SourceError:
        """Return an error at the value under ``path`` (else at the nearest value above it), with its line.

        Args:
            path: Keys and indexes from the root.
            reason: What is wrong and how to correct it.
            offset: The position of the caret in the value, in characters from its beginning; only for one-line values.
        """
        mark = self._mark(tuple(path))
        lines = self.text.splitlines()
        excerpt = lines[mark.line - 1] if mark.line <= len(lines) else ""
        quoted = excerpt[mark.column - 1 : mark.column] in {"'", '"'} and offset is not None
        caret = mark.column - 1 + (offset or 0) + (1 if quoted else 0)
        return SourceError(
            reason, file=self.file, line=mark.line, column=caret + 1, excerpt=excerpt, caret=min(caret, len(excerpt))
        )

    def line(self, *path: str | int) -> int:
        """Return the line of the value under ``path``, else of the nearest value above it."""
        return self._mark(path).line

    def _mark(self, path: Path) -> Position:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Position(1, 1))


def parse(text: str, file: str) -> YamlSource:
    """Parse YAML (or JSON) text, with the position of every value.

    Raises:
        SourceError: it is not YAML, nested too deep or too large, or has a key twice.
    """
    from nianbao.yamlfiles.parsing import parse_marked  # noqa: PLC0415 - built-in files come from the cache most of the time

    data, marks = parse_marked(text, file)
    return YamlSource(file, text, data, {path: Position(*mark) for path, mark in marks.items()})


def parse_shipped(file: Traversable, name: str) -> YamlSource:
    """Parse a built-in file; tests have validated it, so its plain data may come from the cache."""
    return parse_kept(file.read_text(encoding="utf-8"), name)


def parse_kept(text: str, name: str) -> YamlSource:
    """Return the plain data of a text from the cache, or parse the text and store its data there.

    Raises:
        SourceError: it is not YAML, nested too deep or too large, or has a key twice.
    """
    return kept(text, name) or keep(parse(text, name))


def kept(text: str, name: str) -> YamlSource | None:
    """Return a text that was parsed before, from the cache; ``None`` if the cache does not have it.

    The source knows only the positions that are needed after loading: those of the outermost values, and of what a rule
    lists (its examples).
    """
    entry = load_cached(cache_key(text))
    if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], list):
        return YamlSource(name, text, entry[0], {tuple(path): Position(line, 1) for path, line in entry[1]})
    return None


def keep(source: YamlSource) -> YamlSource:
    """Store the plain data of a source in the cache, and return the source."""
    if _is_plain(source.data):
        depth = 3 if isinstance(source.data, list) else 2
        lines = [[list(path), mark.line] for path, mark in source.marks.items() if 0 < len(path) <= depth]
        store_cached(cache_key(source.text), [source.data, lines])
    return source


def _is_plain(value: Any) -> bool:
    """Whether JSON can store data without loss, which is not true for dates."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


@cache
def schema(name: str) -> Any:
    """Return a built-in JSON Schema, by the stem of its file name (``form``, ``rule-pack``, …)."""
    return json.loads(data_dir("schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))


def validate(source: YamlSource, expected: str | Mapping[str, Any]) -> None:
    """Validate a source against a schema, or against a built-in one by name; each mistake is reported at its line.

    Raises:
        SourceErrors: the source does not follow the schema.
    """
    mistakes = mistakes_in(source.data, schema(expected) if isinstance(expected, str) else expected)
    if mistakes:
        raise SourceErrors([source.error(path, reason) for path, reason in mistakes])


def mistakes_in(data: Any, expected: Mapping[str, Any]) -> list[tuple[Path, Text]]:
    """Return the violations of a schema in data: the path of each mistake from the root, and the reason."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and not needed for the built-in pack

    from nianbao.yamlfiles.mistakes import mistakes  # noqa: PLC0415 - the same

    errors = sorted(Draft202012Validator(expected).iter_errors(data), key=lambda error: list(map(str, error.path)))
    return [mistake for error in errors for mistake in mistakes(error)]
