"""What all plugins give, put together; one whose gift clashes with another's, or whose pack is wrong, gives nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.catalogue import load_pack
from nianbao.errors import describe
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import RuleKinds, language_kinds
from nianbao.kinds.check import check_kind
from nianbao.language.functions import FUNCTIONS, OVER_CELLS, by_name
from nianbao.messages import Text
from nianbao.model.rule import Pack
from nianbao.plugins.registry import Broken, Plugin, Plugins
from nianbao.plugins.shipped import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.plugins.contributions import Contributions


def merge(gifts: Sequence[Contributions], broken: Iterable[Broken] = (), *, asked: Sequence[str]) -> Plugins:
    """Put gifts together.

    Args:
        gifts: What ships with nianbao, then what each plugin gives.
        broken: Plugins that are known not to work.
        asked: The names of plugins in the order in which their readers are asked.
    """
    kept, clashing = _without_clashes(gifts)
    together = _together(sorted(kept, key=lambda one: asked.index(one.plugin) if one.readers else 0), kept)
    packs: dict[str, tuple[Pack, ...]] = {}
    failed: dict[str, Broken] = {}
    for one in kept:
        try:
            packs[one.plugin] = tuple(_loaded(pack, together) for pack in one.packs)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with its pack, the others work
            failed[one.plugin] = Broken(one.plugin, describe(error))
    if failed:  # rules of other packs may be of its kinds: all is put together again without it
        return merge([one for one in gifts if one.plugin not in failed], (*broken, *failed.values()), asked=asked)
    return together._replace(
        packs=tuple(pack for one in kept for pack in packs[one.plugin]),
        loaded=tuple(_plugin(one, packs[one.plugin]) for one in kept),
        broken=(*broken, *clashing),
    )


def _together(by_reader: Sequence[Contributions], gifts: Sequence[Contributions]) -> Plugins:
    checks = {name: check for one in gifts for name, check in one.checks.items()}
    kinds = {kind.name: kind for one in gifts for kind in one.kinds}
    functions = by_name(function for one in gifts for function in one.functions)
    if checks:
        kinds["check"] = check_kind(checks)
    if functions != FUNCTIONS:
        kinds |= language_kinds(functions)
    return Plugins(
        kinds=RuleKinds(kinds),
        readers=tuple(reader for one in by_reader for reader in one.readers),
        editors=tuple(editor for one in gifts for editor in one.editors),
        outputs={output.name: output for one in gifts for output in one.outputs},
        packs=(),
        forms=tuple(form for one in gifts for form in one.forms),
        functions=functions,
        checks=checks,
        loaded=(),
        broken=(),
    )


def _loaded(pack: Any, plugins: Plugins) -> Pack:
    if isinstance(pack, Pack):
        return pack
    return load_pack(pack, (*builtin_forms(), *plugins.forms), kinds=plugins.kinds)


def _plugin(gifts: Contributions, packs: tuple[Pack, ...]) -> Plugin:
    gives = {"packs": tuple(pack.id for pack in packs), **gifts.names()}
    if gifts.plugin in SHIPPED:  # whose editors are those of its readers
        del gives["editors"]
    return Plugin(gifts.plugin, gifts.version, {hook: names for hook, names in gives.items() if names})


def _without_clashes(gifts: Sequence[Contributions]) -> tuple[list[Contributions], list[Broken]]:
    """Keep the gifts of plugins whose names are free; of two, the first keeps a name."""
    bring_forms = any(one.forms for one in gifts)
    owners = {("forms", form.id): "nianbao" for form in builtin_forms()} if bring_forms else {}
    owners |= {("functions", name): "nianbao" for name in OVER_CELLS}
    options: dict[str, Any] = {}
    kept: list[Contributions] = []
    clashing: list[Broken] = []
    for number, one in enumerate(gifts):
        clash = _clash(one, owners, options) if number else None
        if clash is not None:
            clashing.append(Broken(one.plugin, clash))
            continue
        kept.append(one)
        owners.update({(hook, name): one.plugin for hook, names in one.names().items() for name in names})
        options.update({key: _meaning(schema) for kind in one.kinds for key, schema in kind.schema.items()})
    return kept, clashing


def _clash(gifts: Contributions, owners: Mapping[tuple[str, str], str], options: Mapping[str, Any]) -> Text | None:
    """Return what a plugin gives that is taken already."""
    for hook, names in gifts.names().items():
        for name in names:
            owner = owners.get((hook, name)) or (gifts.plugin if names.count(name) > 1 else "")
            if owner:
                return Text(
                    f"{hook[:-1]}“{name}”已经有了，来自 {owner}；请换一个名字",
                    f"{hook[:-1]} {name!r} is there already, from {owner}; give it another name",
                )
    return next((fault for kind in gifts.kinds for fault in _option_clashes(kind.schema, options)), None)


def _option_clashes(schema: Mapping[str, Any], options: Mapping[str, Any]) -> Iterable[Text]:
    from nianbao.catalogue.pack_schema import keys_of_every_rule  # noqa: PLC0415 - only where a plugin brings a kind

    for option, value in schema.items():
        if option in keys_of_every_rule():
            yield Text(
                f"选项“{option}”是每条规则都有的键；请换一个名字",
                f"option {option!r} is a key of every rule; give it another name",
            )
        elif options.get(option, _meaning(value)) != _meaning(value):
            yield Text(
                f"选项“{option}”在别的规则种类里另有含义；请换一个名字",
                f"option {option!r} means something else in another kind; give it another name",
            )


def _meaning(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "description"}
