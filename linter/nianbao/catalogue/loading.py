"""Packs from their files: ``pack.yaml`` and files of rules beside it, every mistake told at its line."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.catalogue.building import adjustments, build_rule
from nianbao.catalogue.combining import combine, flattened
from nianbao.catalogue.files import read_files, shipped_files
from nianbao.catalogue.texts import with_texts
from nianbao.errors import SourceError, SourceErrors
from nianbao.files.cache import cache_key, load_cached, store_cached
from nianbao.files.resources import data_dir
from nianbao.forms.loading import build_form, builtin_forms
from nianbao.kinds import KINDS
from nianbao.messages import Text
from nianbao.model.rule import Pack
from nianbao.yamlfiles.source import parse, parse_kept, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nianbao.catalogue.checking import Written
    from nianbao.catalogue.files import PackFiles
    from nianbao.kinds.kind import Kind
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.yamlfiles.source import YamlSource

_BUILTIN = "zfxxgk"
_MOST_BASES = 8


@cache
def builtin_pack() -> Pack:
    """Return the pack that ships with nianbao."""
    # Tests check this pack against its schema and compile its rules; doing it at each start would cost too much.
    files = shipped_files(data_dir("rules").joinpath(_BUILTIN), _BUILTIN)
    return _Loader(files, KINDS).build(_BUILTIN, parse_kept)


def load_pack(
    path: str | Path, forms: Sequence[Form] | None = None, *, kinds: Mapping[str, Kind] = KINDS, trusting: bool = True
) -> Pack:
    """Load a pack from a folder, or from one file of rules, with the packs that it extends.

    Args:
        path: A folder with files of rules, and ``pack.yaml`` if it wants a name and version of its own; or one file.
        forms: The forms that its rules may speak of beside the pack's own (its folder ``forms``); those that ship with
            nianbao when ``None``.
        kinds: The kinds that its rules may be of.
        trusting: Whether a pack that was found good before, with the same content, is not checked again.

    Raises:
        SourceError, SourceErrors: the pack is missing or wrong; every mistake with file, line and a way out.
    """
    return _load(Path(path), str(path), (forms, kinds, trusting), above=())


_How = tuple["Sequence[Form] | None", "Mapping[str, Kind]", bool]


def _load(place: Path, name: str, how: _How, *, above: tuple[Path, ...]) -> Pack:
    """Load a pack; ``above`` are the packs that extend it."""
    forms, kinds, trusting = how
    files = read_files(place, name)
    loader = _Loader(files, kinds)
    loader.bases = tuple(
        _base(base, place, origin, how, above=(*above, place.resolve())) for base, origin in loader.extended()
    )
    key = cache_key("\0".join((files.digest, *(base.digest for base in loader.bases))))
    usual = _usual(forms, kinds)
    if usual and trusting and load_cached(key) is True:
        return loader.build(place.stem, parse_kept)
    loader.validate()
    pack = loader.build(place.stem, _parse)
    if not pack.rules and not pack.adjustments:
        reason = Text(
            "没有规则；加一个 .yaml 文件，里面列出规则", "holds no rule: add a .yaml file with a list of rules"
        )
        raise SourceError(reason, file=name)
    from nianbao.catalogue.checking import check_adjustments, check_rules  # noqa: PLC0415 - the pack that ships is checked by tests

    brought = [form for one in flattened((pack,)) for form in one.own_forms]
    known = (*brought, *(builtin_forms() if forms is None else forms))
    check_rules(loader.written, known, kinds=kinds)
    rules: tuple[Rule, ...] = ()
    with suppress(SourceErrors):  # what it changes may be of packs that stand beside it on the command line
        below = () if pack.id == _BUILTIN else (builtin_pack(),)
        rules = combine((*below, pack), kinds=kinds)
    check_adjustments(pack, rules, forms=known, kinds=kinds)
    if usual:
        store_cached(key, data=True)
    return pack


def _usual(forms: Sequence[Form] | None, kinds: Mapping[str, Kind]) -> bool:
    """Whether a pack is looked at by what ships alone: what plugins bring may differ the next time."""
    return (
        all(kinds.get(name) is kind for name, kind in KINDS.items())
        and len(kinds) == len(KINDS)
        and (forms is None or all(form in builtin_forms() for form in forms))
    )


def _base(base: str, place: Path, origin: YamlSource, how: _How, *, above: tuple[Path, ...]) -> Pack:
    """Load a pack that another extends: one that ships, by its id, or one in a folder beside it."""
    if base == _BUILTIN:
        return builtin_pack()
    folder = (place / base) if place.is_dir() else place.parent / base
    if folder.resolve() in above or len(above) > _MOST_BASES:
        reason = Text(
            f"“{base}”又以本规则包为基础；两处去掉一处",
            f"{base!r} extends this pack in its turn; leave one of the two out",
        )
        raise origin.error(("extends",), reason)
    if not folder.exists():
        reason = Text(
            f"没有规则包“{base}”；写旁边的文件夹名，或 {_BUILTIN}",
            f"no pack {base!r}: name a folder beside this one, or {_BUILTIN}",
        )
        raise origin.error(("extends",), reason)
    return _load(folder, str(folder), how, above=above)


def _parse(text: str, name: str) -> YamlSource:
    return parse(text, name)


class _Loader:
    """Builds one pack from its files; ``written`` says where each of its rules stands."""

    def __init__(self, files: PackFiles, kinds: Mapping[str, Kind]) -> None:
        self.files = files
        self.kinds = kinds
        self.bases: tuple[Pack, ...] = ()
        self.written: list[Written] = []

    def extended(self) -> list[tuple[str, YamlSource]]:
        """Return what packs the head says that this one extends, and where."""
        heads = [source for source in self.sources(parse_kept) if isinstance(source.data, dict)]
        named = [(source.data.get("extends", ()), source) for source in heads]
        return [
            (str(base), source) for bases, source in named for base in ([bases] if isinstance(bases, str) else bases)
        ]

    def sources(self, load: Callable[[str, str], YamlSource]) -> list[YamlSource]:
        return [load(file.text, file.name) for file in self.files.rules]

    def validate(self) -> None:
        """Check every file against its schema.

        Raises:
            SourceError, SourceErrors: a file does not follow it.
        """
        from nianbao.catalogue.pack_schema import rule_pack_schema  # noqa: PLC0415 - what is known to be good needs it not

        rules = rule_pack_schema(self.kinds)
        for source in self.sources(_parse):
            validate(source, rules)
        for files, schema in ((self.files.messages, "messages"), (self.files.forms, "form")):
            for file in files:
                validate(parse(file.text, file.name), schema)

    def build(self, name: str, load: Callable[[str, str], YamlSource]) -> Pack:
        """Build the pack; ``name`` serves where its head gives none."""
        sources = self.sources(load)
        heads = [source for source in sources if isinstance(source.data, dict)]
        head: Mapping[str, Any] = heads[-1].data if heads else {}
        sources = with_texts(sources, [load(file.text, file.name) for file in self.files.messages])
        self.written = self.rules([source for source in sources if isinstance(source.data, list)], head)
        return Pack(
            id=head.get("id", name),
            version=str(head.get("version", "0")),
            title=Text.of(head.get("title", name)),
            forms=tuple(head.get("forms", ())),
            rules=tuple(rule for _source, _number, rule in self.written),
            own_forms=tuple(build_form(load(file.text, file.name)) for file in self.files.forms),
            adjustments=tuple(one for source in heads for one in adjustments(source)),
            bases=self.bases,
            digest=self.files.digest,
            base=head.get("base") or {},
        )

    def rules(self, sources: Sequence[YamlSource], head: Mapping[str, Any]) -> list[Written]:
        written: list[Written] = []
        errors: list[SourceError] = []
        for source in sources:
            for number in range(len(source.data)):
                try:
                    written.append((source, number, build_rule(source, number, head=head, kinds=self.kinds)))
                except SourceError as error:
                    errors.append(error)
        if errors:
            raise SourceErrors(errors)
        return written
