"""Finds plugins and collects their contributions once: nianbao's own parts and installed plugins in the same way."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from functools import cache, partial
from typing import TYPE_CHECKING

import pluggy

from nianbao.bounds.alarm import Alarm
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
    from collections.abc import Callable
    from importlib.metadata import EntryPoint

    from nianbao.plugins.contributions import Contributions
    from nianbao.plugins.registry import Plugins

MAX_LOAD_SECONDS = 10.0  # for loading a plugin, unless NIANBAO_PLUGIN_SECONDS sets another limit
_MAX_WAIT_SECONDS = 86_400.0


def load(*, external: bool | None = None) -> Plugins:
    """Return the contributions of all plugins; they are collected once.

    Args:
        external: Whether installed plugins are used; when ``None``, they are unless ``NIANBAO_NO_PLUGINS`` is set.
    """
    return _load(external=not os.environ.get("NIANBAO_NO_PLUGINS") if external is None else external)


@cache
def _load(*, external: bool) -> Plugins:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    contributions = []
    for name, shipped in SHIPPED.items():
        manager.register(shipped, name)
        contributions.append(collect(manager, name, version=__version__))
    broken = []
    for entry in installed() if external else ():
        try:
            contributions.append(_in_time(partial(_register, manager, entry)))
        except Exception as error:  # noqa: BLE001 - the error is reported, and the other plugins work
            broken.append(Broken(entry.name, describe(error)))
    asked = [hook.plugin_name for hook in reversed(manager.hook.nianbao_readers.get_hookimpls())]
    return merge(contributions, broken, asked=asked)._replace(external=external)


def _in_time(action: Callable[[], Contributions]) -> Contributions:
    """Run code of a plugin within a time limit; what it prints does not appear in nianbao's output."""
    with redirect_stdout(sys.stderr), Alarm(_load_seconds()).set() as alarm:
        return alarm.run(action)


def _load_seconds() -> float:
    """Return the time limit for loading a plugin."""
    try:
        wanted = float(os.environ.get("NIANBAO_PLUGIN_SECONDS", ""))
    except ValueError:
        return MAX_LOAD_SECONDS
    return wanted if 0 < wanted <= _MAX_WAIT_SECONDS else MAX_LOAD_SECONDS


def _register(manager: pluggy.PluginManager, entry: EntryPoint) -> Contributions:
    """Register a plugin and collect its contributions; a plugin with a fault is not registered."""
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
