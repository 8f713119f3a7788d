"""Packs from their files: ``pack.yaml`` and files of rules beside it. Every mistake is reported at its line."""

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
from nianbao.yamlfiles.source import keep, kept, parse, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.catalogue.checking import Written
    from nianbao.catalogue.files import PackFile, PackFiles
    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.yamlfiles.source import YamlSource

_BUILTIN = "zfxxgk"
_MAX_BASES = 8


@cache
def builtin_pack() -> Pack:
    """Return the built-in pack."""
    # Tests validate this pack and compile its rules; doing that at each start would be too slow.
    files = shipped_files(data_dir("rules").joinpath(_BUILTIN), _BUILTIN)
    return _PackBuilder(files, KINDS).build(_BUILTIN)


def load_pack(
    path: str | Path, forms: Sequence[Form] | None = None, *, kinds: RuleKinds = KINDS, trusting: bool = True
) -> Pack:
    """Load a pack from a folder, or from one file of rules, with the packs that it extends.

    Args:
        path: A folder with files of rules, and optionally ``pack.yaml`` with its own name and version; or one file.
        forms: The forms that its rules may use beside the pack's own (in its folder ``forms``); the built-in ones when
            ``None``.
        kinds: The known kinds of rules.
        trusting: Whether a pack is not checked again if one with the same content was correct before.

    Raises:
        SourceError, SourceErrors: the pack is missing or wrong; every mistake has file, line and a way to correct it.
    """
    return load_packs((path,), forms, kinds=kinds, trusting=trusting)[0]


def load_packs(
    paths: Iterable[str | Path],
    forms: Sequence[Form] | None = None,
    *,
    kinds: RuleKinds = KINDS,
    trusting: bool = True,
) -> tuple[Pack, ...]:
    """Load packs as ``load_pack`` does; a pack that several of them extend is loaded once.

    Raises:
        SourceError, SourceErrors: a pack is missing or wrong; every mistake has file, line and a way to correct it.
    """
    loader = _PackLoader(forms, kinds, trusting=trusting)
    return tuple(loader.load(Path(path), str(path)) for path in paths)


class _PackLoader:
    """Loads packs and those that they extend, each once."""

    def __init__(self, forms: Sequence[Form] | None, kinds: RuleKinds, *, trusting: bool) -> None:
        self.kinds = kinds
        self.forms = builtin_forms() if forms is None else forms
        self.trusting = trusting
        # Plugins may change between runs, so a pack is remembered as correct only if no plugin takes part.
        self.remembers = dict(kinds) == KINDS and all(form in builtin_forms() for form in self.forms)
        self.loaded: dict[tuple[Path, str], Pack] = {}

    def load(self, place: Path, name: str, *, above: tuple[Path, ...] = ()) -> Pack:
        """Load a pack; ``above`` are the packs that extend it."""
        key = (place.resolve(), place.stem)
        if key not in self.loaded:
            self.loaded[key] = self.read(place, name, above)._replace(path=name)
        return self.loaded[key]

    def read(self, place: Path, name: str, above: tuple[Path, ...]) -> Pack:
        """Read a pack from its files, and check it unless it is known to be correct."""
        files = read_files(place, name)
        builder = _PackBuilder(files, self.kinds)
        above = (*above, place.resolve())
        builder.bases = tuple(self.base(base, place, head, above=above) for base, head in builder.extended())
        key = cache_key("\0".join((files.digest, *(base.digest for base in builder.bases))))
        if self.remembers and self.trusting and load_cached(key) is True:
            return builder.build(place.stem)
        builder.validate()
        pack = builder.build(place.stem)
        if not pack.rules and not pack.adjustments:
            reason = Text(
                "没有规则；加一个 .yaml 文件，里面列出规则", "holds no rule: add a .yaml file with a list of rules"
            )
            raise SourceError(reason, file=name)
        self.check(pack, builder.written)
        if self.remembers:
            store_cached(key, data=True)
        return pack

    def base(self, base: str, place: Path, head: YamlSource, *, above: tuple[Path, ...]) -> Pack:
        """Load a pack that another one extends: a built-in one by its id, or one in a folder next to it."""
        if base == _BUILTIN:
            return builtin_pack()
        folder = (place / base) if place.is_dir() else place.parent / base
        if folder.resolve() in above or len(above) > _MAX_BASES:
            reason = Text(
                f"“{base}”又以本规则包为基础；两处去掉一处",
                f"{base!r} extends this pack in its turn; leave one of the two out",
            )
            raise head.error(("extends",), reason)
        if not folder.exists():
            reason = Text(
                f"没有规则包“{base}”；写旁边的文件夹名，或 {_BUILTIN}",
                f"no pack {base!r}: name a folder beside this one, or {_BUILTIN}",
            )
            raise head.error(("extends",), reason)
        return self.load(folder, str(folder), above=above)

    def check(self, pack: Pack, written: Sequence[Written]) -> None:
        """Compile the rules of a pack, and those that it changes.

        Raises:
            SourceErrors: a rule does not compile for its forms.
        """
        from nianbao.catalogue.checking import check_adjustments, check_rules  # noqa: PLC0415 - not needed for the built-in pack

        brought = [form for member in flattened((pack,)) for form in member.own_forms]
        known = (*brought, *self.forms)
        check_rules(written, known, kinds=self.kinds)
        rules: tuple[Rule, ...] = ()
        with suppress(SourceErrors):  # it may change rules of other packs on the command line
            below = () if pack.id == _BUILTIN else (builtin_pack(),)
            rules = combine((*below, pack), kinds=self.kinds)
        check_adjustments(pack, rules, forms=known, kinds=self.kinds)


