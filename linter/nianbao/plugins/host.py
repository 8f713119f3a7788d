"""Plugins are found and asked once: those that ship with nianbao and those that others install, by the same door."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import pluggy

from nianbao.errors import describe
from nianbao.plugins import hookspecs
from nianbao.plugins.contributions import collect
from nianbao.plugins.entrypoints import installed
from nianbao.plugins.markers import PROJECT
from nianbao.plugins.merging import merge
from nianbao.plugins.registry import Broken
from nianbao.plugins.shipped import SHIPPED
from nianbao.version import __version__

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from nianbao.plugins.contributions import Contributions
    from nianbao.plugins.registry import Plugins


def load(*, external: bool | None = None) -> Plugins:
    """Return what plugins give; they are asked once.

    Args:
        external: Whether installed plugins are asked; unless ``NIANBAO_NO_PLUGINS`` is set when ``None``.
    """
    return _load(external=not os.environ.get("NIANBAO_NO_PLUGINS") if external is None else external)


@cache
def _load(*, external: bool) -> Plugins:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    gifts = []
    for name, shipped in SHIPPED.items():
        manager.register(shipped, name)
        gifts.append(collect(manager, name, version=__version__))
    broken = []
    for entry in installed() if external else ():
        try:
            gifts.append(_register(manager, entry))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever is wrong with one, the others work
            broken.append(Broken(entry.name, describe(error)))
    asked = [one.plugin_name for one in reversed(manager.hook.nianbao_readers.get_hookimpls())]
    return merge(gifts, broken, asked=asked)._replace(external=external)


def _register(manager: pluggy.PluginManager, entry: EntryPoint) -> Contributions:
    """Register a plugin and ask it for its gifts; one with a fault is not registered."""
    if manager.has_plugin(entry.name):
        raise ValueError("another plugin has that name")
    plugin = entry.load()
    if manager.is_registered(plugin):
        raise ValueError(f"{entry.value} is the plugin {manager.get_name(plugin)!r} already")
    try:
        manager.register(plugin, entry.name)
        version = entry.dist.version if entry.dist is not None else ""
        return collect(manager, entry.name, version=version).guarded()
    except BaseException:
        manager.unregister(name=entry.name)
        raise
