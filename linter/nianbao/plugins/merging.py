"""Merges the contributions of all plugins; a plugin with a name clash or a wrong pack contributes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.catalogue import load_pack
from nianbao.errors import describe
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import RuleKinds, language_kinds, limiting
from nianbao.kinds.check import check_kind
from nianbao.language.functions import FUNCTIONS, OVER_CELLS, by_name
from nianbao.messages import Text
from nianbao.model.rule import Pack
from nianbao.plugins.registry import Broken, Plugin, Plugins
from nianbao.plugins.shipped import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.plugins.contributions import Contributions


def merge(contributions: Sequence[Contributions], broken: Iterable[Broken] = (), *, asked: Sequence[str]) -> Plugins:
    """Merge contributions.

    Args:
        contributions: Those that ship with nianbao, then those of each plugin.
        broken: Plugins that are known to be broken.
        asked: The names of plugins in the order in which their readers are tried.
    """
    kept, clashing = _without_clashes(contributions)
    together = _together(
        sorted(kept, key=lambda contribution: asked.index(contribution.plugin) if contribution.readers else 0), kept
    )
    packs: dict[str, tuple[Pack, ...]] = {}
    failed: dict[str, Broken] = {}
    for contribution in kept:
        try:
            packs[contribution.plugin] = tuple(_loaded(pack, together) for pack in contribution.packs)
        except Exception as error:  # noqa: BLE001 - the error is reported, and the other plugins work
            failed[contribution.plugin] = Broken(contribution.plugin, describe(error))
    if failed:  # rules of other packs may be of its kinds: all is merged again without it
        return merge(
            [contribution for contribution in contributions if contribution.plugin not in failed],
            (*broken, *failed.values()),
            asked=asked,
        )
    return together._replace(
        packs=tuple(pack for contribution in kept for pack in packs[contribution.plugin]),
        loaded=tuple(_plugin(contribution, packs[contribution.plugin]) for contribution in kept),
        broken=(*broken, *clashing),
    )


def _together(by_reader: Sequence[Contributions], contributions: Sequence[Contributions]) -> Plugins:
    checks = {name: check for contribution in contributions for name, check in contribution.checks.items()}
    kinds = {kind.name: kind for contribution in contributions for kind in contribution.kinds}
    functions = by_name(function for contribution in contributions for function in contribution.functions)
    if checks:
        kinds["check"] = check_kind(checks)
    if functions != FUNCTIONS:
        kinds |= language_kinds(functions)
    return Plugins(
        kinds=RuleKinds(kinds, limit=limiting(functions)),
        readers=tuple(reader for contribution in by_reader for reader in contribution.readers),
        editors=tuple(editor for contribution in contributions for editor in contribution.editors),
        outputs={output.name: output for contribution in contributions for output in contribution.outputs},
        packs=(),
        forms=tuple(form for contribution in contributions for form in contribution.forms),
        functions=functions,
        checks=checks,
        loaded=(),
        broken=(),
    )


def _loaded(pack: Any, plugins: Plugins) -> Pack:
    if isinstance(pack, Pack):
        return pack
    return load_pack(pack, (*builtin_forms(), *plugins.forms), kinds=plugins.kinds)


def _plugin(contribution: Contributions, packs: tuple[Pack, ...]) -> Plugin:
    gives = {"packs": tuple(pack.id for pack in packs), **contribution.names()}
    if contribution.plugin in SHIPPED:  # their editors belong to their readers
        del gives["editors"]
    return Plugin(contribution.plugin, contribution.version, {hook: names for hook, names in gives.items() if names})


def _without_clashes(contributions: Sequence[Contributions]) -> tuple[list[Contributions], list[Broken]]:
    """Keep the plugins whose names are free; of two plugins with the same name, the first keeps it."""
    bring_forms = any(contribution.forms for contribution in contributions)
    owners = {("forms", form.id): "nianbao" for form in builtin_forms()} if bring_forms else {}
    owners |= {("functions", name): "nianbao" for name in OVER_CELLS}
    options: dict[str, Any] = {}
    kept: list[Contributions] = []
    clashing: list[Broken] = []
    for number, contribution in enumerate(contributions):
        clash = _clash(contribution, owners, options) if number else None
        if clash is not None:
            clashing.append(Broken(contribution.plugin, clash))
            continue
        kept.append(contribution)
        owners.update(
            {(hook, name): contribution.plugin for hook, names in contribution.names().items() for name in names}
        )
        options.update({key: _meaning(schema) for kind in contribution.kinds for key, schema in kind.schema.items()})
    return kept, clashing


def _clash(
    contribution: Contributions, owners: Mapping[tuple[str, str], str], options: Mapping[str, Any]
) -> Text | None:
    """Return the reason why the names of a plugin clash with others."""
    for hook, names in contribution.names().items():
        for name in names:
            owner = owners.get((hook, name)) or (contribution.plugin if names.count(name) > 1 else "")
            if owner:
                return Text(
                    f"{hook[:-1]}“{name}”已经有了，来自 {owner}；请换一个名字",
                    f"{hook[:-1]} {name!r} is there already, from {owner}; give it another name",
                )
    return next((fault for kind in contribution.kinds for fault in _option_clashes(kind.schema, options)), None)


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
