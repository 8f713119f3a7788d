"""YAML sources whose every value knows its line, checked against a JSON Schema."""

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
    """A parsed file: its data, and where each value stands, by path from the root."""

    file: str
    text: str
    data: Any
    marks: Mapping[Path, Position]

    def error(self, path: Iterable[str | int], reason: Text, *, offset: int | None = None) -> SourceError:
        """Return an error at the value under ``path`` (else at the nearest value above it), with its line.

        Args:
            path: Keys and indexes from the root.
            reason: What is wrong and the way out.
            offset: Where in the value, in characters from its beginning, the caret points; only for one-line values.
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
    """Parse YAML (or JSON) text, keeping the place of every key and value.

    Raises:
        SourceError: not YAML, nested too deep, a key twice, or too large.
    """
    from nianbao.yamlfiles.parsing import parse_marked  # noqa: PLC0415 - what ships comes from the cache most of the time

    data, marks = parse_marked(text, file)
    return YamlSource(file, text, data, {path: Position(*mark) for path, mark in marks.items()})


def parse_shipped(file: Traversable, name: str) -> YamlSource:
    """Parse a file that ships with nianbao; tests have checked it, so that its plain data may come from the cache."""
    return parse_kept(file.read_text(encoding="utf-8"), name)


def parse_kept(text: str, name: str) -> YamlSource:
    """Take the plain data of a text from the cache, or parse the text and keep its data there.

    Raises:
        SourceError: not YAML, nested too deep, a key twice, or too large.
    """
    return kept(text, name) or keep(parse(text, name))


def kept(text: str, name: str) -> YamlSource | None:
    """Return a text that was parsed before, from the cache; ``None`` where the cache does not have it.

    The source knows only the places that are used after loading: of the outermost values, and of what a rule lists (its
    examples).
    """
    entry = load_cached(cache_key(text))
    if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], list):
        return YamlSource(name, text, entry[0], {tuple(path): Position(line, 1) for path, line in entry[1]})
    return None


def keep(source: YamlSource) -> YamlSource:
    """Put the plain data of a source into the cache, and return the source."""
    if _is_plain(source.data):
        depth = 3 if isinstance(source.data, list) else 2
        lines = [[list(path), mark.line] for path, mark in source.marks.items() if 0 < len(path) <= depth]
        store_cached(cache_key(source.text), [source.data, lines])
    return source


def _is_plain(value: Any) -> bool:
    """Whether JSON gives data back as it was: dates and the like it does not."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


@cache
def schema(name: str) -> Any:
    """Return a JSON Schema that ships with the package, by its file's stem (``form``, ``rule-pack``, …)."""
    return json.loads(data_dir("schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))


def validate(source: YamlSource, expected: str | Mapping[str, Any]) -> None:
    """Check a source against a schema, one that ships by name; all mistakes are reported, each at its line.

    Raises:
        SourceErrors: the source does not follow the schema.
    """
    found = mistakes_in(source.data, schema(expected) if isinstance(expected, str) else expected)
    if found:
        raise SourceErrors([source.error(path, reason) for path, reason in found])


def mistakes_in(data: Any, expected: Mapping[str, Any]) -> list[tuple[Path, Text]]:
    """Return in what data does not follow a schema: the path of each mistake from the root, and the reason."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and not needed for packs that ship

    from nianbao.yamlfiles.mistakes import mistakes  # noqa: PLC0415 - the same

    found = sorted(Draft202012Validator(expected).iter_errors(data), key=lambda error: list(map(str, error.path)))
    return [mistake for error in found for mistake in mistakes(error)]