class _PackBuilder:
    """Builds one pack from its files, each parsed at most once; ``written`` has the file and place of each rule."""

    def __init__(self, files: PackFiles, kinds: RuleKinds) -> None:
        self.files = files
        self.kinds = kinds
        self.bases: tuple[Pack, ...] = ()
        self.written: list[Written] = []
        self.parsed: dict[PackFile, YamlSource] = {}
        self.from_cache: dict[PackFile, YamlSource] = {}

    def full(self, file: PackFile) -> YamlSource:
        """Return the data of a file, with the place of every value."""
        if file not in self.parsed:
            self.parsed[file] = keep(parse(file.text, file.name))
        return self.parsed[file]

    def plain(self, file: PackFile) -> YamlSource:
        """Return the data of a file, from the cache if possible and if the file is not parsed already."""
        if file in self.parsed:
            return self.parsed[file]
        if file not in self.from_cache:
            source = kept(file.text, file.name)
            if source is None:
                return self.full(file)
            self.from_cache[file] = source
        return self.from_cache[file]

    def extended(self) -> list[tuple[str, YamlSource]]:
        """Return the names of the packs that this one extends, each with the head that names it."""
        heads = [source for file in self.files.rules if isinstance((source := self.plain(file)).data, dict)]
        named = [(source.data.get("extends", ()), source) for source in heads]
        return [
            (str(base), source) for bases, source in named for base in ([bases] if isinstance(bases, str) else bases)
        ]

    def validate(self) -> None:
        """Check every file against its schema.

        Raises:
            SourceError, SourceErrors: a file does not follow it.
        """
        from nianbao.catalogue.pack_schema import rule_pack_schema  # noqa: PLC0415 - not needed for a pack that is known to be correct

        rules = rule_pack_schema(self.kinds)
        for file in self.files.rules:
            validate(self.full(file), rules)
        for files, schema in ((self.files.messages, "messages"), (self.files.forms, "form")):
            for file in files:
                validate(self.full(file), schema)

    def build(self, name: str) -> Pack:
        """Build the pack; ``name`` is used if its head has no id."""
        sources = list(map(self.plain, self.files.rules))
        heads = [source for source in sources if isinstance(source.data, dict)]
        head: Mapping[str, Any] = heads[-1].data if heads else {}
        sources = with_texts(sources, list(map(self.plain, self.files.messages)))
        self.written = self.rules([source for source in sources if isinstance(source.data, list)], head)
        return Pack(
            id=head.get("id", name),
            version=str(head.get("version", "0")),
            title=Text.of(head.get("title", name)),
            forms=tuple(head.get("forms", ())),
            rules=tuple(rule for _source, _number, rule in self.written),
            own_forms=tuple(build_form(self.plain(file)) for file in self.files.forms),
            adjustments=tuple(adjustment for source in heads for adjustment in adjustments(source)),
            bases=self.bases,
            digest=self.files.digest,
            base=head.get("base") or {},
        )

    def rules(self, sources: Sequence[YamlSource], head: Mapping[str, Any]) -> list[Written]:
        """Build the rules of files."""
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
