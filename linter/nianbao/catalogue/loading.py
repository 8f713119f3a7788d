"""Packs from their files: ``pack.yaml`` and files of rules beside it, every mistake told at its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import SourceError, SourceErrors
from nianbao.formats import builtin_forms, load_form
from nianbao.kinds import KINDS
from nianbao.messages import Text
from nianbao.model.rule import Adjustment, Applies, Basis, Example, Origin, Pack, Rule
from nianbao.resources import data_dir
from nianbao.yamlsource import parse, parse_shipped, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from nianbao.model.form import Form
    from nianbao.yamlsource import Source

_SCHEMA = "rule-pack"
_BUILTIN = "zfxxgk"
_MAX_FILES = 500


@cache
def builtin_pack() -> Pack:
    """Return the pack that ships with nianbao."""
    # Tests check this pack against its schema and compile its rules; doing it at each start would cost too much.
    return _pack(_sources(data_dir("rules").joinpath(_BUILTIN), _BUILTIN, parse_shipped), _BUILTIN)[0]


def load_pack(path: str | Path, forms: Sequence[Form] | None = None) -> Pack:
    """Load a pack from a folder, or from one file of rules.

    Args:
        path: A folder with files of rules, and ``pack.yaml`` if it wants a name and version of its own; or one file.
        forms: The forms that its rules may speak of beside the pack's own (its folder ``forms``); those that ship with
            nianbao when ``None``.

    Raises:
        SourceError, SourceErrors: the pack is missing or wrong; every mistake with file, line and a way out.
    """
    place = Path(path)
    if not place.exists():
        raise SourceError("no such pack: give a folder with rules, or a file of rules", file=str(path))
    sources = _sources(place, str(path), _source) if place.is_dir() else [_source(place, str(path))]
    for source in sources:
        validate(source, _SCHEMA)
    own_forms = tuple(map(load_form, sorted((place / "forms").glob("*.y*ml")))) if place.is_dir() else ()
    pack, written = _pack(sources, place.stem, own_forms)
    if not pack.rules and not pack.adjustments:
        raise SourceError("holds no rule: add a .yaml file with a list of rules", file=str(path))
    from nianbao.catalogue.checking import check_rules  # noqa: PLC0415 - the pack that ships is checked by tests

    check_rules(written, (*own_forms, *(builtin_forms() if forms is None else forms)))
    return pack


def _sources(folder: Traversable, name: str, load: Callable[[Traversable, str], Source]) -> list[Source]:
    files = sorted((file for file in folder.iterdir() if file.name.endswith((".yaml", ".yml"))), key=lambda f: f.name)
    if len(files) > _MAX_FILES:
        raise SourceError(f"{len(files)} files, more than the {_MAX_FILES} allowed", file=name)
    return [load(file, f"{name}/{file.name}") for file in files]


def _source(file: Traversable, name: str) -> Source:
    try:
        return parse(file.read_text(encoding="utf-8-sig"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}", file=name) from error


def _pack(
    sources: list[Source], name: str, own_forms: tuple[Form, ...] = ()
) -> tuple[Pack, list[tuple[Source, int, Rule]]]:
    """Build a pack, and say where each rule is written."""
    heads = [source for source in sources if isinstance(source.data, dict)]
    head: Mapping[str, Any] = heads[-1].data if heads else {}
    forms = tuple(head.get("forms", ()))
    written: list[tuple[Source, int, Rule]] = []
    errors: list[SourceError] = []
    for source in sources:
        for number, entry in enumerate(source.data or () if source not in heads else ()):
            try:
                written.append((source, number, _rule(source, number, entry, forms=forms)))
            except SourceError as error:
                errors.append(error)
    if errors:
        raise SourceErrors(errors)
    pack = Pack(
        id=head.get("id", name),
        version=str(head.get("version", "0")),
        title=Text.of(head.get("title", name)),
        forms=forms,
        rules=tuple(rule for _source, _number, rule in written),
        own_forms=own_forms,
        adjustments=tuple(one for source in heads for one in _adjustments(source)),
        base=head.get("base") or {},
    )
    return pack, written


def _adjustments(source: Source) -> Iterator[Adjustment]:
    for number, code in enumerate(source.data.get("without", ())):
        yield Adjustment(code, "", Origin(source.file, source.line("without", number)))
    for code, severity in source.data.get("severity", {}).items():
        yield Adjustment(code, severity, Origin(source.file, source.line("severity", code)))


def _rule(source: Source, number: int, data: Mapping[str, Any], *, forms: tuple[str, ...]) -> Rule:
    """Build a rule; one that names no forms is for those of its pack."""
    kinds = [key for key in data if key in KINDS]
    if len(kinds) != 1:
        found = f"has {' and '.join(kinds)}" if kinds else "has none"
        raise source.error((number,), f"a rule has one of {', '.join(KINDS)}; this one {found}")
    kind = KINDS[kinds[0]]
    title = Text.of(data.get("title", data["code"]))
    severity = data.get("severity", "warning")
    return Rule(
        code=data["code"],
        name=data.get("name", data["code"].lower()),
        kind=kind.name,
        title=title,
        message={"": Text.of(data.get("message", title._asdict())), **_texts(data.get("messages", {}))},
        help=Text.of(data.get("help", "")),
        severity={"": severity} if isinstance(severity, str) else {"": severity.get("default", "warning"), **severity},
        confidence=data.get("confidence", "high"),
        persona=data.get("persona", "drafting"),
        waivable=data.get("waivable", True),
        applies=_applies(data.get("applies", {}), forms),
        basis=tuple(
            Basis(b["document"], b.get("part", ""), b.get("quote", ""), tuple(b.get("forms", ())))
            for b in data.get("basis", ())
        ),
        covers=tuple(data.get("covers", ())),
        options={key: data[key] for key in kind.schema if key in data},
        examples=tuple(_example(source, number, place, one) for place, one in enumerate(data.get("tests", ()))),
        origin=Origin(source.file, source.line(number)),
        replaces=tuple(data.get("replaces", ())),
    )


def _texts(data: Mapping[str, Any]) -> dict[str, Text]:
    return {variant: Text.of(value) for variant, value in data.items()}


def _applies(data: Mapping[str, Any], forms: tuple[str, ...]) -> Applies:
    return Applies(
        forms=tuple(data.get("forms", forms)),
        issuers=tuple(data.get("issuers", ())),
        first_year=data.get("first_year"),
        last_year=data.get("last_year"),
        prior_forms=tuple(data.get("prior_forms", ())),
    )


def _example(source: Source, rule: int, place: int, data: Mapping[str, Any]) -> Example:
    path = (rule, "tests", place)
    expected = [key for key in data if key in {"pass", "fail"}]
    if len(expected) != 1:
        raise source.error(path, "an example has either 'pass' or 'fail'")
    return Example(expected[0], data[expected[0]] or {}, source.line(*path), tuple(data.get("also", ())))
